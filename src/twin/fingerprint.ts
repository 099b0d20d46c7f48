import { hashState } from '../kernel/state-hash.ts';
import type { TwinState } from './twin-state.ts';

/** Short hashes of what changes, by entity and its field: two states that differ are told where. */
export type Fingerprint = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Where two fingerprints differ first; entities and fields in the order of the first. */
export interface Difference {
  readonly entity: string;
  readonly field: string;
}

const DIGITS = 8;

/** Fingerprint of a stored state. Logs and counts that nothing depends on are left out. */
export function fingerprintOf({
  time,
  plant,
  devices,
  queue,
  observers,
  sensors,
  forces,
  sensorFaults,
  falls,
}: TwinState): Fingerprint {
  const found: Record<string, Record<string, string>> = {};
  const add = (entity: string, record: object): void => {
    found[entity] = Object.fromEntries(
      Object.entries(record)
        .filter(([, value]) => value !== undefined)
        .map(([field, value]) => [field, short(value)]),
    );
  };
  add('clock', { time });
  for (const [id, device] of devices) add(`device ${id}`, device);
  for (const [id, vessel] of plant.vessels) add(`vessel ${id}`, vessel);
  for (const [id, line] of plant.lines) add(`line ${id}`, line);
  for (const [id, place] of plant.places) add(`place ${id}`, place);
  for (const [id, spill] of plant.spills) add(`spill in ${id}`, spill);
  for (const [id, coupling] of plant.couplings) add(`coupling in ${id}`, coupling);
  for (const [id, ports] of plant.ports) add(`ports of ${id}`, ports);
  for (const [id, track] of plant.tracks) add(`rails ${id}`, track);
  add('air', plant.air);
  add('plant', {
    supplies: [...plant.supplies],
    decontaminations: [...plant.decontaminations],
    batches: [...plant.batches],
    touchWatchers: [...plant.touchWatchers],
  });
  for (const { observer, ...watch } of observers) add(`observer ${observer}`, watch);
  for (const { device, ...stored } of sensors) add(`sensors of ${device}`, stored);
  for (const { zone, ...fall } of falls) add(`fall in ${zone}`, fall);
  for (const [path, force] of forces) add(`force on ${path}`, force);
  for (const [path, failed] of sensorFaults) add(`sensor of ${path}`, { failed });
  add('event queue', { events: queue });
  return found;
}

function short(value: unknown): string {
  return hashState(value).slice(0, DIGITS);
}

/** Undefined when both are the same. */
export function firstDifference(a: Fingerprint, b: Fingerprint): Difference | undefined {
  for (const entity of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [one, other] = [a[entity] ?? {}, b[entity] ?? {}];
    for (const field of new Set([...Object.keys(one), ...Object.keys(other)])) {
      if (one[field] !== other[field]) return { entity, field };
    }
  }
  return undefined;
}
