import { isMap, isScalar, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml';
import { quatFromYaw } from '../../kernel/pose.ts';
import type { AnyDeviceDefinition } from '../../device-emulators/definition/device.ts';
import { VESSEL_KINDS } from '../vessel-kinds.data.ts';
import { findLineProblems } from './check-lines.ts';
import { findLayoutProblems } from './layout.ts';
import { findReachProblems } from './reach.ts';
import { danglingReferences, parseConfig, type KnownNames } from './parse-config.ts';
import type { FileProblem } from './problem.ts';
import type { Scene, SceneDevice, SceneLine, SceneVessel } from './scene.ts';
import { sceneSchema, type SceneFile } from './schema.ts';

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
  const report = (path: readonly string[], message: string, remedy: string): void => {
    problems.push({
      file,
      line: lineOf(path),
      path: path.join('.'),
      message,
      remedy,
    });
  };
  const scene = build(parsed.data, context, report);
  if (problems.length === 0) {
    findLayoutProblems(scene, report);
    findLineProblems(scene, report);
  }
  if (problems.length === 0 && context.reach === true) findReachProblems(scene, report);
  return problems.length > 0 ? { problems } : { scene };
}

/** Reports a problem of the entry at `path`. */
export type Report = (path: readonly string[], message: string, remedy: string) => void;

function build(data: SceneFile, context: SceneContext, report: Report): Scene {
  const devices: SceneDevice[] = [];
  for (const [id, entry] of Object.entries(data.devices)) {
    const definition = context.definitions.get(entry.type);
    if (definition === undefined) {
      const known = [...context.definitions.keys()].sort().join(', ');
      report(['devices', id, 'type'], `unknown device type "${entry.type}"`, `Known: ${known}.`);
      continue;
    }
    if (data.zones[entry.zone] === undefined) {
      const zones = Object.keys(data.zones).join(', ');
      report(['devices', id, 'zone'], `there is no zone "${entry.zone}"`, `Zones: ${zones}.`);
    }
    const { config, problems } = parseConfig(definition.config, entry.config);
    for (const { field, message, remedy } of problems) {
      report(['devices', id, 'config', field], message, remedy);
    }
    if (problems.length > 0) continue;
    const pose = { position: entry.at, orientation: quatFromYaw(entry.yaw) };
    devices.push({
      id,
      definition,
      title: entry.title,
      zone: entry.zone,
      pose,
      in: undefined,
      config,
    });
  }
  const known = namesOf(data, devices);
  for (const { id, definition, config } of devices) {
    for (const { field, message, remedy } of danglingReferences(
      definition.config,
      config,
      known.all,
    )) {
      report(['devices', id, 'config', field], message, remedy);
    }
  }
  return {
    name: data.name,
    title: data.title,
    epochUnixMicros: data.epoch,
    zones: Object.entries(data.zones).map(([id, zone]) => ({ id, ...zone })),
    devices,
    vessels: buildVessels(data, known, context, report),
    lines: buildLines(data, known, report),
    supplies: [],
  };
}

interface Names {
  readonly all: KnownNames;
  readonly ports: ReadonlySet<string>;
  readonly accepts: ReadonlyMap<string, readonly string[]>;
  readonly own: ReadonlyMap<string, string>;
}

function namesOf(data: SceneFile, devices: readonly SceneDevice[]): Names {
  const accepts = new Map<string, readonly string[]>();
  const ports = new Set<string>();
  const own = new Map<string, string>();
  for (const { id, definition, config } of devices) {
    for (const place of definition.places(config))
      accepts.set(`${id}.${place.name}`, place.accepts);
    for (const port of definition.ports(config)) ports.add(`${id}.${port.name}`);
    for (const vessel of definition.vessels(config)) own.set(`${id}.${vessel.name}`, vessel.kind);
  }
  return {
    ports,
    accepts,
    own,
    all: {
      line: new Set(Object.keys(data.lines)),
      device: new Set(Object.keys(data.devices)),
      zone: new Set(Object.keys(data.zones)),
      place: new Set(accepts.keys()),
      vessel: new Set([...Object.keys(data.vessels), ...own.keys()]),
    },
  };
}

