import { OSMOTIC_STRESS } from '../../../bio-models/osmotic-shock.ts';
import { GRAVITY, pelletFractions } from '../../../bio-models/sedimentation.ts';
import type { EffectContext } from '../../definition/device.ts';
import { needsCassette } from '../../definition/module-checks.ts';
import { liquidColumn } from '../../definition/work/cassette-column.ts';
import {
  clearAir,
  liquidActs,
  liquidPlans,
  type PumpConfig,
} from '../../definition/work/liquids.ts';
import {
  noteLevels,
  refillAct,
  refilled,
  refillSteps,
  type Reservoir,
} from '../../definition/work/reservoirs.ts';
import { weighedVolume } from '../../definition/work/sources.ts';
import { type Act, workEffects, type WorkState } from '../../definition/work/work.ts';

/** Reagents of the module; what they are its configuration says. */
export const RESERVOIRS: readonly Reservoir[] = [
  { name: 'reagent1', title: 'Reagent 1' },
  { name: 'reagent2', title: 'Reagent 2' },
  { name: 'reagent3', title: 'Reagent 3' },
];

/** Configuration, SI. */
export interface LiquidModuleConfig extends PumpConfig {
  readonly reagent1: string;
  readonly reagent2: string;
  readonly reagent3: string;
}

type Context = EffectContext<LiquidModuleConfig, WorkState>;

const weighed = (ctx: Context) => ({ volume: weighedVolume(ctx) });

/** Lets particles sink as they do at rest in the time that has passed. */
const settle: Act<Context> = {
  end: (ctx, step, share) => {
    const vessel = ctx.plant.vesselAt('transfer');
    if (vessel === undefined) return needsCassette(ctx);
    const seconds = step.seconds * share;
    ctx.plant.settle(vessel.id, pelletFractions(GRAVITY, seconds, liquidColumn(vessel)));
    return undefined;
  },
};

/** Effects of the liquid module. */
export const liquidModuleEffects = workEffects<LiquidModuleConfig, WorkState>({
  plans: {
    ...liquidPlans<LiquidModuleConfig, WorkState>(),
    settle: (_, { duration }) => [{ state: 'settling', seconds: Number(duration), act: 'settle' }],
    refill: refillSteps,
  },
  acts: {
    ...liquidActs(OSMOTIC_STRESS),
    settle,
    refill: refillAct((reservoir, config) => config[reservoir as keyof LiquidModuleConfig] + ''),
  },
  results: {
    add: weighed,
    remove: weighed,
    mix: weighed,
    settle: weighed,
    refill: refilled,
  },
  closes: ['transfer'],
  ended: (ctx) => noteLevels(ctx, RESERVOIRS),
  changed: clearAir,
});
