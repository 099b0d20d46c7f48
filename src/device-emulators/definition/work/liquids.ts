import { type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import type { CommandParameters } from '../command.ts';
import type { EffectContext } from '../device.ts';
import { needsCassette, needsDrain, needsOpenCoupling, needsRoom } from '../module-checks.ts';
import type { ModuleReader } from '../module-frame.ts';
import { giveToCassette, takeFromCassette, volumeOf } from '../module-liquids.ts';
import type { VesselView } from '../plant-port.ts';
import { checkSource, drawFrom, INWARD, OUTWARD } from './sources.ts';
import { type Act, hasFault, type WorkState, type WorkStep } from './work.ts';

/** Configuration that modules with pumps have in common, SI. */
export interface PumpConfig {
  /** Of shaking after something was added [s]. */
  readonly mixTime: number;
}

/** What cells suffer when the liquid around them changes; `T` is plain data. */
export interface CellStress<T> {
  /** At rest in what is around them. */
  begin(amounts: Float64Array): T;
  /** After a straight change in some seconds. */
  follow(state: T, before: Float64Array, after: Float64Array, seconds: number): T;
  /** Share that lives through the way from one state to the next, 0..1. */
  survival(from: T, to: T): number;
  /** Lets a share of the cells live. */
  apply(amounts: Float64Array, survival: number): void;
}

type Context<C, S extends WorkState> = EffectContext<C, S>;

/** Error of a gravimetric dosage: coefficient of variation and floor [m3]; assumed. */
const DOSE_CV = 0.003;
const DOSE_FLOOR = 20e-9;
/** Share of the volume that air takes in a line with bubbles; assumed. */
const AIR_SHARE = 0.15;
/** Less than this share of a dosage counts as a source run dry; assumed. */
const DRY = 0.98;
/** Longest part of a pumping step [s], and most parts: what a view sees move. */
const PART = 5;
const MOST_PARTS = 8;

/** What the pumps will really move when told `volume` [m3]. */
export function dosed<C, S>(ctx: EffectContext<C, S>, volume: number): number {
  const deviation = Math.hypot(DOSE_CV * volume, DOSE_FLOOR);
  return Math.max(0, volume + deviation * ctx.random('dosing').normal());
}

/** A pumping step in parts of equal volume, as a view sees liquid move. */
export function inParts(step: WorkStep & { readonly volume: number }): WorkStep[] {
  const parts = Math.min(MOST_PARTS, Math.max(1, Math.ceil(step.seconds / PART)));
  const seconds = step.seconds / parts;
  return Array.from({ length: parts }, () => ({ ...step, seconds, volume: step.volume / parts }));
}

/** Steps that pump `volume` [m3] from a supply or reservoir into the cassette. */
export function pumpInSteps<C, S extends WorkState>(
  ctx: Context<C, S>,
  pump: {
    readonly source: string;
    readonly volume: number;
    readonly flow: number;
    readonly gently?: boolean;
    readonly state?: string;
  },
): WorkStep[] {
  const { source, volume, flow, gently = false, state = 'adding' } = pump;
  return inParts({
    state,
    seconds: volume / flow,
    act: 'pumpIn',
    source,
    volume: dosed(ctx, volume),
    gently,
  });
}

/** Steps that pump `volume` [m3] out of the cassette into the drain; a pellet stays. */
export function pumpOutSteps<C, S extends WorkState>(
  ctx: Context<C, S>,
  { volume, flow, state = 'removing' }: { volume: number; flow: number; state?: string },
): WorkStep[] {
  return inParts({ state, seconds: volume / flow, act: 'pumpOut', volume: dosed(ctx, volume) });
}

/** A step that shakes the cassette, after which nothing lies at its bottom. */
export function mixStep(seconds: number): WorkStep {
  return { state: 'mixing', seconds, act: 'mix' };
}

/** Takes the alarm back when the line is free again. */
export function clearAir<C, S extends WorkState>(ctx: Context<C, S>): void {
  if (!hasFault(ctx.state, 'airInLine')) ctx.setAlarm('airInLine', false);
}

/** Share of the volume that bubbles take now; raises the alarm when there are some. */
export function airShare<C, S extends WorkState>(ctx: Context<C, S>): number {
  const air = hasFault(ctx.state, 'airInLine');
  ctx.setAlarm('airInLine', air, 'the bubble detector sees air');
  return air ? AIR_SHARE : 0;
}

/** The act of shaking a cassette. */
export const MIX_ACT = {
  end: <C, S extends WorkState>(ctx: Context<C, S>, _: WorkStep, share: number) => {
    const vessel = ctx.plant.vesselAt('transfer');
    if (vessel === undefined) return needsCassette(ctx);
    // A few turns are enough; less leaves the pellet lying.
    if (share > 0.2) ctx.plant.resuspend(vessel.id);
    return undefined;
  },
} as const;

/** Acts of pumping and mixing. */
export function liquidActs<T, C, S extends WorkState>(
  stress: CellStress<T>,
): Readonly<Record<'pumpIn' | 'pumpOut' | 'mix' | 'wait', Act<Context<C, S>>>> {
  type Ctx = Context<C, S>;

  /** Lets the cells of a vessel suffer a change of what is around them. */
  function suffer(ctx: Ctx, vessel: string, before: Float64Array, seconds: number): void {
    const { plant, state } = ctx;
    const from = (state.stress as T | undefined) ?? stress.begin(before);
    const to = stress.follow(from, before, plant.amounts(vessel), seconds);
    state.stress = to;
    const survival = stress.survival(from, to);
    if (survival < 1) plant.react(vessel, (amounts) => stress.apply(amounts, survival));
  }

  return {
    pumpIn: {
      end: (ctx, step, share) => {
        const { plant } = ctx;
        const refused = needsOpenCoupling(ctx, INWARD);
        const vessel = plant.vesselAt('transfer');
        if (refused !== undefined || vessel === undefined) return refused;
        const told = Number(step.volume) * share * (1 - airShare(ctx));
        const wanted = Math.min(told, vessel.capacity - vessel.volume);
        const before = plant.amounts(vessel.id);
        const parcel = drawFrom(plant, String(step.source), wanted);
        giveToCassette(plant, 'transfer', parcel, step.gently === true);
        suffer(ctx, vessel.id, before, step.seconds * share);
        if (volumeOf(parcel) >= DRY * wanted) return undefined;
        return refusal('INSUFFICIENT_VOLUME', `${ctx.id} drew air from ${step.source}; see to it`);
      },
    },
    pumpOut: {
      end: (ctx, step, share) => {
        const { plant } = ctx;
        const volume = Number(step.volume) * share * (1 - airShare(ctx));
        const refused = needsOpenCoupling(ctx, OUTWARD) ?? needsDrain(ctx, volume);
        if (refused !== undefined) return refused;
        plant.toDrain(takeFromCassette(plant, 'transfer', volume, 'supernatant'));
        return undefined;
      },
    },
    mix: MIX_ACT,
    wait: {
      end: (ctx, step, share) => {
        const vessel = ctx.plant.vesselAt('transfer');
        if (vessel === undefined) return needsCassette(ctx);
        suffer(ctx, vessel.id, ctx.plant.amounts(vessel.id), step.seconds * share);
        return undefined;
      },
    },
  };
}

/** Plans of the commands that modules with liquid handling have in common. */
export function liquidPlans<C extends PumpConfig, S extends WorkState>() {
  type Ctx = Context<C, S>;
  return {
    add: (ctx: Ctx, { liquid, volume, flow, mix }: CommandParameters): WorkStep[] => [
      ...pumpInSteps(ctx, {
        source: String(liquid),
        volume: Number(volume),
        flow: Number(flow),
        gently: mix !== true,
      }),
      ...(mix === true ? [mixStep(ctx.config.mixTime)] : []),
    ],
    remove: (ctx: Ctx, { volume, flow }: CommandParameters): WorkStep[] => {
      const held = ctx.plant.vesselAt('transfer')?.volume ?? 0;
      return pumpOutSteps(ctx, { volume: Math.min(Number(volume), held), flow: Number(flow) });
    },
    mix: (_: Ctx, { duration }: CommandParameters): WorkStep[] => [mixStep(Number(duration))],
  } as const;
}

/** Preconditions of the same commands. */
export const liquidPreconditions = {
  add: (context: ModuleReader, { liquid, volume }: CommandParameters): Refusal | undefined =>
    needsOpenCoupling(context, INWARD) ??
    checkSource(context, String(liquid), Number(volume)) ??
    needsRoom(context, occupant(context)?.id ?? '', Number(volume)),
  remove: (context: ModuleReader, { volume }: CommandParameters): Refusal | undefined => {
    const refused = needsOpenCoupling(context, OUTWARD);
    if (refused !== undefined) return refused;
    const held = occupant(context)?.volume ?? 0;
    if (held > 0) return needsDrain(context, Math.min(Number(volume), held));
    return refusal('INSUFFICIENT_VOLUME', `the cassette in ${context.id} is empty`);
  },
  mix: (context: ModuleReader): Refusal | undefined => needsCassette(context),
} as const;

function occupant({ plant }: ModuleReader): VesselView | undefined {
  return plant.vesselAt('transfer');
}
