import { setup } from 'xstate';
import { actionNames } from '../../../src/device-emulators/definition/action-names.ts';
import { defineDevice } from '../../../src/device-emulators/definition/define-device.ts';
import type {
  AnyDeviceDefinition,
  PlaceDeclaration,
} from '../../../src/device-emulators/definition/device.ts';
import { IDENTITY_POSE, type Pose } from '../../../src/kernel/pose.ts';
import { createTwin } from '../../../src/twin/create-twin.ts';
import { MassBalance } from '../../../src/twin/mass-balance.ts';
import type { Scene, SceneDevice, SceneSupply } from '../../../src/twin/scene/scene.ts';
import type { Twin } from '../../../src/twin/twin.ts';
import { DOUBLING, SPECIES, testScene } from './test-plant.ts';

export const at = (x: number, y: number, z: number): Pose => ({
  position: [x, y, z],
  orientation: [0, 0, 0, 1],
});

const place = (
  name: string,
  accepts: readonly string[],
  pose: Pose,
  power = false,
): PlaceDeclaration => ({ name, title: name, accepts, pose, open: true, robot: true, power });

const COMMON = {
  description: 'A device for tests.',
  identity: { model: 'T', firmware: '1' },
  size: [0.6, 0.7, 0.9],
  config: {},
  quirks: [],
  signals: {},
  commands: {},
  alarms: {},
  preconditions: {},
  effects: {},
  read: {},
  write: {},
  channels: {},
  places: () => [],
  ports: () => [],
  vessels: () => [],
  appearance: () => ({}),
  initialState: () => ({}),
} as const;

const IDLE = setup({ actions: actionNames() }).createMachine({
  initial: 'idle',
  states: { idle: {} },
});

/** Two docks with power, one without. */
const shelf = defineDevice({
  ...COMMON,
  type: 'shelf',
  title: 'Shelf',
  machine: IDLE,
  places: () => [
    place('dock1', ['module'], at(-1, 0, 0.1), true),
    place('dock2', ['module'], at(1, 0, 0.1), true),
    place('floor', ['module'], at(0, 0, 0)),
  ],
  vessels: () => [{ name: 'tank', kind: 'tank-200l', pose: at(0, 0, 2) }],
});

/** A module with a place for packs; it counts what it hears. */
const box = defineDevice({
  ...COMMON,
  type: 'box',
  title: 'Box',
  powered: 'dock',
  body: () => 'frame',
  faults: { leaky: { title: 'Leaky', description: 'For tests.' } },
  commands: {
    work: {
      title: 'Work',
      description: 'Takes ten seconds.',
      parameters: {},
      errors: [],
      execution: 'timed',
    },
    crank: {
      title: 'Crank',
      description: 'By hand.',
      parameters: {},
      errors: [],
      execution: 'timed',
      emergency: true,
    },
  },
  machine: setup({ actions: actionNames('hear') }).createMachine({
    initial: 'idle',
    on: {
      crank: { actions: 'complete' },
      breakdown: { target: '.idle', actions: 'hear' },
      repaired: { actions: 'hear' },
      'power.lost': { target: '.idle', actions: 'hear' },
      'power.on': { actions: 'hear' },
      'fault.leaky': { actions: 'hear' },
      'fault.leaky.ended': { actions: 'hear' },
      'supply.changed': { actions: 'hear' },
    },
    states: {
      idle: { on: { work: 'working' } },
      working: { after: { 10000: { target: 'idle', actions: 'complete' } } },
    },
  }),
  initialState: (): { heard: string[] } => ({ heard: [] }),
  effects: {
    hear: (ctx, event: { type: string }) => {
      ctx.state.heard.push(event.type);
    },
  },
  places: () => [
    place('transfer', ['cassette-s300'], at(0, -0.18, 0.62)),
    place('socket', ['connector'], at(0, 0, 0.7), true),
  ],
  vessels: () => [{ name: 'frame', kind: 'module', pose: IDENTITY_POSE }],
});

/** Needs power; it keeps what it hears of it. */
const fuse = defineDevice({
  ...COMMON,
  type: 'fuse',
  title: 'Fuse',
  powered: 'dock',
  body: () => 'case',
  machine: setup({ actions: actionNames('hear') }).createMachine({
    on: { 'power.lost': { actions: 'hear' }, 'power.on': { actions: 'hear' } },
  }),
  initialState: (): { heard: string[] } => ({ heard: [] }),
  effects: {
    hear: (ctx, event: { type: string }) => {
      ctx.state.heard.push(event.type);
    },
  },
  vessels: () => [{ name: 'case', kind: 'connector', pose: IDENTITY_POSE }],
});

const pack = defineDevice({
  ...COMMON,
  type: 'pack',
  title: 'Pack',
  machine: IDLE,
  body: () => 'core',
  places: () => [place('lid', ['tube-50'], at(0, 0, 0.1))],
  vessels: () => [{ name: 'core', kind: 'cassette-s300', pose: IDENTITY_POSE }],
});

function device(
  id: string,
  definition: AnyDeviceDefinition,
  where: Partial<SceneDevice>,
): SceneDevice {
  return {
    id,
    definition,
    title: id,
    zone: 'hall',
    pose: IDENTITY_POSE,
    in: undefined,
    config: {},
    ...where,
  };
}

const MEDIUM: SceneSupply = {
  id: 'medium-main',
  title: 'Medium',
  carries: 'medium',
  from: 'shelf.tank',
  to: ['shelf'],
  bore: 0.01,
  points: [],
};
const DRAIN: SceneSupply = { ...MEDIUM, id: 'drain-main', carries: 'drain', from: 'well.tank' };

/** A shelf at (3, 2, 0) turned by 90 degrees, a box in its first dock, a pack and a fuse in the box. */
export function movablesTwin(supplies: readonly SceneSupply[] = [MEDIUM, DRAIN]): Twin {
  const hall = testScene();
  const scene: Scene = {
    ...hall,
    zones: hall.zones.flatMap((zone) => [zone, { ...zone, id: 'oven', temperature: 330 }]),
    vessels: [],
    lines: [],
    supplies,
    devices: [
      device('shelf', shelf, {
        pose: { position: [3, 2, 0], orientation: [0, 0, Math.SQRT1_2, Math.SQRT1_2] },
      }),
      device('well', shelf, { pose: at(6, 6, 0) }),
      device('box', box, { in: 'shelf.dock1' }),
      device('pack', pack, { in: 'box.transfer' }),
      device('fuse', fuse, { in: 'box.socket' }),
    ],
  };
  return createTwin({
    scene,
    seed: 1,
    species: SPECIES,
    dynamics: DOUBLING,
    massBalance: new MassBalance([{ name: 'volume', weights: { 0: 1 } }]),
    observers: [],
    fill: ({ volume }) => Float64Array.of(volume, volume * 150, 1e6),
  });
}
