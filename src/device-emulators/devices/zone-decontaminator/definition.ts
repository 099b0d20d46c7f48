import { refusal } from '../../../kernel/error-catalogue.ts';
import type { ReadContext } from '../../definition/device.ts';
import { defineDevice } from '../../definition/define-device.ts';
import type { QuantityField } from '../../definition/fields.ts';
import { zoneDecontaminatorMachine } from './machine.ts';

interface State {
  /** Start of the present cycle [ticks]; -1 at rest. */
  since: number;
  cycles: number;
}

const minutes = (title: string, value: number): QuantityField & { readonly default: number } => ({
  type: 'quantity',
  title,
  unit: 'min',
  min: 1,
  max: 600,
  default: value,
  fidelity: 'assumed',
});

/** Fills a closed zone with hydrogen peroxide vapour, and airs it. */
export const zoneDecontaminator = defineDevice({
  type: 'zone-decontaminator',
  title: 'Zone decontaminator',
  description: 'Generator of hydrogen peroxide vapour for the zone in which it stands.',
  identity: { model: 'Vapour 40', firmware: '2.1.0' },
  size: [0.4, 0.35, 0.8],
  config: {
    conditioningTime: minutes('Time to condition', 30),
    exposureTime: minutes('Time of exposure', 60),
    aerationTime: minutes('Time to air', 90),
  },
  quirks: ['An aborted cycle counts as none, and the zone is aired before the next command.'],
  signals: {
    vapour: {
      kind: 'number',
      title: 'Hydrogen peroxide',
      direction: 'output',
      unit: '[ppm]',
      range: [0, 1000],
      resolution: 1,
      sensor: { period: 10, noise: 3 },
      fidelity: 'assumed',
    },
    cycles: {
      kind: 'integer',
      title: 'Cycles completed',
      direction: 'output',
      range: [0, 100_000],
    },
    remainingTime: {
      kind: 'number',
      title: 'Remaining time',
      direction: 'output',
      unit: 'min',
      range: [0, 2000],
      resolution: 0.1,
      fidelity: 'exact',
    },
  },
  commands: {
    decontaminate: {
      title: 'Decontaminate the zone',
      description: 'Conditions, exposes and airs the zone; nothing in it may be open.',
      parameters: {},
      errors: ['VESSEL_OPEN', 'ABORTED'],
      execution: 'timed',
    },
    abort: {
      title: 'Abort',
      description: 'Ends the cycle and airs the zone.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT', 'WRONG_STATE'],
      execution: 'abort',
    },
  },
  alarms: {},
  places: () => [],
  ports: () => [],
  vessels: () => [],
  machine: zoneDecontaminatorMachine,
  initialState: (): State => ({ since: -1, cycles: 0 }),
  effects: {
    begun: (ctx) => {
      ctx.state.since = ctx.now;
    },
    exposed: (ctx) => {
      ctx.state.cycles += 1;
      ctx.plant.zoneDecontaminated();
    },
    ended: (ctx) => {
      ctx.state.since = -1;
    },
  },
  preconditions: {
    decontaminate: ({ plant }) => {
      const open = plant.openVessels();
      if (open.length === 0) return undefined;
      return refusal('VESSEL_OPEN', `${open.join(', ')} would be spoilt; cap or remove it first`);
    },
  },
  read: {
    vapour: (ctx) => vapour(ctx),
    cycles: ({ state }) => state.cycles,
    remainingTime: ({ state, config, now }) => {
      if (state.since < 0) return 0;
      const whole = config.conditioningTime + config.exposureTime + config.aerationTime;
      return Math.max(0, whole - (now - state.since) / 1e6);
    },
  },
  write: {},
  channels: { vapour: (ctx) => vapour(ctx) / FULL },
  appearance: () => ({}),
});

/** Concentration during exposure, as a fraction [1]; 400 ppm are usual for isolators, assumed. */
const FULL = 400e-6;
/** Concentration in the air falls to a hundredth while the zone is aired; assumed. */
const AIRED = Math.log(100);

function vapour({
  state,
  config,
  machineState,
  now,
}: Pick<
  ReadContext<{ conditioningTime: number; exposureTime: number; aerationTime: number }, State>,
  'state' | 'config' | 'machineState' | 'now'
>): number {
  const elapsed = state.since < 0 ? 0 : (now - state.since) / 1e6;
  if (machineState === 'conditioning') return FULL * Math.min(1, elapsed / config.conditioningTime);
  if (machineState === 'exposing') return FULL;
  if (machineState !== 'aerating') return 0;
  const aired = elapsed - config.conditioningTime - config.exposureTime;
  return FULL * Math.exp((-AIRED * aired) / config.aerationTime);
}
