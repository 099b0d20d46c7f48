import { OSMOTIC_STRESS } from '../../../bio-models/osmotic-shock.ts';
import { pelletFractions } from '../../../bio-models/sedimentation.ts';
import { type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import { fromSi, toSi } from '../../../kernel/units.ts';
import { runTime, settlingTime } from '../../../physics/mechanism/rotor.ts';
import type { CommandParameters } from '../../definition/command.ts';
import type { EffectContext } from '../../definition/device.ts';
import { needsCassette } from '../../definition/module-checks.ts';
import { liquidColumn } from '../../definition/work/cassette-column.ts';
import {
  clearAir,
  liquidActs,
  liquidPlans,
  mixStep,
  type PumpConfig,
  pumpInSteps,
  pumpOutSteps,
} from '../../definition/work/liquids.ts';
import { weighedVolume } from '../../definition/work/sources.ts';
import {
  type Act,
  hasFault,
  stepShare,
  workEffects,
  type WorkState,
  type WorkStep,
} from '../../definition/work/work.ts';
import { acceleration, runOf } from './rotor.ts';

/** Configuration, SI. */
export interface CentrifugeModuleConfig extends PumpConfig {
  readonly hoodTime: number;
  /** Ramps [m/s2 per s]. */
  readonly spinUpRate: number;
  readonly radius: number;
}

type Context = EffectContext<CentrifugeModuleConfig, WorkState>;

/** Acceleration [m/s2] above which an unbalanced rotor trips; assumed, 100 g. */
const TRIP_LIMIT = toSi(100, '[g]');

/** Steps of one run: hood down, spin, hood up. An unbalanced rotor does not get far. */
function spinSteps(
  ctx: Context,
  { acceleration: full, duration }: { acceleration: number; duration: number },
): WorkStep[] {
  const { hoodTime, spinUpRate } = ctx.config;
  const run = { acceleration: full, duration, spinUpRate, brakeRate: spinUpRate };
  const trips = hasFault(ctx.state, 'imbalance') && full > TRIP_LIMIT;
  const seconds = trips ? TRIP_LIMIT / spinUpRate : runTime(run);
  return [
    { state: 'closing', seconds: hoodTime, act: 'hood' },
    { state: 'spinning', seconds, act: 'spin', ...run, trips },
    { state: 'opening', seconds: hoodTime, act: 'hood' },
  ];
}

/** Steps that take the supernatant away down to `keep` [m3]. */
function decantSteps(ctx: Context, held: number, keep: number, flow: number): WorkStep[] {
  return held > keep ? pumpOutSteps(ctx, { volume: held - keep, flow }) : [];
}

function planWash(ctx: Context, parameters: CommandParameters): WorkStep[] {
  const [keep, volume, flow] = [parameters.keep, parameters.volume, parameters.flow].map(Number);
  const run = {
    acceleration: Number(parameters.acceleration),
    duration: Number(parameters.duration),
  };
  if (keep === undefined || volume === undefined || flow === undefined) return [];
  let held = ctx.plant.vesselAt('transfer')?.volume ?? 0;
  const steps: WorkStep[] = [];
  for (let cycle = 0; cycle < Number(parameters.cycles); cycle++) {
    const kept = Math.min(held, keep);
    steps.push(
      ...spinSteps(ctx, run),
      ...decantSteps(ctx, held, keep, flow),
      ...pumpInSteps(ctx, { source: 'buffer', volume: volume - kept, flow }),
      mixStep(ctx.config.mixTime),
    );
    held = volume;
  }
  return steps;
}

function planConcentration(ctx: Context, parameters: CommandParameters): WorkStep[] {
  const held = ctx.plant.vesselAt('transfer')?.volume ?? 0;
  return [
    ...spinSteps(ctx, {
      acceleration: Number(parameters.acceleration),
      duration: Number(parameters.duration),
    }),
    ...decantSteps(ctx, held, Number(parameters.keep), Number(parameters.flow)),
    mixStep(ctx.config.mixTime),
  ];
}

function trip(ctx: Context): Refusal {
  ctx.setAlarm('imbalance', true, 'vibration above the limit');
  return refusal('MALFUNCTION', `the rotor of ${ctx.id} tripped on vibration; have it balanced`);
}

/** Lets particles settle as they have by now. */
const spin: Act<Context> = {
  end: (ctx, step, share) => {
    const vessel = ctx.plant.vesselAt('transfer');
    if (vessel === undefined) return needsCassette(ctx);
    const run = runOf(step);
    const time = settlingTime(run, step.seconds * share);
    ctx.plant.settle(vessel.id, pelletFractions(run.acceleration, time, liquidColumn(vessel)));
    return step.trips === true && share === 1 ? trip(ctx) : undefined;
  },
};

/** A rotor that was stopped under way has to brake before its hood opens. */
function stopRotor(ctx: Context, step: WorkStep, share: number): WorkStep[] {
  const { hoodTime, spinUpRate } = ctx.config;
  const open = (part: number): WorkStep => {
    return { state: 'opening', seconds: hoodTime * part, act: 'hood' };
  };
  if (step.state === 'closing') return [open(share)];
  if (step.state !== 'spinning') return [];
  const reached = acceleration(ctx.state, ctx.config, ctx.now);
  const braking = { state: 'braking', seconds: reached / spinUpRate, act: 'brake', from: reached };
  return [braking, open(1)];
}

/** Imbalance that begins at speed trips the rotor. */
function followFaults(ctx: Context): void {
  const { state, config, now } = ctx;
  clearAir(ctx);
  if (!hasFault(state, 'imbalance')) {
    ctx.setAlarm('imbalance', false);
    return;
  }
  const step = state.work?.steps[state.work.index];
  if (step?.state !== 'spinning' || state.work === undefined) return;
  if (stepShare(state.work, now) >= 1 || acceleration(state, config, now) <= TRIP_LIMIT) return;
  const { code, message } = trip(ctx);
  ctx.fail(code, message);
  ctx.raise({ type: 'work.cut' });
}

const weighed = (ctx: Context) => ({ volume: weighedVolume(ctx) });

/** Effects of the centrifuge module. */
export const centrifugeModuleEffects = workEffects<CentrifugeModuleConfig, WorkState>({
  plans: {
    ...liquidPlans<CentrifugeModuleConfig, WorkState>(),
    wash: planWash,
    concentrate: planConcentration,
  },
  acts: { ...liquidActs(OSMOTIC_STRESS), spin, hood: {}, brake: {} },
  results: {
    add: weighed,
    remove: weighed,
    mix: weighed,
    wash: weighed,
    concentrate: weighed,
  },
  closes: ['transfer'],
  afterCut: stopRotor,
  changed: followFaults,
});

/** Why a wash cannot be: what it keeps must be less than what it fills up to. */
export function checkKept(keep: number, volume: number): Refusal | undefined {
  if (keep < volume) return undefined;
  const [kept, filled] = [keep, volume].map((v) => fromSi(v, 'mL').toFixed(1));
  return refusal('OUT_OF_RANGE', `${kept} mL cannot be kept of ${filled} mL; keep less`);
}
