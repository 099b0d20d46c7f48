import type { EffectContext } from '../../definition/device.ts';
import type { PlantReader } from '../../definition/plant-port.ts';

/** What the balance remembers. Masses in kg. */
export interface BalanceState {
  /** Load that shows as zero. */
  zero: number;
  /** Taken off the gross weight. */
  tare: number;
  /** What the running command is after. */
  task: '' | 'weigh' | 'tare' | 'zero';
  /** Load at the last look and how often it was looked at. */
  lastLoad: number;
  looks: number;
}

/** Configuration, SI. */
export interface BalanceConfig {
  readonly settleTime: number;
  readonly repeatability: number;
  readonly capacity: number;
}

type Context = EffectContext<BalanceConfig, BalanceState>;

/** Looks at an unsteady load before giving up; assumed. */
const MOST_LOOKS = 10;

/** Mass on the pan [kg]. */
export function load(plant: PlantReader): number {
  return plant.vesselAt('pan')?.mass ?? 0;
}

/** One reading of the load [kg]: normal with the repeatability as standard deviation. */
function reading(ctx: Context): number {
  return load(ctx.plant) + ctx.config.repeatability * ctx.random('reading').normal();
}

function grams(kilograms: number): number {
  return Number((kilograms * 1000).toFixed(3));
}

/** Effects of the balance by the names of its machine's actions. */
export const balanceEffects = {
  beginWeighing: (ctx: Context, event: { type: 'weigh' | 'tare' | 'zero' }) => {
    ctx.state.task = event.type;
    ctx.state.lastLoad = load(ctx.plant);
    ctx.state.looks = 0;
    ctx.setAlarm('unsteady', false);
  },
  sample: (ctx: Context) => {
    const now = load(ctx.plant);
    const steady = Math.abs(now - ctx.state.lastLoad) <= 5 * ctx.config.repeatability;
    ctx.state.lastLoad = now;
    ctx.state.looks += 1;
    if (steady) ctx.raise({ type: 'weight.stable' });
    else ctx.raise({ type: ctx.state.looks < MOST_LOOKS ? 'weight.moving' : 'weight.restless' });
  },
  take: (ctx: Context) => {
    const { state } = ctx;
    const taken = reading(ctx);
    const { task } = state;
    state.task = '';
    const over = load(ctx.plant) > ctx.config.capacity;
    ctx.setAlarm('overload', over, 'the load exceeds the capacity');
    if (over) {
      ctx.fail('MALFUNCTION', `${ctx.id} is overloaded; take the load off`);
      return;
    }
    if (task === 'zero') {
      state.zero = taken;
      state.tare = 0;
    }
    if (task === 'tare') state.tare = taken - state.zero;
    const gross = taken - state.zero;
    ctx.complete({ net: grams(gross - state.tare), gross: grams(gross), unit: 'g' });
  },
  giveUp: (ctx: Context) => {
    ctx.state.task = '';
    ctx.setAlarm('unsteady', true, 'the load keeps changing');
    ctx.fail('MALFUNCTION', `the load on ${ctx.id} does not become steady; stop what fills it`);
  },
  stopWeighing: (ctx: Context) => {
    ctx.state.task = '';
  },
} as const;
