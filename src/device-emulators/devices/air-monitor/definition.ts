import type { Micros } from '../../../kernel/time.ts';
import { defineDevice } from '../../definition/define-device.ts';
import { PARTICLE_LIMITS } from './limits.ts';
import { airMonitorMachine } from './machine.ts';

/** One particle in the volume that the counter draws in a minute, 28.3 L [1/m3]. */
const ONE_COUNT = 35.3;

/** Time since which the pressure has been low without a break. */
interface AirMonitorState {
  lowSince: Micros | undefined;
}

/** Particle counter, pressure, temperature and humidity of the zone it hangs in. */
export const airMonitor = defineDevice({
  type: 'air-monitor',
  title: 'Air monitor',
  description: 'Watches the air of its zone against the limits of its cleanroom grade.',
  identity: { model: 'Count 28', firmware: '5.0.2' },
  size: [0.15, 0.1, 0.2],
  config: {
    minimumPressure: {
      type: 'quantity',
      title: 'Least pressure above the surroundings',
      unit: 'Pa',
      min: 0,
      max: 100,
      default: 10,
      fidelity: 'datasheet',
    },
    alarmDelay: {
      type: 'quantity',
      title: 'Time that low pressure lasts before the alarm',
      unit: 's',
      min: 0,
      max: 600,
      default: 20,
      fidelity: 'assumed',
    },
    maximumTemperature: {
      type: 'quantity',
      title: 'Highest temperature',
      unit: 'Cel',
      min: 10,
      max: 45,
      default: 25,
      fidelity: 'assumed',
    },
    maximumHumidity: {
      type: 'quantity',
      title: 'Highest relative humidity',
      unit: '%',
      min: 10,
      max: 100,
      default: 65,
      fidelity: 'assumed',
    },
  },
  quirks: ['A sample of one minute holds 28.3 L, so single particles show as steps of 35 per m³.'],
  signals: {
    pressure: {
      kind: 'number',
      title: 'Pressure above the surroundings',
      direction: 'output',
      unit: 'Pa',
      range: [-100, 100],
      resolution: 0.1,
      sensor: { period: 1, noise: 0.2 },
      fidelity: 'assumed',
    },
    particles05: {
      kind: 'number',
      title: 'Particles of at least 0.5 µm',
      direction: 'output',
      unit: '{particles}/m3',
      range: [0, 1e9],
      resolution: ONE_COUNT,
      sensor: { period: 60 },
      fidelity: 'datasheet',
    },
    particles5: {
      kind: 'number',
      title: 'Particles of at least 5 µm',
      direction: 'output',
      unit: '{particles}/m3',
      range: [0, 1e9],
      resolution: ONE_COUNT,
      sensor: { period: 60 },
      fidelity: 'datasheet',
    },
    temperature: {
      kind: 'number',
      title: 'Air temperature',
      direction: 'output',
      unit: 'Cel',
      range: [0, 60],
      resolution: 0.1,
      sensor: { period: 10, noise: 0.05 },
      fidelity: 'assumed',
    },
    humidity: {
      kind: 'number',
      title: 'Relative humidity',
      direction: 'output',
      unit: '%',
      range: [0, 100],
      resolution: 0.1,
      sensor: { period: 10, noise: 0.3 },
      fidelity: 'assumed',
    },
  },
  commands: {},
  alarms: {
    pressureLow: {
      title: 'Zone pressure low',
      priority: 'critical',
      latching: false,
      cause: 'The zone is less above its surroundings than allowed (Annex 1: at least 10 Pa).',
      action: 'Close doors, check the air supply, cover open product.',
    },
    particlesHigh: {
      title: 'Particle limit exceeded',
      priority: 'critical',
      latching: false,
      cause: 'A count is above the limit of the grade in operation (Annex 1, 2022).',
      action: 'Stop open handling, find the source, wait for recovery.',
    },
    temperatureHigh: {
      title: 'Air temperature high',
      priority: 'medium',
      latching: false,
      cause: 'The air of the zone is warmer than allowed.',
      action: 'Check the air conditioning.',
    },
    humidityHigh: {
      title: 'Humidity high',
      priority: 'medium',
      latching: false,
      cause: 'The air of the zone is more humid than allowed.',
      action: 'Check the air conditioning.',
    },
  },
  faults: {
    fanFailure: {
      title: 'Air handling fails',
      description: 'The fans of the zone stand still: its pressure is lost, and particles come in.',
    },
  },
  places: () => [],
  ports: () => [],
  vessels: () => [],
  machine: airMonitorMachine,
  initialState: (): AirMonitorState => ({ lowSince: undefined }),
  effects: {
    checkAir: (ctx) => {
      const air = ctx.plant.zoneAir();
      const { minimumPressure, maximumTemperature, maximumHumidity } = ctx.config;
      const limits = PARTICLE_LIMITS[air.grade];
      const fine = air.particles05 > limits.particles05;
      const coarse = air.particles5 > limits.particles5;
      const counts = `${Math.round(air.particles05)} and ${Math.round(air.particles5)} per m³`;
      const low = air.pressure < minimumPressure;
      if (!low) ctx.state.lowSince = undefined;
      else ctx.state.lowSince ??= ctx.now;
      const delay = Math.round(ctx.config.alarmDelay * 1e6);
      const lasting = ctx.state.lowSince !== undefined && ctx.now - ctx.state.lowSince >= delay;
      ctx.setAlarm('pressureLow', lasting, `${air.pressure.toFixed(1)} Pa`);
      ctx.setAlarm('particlesHigh', fine || coarse, counts);
      ctx.setAlarm('temperatureHigh', air.temperature > maximumTemperature);
      ctx.setAlarm('humidityHigh', air.humidity > maximumHumidity);
      if (air.settled && low === lasting) ctx.raise({ type: 'settled' });
    },
    awaitAir: (ctx) => ctx.plant.awaitAir(),
    fansStopped: (ctx) => ctx.plant.setFans(false),
    fansStarted: (ctx) => ctx.plant.setFans(true),
  },
  preconditions: {},
  read: {
    pressure: ({ plant }) => plant.zoneAir().pressure,
    particles05: ({ plant }) => plant.zoneAir().particles05,
    particles5: ({ plant }) => plant.zoneAir().particles5,
    temperature: ({ plant }) => plant.zoneAir().temperature,
    humidity: ({ plant }) => plant.zoneAir().humidity,
  },
  write: {},
  channels: {
    pressure: ({ plant }) => plant.zoneAir().pressure,
  },
  appearance: () => ({}),
});
