import { fromSi } from '../../../kernel/units.ts';
import type { EffectContext } from '../../definition/device.ts';
import { PARTS } from './machine.ts';

/** What the filler is doing. Volumes in m3. */
export interface BagFillerState {
  /** Volume asked for, what the valve will really let through, and what has gone. */
  asked: number;
  real: number;
  moved: number;
  untilEmpty: boolean;
  /** Source whose liquid stands in the tube. */
  primedWith: string;
}

/** Configuration, SI. */
export interface BagFillerConfig {
  readonly holdUp: number;
  readonly fillCv: number;
  readonly sealFailureRate: number;
}

type Context = EffectContext<BagFillerConfig, BagFillerState>;

/** Standard deviation of the bag's scale as volume [m3]: 20 mg; assumed. */
const SCALE_NOISE = 20e-9;
/** Deviation of a filling that raises the alarm; assumed, four times the usual CV. */
const TOLERANCE = 0.03;

function setOpen(ctx: Context, open: boolean): void {
  ctx.plant.setPlaceOpen('source', open);
  ctx.plant.setPlaceOpen('bag', open);
}

function millilitres(volume: number): number {
  return Number(fromSi(volume, 'mL').toFixed(2));
}

/** Effects of the bag filler by the names of its machine's actions. */
export const bagFillerEffects = {
  fillStarted: (ctx: Context, event: { volume: number; untilEmpty: boolean }) => {
    const { state, plant } = ctx;
    setOpen(ctx, false);
    state.asked = event.volume;
    // Drop in flight, valve and scale lag together; a fresh error for each filling.
    state.real = event.volume * (1 + ctx.config.fillCv * ctx.random('fill').normal());
    state.moved = 0;
    state.untilEmpty = event.untilEmpty;
    const source = plant.vesselAt('source');
    if (source !== undefined) plant.resuspend(source.id);
  },
  primed: (ctx: Context) => {
    const source = ctx.plant.vesselAt('source');
    if (source === undefined || ctx.state.primedWith === source.id) return;
    ctx.plant.deposit('drops', ctx.plant.withdraw(source.id, ctx.config.holdUp, 'mixed'));
    ctx.state.primedWith = source.id;
  },
  partMoved: (ctx: Context) => {
    const { state, plant } = ctx;
    const source = plant.vesselAt('source');
    const bag = plant.vesselAt('bag');
    if (source === undefined || bag === undefined) return;
    const volume = Math.min(state.real / PARTS, source.volume, bag.capacity - bag.volume);
    plant.deposit(bag.id, plant.withdraw(source.id, volume, 'mixed'));
    state.moved += volume;
    const short = state.moved < state.real * (1 - 1e-9);
    if (short && source.volume - volume < 1e-9) ctx.raise({ type: 'source.empty' });
  },
  filled: (ctx: Context) => {
    const { state } = ctx;
    setOpen(ctx, true);
    const measured = state.moved + SCALE_NOISE * ctx.random('scale').normal();
    const deviation = measured / state.asked - 1;
    const percent = (100 * deviation).toFixed(1);
    const short = deviation < -TOLERANCE;
    ctx.setAlarm('deviation', Math.abs(deviation) > TOLERANCE, `${percent} % off`);
    if (short && !state.untilEmpty) {
      const found = millilitres(measured);
      ctx.fail('INSUFFICIENT_VOLUME', `${ctx.id} could fill only ${found} mL into the bag`);
      return;
    }
    ctx.complete({ volume: millilitres(measured) });
  },
  stopped: (ctx: Context) => setOpen(ctx, true),
  sealStarted: (ctx: Context) => {
    setOpen(ctx, false);
    if (ctx.plant.vesselAt('bag')?.sealed === true) ctx.raise({ type: 'seal.already' });
    else if (ctx.random('seal').uniform() < ctx.config.sealFailureRate) {
      ctx.raise({ type: 'seal.failed' });
    }
  },
  sealed: (ctx: Context) => {
    const bag = ctx.plant.vesselAt('bag');
    if (bag !== undefined) ctx.plant.setSealed(bag.id);
  },
  sealDone: (ctx: Context) => setOpen(ctx, true),
  sealFailed: (ctx: Context) => {
    ctx.setAlarm('sealFailed', true, 'the seal bar stayed cold');
    ctx.fail('MALFUNCTION', `the bag in ${ctx.id} is not sealed; reset ${ctx.id} and seal again`);
  },
  setExchanged: (ctx: Context) => {
    ctx.plant.refill('drops', undefined);
    ctx.state.primedWith = '';
  },
  cleared: (ctx: Context) => {
    ctx.setAlarm('sealFailed', false);
    setOpen(ctx, true);
  },
} as const;
