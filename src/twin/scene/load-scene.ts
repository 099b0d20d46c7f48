import { LineCounter, parseDocument } from 'yaml';
import type { AnyDeviceDefinition } from '../../device-emulators/definition/device.ts';
import { buildScene } from './build-scene.ts';
import { findLineProblems } from './check-lines.ts';
import { findLayoutProblems } from './layout.ts';
import type { FileProblem } from './problem.ts';
import { createProblemList, type ProblemList } from './problem-list.ts';
import { findReachProblems } from './reach.ts';
import type { Scene } from './scene.ts';
import { sceneSchema } from './schema.ts';
import { describeIssue } from './schema-issues.ts';
import { findLine, openQuote } from './source-lines.ts';
import { expandScene } from './template/expand-scene.ts';

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
  const list = createProblemList(file, (path) => findLine(document, lines, path));
  const scene = readScene(document.toJS(), context, list);
  const problems = list.problems();
  return scene === undefined || problems.length > 0 ? { problems } : { scene };
}

/** Goes on to the next kind of check only when all is well so far. */
function readScene(written: unknown, context: SceneContext, list: ProblemList): Scene | undefined {
  const expansion = expandScene(written, list.reportAt);
  if (expansion === undefined || !list.isEmpty()) return undefined;
  const { data, parameters, originOf } = expansion;
  const report = list.reporter(originOf);
  const parsed = sceneSchema.safeParse(data);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const { path, message, remedy } = describeIssue(issue);
      report(path, message, remedy);
    }
    return undefined;
  }
  const scene = buildScene(parsed.data, parameters, context, report);
  if (list.isEmpty()) {
    findLayoutProblems(scene, report);
    findLineProblems(scene, report);
  }
  if (list.isEmpty() && context.reach === true) findReachProblems(scene, report);
  return scene;
}
