import type { Value } from '../../../kernel/plant-contract.ts';
import type { PhaseContext } from '../../phase.ts';
import { PhaseFailure, perform, type Task } from '../../task.ts';
import { carry } from '../handling.ts';

/** Ports of the cassette that a connector opens. */
export type Ports = 'process' | 'perfusion' | 'sample' | 'product';

/** The cassette in which a batch lives, by the name that realisations give it. */
const CASSETTE = 'cassette';

/** Commands of a sterile connector that phases send. */
export const CONNECTING = ['connect', 'disconnect'] as const;

/** Commands of the robot that phases send. */
export const CARRYING = { robot: ['pick', 'place'] } as const;

/** Body of the batch's cassette. */
export function cassetteOf(context: PhaseContext): string {
  return context.vessel(CASSETTE);
}

/** Volume in the cassette as last told by a module [mL]. */
export function volumeIn(context: PhaseContext): number {
  return Number(context.fact(`volume of ${cassetteOf(context)}`) ?? 0);
}

/** Notes the volume that a module told [mL]. */
export function* noteVolume(context: PhaseContext, volume: unknown): Task<void> {
  if (typeof volume !== 'number') return;
  yield* context.setFact(`volume of ${cassetteOf(context)}`, Number(volume.toFixed(2)));
}

/** Brings the cassette to a module's transfer place; returns the module. */
export function* bring(context: PhaseContext, role: string): Task<string> {
  const module = context.device(role);
  yield* carry(context, cassetteOf(context), `${module}.transfer`);
  return module;
}

/** Connects the cassette by a head of the module's connector, which is named `<role>Connector`. */
export function* connect(context: PhaseContext, role: string, ports: Ports, head = 1): Task<void> {
  yield* perform(context.device(`${role}Connector`), 'connect', { head, ports });
}

export function* disconnect(context: PhaseContext, role: string, head = 1): Task<void> {
  yield* perform(context.device(`${role}Connector`), 'disconnect', { head });
}

/**
 * Brings the cassette to a module, connects it, works and disconnects it, after a failure too, so that
 * the cassette can be taken elsewhere.
 */
export function* connected<T>(
  context: PhaseContext,
  role: string,
  ports: Ports,
  work: (module: string) => Task<T>,
): Task<T> {
  const module = yield* bring(context, role);
  yield* connect(context, role, ports);
  let result: T;
  try {
    result = yield* work(module);
  } catch (error) {
    if (error instanceof PhaseFailure) yield* disconnect(context, role);
    throw error;
  }
  yield* disconnect(context, role);
  return result;
}

/** Sends a command to the module at which the cassette stands, and notes the volume that it tells. */
export function* work(
  context: PhaseContext,
  module: string,
  command: string,
  parameters: Readonly<Record<string, Value>> = {},
  timeout?: number,
): Task<Readonly<Record<string, Value>>> {
  const result = yield* perform(module, command, parameters, timeout);
  yield* noteVolume(context, result.volume);
  return result;
}

/** Rounds a volume or time to what commands take. */
export function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
