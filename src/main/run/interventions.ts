import type { CommandOutcome, PlantCommand } from '../../kernel/plant-contract.ts';
import type { Micros } from '../../kernel/time.ts';
import type { Advance } from '../twin-thread/messages.ts';

type Distributed<T> = T extends unknown ? Omit<T, 'client' | 'sequence'> : never;

/** Something that is done to the plant at a time, whatever control software does. */
export interface Intervention {
  readonly time: Micros;
  /** A fault, or what a person tells a device. */
  readonly command: Distributed<PlantCommand>;
}

export interface InterventionOptions {
  now(): Micros;
  step(until: Micros): Advance | Promise<Advance>;
  execute(command: PlantCommand): CommandOutcome | Promise<CommandOutcome>;
}

/** An intervention was refused by its device. */
export class InterventionError extends Error {
  override readonly name = 'InterventionError';
}

/**
 * Steps of the clock that stop for each intervention when its time has come. Throws InterventionError
 * when a device refuses one.
 */
export function intervening(
  interventions: readonly Intervention[],
  { now, step, execute }: InterventionOptions,
): (until: Micros) => Promise<Advance> {
  const due = interventions.toSorted((a, b) => a.time - b.time);
  let next = 0;
  return async (until) => {
    const intervention = due[next];
    if (intervention === undefined || intervention.time > until) return step(until);
    if (intervention.time > now()) {
      const reached = await step(intervention.time);
      if (reached.time < intervention.time) return reached;
    }
    next += 1;
    const { command } = intervention;
    const outcome = await execute({ ...command, client: 'intervention', sequence: next });
    if (!outcome.ok) {
      const { code, message } = outcome.error;
      throw new InterventionError(`${command.device}: ${code}: ${message}`);
    }
    return { time: now(), decisive: true };
  };
}
