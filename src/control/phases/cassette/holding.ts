import { PhaseFailure, readText, type Task } from '../../task.ts';
import type { PhaseContext } from '../../phase.ts';

/**
 * What a batch has and where it is, as facts of its record: its cassette and the place where that may
 * wait (`berth`), where it stands (`at`), the transfer place and slot that it has for itself, the ones
 * that it goes to, and the connection that holds it.
 */
export type Holding =
  | 'cassette'
  | 'berth'
  | 'at'
  | 'station'
  | 'reserved'
  | 'slot'
  | 'nextSlot'
  | 'link';

/** A fact that names something; empty when there is none. */
export function held(context: PhaseContext, name: Holding | string): string {
  return String(context.fact(name) ?? '');
}

/** Cassette of the batch. */
export function cassetteOf(context: PhaseContext): string {
  const cassette = held(context, 'cassette');
  if (cassette === '') throw new RangeError(`${context.batch} has no cassette`);
  return cassette;
}

/** Volume in the cassette as last told by a module [mL]. */
export function volumeIn(context: PhaseContext): number {
  return Number(context.fact('volume') ?? 0);
}

/** Notes the volume that a module told [mL]. */
export function* noteVolume(context: PhaseContext, volume: unknown): Task<void> {
  if (typeof volume === 'number') yield* context.setFact('volume', Number(volume.toFixed(2)));
}

/** Refuses to go on with a cassette that is not the batch's, or does not stand in the module. */
export function* verify(context: PhaseContext, module: string): Task<void> {
  const cassette = cassetteOf(context);
  const label = yield* readText(cassette, 'batch');
  if (label !== context.batch) {
    const message = `${cassette} is labelled "${label}", not ${context.batch}`;
    throw new PhaseFailure(cassette, { code: 'WRONG_VESSEL', message });
  }
  const occupant = yield* readText(module, 'occupant');
  if (occupant.startsWith(`${cassette}.`)) return;
  const message = `"${occupant}" stands in ${module}, not ${cassette}`;
  throw new PhaseFailure(module, { code: 'WRONG_VESSEL', message });
}

/** Rounds a volume or time to what commands take. */
export function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
