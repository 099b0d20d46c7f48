import { LineCounter, parseDocument } from 'yaml';
import type { AnyDeviceDefinition } from '../../device-emulators/definition/device.ts';
import { buildScene } from './build-scene.ts';
import { findLineProblems } from './check-lines.ts';
import { findLayoutProblems } from './layout.ts';
import type { FileProblem, Report } from './problem.ts';
import { findReachProblems } from './reach.ts';
import type { Scene } from './scene.ts';
import { sceneSchema } from './schema.ts';
import { findLine, openQuote } from './source-lines.ts';

export interface SceneContext {
  /** Device types by name. */
  readonly definitions: ReadonlyMap<string, AnyDeviceDefinition>;
  /** Names of the liquids that vessels can be filled with. */
  readonly liquids: ReadonlySet<string>;
  /** Whether to plan a visit of the robots to every place as well, which takes its time. */
  readonly reach?: boolean;
}

export type SceneResult = { readonly scene: Scene } | { readonly problems: readonly FileProblem[] };

/** Reads a scene from the text of a YAML file; all problems found are reported together. */
export function loadScene(text: string, file: string, context: SceneContext): SceneResult {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
  });
  const lineOf = (path: readonly PropertyKey[]): number => findLine(document, lines, path);
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map((error) => ({
        file,
        line: lines.linePos(openQuote(document, text) ?? error.pos[0]).line,
        path: '',
        message: `this is no valid YAML: ${error.message}`,
        remedy: 'Mend indentation, quotes and colons here.',
      })),
    };
  }
  const parsed = sceneSchema.safeParse(document.toJS());
  if (!parsed.success) {
    return {
      problems: parsed.error.issues.map((issue) => {
        const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [];
        const path = unknown.length > 0 ? [...issue.path, unknown[0] ?? ''] : issue.path;
        return {
          file,
          line: lineOf(path),
          path: path.join('.'),
          ...(unknown.length > 0
            ? {
                message: `unknown key "${unknown.join('", "')}"`,
                remedy: 'Remove it or correct its spelling.',
              }
            : messageAndRemedy(issue.message)),
        };
      }),
    };
  }
  const problems: FileProblem[] = [];
  const report: Report = (path, message, remedy) => {
    problems.push({ file, line: lineOf(path), path: path.join('.'), message, remedy });
  };
  const scene = buildScene(parsed.data, context, report);
  if (problems.length === 0) {
    findLayoutProblems(scene, report);
    findLineProblems(scene, report);
  }
  if (problems.length === 0 && context.reach === true) findReachProblems(scene, report);
  return problems.length > 0 ? { problems } : { scene };
}

/** Splits a message of the schema at its semicolon. */
function messageAndRemedy(text: string): { readonly message: string; readonly remedy: string } {
  const at = text.indexOf('; ');
  if (at < 0) return { message: text, remedy: 'See scenes/scene.schema.json.' };
  const remedy = text.slice(at + 2);
  return { message: text.slice(0, at), remedy: `${remedy[0]?.toUpperCase()}${remedy.slice(1)}.` };
}