function buildVessels(
  data: SceneFile,
  names: Names,
  context: SceneContext,
  report: Report,
): SceneVessel[] {
  const occupied = new Map<string, string>();
  return Object.entries(data.vessels).map(([id, entry]) => {
    const path = ['vessels', id];
    const kind = VESSEL_KINDS[entry.kind];
    const accepts = names.accepts.get(entry.place);
    const ownKind = names.own.get(entry.place);
    if (kind === undefined) {
      const known = Object.keys(VESSEL_KINDS).join(', ');
      report([...path, 'kind'], `unknown vessel kind "${entry.kind}"`, `Known: ${known}.`);
    } else if (accepts === undefined && ownKind === undefined) {
      const device = entry.place.split('.')[0];
      const there = [...names.accepts.keys(), ...names.own.keys()].filter((p) =>
        p.startsWith(`${device}.`),
      );
      report(
        [...path, 'place'],
        `there is no place "${entry.place}"`,
        there.length > 0
          ? `${device} has ${there.join(', ')}.`
          : `There is no device "${device}" with places.`,
      );
    } else if (accepts !== undefined && !accepts.includes(entry.kind)) {
      report(
        [...path, 'place'],
        `${entry.place} does not take a ${entry.kind}`,
        `It takes ${accepts.join(', ')}.`,
      );
    } else if (ownKind !== undefined && ownKind !== entry.kind) {
      report([...path, 'kind'], `${entry.place} is a ${ownKind}`, `Write kind: ${ownKind}.`);
    }
    const other = occupied.get(entry.place);
    if (other !== undefined) {
      report([...path, 'place'], `${entry.place} already holds ${other}`, 'Use another place.');
    }
    occupied.set(entry.place, id);
    const { fill } = entry;
    if (fill !== undefined) {
      if (kind !== undefined && fill.volume > kind.capacity) {
        const most = Math.round(kind.capacity * 1e6);
        report([...path, 'fill', 'volume'], 'more than the vessel holds', `At most ${most} ml.`);
      }
      if (!context.liquids.has(fill.liquid)) {
        const known = [...context.liquids].join(', ');
        report([...path, 'fill', 'liquid'], `unknown liquid "${fill.liquid}"`, `Known: ${known}.`);
      }
    }
    return {
      id,
      kind: entry.kind,
      batch: entry.batch,
      place: entry.place,
      capped: entry.capped,
      fill,
    };
  });
}

function buildLines(data: SceneFile, names: Names, report: Report): SceneLine[] {
  return Object.entries(data.lines).map(([id, entry]) => {
    for (const end of ['from', 'to'] as const) {
      if (names.ports.has(entry[end])) continue;
      const device = entry[end].split('.')[0];
      const there = [...names.ports].filter((p) => p.startsWith(`${device}.`)).join(', ');
      const remedy = there === '' ? `"${device}" has no ports.` : `${device} has ${there}.`;
      report(['lines', id, end], `there is no port "${entry[end]}"`, remedy);
    }
    return { id, ...entry };
  });
}

/** Offset of a quotation mark that is never closed: the parser notices at the end of the file only. */
function openQuote(document: Document, text: string): number | undefined {
  let found: number | undefined;
  visit(document, {
    Scalar: (_, { type, range }) => {
      if (type?.startsWith('QUOTE') !== true || range === null || range === undefined) return;
      if (range[1] >= text.trimEnd().length) found ??= range[0];
    },
  });
  return found;
}

/** Splits a message of the schema at its semicolon. */
function messageAndRemedy(text: string): { readonly message: string; readonly remedy: string } {
  const at = text.indexOf('; ');
  if (at < 0) return { message: text, remedy: 'See scenes/scene.schema.json.' };
  const remedy = text.slice(at + 2);
  return { message: text.slice(0, at), remedy: `${remedy[0]?.toUpperCase()}${remedy.slice(1)}.` };
}

/** Line of the entry at `path`, or of the nearest entry above it that exists. */
function findLine(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = document.getIn(path.slice(0, depth - 1), true);
    const key = String(path[depth - 1]);
    if (isMap(parent)) {
      const pair = parent.items.find(
        (item) => isScalar(item.key) && String(item.key.value) === key,
      );
      const range = (pair?.key as Node | undefined)?.range;
      if (range !== null && range !== undefined) return lines.linePos(range[0]).line;
    }
    const node = document.getIn(path.slice(0, depth), true) as Node | undefined;
    if (node?.range !== null && node?.range !== undefined) return lines.linePos(node.range[0]).line;
  }
  return 0;
}
