import { OSMOTIC_STRESS } from '../../../bio-models/osmotic-shock.ts';
import {
  beginPassage,
  lookAtThawing,
  type Passage,
  warmingRate,
} from '../../../bio-models/passage.ts';
import { livingCells } from '../../../bio-models/readouts.ts';
import { refusal } from '../../../kernel/error-catalogue.ts';
import { fromSi } from '../../../kernel/units.ts';
import { exposure } from '../../../physics/heat/phase-change.ts';
import type { CommandParameters } from '../../definition/command.ts';
import type { EffectContext } from '../../definition/device.ts';
import { needsOpenCoupling } from '../../definition/module-checks.ts';
import { giveToCassette } from '../../definition/module-liquids.ts';
import {
  airShare,
  clearAir,
  inParts,
  liquidActs,
  mixStep,
  type PumpConfig,
  pumpInSteps,
} from '../../definition/work/liquids.ts';
import { INWARD, weighedVolume } from '../../definition/work/sources.ts';
import {
  type Act,
  atRest,
  hasFault,
  isDead,
  workEffects,
  type WorkState,
  type WorkStep,
} from '../../definition/work/work.ts';

/** Configuration, SI. */
export interface ThawModuleConfig extends PumpConfig {
  readonly plateTemperature: number;
  /** From the plates to the bag [W/K]. */
  readonly plateConductance: number;
  /** Rate with which bags were frozen [K/s]. */
  readonly coolingRate: number;
  /** Left in a bag that was pumped out [m3]. */
  readonly residue: number;
}

/** What the module remembers. */
export interface ThawModuleState extends WorkState {
  /** Bag that is or was thawed last, how far it came, and where it is held [K]. */
  bag: string;
  passage: Passage;
  target: number;
  /** Beginning of the present thaw. */
  since: number;
}

export function thawAtRest(): ThawModuleState {
  return { ...atRest(), bag: '', passage: beginPassage(0, 0), target: 0, since: 0 };
}

type Context = EffectContext<ThawModuleConfig, ThawModuleState>;

/** Seconds between two looks at the bag; the heat taken up in between is exact. */
const STEP = 5;
/** Longest thaw [s] before the alarm; assumed. */
const LONGEST = 1200;
/** Share of the conductance that plates keep without pressure; assumed. */
const POOR_CONTACT = 0.2;
/** Largest dilution in one go, and the pause after it [s] in which cells come to rest; assumed. */
const DILUTION_STEP = 1.5;
const PAUSE = 120;

/** Closed plates around a bag that nobody warms: [W/K]; assumed. */
export const SLEEVE = 0.05;

function conductance({ state, config }: Context): number {
  return config.plateConductance * (hasFault(state, 'poorContact') ? POOR_CONTACT : 1);
}

const thawAct: Act<Context> = {
  begin: (ctx, step) => {
    const { plant, state, config, now } = ctx;
    const bag = plant.vesselAt('bag');
    if (bag === undefined) return;
    const temperature = plant.temperature(bag.id);
    if (state.since < 0) {
      const isOther = state.bag !== bag.id;
      if (isOther) state.passage = beginPassage(temperature, now);
      Object.assign(state, { bag: bag.id, target: Number(step.target), since: now });
    }
    const plates = exposure(
      temperature,
      config.plateTemperature,
      conductance(ctx),
      bag.volume,
      STEP,
    );
    plant.setEnvironment(bag.id, plates);
  },
  end: (ctx, _, share) => {
    const { plant, state, config, now } = ctx;
    const bag = plant.vesselAt('bag');
    if (bag === undefined) return refusal('NO_VESSEL', `the bag in ${ctx.id} was taken away`);
    const temperature = plant.temperature(bag.id);
    const { passage, fate } = lookAtThawing(state.passage, temperature, now, config.coolingRate);
    state.passage = passage;
    if (fate !== undefined) plant.react(bag.id, fate);
    const elapsed = (now - state.since) / 1e6;
    const thawed = temperature >= state.target;
    ctx.setAlarm('slow', elapsed > LONGEST && !thawed, `${Math.round(elapsed)} s so far`);
    return share < 1 || thawed ? undefined : 'again';
  },
};

