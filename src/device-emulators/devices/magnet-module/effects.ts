import { debeadedFractions } from '../../../bio-models/bead-removal.ts';
import { selectedFractions } from '../../../bio-models/magnetic-selection.ts';
import { OSMOTIC_STRESS } from '../../../bio-models/osmotic-shock.ts';
import { toSi } from '../../../kernel/units.ts';
import type { CommandParameters } from '../../definition/command.ts';
import type { EffectContext } from '../../definition/device.ts';
import { needsCassette, needsDrain, needsOpenCoupling } from '../../definition/module-checks.ts';
import { throughCoupling } from '../../definition/module-liquids.ts';
import {
  clearAir,
  inParts,
  liquidActs,
  liquidPlans,
  mixStep,
  type PumpConfig,
  pumpInSteps,
} from '../../definition/work/liquids.ts';
import {
  noteLevels,
  refillAct,
  refilled,
  refillSteps,
  type Reservoir,
} from '../../definition/work/reservoirs.ts';
import { OUTWARD, weighedVolume } from '../../definition/work/sources.ts';
import {
  type Act,
  atRest,
  hasFault,
  workEffects,
  type WorkState,
  type WorkStep,
} from '../../definition/work/work.ts';

/** Liquid of each reservoir, by its name. */
const LIQUIDS = {
  selectionBeads: 'selection-beads',
  nkSelectionBeads: 'nk-selection-beads',
  activationBeads: 'activation-beads',
  nkActivationBeads: 'nk-activation-beads',
} as const;

export const RESERVOIRS: readonly Reservoir[] = [
  { name: 'selectionBeads', title: 'Selection beads for T cells' },
  { name: 'nkSelectionBeads', title: 'Selection beads for NK cells' },
  { name: 'activationBeads', title: 'Activation beads for T cells' },
  { name: 'nkActivationBeads', title: 'Activation beads for NK cells' },
];
export const SELECTION_BEADS = ['selectionBeads', 'nkSelectionBeads'] as const;
export const ACTIVATION_BEADS = ['activationBeads', 'nkActivationBeads'] as const;

/** Configuration, SI. */
export interface MagnetModuleConfig extends PumpConfig {
  /** Buffer that washes what the magnet holds [m3]. */
  readonly washVolume: number;
}

/** What the module remembers. */
export interface MagnetModuleState extends WorkState {
  /** Fraction of each species that the present selection keeps. */
  kept: Float64Array | undefined;
}

export function magnetAtRest(): MagnetModuleState {
  return { ...atRest(), kept: undefined };
}

type Context = EffectContext<MagnetModuleConfig, MagnetModuleState>;

/** Flow of reagents [m3/s]; assumed, 30 mL/min. */
const REAGENT_FLOW = toSi(30, 'mL/min');
/** Field of a coil with shorted turns over the usual one; assumed. */
const WEAK_FIELD = 0.5;

/** States in which the magnet is on. */
export const MAGNET_ON: readonly string[] = ['loading', 'washing', 'debeading'];

function field(ctx: Context): number {
  const weak = hasFault(ctx.state, 'weakField');
  ctx.setAlarm('weakField', weak, 'the coil draws half of its current');
  return weak ? WEAK_FIELD : 1;
}

function planSelection(
  ctx: Context,
  { reagent, beads, duration, keep, flow }: CommandParameters,
): readonly WorkStep[] {
  const held = (ctx.plant.vesselAt('transfer')?.volume ?? 0) + Number(beads);
  const past = Number(flow);
  const reagents = pumpInSteps(ctx, {
    source: String(reagent),
    volume: Number(beads),
    flow: REAGENT_FLOW,
  });
  return [
    ...(Number(beads) > 0 ? reagents : []),
    { state: 'labelling', seconds: Number(duration), act: 'label' },
    ...loadSteps({ seconds: held / past, flow: past, labelled: Number(duration) }),
    ...inParts({
      state: 'washing',
      seconds: ctx.config.washVolume / past,
      act: 'washHeld',
      volume: ctx.config.washVolume,
    }),
    ...pumpInSteps(ctx, { source: 'buffer', volume: Number(keep), flow: past, state: 'eluting' }),
    mixStep(ctx.config.mixTime),
  ];
}

/** Parts in which the cassette's contents pass the magnet. */
const LOADS = 8;

