import { setup } from 'xstate';
import type { VesselDynamics } from '../../../src/twin/vessel-dynamics.ts';
import { defineDevice } from '../../../src/device-emulators/definition/define-device.ts';
import { actionNames } from '../../../src/device-emulators/definition/action-names.ts';
import { IDENTITY_POSE } from '../../../src/kernel/pose.ts';
import type { SpeciesInfo } from '../../../src/twin/plant-surroundings.ts';
import { MassBalance } from '../../../src/twin/mass-balance.ts';
import { loadScene } from '../../../src/twin/scene/load-scene.ts';
import type { Scene } from '../../../src/twin/scene/scene.ts';
import type { Observer } from '../../../src/twin/observers/observer.ts';
import type { Twin } from '../../../src/twin/twin.ts';
import { createTwin } from '../../../src/twin/create-twin.ts';

/** Volume, salt and particles: enough to see what moves and what is held back. */
export const SPECIES: SpeciesInfo = {
  count: 3,
  isParticle: (s) => s === 2,
  isCarrier: (s) => s === 2,
  mobility: () => undefined,
};

/** Particles double every hour; nothing else changes. */
export const DOUBLING: VesselDynamics = {
  speciesCount: 3,
  isActive: (amounts) => (amounts[2] ?? 0) > 0,
  begin: (amounts, temperature) => ({
    at: (elapsed, out) => {
      out.set(amounts);
      out[2] = (amounts[2] ?? 0) * 2 ** (elapsed / 3600);
      return temperature;
    },
    temperatureAt: () => temperature,
  }),
};

interface KettleState {
  lidOpenedAt: number;
  volume: number;
}

/** A vessel with a lid, a pump on a line and a heater: every feature of the grammar once. */
export const kettle = defineDevice({
  type: 'kettle',
  title: 'Kettle',
  description: 'A device for tests.',
  identity: { model: 'K1', firmware: '1.0' },
  size: [0.3, 0.3, 0.3],
  config: {
    lidTime: {
      type: 'quantity',
      title: 'Lid travel',
      unit: 's',
      min: 0.1,
      max: 60,
      default: 2,
      fidelity: 'assumed',
    },
    line: { type: 'reference', to: 'line', title: 'Line', default: '' },
  },
  quirks: [],
  signals: {
    lid: {
      kind: 'enum',
      title: 'Lid',
      direction: 'output',
      values: ['closed', 'open'],
    },
    volume: {
      kind: 'number',
      title: 'Volume',
      direction: 'output',
      unit: 'mL',
      range: [0, 500],
      resolution: 0.1,
      fidelity: 'assumed',
      sensor: { period: 1, noise: 0.05 },
    },
    weight: {
      kind: 'number',
      title: 'Weight',
      direction: 'output',
      unit: 'g',
      range: [0, 1000],
      resolution: 1e-6,
      fidelity: 'assumed',
      sensor: { period: 1, lag: 4 },
    },
    setpoint: {
      kind: 'number',
      title: 'Set-point',
      direction: 'input',
      unit: 'Cel',
      range: [0, 100],
      resolution: 0.1,
      fidelity: 'exact',
    },
  },
  commands: {
    openLid: {
      title: 'Open lid',
      description: 'Opens the lid.',
      parameters: {},
      errors: [],
      execution: 'timed',
    },
    pump: {
      title: 'Pump',
      description: 'Pumps.',
      execution: 'timed',
      errors: ['NOT_CONNECTED'],
      parameters: {
        volume: {
          type: 'quantity',
          title: 'Volume',
          unit: 'mL',
          min: 0.1,
          max: 400,
          fidelity: 'exact',
        },
      },
    },
    abort: {
      title: 'Abort',
      description: 'Stops.',
      parameters: {},
      errors: [],
      execution: 'abort',
    },
    bump: {
      title: 'Bump',
      description: 'Lets the lid hit something.',
      parameters: {},
      errors: [],
      execution: 'instant',
    },
    warn: {
      title: 'Warn',
      description: 'Raises the alarm.',
      parameters: {},
      errors: [],
      execution: 'instant',
    },
  },
  alarms: {
    bumped: {
      title: 'Bumped',
      priority: 'critical',
      latching: true,
      collision: true,
      cause: 'test',
      action: 'none',
    },
    hot: {
      title: 'Hot',
      priority: 'high',
      latching: false,
      cause: 'test',
      action: 'none',
    },
  },
  places: () => [
    {
      name: 'slot',
      title: 'Slot',
      pose: IDENTITY_POSE,
      accepts: ['bottle-250'],
      open: true,
      robot: true,
    },
  ],
  ports: () => [
    {
      name: 'spout',
      title: 'Spout',
      position: [0, 0, 0],
      vessel: { place: 'slot' },
    },
  ],
  vessels: () => [],
  machine: setup({
    types: {} as {
      context: { lidTime: number };
      input: { config: { lidTime: number } };
    },
    actions: actionNames('warn', 'bump', 'lidOpened', 'startPump', 'stopPump'),
    delays: { lidTravel: ({ context }) => context.lidTime * 1000 },
  }).createMachine({
    context: ({ input }) => ({ lidTime: input.config.lidTime }),
    initial: 'closed',
    on: { warn: { actions: 'warn' }, bump: { actions: 'bump' } },
    states: {
      closed: {
        on: {
          openLid: 'opening',
          pump: { target: 'pumping', actions: 'startPump' },
        },
      },
      opening: {
        after: {
          lidTravel: { target: 'open', actions: ['lidOpened', 'complete'] },
        },
        on: { abort: 'closed' },
      },
      open: { on: { openLid: { actions: 'complete' } } },
      pumping: {
        on: {
          'flow.done': { target: 'closed', actions: 'complete' },
          'flow.dry': {
            target: 'closed',
            actions: {
              type: 'fail',
              params: { code: 'INSUFFICIENT_VOLUME', message: 'ran dry' },
            },
          },
          abort: { target: 'closed', actions: 'stopPump' },
        },
      },
    },
  }),
  initialState: (): KettleState & { setpoint: number } => ({
    lidOpenedAt: -1,
    volume: 0,
    setpoint: 300,
  }),
  effects: {
    warn: (ctx) => ctx.setAlarm('hot', true, 'as asked'),
    bump: (ctx) => ctx.setAlarm('bumped', true, 'the lid'),
    lidOpened: (ctx) => {
      ctx.state.lidOpenedAt = ctx.now;
    },
    startPump: (ctx, { volume }: { volume: number }) => {
      const started = ctx.plant.startFlow(ctx.config.line, 1e-6, volume);
      if (!started.ok) {
        ctx.raise({ type: 'flow.dry' });
      }
    },
    stopPump: (ctx) => ctx.plant.stopFlow(ctx.config.line),
  },
  preconditions: {},
  read: {
    lid: (ctx) => (ctx.machineState === 'open' ? 'open' : 'closed'),
    volume: (ctx) => ctx.plant.vesselAt('slot')?.volume ?? 0,
    weight: (ctx) => ctx.plant.vesselAt('slot')?.mass ?? 0,
    setpoint: (ctx) => ctx.state.setpoint,
  },
  write: {
    setpoint: (ctx, value) => {
      ctx.state.setpoint = Number(value);
    },
  },
  channels: { lid: (ctx) => (ctx.machineState === 'open' ? 1 : 0) },
  appearance: () => ({}),
});