/** A thawed bag is held where it is; without power it is left to itself. */
function hold(ctx: Context): void {
  const { plant, state } = ctx;
  clearAir(ctx);
  ctx.setAlarm('slow', false);
  const bag = plant.vesselAt('bag');
  if (bag === undefined || bag.id !== state.bag) return;
  const temperature = plant.temperature(bag.id);
  const isThawed = temperature >= state.target;
  const held = {
    ambientTemperature: plant.zoneAir().temperature,
    heatTransfer: SLEEVE,
    jacket: { temperature: state.target, conductance: conductance(ctx) },
  };
  plant.setEnvironment(bag.id, isThawed && !isDead(state) ? held : undefined);
}

/** A part of the bag's contents comes into the cassette, and its cells into what is there. */
const pour: Act<Context> = {
  end: (ctx, step, share) => {
    const { plant, state } = ctx;
    const bag = plant.vesselAt('bag');
    if (bag === undefined) return refusal('NO_VESSEL', `the bag in ${ctx.id} was taken away`);
    const refused = needsOpenCoupling(ctx, INWARD);
    const cassette = plant.vesselAt('transfer');
    if (refused !== undefined || cassette === undefined) return refused;
    const before = plant.amounts(bag.id);
    const there = livingCells(plant.amounts(cassette.id));
    const volume = Number(step.volume) * share * (1 - airShare(ctx));
    giveToCassette(plant, 'transfer', plant.withdraw(bag.id, volume, 'mixed'));
    const after = plant.amounts(cassette.id);
    const from = OSMOTIC_STRESS.begin(before);
    const to = OSMOTIC_STRESS.follow(from, before, after, 0);
    const lost = 1 - OSMOTIC_STRESS.survival(from, to);
    state.stress = to;
    if (lost <= 0) return undefined;
    // Only those that have just come in.
    const fresh = 1 - there / Math.max(there, livingCells(after));
    plant.react(cassette.id, (amounts) => OSMOTIC_STRESS.apply(amounts, 1 - lost * fresh));
    return undefined;
  },
};

/** Steps that dilute `held` by `dilution` volumes of buffer, each by half at most, with pauses. */
function diluteSteps(ctx: Context, held: number, dilution: number, flow: number): WorkStep[] {
  const steps: WorkStep[] = [];
  let volume = held;
  const end = held * (1 + dilution);
  while (end - volume > 1e-9) {
    const next = Math.min(end, volume * DILUTION_STEP);
    steps.push(
      ...pumpInSteps(ctx, { source: 'buffer', volume: next - volume, flow, state: 'diluting' }),
      { state: 'resting', seconds: PAUSE, act: 'wait' },
    );
    volume = next;
  }
  return steps;
}

/** Volume of the bag that can be pumped [m3]. */
export function pumpable({
  plant,
  config,
}: Pick<Context, 'config'> & { readonly plant: Pick<Context['plant'], 'vesselAt'> }): number {
  return Math.max(0, (plant.vesselAt('bag')?.volume ?? 0) - config.residue);
}

function planTransfer(ctx: Context, { dilution, flow }: CommandParameters): WorkStep[] {
  const volume = pumpable(ctx);
  return [
    ...inParts({
      state: 'transferring',
      seconds: volume / Number(flow),
      act: 'pour',
      volume,
    }),
    ...diluteSteps(ctx, volume, Number(dilution), Number(flow)),
    mixStep(ctx.config.mixTime),
  ];
}

function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

/** Effects of the thaw module. */
export const thawModuleEffects = workEffects<ThawModuleConfig, ThawModuleState>({
  plans: {
    thaw: ({ state }, { target }) => {
      state.since = -1;
      return [{ state: 'thawing', seconds: STEP, act: 'thaw', target: Number(target) }];
    },
    transferToCassette: planTransfer,
  },
  acts: { ...liquidActs(OSMOTIC_STRESS), thaw: thawAct, pour },
  results: {
    thaw: ({ state, now }) => ({
      temperature: rounded(fromSi(state.passage.temperature, 'Cel')),
      duration: rounded((now - state.since) / 1e6),
      warmingRate: rounded(fromSi(warmingRate(state.passage), 'K/min')),
    }),
    transferToCassette: (ctx) => ({ volume: weighedVolume(ctx) }),
  },
  closes: ['transfer', 'bag'],
  ended: hold,
  changed: (ctx) => {
    if (ctx.state.work === undefined) hold(ctx);
  },
});
