import type { Vec3 } from '../../../kernel/pose.ts';
import { refusal } from '../../../kernel/error-catalogue.ts';
import { rotorSpeed, runTime } from '../../../physics/mechanism/rotor.ts';
import { defineDevice } from '../../definition/define-device.ts';
import { block, chest } from '../../definition/solids.ts';
import type { PlantReader } from '../../definition/plant-port.ts';
import { BUCKETS, centrifugeEffects, changeSetpoint } from './effects.ts';
import { centrifugeMachine } from './machine.ts';
import {
  acceleration,
  type CentrifugeState,
  lidOpenness,
  RESTING,
  rotorTemperature,
} from './state.ts';

/** Largest difference of opposite buckets that the rotor tolerates [kg]; assumed, 5 g. */
const BALANCE_LIMIT = 0.005;

/** Larger mass difference of the two pairs of opposite buckets [kg]. */
function imbalance(plant: PlantReader): number {
  const mass = (bucket: string): number => plant.vesselAt(bucket)?.mass ?? 0;
  return Math.max(
    Math.abs(mass('bucket1') - mass('bucket3')),
    Math.abs(mass('bucket2') - mass('bucket4')),
  );
}

/** Outer size [m]. */
const SIZE: Vec3 = [0.7, 0.7, 0.5];