function loadSteps({
  seconds,
  flow,
  labelled,
}: {
  readonly seconds: number;
  readonly flow: number;
  readonly labelled: number;
}): WorkStep[] {
  return Array.from({ length: LOADS }, (_, i) => ({
    state: 'loading',
    seconds: seconds / LOADS,
    act: 'load',
    flow,
    labelled,
    passed: i / LOADS,
  }));
}

function shakeUp({ plant }: Context): void {
  const vessel = plant.vesselAt('transfer');
  if (vessel !== undefined) plant.resuspend(vessel.id);
}

const label: Act<Context> = { begin: shakeUp };

/** What the magnet does not hold leaves with its share of the liquid. */
const load: Act<Context> = {
  begin: (ctx, { passed, labelled, flow }) => {
    const vessel = ctx.plant.vesselAt('transfer');
    if (vessel === undefined || passed !== 0) return;
    ctx.state.kept = selectedFractions(ctx.plant.amounts(vessel.id), {
      labellingTime: Number(labelled),
      flow: Number(flow),
      field: field(ctx),
    });
  },
  end: (ctx, step, share) => {
    const { plant, state } = ctx;
    const vessel = plant.vesselAt('transfer');
    const refused = needsOpenCoupling(ctx, OUTWARD) ?? needsDrain(ctx, 0);
    if (refused !== undefined || vessel === undefined || state.kept === undefined) return refused;
    const before = Number(step.passed);
    const now = share / LOADS;
    // Of what was there at the beginning; `passed` of it has gone already.
    const fractions = state.kept.map((kept) => ((1 - kept) * now) / (1 - (1 - kept) * before));
    plant.toDrain(throughCoupling(plant, 'transfer', plant.split(vessel.id, fractions)));
    return undefined;
  },
};

const washHeld: Act<Context> = {
  end: (ctx, step, share) => {
    const { plant } = ctx;
    const refused = needsOpenCoupling(ctx, OUTWARD) ?? needsDrain(ctx, 0);
    if (refused !== undefined) return refused;
    const buffer = plant.drawSupply('buffer', Number(step.volume) * share);
    plant.toDrain(throughCoupling(plant, 'transfer', buffer));
    return undefined;
  },
};

/** Beads that the magnet has gathered are flushed out; cut short, they go back. */
const debead: Act<Context> = {
  begin: shakeUp,
  end: (ctx, { seconds }, share) => {
    const { plant } = ctx;
    const vessel = plant.vesselAt('transfer');
    if (vessel === undefined) return needsCassette(ctx);
    if (share < 1) return undefined;
    const refused = needsOpenCoupling(ctx, OUTWARD) ?? needsDrain(ctx, 0);
    if (refused !== undefined) return refused;
    const held = debeadedFractions(seconds, field(ctx)).map((kept) => 1 - kept);
    plant.toDrain(throughCoupling(plant, 'transfer', plant.split(vessel.id, held)));
    return undefined;
  },
};

const weighed = (ctx: Context) => ({ volume: weighedVolume(ctx) });

/** Effects of the magnet module. */
export const magnetModuleEffects = workEffects<MagnetModuleConfig, MagnetModuleState>({
  plans: {
    ...liquidPlans<MagnetModuleConfig, MagnetModuleState>(),
    select: planSelection,
    addBeads: (ctx, { reagent, volume }) => [
      ...pumpInSteps(ctx, {
        source: String(reagent),
        volume: Number(volume),
        flow: REAGENT_FLOW,
      }),
      mixStep(ctx.config.mixTime),
    ],
    removeBeads: (_, { duration }) => [
      { state: 'debeading', seconds: Number(duration), act: 'debead' },
    ],
    refill: refillSteps,
  },
  acts: {
    ...liquidActs(OSMOTIC_STRESS),
    label,
    load,
    washHeld,
    debead,
    refill: refillAct((reservoir) => LIQUIDS[reservoir as keyof typeof LIQUIDS]),
  },
  results: {
    add: weighed,
    remove: weighed,
    mix: weighed,
    select: weighed,
    addBeads: weighed,
    removeBeads: weighed,
    refill: refilled,
  },
  closes: ['transfer'],
  ended: (ctx) => {
    ctx.state.kept = undefined;
    noteLevels(ctx, RESERVOIRS);
  },
  changed: (ctx) => {
    clearAir(ctx);
    if (!hasFault(ctx.state, 'weakField')) ctx.setAlarm('weakField', false);
  },
});
