import { fromSi } from '../../../kernel/units.ts';
import type { CommandDeclaration, CommandParameters } from '../command.ts';
import { choice, measured, quantity } from '../declare.ts';
import type { EffectContext, OwnVesselDeclaration, ReadContext } from '../device.ts';
import type { SignalDeclaration } from '../signal.ts';
import { upright } from '../upright.ts';
import type { Act, Work, WorkState, WorkStep } from './work.ts';

/** A reagent that a module keeps in a reservoir of its own. */
export interface Reservoir {
  /** Name of the own vessel and of its signal. */
  readonly name: string;
  readonly title: string;
}

/** A reservoir with less counts as nearly empty [m3]; assumed. */
const LOW = 5e-6;
/** Time in which an operator exchanges a reservoir [s]; assumed. */
const REFILL_TIME = 60;
/** Temperature of what comes from the store [K]; 21 degC. */
const ROOM = 294.15;

/** Own vessels for reservoirs, side by side in the tower of a module. */
export function reservoirVessels(reservoirs: readonly Reservoir[]): OwnVesselDeclaration[] {
  return reservoirs.map(({ name }, i) => ({
    name,
    kind: 'reservoir',
    pose: upright((i - (reservoirs.length - 1) / 2) * 0.15, 0.2, 0.62),
  }));
}

/** A level signal for each reservoir, by its name. */
export function reservoirSignals(
  reservoirs: readonly Reservoir[],
): Record<string, SignalDeclaration> {
  return Object.fromEntries(
    reservoirs.map(({ name, title }) => [
      name,
      measured('mL', `${title} left`, [0, 2000], 0.1, { period: 10, noise: 0.2 }),
    ]),
  );
}

type Read = (context: Pick<ReadContext<unknown, unknown>, 'plant'>) => number;

/** True levels [m3] for those signals. */
export function reservoirReads(reservoirs: readonly Reservoir[]): Record<string, Read> {
  return Object.fromEntries(
    reservoirs.map(({ name }) => [name, ({ plant }): number => plant.volume(name)]),
  );
}

/** Fill of each reservoir for views, 0..1: `reservoir1` and so on. */
export function reservoirChannels(reservoirs: readonly Reservoir[]): Record<string, Read> {
  return Object.fromEntries(
    reservoirs.map(({ name }, i) => [
      `reservoir${i + 1}`,
      ({ plant }): number => {
        const vessel = plant.vessel(name);
        return vessel === undefined ? 0 : vessel.volume / vessel.capacity;
      },
    ]),
  );
}

/** The command by which an operator exchanges a reservoir for a full one. */
export function refillCommand(reservoirs: readonly Reservoir[]): CommandDeclaration {
  return {
    title: 'Refill',
    description:
      'An operator exchanges a reservoir for one with fresh contents from outside: volume in mL.',
    parameters: {
      reservoir: choice(
        'Reservoir',
        reservoirs.map(({ name }) => name),
      ),
      volume: quantity('mL', 'Volume of the fresh contents', [1, 2000], 500, 'exact'),
    },
    errors: ['ABORTED', 'MALFUNCTION'],
    execution: 'timed',
  };
}

/** Steps of that command. */
export function refillSteps(
  _: unknown,
  { reservoir, volume }: CommandParameters,
): readonly WorkStep[] {
  const to = { reservoir: String(reservoir), volume: Number(volume) };
  return [{ state: 'refilling', seconds: REFILL_TIME, act: 'refill', ...to }];
}

/**
 * The act of exchanging a reservoir.
 *
 * @param liquidOf name of the liquid that belongs into a reservoir
 */
export function refillAct<C, S extends WorkState>(
  liquidOf: (reservoir: string, config: C) => string,
): Act<EffectContext<C, S>> {
  return {
    end: (ctx, step, share) => {
      if (share < 1) return undefined;
      const reservoir = String(step.reservoir);
      ctx.state.refills += 1;
      ctx.plant.refill(reservoir, {
        liquid: liquidOf(reservoir, ctx.config),
        volume: Number(step.volume),
        temperature: ROOM,
        lot: `${ctx.id}-${reservoir}-${ctx.state.refills}`,
      });
      return undefined;
    },
  };
}

/** What that command tells: the volume in the reservoir [mL]. */
export function refilled<C, S>(
  { plant }: EffectContext<C, S>,
  { steps }: Readonly<Work>,
): { readonly volume: number } {
  const volume = plant.volume(String(steps[0]?.reservoir));
  return { volume: Number(fromSi(volume, 'mL').toFixed(2)) };
}

/** Raises the alarm `reagentLow` when a reservoir is nearly empty. */
export function noteLevels<C, S>(ctx: EffectContext<C, S>, reservoirs: readonly Reservoir[]): void {
  const low = reservoirs.filter(({ name }) => ctx.plant.volume(name) < LOW);
  const names = low.map(({ name }) => name).join(', ');
  ctx.setAlarm('reagentLow', low.length > 0, `less than ${fromSi(LOW, 'mL')} mL in ${names}`);
}