export const SCENE_YAML = `doppel: 1
name: kettles
title: Two kettles
epoch: 2026-01-05T06:00:00Z
zones:
  hall:
    title: Hall
    grade: D
    min: [0 m, 0 m, 0 m]
    max: [5 m, 5 m, 3 m]
    pressure: 15 Pa
    temperature: 21 degC
    humidity: 45 %
    airChanges: 15 /h
devices:
  kettle-1: { type: kettle, title: Left, zone: hall, at: [1 m, 1 m, 0 m], config: { line: hose } }
  kettle-2: { type: kettle, title: Right, zone: hall, at: [2 m, 1 m, 0 m], yaw: 90 deg }
vessels:
  bottle-1:
    kind: bottle-250
    place: kettle-1.slot
    batch: P-001
    fill: { liquid: brine, volume: 200 ml, temperature: 21 degC, lot: L1 }
  bottle-2: { kind: bottle-250, place: kettle-2.slot }
lines:
  hose: { from: kettle-1.spout, to: kettle-2.spout, bore: 3.2 mm, length: 2 m, connected: true }
`;

export const CONTEXT = {
  definitions: new Map([[kettle.type, kettle]]),
  liquids: new Set(['brine']),
};

export function testScene(yaml = SCENE_YAML): Scene {
  const result = loadScene(yaml, 'kettles.yaml', CONTEXT);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems, null, 1));
  return result.scene;
}

export function testTwin(seed = 1, yaml = SCENE_YAML, observers: readonly Observer[] = []): Twin {
  return createTwin({
    scene: testScene(yaml),
    seed,
    species: SPECIES,
    dynamics: DOUBLING,
    massBalance: new MassBalance([
      { name: 'volume', weights: { 0: 1 } },
      { name: 'salt', weights: { 1: 1 } },
    ]),
    observers,
    fill: ({ volume }) => Float64Array.of(volume, volume * 150, 1e6),
  });
}
