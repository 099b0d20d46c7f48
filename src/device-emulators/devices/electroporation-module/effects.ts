import { electroporate } from '../../../bio-models/electroporation/electroporate.ts';
import { OSMOTIC_STRESS } from '../../../bio-models/osmotic-shock.ts';
import { refusal } from '../../../kernel/error-catalogue.ts';
import { toSi } from '../../../kernel/units.ts';
import type { EffectContext } from '../../definition/device.ts';
import { needsCassette, needsOpenCoupling } from '../../definition/module-checks.ts';
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
import { OUTWARD, weighedVolume } from '../../definition/work/sources.ts';
import { type Act, hasFault, workEffects, type WorkState } from '../../definition/work/work.ts';

export const RESERVOIRS: readonly Reservoir[] = [
  { name: 'transposon', title: 'Transposon DNA' },
  { name: 'electroporationBuffer', title: 'Electroporation buffer' },
];

/** Configuration, SI. */
export interface ElectroporationModuleConfig extends PumpConfig {
  /** Distance of the electrodes [m]. */
  readonly gap: number;
  /** Volume between them [m3], and time to fill, pulse and empty it [s]. */
  readonly chamberVolume: number;
  readonly chargeTime: number;
  readonly largestVolume: number;
  readonly restTime: number;
}

type Context = EffectContext<ElectroporationModuleConfig, WorkState>;

/** Flow of reagent [m3/s]; assumed, 10 mL/min. */
const REAGENT_FLOW = toSi(10, 'mL/min');
/** Share of a pulse's duration after which an arc has discharged the capacitor; assumed. */
const ARC_SHARE = 0.2;

/** Charges in which a volume [m3] passes the chamber. */
function chargesOf({ chamberVolume }: ElectroporationModuleConfig, volume: number): number {
  return Math.max(1, Math.ceil(volume / chamberVolume - 1e-9));
}

/** Pulses what has passed the chamber by now; each charge comes back into the cassette. */
const pulse: Act<Context> = {
  begin: ({ plant }) => {
    const vessel = plant.vesselAt('transfer');
    if (vessel !== undefined) plant.resuspend(vessel.id);
  },
  end: (ctx, step, share) => {
    const vessel = ctx.plant.vesselAt('transfer');
    if (vessel === undefined) return needsCassette(ctx);
    const refused = needsOpenCoupling(ctx, OUTWARD);
    if (refused !== undefined) return refused;
    const arcs = hasFault(ctx.state, 'arcing');
    const pulses = {
      field: Number(step.field),
      duration: Number(step.duration) * (arcs ? ARC_SHARE : 1),
      count: Number(step.pulses),
    };
    ctx.plant.react(vessel.id, (amounts) => electroporate(amounts, pulses, share));
    if (!arcs) return undefined;
    ctx.setAlarm('arcing', true, 'the voltage broke down during the pulse');
    return refusal(
      'MALFUNCTION',
      `pulses of ${ctx.id} arced and were cut; have its chamber seen to`,
    );
  },
};

const weighed = (ctx: Context) => ({ volume: weighedVolume(ctx) });

/** Effects of the electroporation module. */
export const electroporationModuleEffects = workEffects<ElectroporationModuleConfig, WorkState>({
  plans: {
    ...liquidPlans<ElectroporationModuleConfig, WorkState>(),
    electroporate: (ctx, { voltage, pulseDuration, pulses, reagent }) => {
      const { config } = ctx;
      const held = (ctx.plant.vesselAt('transfer')?.volume ?? 0) + Number(reagent);
      const dna = { source: 'transposon', volume: Number(reagent), flow: REAGENT_FLOW };
      return [
        ...(Number(reagent) > 0 ? [...pumpInSteps(ctx, dna), mixStep(config.mixTime)] : []),
        {
          state: 'pulsing',
          seconds: chargesOf(config, held) * config.chargeTime,
          act: 'pulse',
          field: Number(voltage) / config.gap,
          duration: Number(pulseDuration),
          pulses: Number(pulses),
        },
        { state: 'resting', seconds: config.restTime, act: 'rest' },
      ];
    },
    refill: refillSteps,
  },
  acts: {
    ...liquidActs(OSMOTIC_STRESS),
    pulse,
    rest: {},
    refill: refillAct((reservoir) =>
      reservoir === 'transposon' ? 'transposon-dna' : 'electroporation-buffer',
    ),
  },
  results: {
    add: weighed,
    remove: weighed,
    mix: weighed,
    electroporate: (ctx) => {
      const held = ctx.plant.vesselAt('transfer')?.volume ?? 0;
      return { ...weighed(ctx), charges: chargesOf(ctx.config, held) };
    },
    refill: refilled,
  },
  closes: ['transfer'],
  ended: (ctx) => noteLevels(ctx, RESERVOIRS),
  changed: (ctx) => {
    clearAir(ctx);
    if (!hasFault(ctx.state, 'arcing')) ctx.setAlarm('arcing', false);
  },
});
