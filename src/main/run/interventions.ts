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

/** An intervention was refused by its device. */
export class InterventionError extends Error {
  override readonly name = 'InterventionError';
}

/** Something that is done when the clock stands at a time. */
export interface Due {
  readonly time: Micros;
  act(): void | Promise<void>;
}

/** Gives interventions to a plant. What a device refuses ends in an InterventionError. */
export function duesOf(
  interventions: readonly Intervention[],
  execute: (command: PlantCommand) => CommandOutcome | Promise<CommandOutcome>,
): readonly Due[] {
  return interventions.map(({ time, command }, i) => ({
    time,
    act: async () => {
      const outcome = await execute({ ...command, client: 'intervention', sequence: i + 1 });
      if (outcome.ok) return;
      const { code, message } = outcome.error;
      throw new InterventionError(`${command.device}: ${code}: ${message}`);
    },
  }));
}

interface Stepping {
  now(): Micros;
  step(until: Micros): Advance | Promise<Advance>;
}

/** Steps of the clock that stop for each thing to do when its time has come, in the order of times. */
export function stoppingFor(
  things: readonly Due[],
  { now, step }: Stepping,
): (until: Micros) => Promise<Advance> {
  const due = things.toSorted((a, b) => a.time - b.time);
  let next = 0;
  return async (until) => {
    const thing = due[next];
    if (thing === undefined || thing.time > until) return step(until);
    if (thing.time > now()) {
      const reached = await step(thing.time);
      if (reached.time < thing.time) return reached;
    }
    next += 1;
    await thing.act();
    return { time: now(), decisive: true };
  };
}
