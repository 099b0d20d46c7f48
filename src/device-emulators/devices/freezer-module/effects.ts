import {
  beginPassage,
  coolingRate,
  isGoodCoolingRate,
  lookAtFreezing,
  type Passage,
} from '../../../bio-models/passage.ts';
import { refusal } from '../../../kernel/error-catalogue.ts';
import { fromSi, toSi } from '../../../kernel/units.ts';
import { exposure } from '../../../physics/heat/phase-change.ts';
import { type Ramp, rampAt, rampTo, steady } from '../../../physics/heat/ramp.ts';
import type { EffectContext, ReadContext } from '../../definition/device.ts';
import {
  type Act,
  atRest,
  hasFault,
  isDead,
  workEffects,
  type WorkState,
} from '../../definition/work/work.ts';

/** Configuration, SI. */
export interface FreezerModuleConfig {
  readonly startTemperature: number;
  /** From the chamber's gas to the bag [W/K]. */
  readonly conductance: number;
  readonly hoodTime: number;
}

/** What the module remembers. */
export interface FreezerModuleState extends WorkState {
  /** Temperature of the chamber's gas while it freezes or holds a bag. */
  chamber: Ramp;
  /** Where its present ramp began [K]. */
  start: number;
  /** Bag that is or was frozen last, and how far it came. */
  bag: string;
  passage: Passage;
}

export function freezerAtRest({
  startTemperature,
}: {
  readonly startTemperature: number;
}): FreezerModuleState {
  const passage = beginPassage(startTemperature, 0);
  return {
    ...atRest(),
    chamber: steady(startTemperature),
    start: startTemperature,
    bag: '',
    passage,
  };
}

type Context = EffectContext<FreezerModuleConfig, FreezerModuleState>;

/** Seconds between two settings of the chamber; the heat exchanged in between is exact. */
const STEP = 10;
/** How near to the target the bag has to come [K]; assumed. */
const NEAR = 2;
/** Fastest ramp with a valve that hardly opens [K/s]; assumed, 0.2 K/min. */
const SLOW_RATE = toSi(0.2, 'K/min');

/** Conductance through the insulation of a chamber without power [W/K]; assumed. */
const INSULATED = 0.2;

/** Temperature of the chamber's gas [K]: the ramp as long as its bag is there, else ready for the next. */
export function chamberTemperature({
  state,
  config,
  plant,
  now,
}: Pick<
  ReadContext<FreezerModuleConfig, FreezerModuleState>,
  'state' | 'config' | 'plant' | 'now'
>): number {
  const held = state.bag !== '' && plant.vesselAt('bag')?.id === state.bag;
  return held ? rampAt(state.chamber, now) : config.startTemperature;
}

/** Leaves the bag to the chamber as it is; without power it warms behind the insulation. */
function hold(ctx: Context): void {
  const { plant, state, config, now } = ctx;
  const bag = plant.vesselAt('bag');
  if (bag === undefined || bag.id !== state.bag) return;
  const here = rampAt(state.chamber, now);
  state.chamber = steady(here);
  const held = { ambientTemperature: here, heatTransfer: config.conductance };
  const warming = { ambientTemperature: plant.zoneAir().temperature, heatTransfer: INSULATED };
  plant.setEnvironment(bag.id, isDead(state) ? warming : held);
}

const freezeAct: Act<Context> = {
  begin: (ctx, step) => {
    const { plant, state, config, now } = ctx;
    const bag = plant.vesselAt('bag');
    if (bag === undefined) return;
    const temperature = plant.temperature(bag.id);
    if (state.bag !== bag.id) {
      const rate = hasFault(state, 'slowCooling')
        ? Math.min(SLOW_RATE, Number(step.rate))
        : Number(step.rate);
      state.chamber = rampTo(steady(state.start), Number(step.target), rate, now);
      state.passage = beginPassage(temperature, now);
      state.bag = bag.id;
    }
    // The chamber's temperature in the middle of the step stands for the whole of it.
    const ambient = rampAt(state.chamber, now + (STEP / 2) * 1e6);
    const around = exposure(temperature, ambient, config.conductance, bag.volume, STEP);
    plant.setEnvironment(bag.id, around);
  },
  end: (ctx, _, share) => {
    const { plant, state, now } = ctx;
    const bag = plant.vesselAt('bag');
    if (bag === undefined) return refusal('NO_VESSEL', `the bag in ${ctx.id} was taken away`);
    const temperature = plant.temperature(bag.id);
    const { passage, fate } = lookAtFreezing(state.passage, temperature, now);
    state.passage = passage;
    if (fate !== undefined) plant.react(bag.id, fate);
    const rate = coolingRate(passage);
    const bad = rate > 0 && !isGoodCoolingRate(rate);
    const text = `${bag.id} froze at ${fromSi(rate, 'K/min').toFixed(2)} K/min`;
    ctx.setAlarm('coolingRateOff', bad, text);
    const { chamber } = state;
    const isThere = rampAt(chamber, now) === chamber.to;
    const isNear = bag.volume <= 0 || Math.abs(temperature - chamber.to) <= NEAR;
    return share < 1 || (isThere && isNear) ? undefined : 'again';
  },
};

function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

/** Effects of the freezer module. */
export const freezerModuleEffects = workEffects<FreezerModuleConfig, FreezerModuleState>({
  plans: {
    freeze: ({ config }, { rate, target }) => [
      { state: 'closing', seconds: config.hoodTime, act: 'hood' },
      {
        state: 'freezing',
        seconds: STEP,
        act: 'freeze',
        rate: Number(rate),
        target: Number(target),
      },
    ],
  },
  acts: {
    hood: {
      // A bag that is frozen once more gets a new ramp, from where the chamber is.
      begin: (ctx) => {
        ctx.state.start = chamberTemperature(ctx);
        ctx.state.bag = '';
      },
    },
    freeze: freezeAct,
  },
  results: {
    freeze: ({ state }) => ({
      temperature: rounded(fromSi(state.passage.temperature, 'Cel')),
      coolingRate: rounded(fromSi(coolingRate(state.passage), 'K/min')),
    }),
  },
  closes: ['bag'],
  ended: hold,
  changed: hold,
});
