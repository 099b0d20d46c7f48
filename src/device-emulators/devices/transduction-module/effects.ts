import { OSMOTIC_STRESS } from '../../../bio-models/osmotic-shock.ts';
import { toSi } from '../../../kernel/units.ts';
import type { Refusal } from '../../../kernel/error-catalogue.ts';
import type { EffectContext } from '../../definition/device.ts';
import type { ModuleReader } from '../../definition/module-frame.ts';
import { needsCassette, needsOpenCoupling, needsSupply } from '../../definition/module-checks.ts';
import {
  clearAir,
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
  hasFault,
  isDead,
  workEffects,
  type WorkState,
  type WorkStep,
} from '../../definition/work/work.ts';

export const RESERVOIRS: readonly Reservoir[] = [{ name: 'vector', title: 'Vector' }];

/** Configuration, SI. */
export interface TransductionModuleConfig extends PumpConfig {
  /** Oxygen transfer into the cassette at rest [1/s], and what an rpm adds. */
  readonly kLa: number;
  readonly kLaPerRpm: number;
  readonly oxygenSetpoint: number;
  readonly phSetpoint: number;
}

type Context = EffectContext<TransductionModuleConfig, WorkState>;

/** Flow of vector [m3/s]; assumed, 10 mL/min. */
const VECTOR_FLOW = toSi(10, 'mL/min');
/** Temperature of the vector's compartment [K], 4 degC, and its conductance to it [W/K]; assumed. */
const COLD = 277.15;
const COLD_CONDUCTANCE = 1;
/** Conductance from the heated plate to the cassette [W/K]; assumed. */
const PLATE_CONDUCTANCE = 3;
const PRESSURE = 101_325;
const RPM = toSi(1, '/min');

/** Couplings through which gas comes into a cassette. */
const GASSED = ['perfusion'] as const;

/** Why a cassette cannot be gassed. */
export function checkGas(context: ModuleReader): Refusal | undefined {
  return needsOpenCoupling(context, GASSED) ?? needsSupply(context, 'gas');
}

/** Exposes the cassette to the plate, and to gas as long as there is some. */
function temper(ctx: Context, step: WorkStep): void {
  const { plant, config, state } = ctx;
  const vessel = plant.vesselAt('transfer');
  if (vessel === undefined) return;
  const wanted = step.gas === true;
  const gassed = wanted && !hasFault(state, 'gasBlocked') && checkGas(ctx) === undefined;
  ctx.setAlarm('noGas', wanted && !gassed, 'no gas comes to the cassette');
  const kLa = config.kLa + (config.kLaPerRpm * Number(step.agitation)) / RPM;
  const { oxygenSetpoint, phSetpoint } = config;
  plant.setEnvironment(vessel.id, {
    ambientTemperature: Number(step.temperature),
    heatTransfer: PLATE_CONDUCTANCE,
    ...(gassed ? { gas: { kLa, oxygenSetpoint, phSetpoint, pressure: PRESSURE } } : {}),
  });
}

const temperAct: Act<Context> = {
  begin: (ctx, step) => {
    const vessel = ctx.plant.vesselAt('transfer');
    if (vessel !== undefined && Number(step.agitation) > 0) ctx.plant.resuspend(vessel.id);
    temper(ctx, step);
  },
  end: (ctx) => {
    const vessel = ctx.plant.vesselAt('transfer');
    ctx.setAlarm('noGas', false);
    if (vessel === undefined) return needsCassette(ctx);
    ctx.plant.setEnvironment(vessel.id, undefined);
    return undefined;
  },
};

/** The vector is kept cold as long as there is power; gas comes and goes. */
function follow(ctx: Context): void {
  clearAir(ctx);
  const { plant, state } = ctx;
  const cold = { ambientTemperature: COLD, heatTransfer: COLD_CONDUCTANCE };
  plant.setEnvironment('vector', isDead(state) ? undefined : cold);
  const step = state.work?.steps[state.work.index];
  if (step?.act === 'temper') temper(ctx, step);
}

const weighed = (ctx: Context) => ({ volume: weighedVolume(ctx) });

/** Effects of the transduction module. */
export const transductionModuleEffects = workEffects<TransductionModuleConfig, WorkState>({
  plans: {
    ...liquidPlans<TransductionModuleConfig, WorkState>(),
    addVector: (ctx, { volume }) => [
      ...pumpInSteps(ctx, { source: 'vector', volume: Number(volume), flow: VECTOR_FLOW }),
      mixStep(ctx.config.mixTime),
    ],
    temper: (_, { temperature, agitation, duration, gas }) => [
      {
        state: 'tempering',
        seconds: Number(duration),
        act: 'temper',
        temperature: Number(temperature),
        agitation: Number(agitation),
        gas: gas === true,
      },
    ],
    refill: refillSteps,
  },
  acts: {
    ...liquidActs(OSMOTIC_STRESS),
    temper: temperAct,
    refill: refillAct(() => 'vector'),
  },
  results: {
    add: weighed,
    remove: weighed,
    mix: weighed,
    addVector: weighed,
    temper: weighed,
    refill: refilled,
  },
  closes: ['transfer'],
  ended: (ctx) => noteLevels(ctx, RESERVOIRS),
  changed: follow,
});
