import type { Scope } from '../expression/evaluate.ts';
import { ExpressionError } from '../expression/expression-error.ts';
import type { OriginReport } from '../problem-list.ts';
import type { SceneParameter } from '../scene.ts';
import { createFiller, type Entries, type Filler, inside, isMap, type Site } from './filler.ts';
import { unfoldHeld } from './held-devices.ts';
import { type MixedRound, mixRounds } from './mix.ts';
import { createOrigins, type Origin, type Origins } from './origins.ts';
import { readParameters } from './parameters.ts';
import { type Round, roundsOf } from './repetition.ts';
import { type Repetition, repetitionSchema } from './template-schema.ts';

/** A scene as if it had been written by hand. */
export interface Expansion {
  readonly data: unknown;
  readonly parameters: readonly SceneParameter[];
  originOf(made: readonly string[]): Origin;
}

/** Parts of a scene whose entries can be repeated. */
export const REPEATED_SECTIONS = ['devices', 'vessels', 'lines', 'supplies'] as const;

const REPETITION_KEYS = new Set(Object.keys(repetitionSchema.shape));

/**
 * Computes what is written as an expression, and makes of each repeated entry those that it stands for.
 * What is wrong is reported; undefined when nothing can be made of the rest.
 */
export function expandScene(scene: unknown, report: OriginReport): Expansion | undefined {
  const origins = createOrigins();
  if (!isMap(scene)) return { data: scene, parameters: [], originOf: origins.find };
  const filler = createFiller(origins, report);
  const parameters = readParameters(scene.parameters, filler.texts, report);
  if (parameters === undefined) return undefined;
  const { scope, list } = parameters;
  const sections: readonly string[] = REPEATED_SECTIONS;
  const data = Object.entries(scene).flatMap(([key, part]) => {
    if (key === 'parameters') return [];
    if (sections.includes(key) && isMap(part)) {
      return [[key, expandSection(key, part, scope, filler, origins, report)]];
    }
    return [[key, filler.fill(part, { scope, indices: '', written: [key], made: [key] })]];
  });
  return {
    data: Object.fromEntries(data) as unknown,
    parameters: list,
    originOf: origins.find,
  };
}

function expandSection(
  section: string,
  entries: Entries,
  scope: Scope,
  filler: Filler,
  origins: Origins,
  report: OriginReport,
): Entries {
  const all = new Map<string, unknown>();
  for (const [name, entry] of Object.entries(entries)) {
    const path = [section, name];
    const site = { scope, indices: '', written: path, made: path };
    for (const { id, made, indices } of expandEntry(section, entry, site, filler, origins)) {
      const whole = section === 'devices' ? unfoldHeld(id, made, origins, report) : [[id, made]];
      for (const [one, plain] of whole as readonly (readonly [string, unknown])[]) {
        if (all.has(one)) {
          report(
            { path, indices },
            `"${one}" is there already`,
            'Use all loop variables in the name, for instance rack-{i}-{j}.',
          );
        }
        all.set(one, plain);
      }
    }
  }
  return Object.fromEntries(all);
}

/** What one entry of a section stands for. */
function expandEntry(
  section: string,
  entry: unknown,
  site: Site,
  filler: Filler,
  origins: Origins,
): { readonly id: string; readonly made: unknown; readonly indices: string }[] {
  const { texts } = filler;
  const key = site.written.at(-1) ?? '';
  if (!isMap(entry)) return [{ id: key, made: entry, indices: '' }];
  const repetition = filler.readRepetition(entry, site);
  if (repetition === undefined) return [];
  const rounds = filler.attempt(site, (): (Round & Partial<MixedRound>)[] => {
    refuseUnfit(section, repetition);
    const { mix, order = 'listed' } = repetition;
    const all = roundsOf(repetition, texts, site);
    return mix === undefined ? all : mixRounds(mix, order, all, site, texts);
  });
  const common = Object.fromEntries(
    Object.entries(entry).filter(([name]) => !REPETITION_KEYS.has(name)),
  );
  return (rounds ?? []).flatMap((round) => {
    const { kind, own = {}, indices } = round;
    const id = filler.attempt({ ...site, ...round }, () => String(texts.fill(key, round.scope)));
    if (id === undefined) return [];
    const at = { ...site, ...round, made: [section, id] };
    if (indices !== '' || id !== key) origins.add(at.made, { path: at.written, indices });
    const filled = filler.fill(common, at) as Entries;
    const made = kind === undefined ? filled : addOwn(filled, kind, own, at, filler, origins);
    return [{ id, made, indices }];
  });
}

/** Adds to a mixed device what is written for its type alone; `config` and `holds` count by key. */
function addOwn(
  common: Entries,
  kind: string,
  own: Entries,
  site: Site,
  filler: Filler,
  origins: Origins,
): Entries {
  const { indices } = site;
  const mixed = { ...site, written: [...site.written, 'mix', kind] };
  origins.add([...site.made, 'type'], { path: mixed.written, indices });
  const parts = Object.entries(own).map(([name, part]): [string, unknown] => {
    const at = inside(mixed, name);
    const filled = filler.fill(part, at);
    const shared = common[name];
    if ((name !== 'config' && name !== 'holds') || !isMap(shared) || !isMap(filled)) {
      origins.add(at.made, { path: at.written, indices });
      return [name, filled];
    }
    for (const field of Object.keys(filled)) {
      origins.add([...at.made, field], { path: [...at.written, field], indices });
    }
    return [name, { ...shared, ...filled }];
  });
  return { ...common, type: kind, ...Object.fromEntries(parts) };
}

/** Refuses what has no meaning here. */
function refuseUnfit(section: string, { repeat, mix, order }: Repetition): void {
  const refuse = (key: string, message: string, remedy: string): never => {
    throw new ExpressionError(message, remedy, [key]);
  };
  if (mix !== undefined && section !== 'devices') {
    refuse('mix', 'only devices can be mixed', 'Write one entry for each kind.');
  }
  if (mix !== undefined && repeat === undefined) {
    refuse('mix', 'a mix needs positions', 'Add repeat, for instance repeat: { i: 1..4 }.');
  }
  if (mix === undefined && order !== undefined) {
    refuse('order', 'there is no mix to order', 'Remove order.');
  }
}
