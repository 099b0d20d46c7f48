import type { ErrorCode } from '../../../kernel/error-catalogue.ts';
import type { CommandDeclaration } from '../command.ts';
import { alarm, choice, measured, quantity } from '../declare.ts';
import type { FaultDeclaration, ReadContext } from '../device.ts';
import { progress, remainingTime, type WorkState } from './work.ts';

/** Flow of a module's pumps as a parameter. */
export const FLOW = quantity('mL/min', 'Flow', [1, 200], 60, 'exact');

/** Time of shaking after something was added, as configuration. */
export const MIX_TIME = quantity('s', 'Time of shaking after an addition', [1, 300], 15);

/** Ways in which work on the liquid of a cassette can be refused or end. */
export const LIQUID_ERRORS = [
  'NO_VESSEL',
  'NOT_CONNECTED',
  'INSUFFICIENT_VOLUME',
  'OVERFLOW',
  'ABORTED',
  'MALFUNCTION',
] as const satisfies readonly ErrorCode[];

/** The command that adds a liquid of a supply or a reservoir. */
export function addCommand(liquids: readonly string[]): CommandDeclaration {
  return {
    title: 'Add',
    description: 'Pumps a liquid into the cassette and shakes it; tells the volume there in mL.',
    parameters: {
      liquid: choice('Liquid', liquids),
      volume: quantity('mL', 'Volume', [0.05, 1000], undefined, 'exact'),
      flow: FLOW,
      mix: { type: 'flag', title: 'Shake afterwards; without, a pellet stays', default: true },
    },
    errors: LIQUID_ERRORS,
    execution: 'timed',
  };
}

export const REMOVE_COMMAND: CommandDeclaration = {
  title: 'Remove',
  description:
    'Pumps up to a volume into the drain; what has settled stays. Tells the volume left in mL.',
  parameters: { volume: quantity('mL', 'Volume', [0.05, 1000], undefined, 'exact'), flow: FLOW },
  errors: LIQUID_ERRORS,
  execution: 'timed',
};

export const MIX_COMMAND: CommandDeclaration = {
  title: 'Mix',
  description: 'Shakes the cassette until nothing lies at its bottom; tells the volume in mL.',
  parameters: { duration: quantity('s', 'Duration', [1, 600], 30, 'exact') },
  errors: ['NO_VESSEL', 'ABORTED', 'MALFUNCTION'],
  execution: 'timed',
};

export const ABORT_COMMAND: CommandDeclaration = {
  title: 'Abort',
  description: 'Ends the present work where it is; what was moved stays moved.',
  parameters: {},
  errors: ['NOTHING_TO_ABORT'],
  execution: 'abort',
};

/** Volume in the cassette as the scale under it shows it. */
const VOLUME_SIGNAL = measured('mL', 'Volume in the cassette, weighed', [0, 1100], 0.1, {
  period: 1,
  noise: 0.1,
});

const REMAINING_SIGNAL = measured('min', 'Remaining time', [0, 20_000], 0.1);

/** Signals of every working module with a cassette, with {@link workRead}. */
export const workSignals = { volume: VOLUME_SIGNAL, remainingTime: REMAINING_SIGNAL } as const;

type Reader = Pick<ReadContext<unknown, WorkState>, 'plant' | 'state' | 'now'>;

/** True values of those signals. */
export const workRead = {
  volume: ({ plant }: Reader): number => plant.vesselAt('transfer')?.volume ?? 0,
  remainingTime: ({ state, now }: Reader): number => remainingTime(state, now),
} as const;

/** Channel of every working module: how far its work has come, 0..1. */
export const workChannels = {
  progress: ({ state, now }: Reader): number => progress(state, now),
} as const;

export const REAGENT_LOW_ALARM = alarm(
  'low',
  'Reagent low',
  'A reservoir is nearly empty.',
  'Refill it before the next batch.',
);

export const AIR_ALARM = alarm(
  'medium',
  'Air in line',
  'The bubble detector sees air; the pump moves less than it was told.',
  'Bleed the line; look at the weighed volume before going on.',
);

export const AIR_FAULT: FaultDeclaration = {
  title: 'Air in line',
  description: 'Bubbles take the place of 15 % of what the pumps move.',
};
