import { countCells, IMAGE_CYTOMETER } from '../../../bio-models/counting.ts';
import { meanDiameter } from '../../../bio-models/cell-size.ts';
import type { ErrorCode } from '../../../kernel/error-catalogue.ts';
import { fromSi } from '../../../kernel/units.ts';
import type { EffectContext } from '../../definition/device.ts';

/** What the counter found, SI. */
export interface Finding {
  /** Living cells [1/m3]. */
  readonly livingDensity: number;
  /** 0..1 */
  readonly viability: number;
  /** Mean diameter of the living cells [m]. */
  readonly diameter: number;
  readonly cellsSeen: number;
}

/** What the counter remembers. */
export interface CellCounterState {
  /** Finding of the sample under the microscope. */
  pending: Finding | undefined;
  /** Last finding told. */
  last: Finding | undefined;
  counts: number;
}

/** Configuration, SI. */
export interface CellCounterConfig {
  readonly line: string;
  readonly sampleVolume: number;
  readonly lineFlow: number;
}

type Context = EffectContext<CellCounterConfig, CellCounterState>;

/** Coefficient of variation of the measured mean diameter; assumed. */
const DIAMETER_CV = 0.015;
/** Fewer cells than this make a count unsure: 1/sqrt(N) above 7 %. */
const FEW_CELLS = 200;
/** Liquid pushed through the line before sampling, in hold-ups: plug flow needs one. */
const PURGE = 1.05;

function flow(ctx: Context, volume: number): void {
  const started = ctx.plant.startFlow(ctx.config.line, ctx.config.lineFlow, volume);
  if (!started.ok) ctx.raise({ type: 'flow.refused', ...started.error });
}

function rinse(ctx: Context): void {
  const volume = ctx.plant.volume('chamber');
  if (volume > 0) {
    ctx.plant.deposit('waste', ctx.plant.withdraw('chamber', volume, 'mixed'));
  }
}

function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

/** Effects of the cell counter by the names of its machine's actions. */
export const cellCounterEffects = {
  lockPlace: (ctx: Context) => ctx.plant.setPlaceOpen('sample', false),
  purge: (ctx: Context) => flow(ctx, PURGE * (ctx.plant.line(ctx.config.line)?.holdUp ?? 0) + 1e-9),
  purged: rinse,
  drawLine: (ctx: Context) => flow(ctx, ctx.config.sampleVolume),
  drawPlace: (ctx: Context) => {
    ctx.plant.setPlaceOpen('sample', true);
    const vessel = ctx.plant.vesselAt('sample');
    if (vessel === undefined) return;
    // The needle hangs in the liquid: a pellet at the bottom is not sampled.
    const parcel = ctx.plant.withdraw(vessel.id, ctx.config.sampleVolume, 'supernatant');
    ctx.plant.deposit('chamber', parcel);
  },
  takeImages: (ctx: Context) => {
    const amounts = ctx.plant.amounts('chamber');
    const { livingDensity, viability, cellsSeen } = countCells(
      amounts,
      IMAGE_CYTOMETER,
      ctx.random('count'),
    );
    const diameter =
      cellsSeen > 0 ? meanDiameter(amounts) * ctx.random('diameter').logNormal(1, DIAMETER_CV) : 0;
    ctx.state.pending = { livingDensity, viability, diameter, cellsSeen };
  },
  counted: (ctx: Context) => {
    const { pending } = ctx.state;
    rinse(ctx);
    if (pending === undefined) return;
    ctx.state.pending = undefined;
    ctx.state.last = pending;
    ctx.state.counts += 1;
    ctx.setAlarm('fewCells', pending.cellsSeen < FEW_CELLS, `${pending.cellsSeen} cells seen`);
    const waste = ctx.plant.vessel('waste');
    ctx.setAlarm('wasteFull', waste !== undefined && waste.volume > 0.9 * waste.capacity);
    ctx.complete({
      viableDensity: rounded(fromSi(pending.livingDensity, '10*6.{cells}/mL'), 6),
      viability: rounded(fromSi(pending.viability, '%'), 5),
      diameter: rounded(fromSi(pending.diameter, 'um'), 4),
      cellsSeen: pending.cellsSeen,
    });
  },
  flowFailed: (ctx: Context) => {
    rinse(ctx);
    const { line } = ctx.config;
    ctx.fail('INSUFFICIENT_VOLUME', `${ctx.id} drew air through line ${line}; fill its source`);
  },
  flowRefused: (ctx: Context, event: { code: ErrorCode; message: string }) => {
    rinse(ctx);
    ctx.fail(event.code, event.message);
  },
  stopped: (ctx: Context) => {
    if (ctx.config.line !== '') ctx.plant.stopFlow(ctx.config.line);
    ctx.plant.setPlaceOpen('sample', true);
    ctx.state.pending = undefined;
    rinse(ctx);
  },
} as const;
