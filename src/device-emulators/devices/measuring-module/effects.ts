import type { LineageName } from '../../../bio-models/populations.ts';
import { type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import { fromSi } from '../../../kernel/units.ts';
import type { EffectContext } from '../../definition/device.ts';
import { needsOpenCoupling, needsSupply } from '../../definition/module-checks.ts';
import type { ModuleReader } from '../../definition/module-frame.ts';
import { takeFromCassette } from '../../definition/module-liquids.ts';
import { MIX_ACT, mixStep, type PumpConfig } from '../../definition/work/liquids.ts';
import { weighedVolume } from '../../definition/work/sources.ts';
import {
  type Act,
  atRest,
  hasFault,
  workEffects,
  type WorkState,
} from '../../definition/work/work.ts';
import { assay, type Assays, count, type Count } from './analysis.ts';

/** Configuration, SI. */
export interface MeasuringModuleConfig extends PumpConfig {
  readonly deadVolume: number;
  readonly drawTime: number;
  readonly countTime: number;
  readonly fullTime: number;
}

/** What the module has found. */
export interface MeasuringModuleState extends WorkState {
  /** Findings of the sample under analysis. */
  pending: { readonly count: Count; readonly assays: Assays | undefined } | undefined;
  /** The last ones told. */
  count: Count | undefined;
  assays: Assays | undefined;
  measurements: number;
  /** Lineage whose share is told as purity. */
  lineage: LineageName;
}

export function measuringAtRest(): MeasuringModuleState {
  return {
    ...atRest(),
    pending: undefined,
    count: undefined,
    assays: undefined,
    measurements: 0,
    lineage: 't',
  };
}

type Context = EffectContext<MeasuringModuleConfig, MeasuringModuleState>;

/** Fewer cells than this make a count unsure: 1/sqrt(N) above 7 %. */
const FEW_CELLS = 200;
/** Time in which an operator empties the waste [s]; assumed. */
const EMPTYING_TIME = 60;
/** Share of the waste's capacity from which it counts as full; assumed. */
const FULL = 0.9;

/** Why no sample can be taken through the cassette's sampling valve. */
export function checkValve(context: ModuleReader): Refusal | undefined {
  const refused = needsOpenCoupling(context, 'sample');
  const vessel = context.plant.vesselAt('transfer');
  if (refused !== undefined || vessel === undefined) return refused;
  if (context.plant.samplingValve(vessel.id)) return undefined;
  return refusal('INTERLOCK', `the sampling valve of ${vessel.id} is shut; open it`);
}

/** Lets the sample go into the drain, where one is laid, or into the module's own waste. */
function rinse(ctx: Context): void {
  const { plant } = ctx;
  const sample = plant.withdraw('chamber', plant.volume('chamber'), 'mixed');
  if (needsSupply(ctx, 'drain') === undefined) plant.toDrain(sample);
  else plant.deposit('waste', sample);
  const waste = plant.vessel('waste');
  ctx.setAlarm('wasteFull', waste !== undefined && waste.volume > FULL * waste.capacity);
}

/** What stood in the needle goes first, then the sample. */
const draw: Act<Context> = {
  end: (ctx, step, share) => {
    const { plant, config } = ctx;
    const refused = checkValve(ctx);
    if (refused !== undefined) return refused;
    const wanted = (config.deadVolume + Number(step.volume)) * share;
    const parcel = takeFromCassette(plant, 'transfer', wanted, 'supernatant');
    plant.deposit('chamber', parcel);
    return undefined;
  },
};

const analyse: Act<Context> = {
  begin: (ctx, step) => {
    const sample = ctx.plant.amounts('chamber');
    const dirty = hasFault(ctx.state, 'dirtyOptics');
    // The background image is compared before each count.
    ctx.setAlarm('dirtyOptics', dirty, 'the background image has changed');
    ctx.state.pending = {
      count: count(sample, dirty, ctx.random),
      assays: step.full === true ? assay(sample, ctx.random) : undefined,
    };
  },
  end: (ctx, _, share) => {
    const { state } = ctx;
    const { pending } = state;
    state.pending = undefined;
    if (pending === undefined || share < 1) return undefined;
    state.count = pending.count;
    state.assays = pending.assays ?? state.assays;
    state.measurements += 1;
    const { cellsSeen } = pending.count;
    ctx.setAlarm('fewCells', cellsSeen < FEW_CELLS, `${cellsSeen} cells seen`);
    return undefined;
  },
};

function rounded(value: number, unit: string): number {
  return Number(fromSi(value, unit).toPrecision(5));
}

function tellCount(ctx: Context) {
  const { count: found } = ctx.state;
  return {
    viableDensity: rounded(found?.livingDensity ?? 0, '10*6.{cells}/mL'),
    viability: rounded(found?.viability ?? 0, '%'),
    diameter: rounded(found?.diameter ?? 0, 'um'),
    cellsSeen: found?.cellsSeen ?? 0,
    volume: weighedVolume(ctx),
  };
}

function tellAssays({ assays, lineage }: Readonly<MeasuringModuleState>) {
  if (assays === undefined) return {};
  const { shares } = assays;
  return {
    carPositive: rounded(assays.carPositive, '%'),
    purity: rounded(shares[lineage], '%'),
    tCells: rounded(shares.t, '%'),
    nkCells: rounded(shares.nk, '%'),
    stromalCells: rounded(shares.msc, '%'),
    glucose: rounded(assays.glucose, 'mmol/L'),
    lactate: rounded(assays.lactate, 'mmol/L'),
    ph: rounded(assays.ph, '[pH]'),
    dmso: rounded(assays.dmso, '%'),
  };
}

/** Effects of the measuring module. */
export const measuringModuleEffects = workEffects<MeasuringModuleConfig, MeasuringModuleState>({
  plans: {
    measure: (ctx, { volume, assays, lineage }) => {
      const { mixTime, drawTime, countTime, fullTime } = ctx.config;
      const full = assays === 'full';
      ctx.state.lineage = lineage as LineageName;
      return [
        mixStep(mixTime),
        { state: 'sampling', seconds: drawTime, act: 'draw', volume: Number(volume) },
        { state: 'analysing', seconds: full ? fullTime : countTime, act: 'analyse', full },
        { state: 'rinsing', seconds: drawTime, act: 'rinse' },
      ];
    },
    emptyWaste: () => [{ state: 'emptying', seconds: EMPTYING_TIME, act: 'empty' }],
  },
  acts: {
    mix: MIX_ACT,
    draw,
    analyse,
    rinse: {},
    empty: {
      end: ({ plant }, _, share) => {
        if (share >= 1) plant.refill('waste', undefined);
        return undefined;
      },
    },
  },
  results: {
    measure: (ctx, { steps }) => ({
      ...tellCount(ctx),
      ...(steps.some(({ full }) => full === true) ? tellAssays(ctx.state) : {}),
    }),
  },
  closes: ['transfer'],
  ended: (ctx) => {
    ctx.state.pending = undefined;
    rinse(ctx);
  },
  changed: (ctx) => {
    if (!hasFault(ctx.state, 'dirtyOptics')) ctx.setAlarm('dirtyOptics', false);
  },
});