/** Swing-out centrifuge for four 250 ml bottles. */
export const centrifuge = defineDevice({
  type: 'centrifuge',
  title: 'Centrifuge',
  description: 'Swing-out centrifuge for four 250 mL bottles with a motorised lid.',
  identity: { model: 'Spin 4x250', firmware: '2.3.0' },
  size: SIZE,
  config: {
    lidTime: {
      type: 'quantity',
      title: 'Lid travel',
      unit: 's',
      min: 0.5,
      max: 60,
      default: 4,
      fidelity: 'assumed',
    },
    spinUpRate: {
      type: 'quantity',
      title: 'Ramp',
      unit: 'm/s2',
      min: 1,
      max: 1000,
      default: 80,
      fidelity: 'assumed',
    },
    radius: {
      type: 'quantity',
      title: 'Rotor radius',
      unit: 'mm',
      min: 50,
      max: 300,
      default: 180,
      fidelity: 'assumed',
    },
    tripRate: {
      type: 'quantity',
      title: 'Share of runs that trip on vibration',
      unit: '%',
      min: 0,
      max: 100,
      default: 0,
      fidelity: 'assumed',
    },
  },
  quirks: [
    'The lid stays locked until the rotor has stopped, also after an abort.',
    'Bottles follow the chamber temperature only while the lid is closed.',
    'The alarm of an aborted run stays until the next run, for the pellet is incomplete.',
  ],
  signals: {
    lid: { kind: 'enum', title: 'Lid', direction: 'output', values: ['closed', 'moving', 'open'] },
    acceleration: {
      kind: 'number',
      title: 'Relative centrifugal force',
      direction: 'output',
      unit: '[g]',
      range: [0, 4000],
      resolution: 1,
      fidelity: 'assumed',
    },
    speed: {
      kind: 'number',
      title: 'Rotor speed',
      direction: 'output',
      unit: '/min',
      range: [0, 6000],
      resolution: 10,
      sensor: { period: 0.1, noise: 2 },
      fidelity: 'assumed',
    },
    remainingTime: {
      kind: 'number',
      title: 'Remaining time',
      direction: 'output',
      unit: 's',
      range: [0, 36_000],
      resolution: 1,
      fidelity: 'exact',
    },
    imbalance: {
      kind: 'number',
      title: 'Imbalance',
      direction: 'output',
      unit: 'g',
      range: [0, 1000],
      resolution: 0.1,
      fidelity: 'assumed',
    },
    temperature: {
      kind: 'number',
      title: 'Rotor temperature',
      direction: 'output',
      unit: 'Cel',
      range: [-20, 60],
      resolution: 0.1,
      sensor: { period: 1, noise: 0.1, lag: 5 },
      fidelity: 'assumed',
    },
    temperatureSetpoint: {
      kind: 'number',
      title: 'Temperature set-point',
      direction: 'input',
      unit: 'Cel',
      range: [2, 40],
      resolution: 0.5,
      fidelity: 'exact',
    },
  },
  commands: {
    openLid: {
      title: 'Open lid',
      description: 'Makes the lid be open.',
      parameters: {},
      errors: [],
      execution: 'timed',
    },
    closeLid: {
      title: 'Close lid',
      description: 'Makes the lid be closed.',
      parameters: {},
      errors: [],
      execution: 'timed',
    },
    spin: {
      title: 'Spin',
      description: 'Spins the bottles and stops again.',
      execution: 'timed',
      errors: ['LID_OPEN', 'IMBALANCE', 'NO_VESSEL', 'VESSEL_OPEN', 'MALFUNCTION', 'ABORTED'],
      parameters: {
        acceleration: {
          type: 'quantity',
          title: 'Relative centrifugal force',
          unit: '[g]',
          min: 50,
          max: 3500,
          default: 300,
          fidelity: 'exact',
        },
        duration: {
          type: 'quantity',
          title: 'Time at speed',
          unit: 'min',
          min: 0.1,
          max: 120,
          default: 10,
          fidelity: 'exact',
        },
        brake: {
          type: 'choice',
          title: 'Braking at the end',
          options: ['full', 'soft'],
          default: 'full',
        },
      },
    },
    abort: {
      title: 'Abort',
      description: 'Brakes the rotor.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT'],
      execution: 'abort',
    },
    reset: {
      title: 'Reset',
      description: 'Makes ready again after the drive has tripped.',
      parameters: {},
      errors: [],
      execution: 'instant',
    },
  },
  alarms: {
    aborted: {
      title: 'Run aborted',
      priority: 'medium',
      latching: false,
      cause: 'The run was aborted before its time.',
      action: 'Check the pellet, then spin again.',
    },
    driveTrip: {
      title: 'Drive tripped',
      priority: 'high',
      latching: true,
      cause: 'The rotor vibrated above the limit.',
      action: 'Wait until the rotor has stopped, check the load, reset.',
    },
  },
  faults: {
    imbalance: {
      title: 'Rotor out of balance',
      description: 'The drive trips on vibration whenever the rotor comes to its speed.',
    },
  },
  solids: () => [...chest(SIZE, 0.2, 0.075), block([-0.05, -0.05, 0.2], [0.05, 0.05, 0.39])],
  places: () =>
    BUCKETS.map((name, i) => {
      const angle = (i * Math.PI) / 2;
      return {
        name,
        title: `Bucket ${i + 1}`,
        pose: {
          position: [0.18 * Math.cos(angle), 0.18 * Math.sin(angle), 0.28] as const,
          orientation: [0, 0, 0, 1] as const,
        },
        accepts: ['bottle-250'],
        open: false,
        robot: true,
      };
    }),
  ports: () => [],
  vessels: () => [],
  machine: centrifugeMachine,
  initialState: (): CentrifugeState => ({ ...RESTING }),
  effects: centrifugeEffects,
  preconditions: {
    spin: ({ id, machineState, plant }) => {
      if (machineState === 'open')
        return refusal('LID_OPEN', `the lid of ${id} is open; close it first`);
      const vessels = BUCKETS.map((bucket) => plant.vesselAt(bucket));
      if (vessels.every((vessel) => vessel === undefined)) {
        return refusal('NO_VESSEL', `the rotor of ${id} is empty`);
      }
      const open = vessels.find((vessel) => vessel !== undefined && !vessel.capped);
      if (open !== undefined) return refusal('VESSEL_OPEN', `${open.id} in ${id} has no cap on`);
      const difference = imbalance(plant);
      if (difference <= BALANCE_LIMIT) return undefined;
      const grams = (difference * 1000).toFixed(1);
      return refusal('IMBALANCE', `opposite buckets of ${id} differ by ${grams} g; at most 5 g`);
    },
  },
  read: {
    lid: ({ state, config, now }) => {
      const openness = lidOpenness(state, config.lidTime, now);
      return openness <= 0 ? 'closed' : openness >= 1 ? 'open' : 'moving';
    },
    acceleration: ({ state, config, now }) => acceleration(state, config.spinUpRate, now),
    speed: ({ state, config, now }) =>
      rotorSpeed(acceleration(state, config.spinUpRate, now), config.radius),
    remainingTime: ({ state: { run }, now }) =>
      run === undefined ? 0 : Math.max(0, runTime(run) - (now - run.since) / 1e6),
    imbalance: ({ plant }) => imbalance(plant),
    temperature: ({ state, now }) => rotorTemperature(state, now),
    temperatureSetpoint: ({ state }) => state.setpoint,
  },
  write: {
    temperatureSetpoint: changeSetpoint,
  },
  channels: {
    lid: ({ state, config, now }) => lidOpenness(state, config.lidTime, now),
    speed: ({ state, config, now }) =>
      rotorSpeed(acceleration(state, config.spinUpRate, now), config.radius),
  },
  appearance: () => ({ buckets: BUCKETS.length }),
});
