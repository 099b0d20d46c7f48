import { OSMOTIC_STRESS } from '../../../bio-models/osmotic-shock.ts';
import { type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import { fromSi } from '../../../kernel/units.ts';
import type { EffectContext } from '../../definition/device.ts';
import { needsOpenCoupling } from '../../definition/module-checks.ts';
import { takeFromCassette, volumeOf } from '../../definition/module-liquids.ts';
import {
  airShare,
  clearAir,
  dosed,
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
import { weighedVolume } from '../../definition/work/sources.ts';
import {
  type Act,
  atRest,
  hasFault,
  workEffects,
  type WorkState,
  type WorkStep,
} from '../../definition/work/work.ts';

export const RESERVOIRS: readonly Reservoir[] = [
  { name: 'formulationBuffer', title: 'Formulation buffer' },
  { name: 'cryoprotectant', title: 'Cryoprotectant' },
];

/** Configuration, SI. */
export interface FillModuleConfig extends PumpConfig {
  /** Volume lost in the tube between cassette and bag [m3]. */
  readonly holdUp: number;
  readonly magazine: number;
  readonly presentTime: number;
  readonly primeTime: number;
  readonly sealTime: number;
}

/** What the module remembers. */
export interface FillModuleState extends WorkState {
  bags: number;
  /** Bags brought out of the magazine so far. */
  presented: number;
  /** Bag into which the tube is primed. */
  primed: string;
  /** What the present filling was told and has moved [m3]. */
  asked: number;
  moved: number;
}

export function fillAtRest({ magazine }: { readonly magazine: number }): FillModuleState {
  return { ...atRest(), bags: magazine, presented: 0, primed: '', asked: 0, moved: 0 };
}

type Context = EffectContext<FillModuleConfig, FillModuleState>;

/** Standard deviation of the bag's scale as volume [m3]: 20 mg; assumed. */
const SCALE_NOISE = 20e-9;
/** Deviation of a filling that raises the alarm, and shortage with which it fails; assumed. */
const TOLERANCE = 0.03;
/** Bags left that are few. */
const FEW_BAGS = 2;
/** Time in which an operator loads bags [s]; assumed. */
const LOADING_TIME = 60;

/** A fresh bag comes out of the magazine, labelled like the cassette. */
const present: Act<Context> = {
  end: ({ id, plant, state }, _, share) => {
    if (share < 1) return undefined;
    const cassette = plant.vesselAt('transfer');
    if (cassette === undefined) return refusal('NO_VESSEL', `${id} has lost its cassette`);
    state.bags -= 1;
    state.presented += 1;
    plant.bringIn({
      id: `${id}-bag-${state.presented}`,
      kind: 'product-bag',
      place: 'product',
      batch: cassette.batch,
      capped: false,
      fill: undefined,
    });
    return undefined;
  },
};

/** Product that fills the tube stays there. */
const prime: Act<Context> = {
  end: (ctx, _, share) => {
    const { plant, config, state } = ctx;
    const refused = needsOpenCoupling(ctx, 'product');
    if (refused !== undefined || share < 1) return refused;
    plant.deposit('drops', takeFromCassette(plant, 'transfer', config.holdUp));
    state.primed = plant.vesselAt('product')?.id ?? '';
    return undefined;
  },
};

const fillBag: Act<Context> = {
  begin: ({ plant }) => {
    const cassette = plant.vesselAt('transfer');
    if (cassette !== undefined) plant.resuspend(cassette.id);
  },
  end: (ctx, step, share) => {
    const { plant, state } = ctx;
    const refused = needsOpenCoupling(ctx, 'product');
    if (refused !== undefined) return refused;
    const bag = plant.vesselAt('product');
    if (bag === undefined) return refusal('NO_VESSEL', `there is no bag in ${ctx.id}.product`);
    const told = Number(step.volume) * share * (1 - airShare(ctx));
    const parcel = takeFromCassette(plant, 'transfer', Math.min(told, bag.capacity - bag.volume));
    plant.deposit(bag.id, parcel);
    state.moved += volumeOf(parcel);
    return undefined;
  },
};

/** Compares what the bag took with what was asked. */
const weigh: Act<Context> = {
  end: (ctx, step, share): Refusal | undefined => {
    const { state } = ctx;
    if (share < 1) return undefined;
    state.moved = Math.max(0, state.moved + SCALE_NOISE * ctx.random('bag').normal());
    const deviation = state.moved / state.asked - 1;
    const percent = (100 * deviation).toFixed(1);
    ctx.setAlarm('deviation', Math.abs(deviation) > TOLERANCE, `${percent} % off`);
    if (deviation >= -TOLERANCE || step.untilEmpty === true) return undefined;
    const found = fromSi(state.moved, 'mL').toFixed(1);
    return refusal('INSUFFICIENT_VOLUME', `${ctx.id} could fill only ${found} mL into the bag`);
  },
};

const seal: Act<Context> = {
  end: (ctx, _, share) => {
    const bag = ctx.plant.vesselAt('product');
    if (share < 1 || bag === undefined) return undefined;
    const cold = hasFault(ctx.state, 'coldSeal');
    ctx.setAlarm('sealFailed', cold, 'the seal bar stayed cold');
    if (cold) return refusal('MALFUNCTION', `the bag in ${ctx.id} is not sealed; have it repaired`);
    ctx.plant.setSealed(bag.id);
    return undefined;
  },
};

function planFilling(
  ctx: Context,
  { volume, flow, untilEmpty }: Readonly<Record<string, unknown>>,
): WorkStep[] {
  const { plant, config, state } = ctx;
  const bag = plant.vesselAt('product');
  const isPrimed = bag !== undefined && state.primed === bag.id;
  const held = (plant.vesselAt('transfer')?.volume ?? 0) - (isPrimed ? 0 : config.holdUp);
  const asked = untilEmpty === true ? Math.min(Number(volume), Math.max(0, held)) : Number(volume);
  state.asked = asked;
  state.moved = 0;
  return [
    ...(bag === undefined
      ? [{ state: 'presenting', seconds: config.presentTime, act: 'present' }]
      : []),
    ...(isPrimed ? [] : [{ state: 'priming', seconds: config.primeTime, act: 'prime' }]),
    ...inParts({
      state: 'filling',
      seconds: asked / Number(flow),
      act: 'fillBag',
      volume: dosed(ctx, asked),
    }),
    { state: 'weighing', seconds: 2, act: 'weigh', untilEmpty: untilEmpty === true },
  ];
}

function noteBags(ctx: Context): void {
  const { bags } = ctx.state;
  ctx.setAlarm('bagsLow', bags < FEW_BAGS, `${bags} left`);
}

const weighed = (ctx: Context) => ({ volume: weighedVolume(ctx) });

/** Effects of the fill module. */
export const fillModuleEffects = workEffects<FillModuleConfig, FillModuleState>({
  plans: {
    mix: liquidPlans<FillModuleConfig, FillModuleState>().mix,
    addFinal: (ctx, { buffer, cryoprotectant, flow }) =>
      [
        { source: 'formulationBuffer', volume: Number(buffer) },
        // It comes last and slowly, for cells suffer in it.
        { source: 'cryoprotectant', volume: Number(cryoprotectant) },
      ].flatMap(({ source, volume }) =>
        volume > 0
          ? [
              ...pumpInSteps(ctx, { source, volume, flow: Number(flow) }),
              mixStep(ctx.config.mixTime),
            ]
          : [],
      ),
    fill: planFilling,
    seal: ({ plant, config }) =>
      plant.vesselAt('product')?.sealed === true
        ? []
        : [{ state: 'sealing', seconds: config.sealTime, act: 'seal' }],
    loadBags: () => [{ state: 'loading', seconds: LOADING_TIME, act: 'loadBags' }],
    refill: refillSteps,
  },
  acts: {
    ...liquidActs(OSMOTIC_STRESS),
    present,
    prime,
    fillBag,
    weigh,
    seal,
    loadBags: {
      end: ({ state, config }, _, share) => {
        if (share >= 1) state.bags = config.magazine;
        return undefined;
      },
    },
    refill: refillAct((reservoir) =>
      reservoir === 'cryoprotectant' ? 'cryoprotectant' : 'formulation-buffer',
    ),
  },
  results: {
    mix: weighed,
    addFinal: weighed,
    fill: ({ plant, state }) => ({
      volume: Number(fromSi(state.moved, 'mL').toFixed(2)),
      bag: plant.vesselAt('product')?.id ?? '',
    }),
    seal: ({ plant }) => ({ bag: plant.vesselAt('product')?.id ?? '' }),
    loadBags: ({ state }) => ({ bags: state.bags }),
    refill: refilled,
  },
  closes: ['transfer', 'product'],
  ended: (ctx) => {
    noteLevels(ctx, RESERVOIRS);
    noteBags(ctx);
  },
  changed: (ctx) => {
    clearAir(ctx);
    if (!hasFault(ctx.state, 'coldSeal')) ctx.setAlarm('sealFailed', false);
  },
});
