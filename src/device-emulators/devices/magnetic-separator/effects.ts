import { debeadedFractions } from '../../../bio-models/bead-removal.ts';
import { selectedFractions } from '../../../bio-models/magnetic-selection.ts';
import { fromSi } from '../../../kernel/units.ts';
import { microsFromSeconds, type Micros } from '../../../kernel/time.ts';
import type { EffectContext } from '../../definition/device.ts';

/** What the separator is doing. */
export interface MagneticSeparatorState {
  /** Present step: since when and for how long [s]; 0 at rest. */
  stepSince: Micros;
  stepTime: number;
  /** Bottle that was labelled last and for how long [s]. */
  labelledVessel: string;
  labellingTime: number;
  /** Reservoirs that were filled anew so far. */
  stocks: number;
}

/** Configuration, SI. */
export interface MagneticSeparatorConfig {
  /** Flow through the column [m3/s]. */
  readonly flow: number;
  readonly washVolume: number;
  readonly elutionVolume: number;
  /** Gas transfer into the incubated bottle [1/s]. */
  readonly kLa: number;
  readonly clogRate: number;
}

type Context = EffectContext<MagneticSeparatorConfig, MagneticSeparatorState>;

/** Conductance of the heated block to the bottle [W/K]; assumed. */
const BLOCK_CONDUCTANCE = 2;
/** Gas of the incubation hood: air with CO2 to this pH; assumed. */
const INCUBATION_PH = 7.2;
const PRESSURE = 101_325;
/** A reservoir with less counts as nearly empty [m3]; assumed. */
const LOW = 4e-6;

function begin(ctx: Context, seconds: number): void {
  ctx.state.stepSince = ctx.now;
  ctx.state.stepTime = seconds;
  ctx.plant.setPlaceOpen('input', false);
  ctx.plant.setPlaceOpen('target', false);
}

function end(ctx: Context): void {
  ctx.state.stepTime = 0;
  ctx.plant.setPlaceOpen('input', true);
  ctx.plant.setPlaceOpen('target', true);
  const { plant } = ctx;
  const low = ['selectionBeads', 'activationBeads', 'buffer'].filter((name) => {
    const vessel = plant.vessel(name);
    return vessel !== undefined && vessel.volume < LOW;
  });
  ctx.setAlarm('reagentLow', low.length > 0, `little left in ${low.join(', ')}`);
  const waste = plant.vessel('waste');
  ctx.setAlarm('wasteFull', waste !== undefined && waste.volume > 0.9 * waste.capacity);
}

function give(ctx: Context, reagent: string, vesselId: string, volume: number): void {
  ctx.plant.deposit(vesselId, ctx.plant.withdraw(reagent, volume, 'mixed'));
}

function millilitres(volume: number): number {
  return Number(fromSi(volume, 'mL').toFixed(2));
}

function holdTemperature(ctx: Context, place: string, temperature: number, gas: boolean): void {
  const vessel = ctx.plant.vesselAt(place);
  if (vessel === undefined) return;
  ctx.plant.setEnvironment(vessel.id, {
    ambientTemperature: temperature,
    heatTransfer: BLOCK_CONDUCTANCE,
    ...(gas
      ? {
          gas: {
            kLa: ctx.config.kLa,
            oxygenSetpoint: 1,
            phSetpoint: INCUBATION_PH,
            pressure: PRESSURE,
          },
        }
      : {}),
  });
}

function releaseTemperature(ctx: Context): void {
  for (const place of ['input', 'target']) {
    const vessel = ctx.plant.vesselAt(place);
    if (vessel !== undefined) ctx.plant.setEnvironment(vessel.id, undefined);
  }
}

function endIncubation(ctx: Context): void {
  releaseTemperature(ctx);
  end(ctx);
  ctx.complete({ volume: millilitres(ctx.plant.vesselAt('target')?.volume ?? 0) });
}

/** Notes which bottle is labelled and how long the beads had, also when it was cut short. */
function endLabelling(ctx: Context): void {
  ctx.state.labelledVessel = ctx.plant.vesselAt('input')?.id ?? '';
  ctx.state.labellingTime = (ctx.now - ctx.state.stepSince) / 1e6;
  releaseTemperature(ctx);
  end(ctx);
}

