import { fromSi } from '../../../kernel/units.ts';
import { LIQUID_NAMES } from '../../../bio-models/liquids.ts';
import { alarm, choice, measured, quantity } from '../../definition/declare.ts';
import { defineDevice } from '../../definition/define-device.ts';
import type { EffectContext, ReadContext } from '../../definition/device.ts';
import {
  lamp,
  locationRead,
  locationSignal,
  MODULE_FRAME,
  MODULE_SIZE,
} from '../../definition/module-frame.ts';
import { upright } from '../../definition/upright.ts';
import { mediaSupplyMachine } from './machine.ts';

const TANKS = ['tank', 'buffer'] as const;
type Tank = (typeof TANKS)[number];

interface State {
  /** Valve as control set it. */
  open: boolean;
  failed: boolean;
  replacing: { tank: Tank; volume: number };
  replaced: number;
}

interface Config {
  readonly medium: string;
  readonly bufferLiquid: string;
  readonly low: number;
}

type Context = EffectContext<Config, State>;

/** Pressure in the mains while they deliver [Pa]; assumed. */
const PRESSURE = 150_000;
/** Temperature at which tanks come [K]. */
const COLD = 278.15;

function delivers({
  state,
  machineState,
  plant,
}: Pick<ReadContext<Config, State>, 'state' | 'machineState' | 'plant'>): boolean {
  return state.open && !state.failed && machineState !== 'broken' && plant.isPowered();
}

function follow(ctx: Context): void {
  const running = delivers(ctx);
  ctx.plant.setSupplyOpen(running);
  ctx.setAlarm('noPressure', ctx.state.open && !running, 'the mains have no pressure');
}

function inspect(ctx: Context): void {
  const low = TANKS.filter((tank) => ctx.plant.volume(tank) < ctx.config.low);
  ctx.setAlarm('levelLow', low.length > 0, `little left in ${low.join(' and ')}`);
}

/** Tanks of medium and buffer with the pumps of their ring mains. */
export const mediaSupplyModule = defineDevice({
  type: 'media-supply-module',
  title: 'Media supply module',
  description:
    'Two tanks of 200 L, for medium and buffer, and the pumps that keep their mains full.',
  identity: { model: 'Module Media', firmware: '1.1.0' },
  size: MODULE_SIZE,
  config: {
    medium: choice('Liquid of the medium tank', LIQUID_NAMES, 'expansion-medium'),
    bufferLiquid: choice('Liquid of the buffer tank', LIQUID_NAMES, 'wash-buffer'),
    low: quantity('L', 'Level at which a tank counts as nearly empty', [1, 100], 20),
  },
  quirks: [
    'The mains stay full while a tank is exchanged.',
    'One pump failing shuts both mains: they share their drive.',
  ],
  signals: {
    mediumLevel: measured('L', 'Medium', [0, 210], 0.1, { period: 5, noise: 0.1 }),
    bufferLevel: measured('L', 'Buffer', [0, 210], 0.1, { period: 5, noise: 0.1 }),
    pressure: measured('kPa', 'Pressure of the mains', [0, 400], 0.1, { period: 1, noise: 0.5 }),
    delivering: { kind: 'boolean', title: 'Delivering', direction: 'output' },
    ...locationSignal,
  },
  commands: {
    open: {
      title: 'Open',
      description: 'Makes the mains deliver.',
      parameters: {},
      errors: [],
      execution: 'instant',
    },
    close: {
      title: 'Close',
      description: 'Makes the mains be shut.',
      parameters: {},
      errors: [],
      execution: 'instant',
    },
    replaceTank: {
      title: 'Replace tank',
      description:
        'An operator exchanges a tank for a full one; what was left goes with the old one.',
      parameters: {
        tank: choice('Tank', TANKS),
        volume: quantity('L', 'Volume in the new tank', [1, 190], 180, 'exact'),
      },
      errors: ['ABORTED', 'MALFUNCTION'],
      execution: 'timed',
    },
    abort: {
      title: 'Abort',
      description: 'The old tank stays.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT'],
      execution: 'abort',
    },
  },
  alarms: {
    levelLow: alarm(
      'medium',
      'Tank nearly empty',
      'A tank holds less than its low level.',
      'Exchange the tank with replaceTank.',
    ),
    noPressure: alarm(
      'critical',
      'Mains without pressure',
      'The mains should deliver, but their pumps stand still.',
      'Repair the pumps or open another supply; cultures live on what they have.',
    ),
  },
  faults: {
    pumpFailure: {
      title: 'Pump failure',
      description: 'The drive of the pumps stands still: nothing comes from the mains.',
    },
  },
  places: () => [],
  ports: () => [],
  vessels: () => [
    MODULE_FRAME,
    { name: 'tank', kind: 'tank-200l', pose: upright(-0.14, 0, 0.02) },
    { name: 'buffer', kind: 'tank-200l', pose: upright(0.14, 0, 0.02) },
  ],
  body: () => MODULE_FRAME.name,
  powered: 'dock',
  machine: mediaSupplyMachine,
  initialState: (): State => ({
    open: true,
    failed: false,
    replacing: { tank: 'tank', volume: 0 },
    replaced: 0,
  }),
  effects: {
    opened: (ctx) => {
      ctx.state.open = true;
      follow(ctx);
    },
    shut: (ctx) => {
      ctx.state.open = false;
      follow(ctx);
    },
    follow: (ctx, event: { readonly type: string }) => {
      if (event.type === 'fault.pumpFailure') ctx.state.failed = true;
      if (event.type === 'fault.pumpFailure.ended') ctx.state.failed = false;
      follow(ctx);
    },
    replaceBegun: (ctx, { tank, volume }: { tank: Tank; volume: number }) => {
      ctx.state.replacing = { tank, volume };
    },
    replaced: (ctx) => {
      const { tank, volume } = ctx.state.replacing;
      const liquid = tank === 'tank' ? ctx.config.medium : ctx.config.bufferLiquid;
      ctx.state.replaced += 1;
      const lot = `${ctx.id}-${ctx.state.replaced}`;
      ctx.plant.refill(tank, { liquid, volume, temperature: COLD, lot });
      ctx.complete({ level: Number(fromSi(volume, 'L').toFixed(1)) });
    },
    inspect,
  },
  preconditions: {},
  read: {
    mediumLevel: ({ plant }) => plant.volume('tank'),
    bufferLevel: ({ plant }) => plant.volume('buffer'),
    pressure: (ctx) => (delivers(ctx) ? PRESSURE : 0),
    delivering: delivers,
    ...locationRead,
  },
  write: {},
  channels: {
    lamp,
    medium: ({ plant }) => plant.volume('tank') / (plant.vessel('tank')?.capacity ?? 1),
    buffer: ({ plant }) => plant.volume('buffer') / (plant.vessel('buffer')?.capacity ?? 1),
    delivering: (ctx) => Number(delivers(ctx)),
  },
  appearance: () => ({}),
});
