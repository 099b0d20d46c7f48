import { alarm, measured, quantity } from '../../definition/declare.ts';
import { defineDevice } from '../../definition/define-device.ts';
import type { EffectContext, ReadContext } from '../../definition/device.ts';
import {
  lamp,
  locationRead,
  locationSignal,
  MODULE_FRAME,
  MODULE_SIZE,
} from '../../definition/module-frame.ts';
import { gasSupplyMachine } from './machine.ts';

interface State {
  open: boolean;
  /** When the present bottles were put in [ticks]. */
  since: number;
}

interface Config {
  readonly endurance: number;
}

type Context = EffectContext<Config, State>;
type Looking = Pick<ReadContext<Config, State>, 'state' | 'config' | 'now'>;

/** Pressure in the gas main while it delivers [Pa]; assumed. */
const PRESSURE = 200_000;

/** Share of the gas that is left, 0..1; the main draws evenly, for cassettes are flushed all the time. */
function level({ state, config, now }: Looking): number {
  return Math.max(0, 1 - (now - state.since) / 1e6 / config.endurance);
}

function delivers(
  ctx: Looking & Pick<ReadContext<Config, State>, 'machineState' | 'plant'>,
): boolean {
  return ctx.state.open && level(ctx) > 0 && ctx.machineState !== 'broken' && ctx.plant.isPowered();
}

function follow(ctx: Context): void {
  const running = delivers(ctx);
  ctx.plant.setSupplyOpen(running);
  ctx.setAlarm('noGas', ctx.state.open && !running, 'the gas main has no pressure');
}

function countDown(ctx: Context): void {
  ctx.state.since = ctx.now;
  ctx.raise({ type: 'bottle.empty' }, Math.round(ctx.config.endurance * 1e6));
}

/** Bottles of mixed gas with the valve of the gas main. */
export const gasSupplyModule = defineDevice({
  type: 'gas-supply-module',
  title: 'Gas supply module',
  description:
    'Bundle of gas bottles with mixer and valve: air, oxygen, nitrogen and carbon dioxide.',
  identity: { model: 'Module Gas', firmware: '1.0.1' },
  size: MODULE_SIZE,
  config: {
    endurance: quantity('d', 'Time for which full bottles last', [1, 1000], 120),
  },
  quirks: ['Bottles empty evenly, whoever draws: cassettes are flushed all the time.'],
  signals: {
    level: measured('%', 'Gas left', [0, 100], 0.1, { period: 60, noise: 0.1 }),
    pressure: measured('kPa', 'Pressure of the main', [0, 400], 0.1, { period: 1, noise: 0.5 }),
    delivering: { kind: 'boolean', title: 'Delivering', direction: 'output' },
    ...locationSignal,
  },
  commands: {
    open: {
      title: 'Open',
      description: 'Makes the main deliver.',
      parameters: {},
      errors: [],
      execution: 'instant',
    },
    close: {
      title: 'Close',
      description: 'Makes the main be shut.',
      parameters: {},
      errors: [],
      execution: 'instant',
    },
    replaceBottle: {
      title: 'Replace bottles',
      description: 'An operator exchanges the bundle for a full one.',
      parameters: {},
      errors: ['ABORTED', 'MALFUNCTION'],
      execution: 'timed',
    },
    abort: {
      title: 'Abort',
      description: 'The old bundle stays.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT'],
      execution: 'abort',
    },
  },
  alarms: {
    noGas: alarm(
      'critical',
      'Gas main without pressure',
      'The main should deliver, but its bottles are empty or it has no power.',
      'Exchange the bottles with replaceBottle; cultures use up what is dissolved within minutes.',
    ),
  },
  places: () => [],
  ports: () => [],
  vessels: () => [MODULE_FRAME],
  body: () => MODULE_FRAME.name,
  powered: 'dock',
  machine: gasSupplyMachine,
  initialState: (): State => ({ open: true, since: 0 }),
  effects: {
    started: countDown,
    opened: (ctx) => {
      ctx.state.open = true;
      follow(ctx);
    },
    shut: (ctx) => {
      ctx.state.open = false;
      follow(ctx);
    },
    follow: (ctx) => follow(ctx),
    // Of bottles that were exchanged meanwhile nothing runs out.
    ranOut: (ctx) => {
      if (level(ctx) <= 0) follow(ctx);
    },
    replaced: (ctx) => {
      countDown(ctx);
      follow(ctx);
    },
  },
  preconditions: {},
  read: {
    level,
    pressure: (ctx) => (delivers(ctx) ? PRESSURE : 0),
    delivering: delivers,
    ...locationRead,
  },
  write: {},
  channels: { lamp, level, delivering: (ctx) => Number(delivers(ctx)) },
  appearance: () => ({}),
});