/** Effects of the magnetic separator by the names of its machine's actions. */
export const magneticSeparatorEffects = {
  labelStarted: (ctx: Context, event: { duration: number; beads: number; temperature: number }) => {
    begin(ctx, event.duration);
    const vessel = ctx.plant.vesselAt('input');
    if (vessel === undefined) return;
    ctx.plant.resuspend(vessel.id);
    give(ctx, 'selectionBeads', vessel.id, event.beads);
    holdTemperature(ctx, 'input', event.temperature, false);
  },
  labelled: (ctx: Context) => {
    endLabelling(ctx);
    ctx.complete({ volume: millilitres(ctx.plant.vesselAt('input')?.volume ?? 0) });
  },
  labellingCut: endLabelling,
  separationAsked: (ctx: Context) => {
    const { flow, washVolume, elutionVolume } = ctx.config;
    const load = (ctx.plant.vesselAt('input')?.volume ?? 0) / flow;
    const wash = washVolume / flow;
    const elution = elutionVolume / flow;
    ctx.raise({ type: 'separation.planned', load, wash, elution });
  },
  separationStarted: (ctx: Context, event: { load: number; wash: number; elution: number }) => {
    begin(ctx, event.load + event.wash + event.elution);
    if (ctx.random('clog').uniform() < ctx.config.clogRate) ctx.raise({ type: 'column.clogged' });
  },
  separated: (ctx: Context) => {
    const { plant, state, config } = ctx;
    const input = plant.vesselAt('input');
    const target = plant.vesselAt('target');
    end(ctx);
    if (input === undefined || target === undefined) return;
    plant.resuspend(input.id);
    const conditions = { labellingTime: state.labellingTime, flow: config.flow };
    const fractions = selectedFractions(plant.amounts(input.id), conditions);
    plant.deposit(target.id, plant.split(input.id, fractions));
    plant.deposit('waste', plant.withdraw(input.id, input.volume, 'mixed'));
    give(ctx, 'buffer', 'waste', config.washVolume);
    give(ctx, 'buffer', target.id, config.elutionVolume);
    state.labelledVessel = '';
    ctx.complete({ volume: millilitres(plant.volume(target.id)) });
  },
  activationStarted: (
    ctx: Context,
    event: { duration: number; beads: number; temperature: number },
  ) => {
    begin(ctx, event.duration);
    const vessel = ctx.plant.vesselAt('target');
    if (vessel === undefined) return;
    give(ctx, 'activationBeads', vessel.id, event.beads);
    ctx.plant.resuspend(vessel.id);
    holdTemperature(ctx, 'target', event.temperature, true);
  },
  activated: endIncubation,
  incubationStarted: (ctx: Context, event: { duration: number; temperature: number }) => {
    begin(ctx, event.duration);
    holdTemperature(ctx, 'target', event.temperature, true);
  },
  incubated: endIncubation,
  removalStarted: (ctx: Context, event: { duration: number }) => {
    begin(ctx, event.duration);
    const vessel = ctx.plant.vesselAt('target');
    if (vessel !== undefined) ctx.plant.resuspend(vessel.id);
  },
  beadsRemoved: (ctx: Context) => {
    const duration = ctx.state.stepTime;
    end(ctx);
    const vessel = ctx.plant.vesselAt('target');
    if (vessel === undefined) return;
    const held = debeadedFractions(duration).map((kept) => 1 - kept);
    ctx.plant.deposit('waste', ctx.plant.split(vessel.id, held));
    ctx.complete({ volume: millilitres(vessel.volume) });
  },
  stopped: (ctx: Context) => {
    releaseTemperature(ctx);
    end(ctx);
  },
  clogged: (ctx: Context) => {
    ctx.state.stepTime = 0;
    ctx.setAlarm('columnClogged', true, 'pressure before the column above the limit');
    ctx.fail('MALFUNCTION', `the column of ${ctx.id} is clogged; reset ${ctx.id} and repeat`);
  },
  setExchanged: (ctx: Context) => {
    ctx.plant.refill('waste', undefined);
    fillUp(ctx);
    ctx.state.labelledVessel = '';
    end(ctx);
  },
  cleared: (ctx: Context) => {
    ctx.setAlarm('columnClogged', false);
    end(ctx);
  },
} as const;

/** What a reservoir is filled with anew when it holds less than a batch may need [m3]; assumed. */
const STOCKS = [
  { name: 'selectionBeads', liquid: 'selection-beads', volume: 50e-6, low: 10e-6 },
  { name: 'activationBeads', liquid: 'activation-beads', volume: 100e-6, low: 20e-6 },
  { name: 'buffer', liquid: 'wash-buffer', volume: 1500e-6, low: 500e-6 },
] as const;
/** Temperature of what comes from the store [K]. */
const ROOM = 294.15;

function fillUp({ plant, state, id }: Context): void {
  for (const { name, liquid, volume, low } of STOCKS) {
    if (plant.volume(name) >= low) continue;
    state.stocks += 1;
    plant.refill(name, { liquid, volume, temperature: ROOM, lot: `${id}-${name}-${state.stocks}` });
  }
}

/** Time left of the present step [s]. */
export function remainingTime(state: Readonly<MagneticSeparatorState>, now: Micros): number {
  const ends = state.stepSince + microsFromSeconds(state.stepTime);
  return state.stepTime === 0 ? 0 : Math.max(0, (ends - now) / 1e6);
}
