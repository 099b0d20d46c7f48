import { MOST_COLUMNS, MOST_LEVELS } from '../../definition/rack-grid.ts';
import { setup } from 'xstate';
import { CROSS_GAP, HEAD_GAP, SIDE_GAP } from '../../../physics/traffic/matrix-track.ts';
import { actionNames } from '../../definition/action-names.ts';
import { counted, integer, quantity, worded } from '../../definition/declare.ts';
import { defineDevice } from '../../definition/define-device.ts';
import type { EffectContext } from '../../definition/device.ts';
import { extentOf, placesOf, RAIL_LOOK, type RailConfig, solidsOfRails, trackOf } from './track.ts';

const MOST_AISLES = 8;
const MOST_SHUTTLES = 100;

type Context = EffectContext<RailConfig, Record<string, never>>;

const close =
  (part: string, closed: boolean) =>
  ({ plant }: Context): void =>
    plant.track.setClosed(closed, part);

/** Rails of all aisles and levels of a farming matrix, with the cross rail between aisles. */
export const railSystem = defineDevice({
  type: 'rail-system',
  title: 'Rail system',
  description:
    'Rails along the aisles of a matrix of racks, with berths for shuttles and shafts for lifts.',
  identity: { model: 'Rail', firmware: '3.1.0' },
  size: [10, 10, 4],
  extent: extentOf,
  lattice: true,
  config: {
    aisles: integer('Aisles', [1, MOST_AISLES], 1),
    columns: integer('Docks along an aisle', [1, MOST_COLUMNS], 4),
    levels: integer('Levels', [1, MOST_LEVELS], 1),
    aislePitch: quantity('m', 'Distance of neighbouring aisles', [2.4, 10], 2.4),
    farLifts: { type: 'flag', title: 'Lifts also at the far ends', default: false },
    emptySpeed: quantity('m/s', 'Speed of an empty shuttle', [0.1, 4], 2),
    cassetteSpeed: quantity('m/s', 'Speed with a cassette', [0.1, 4], 1.2),
    moduleSpeed: quantity('m/s', 'Speed with a module', [0.1, 4], 0.5),
    liftSpeed: quantity('m/s', 'Speed of lifts', [0.1, 4], 0.8),
    turnTime: quantity('s', 'Time to change between rail and cross rail', [0.1, 60], 3),
  },
  quirks: [
    'A way is reserved as a whole, with the way home; the next order may have to wait for it.',
    'Without a lift device in its place a shaft works and cannot fail.',
    'While it is broken down all shuttles stand where they are.',
  ],
  signals: {
    shuttles: counted('Shuttles', [0, MOST_SHUTTLES]),
    driving: counted('Shuttles that move', [0, MOST_SHUTTLES]),
    working: counted('Shuttles at a place', [0, MOST_SHUTTLES]),
    waiting: counted('Shuttles at rest on their way', [0, MOST_SHUTTLES]),
    blocked: counted('Shuttles whose way is blocked', [0, MOST_SHUTTLES]),
    closedParts: worded(
      'Closed parts',
      'Names of lifts and rails that are closed, joined by commas.',
    ),
  },
  commands: {},
  alarms: {
    crossRailClosed: {
      title: 'Cross rail closed',
      priority: 'high',
      latching: false,
      cause: 'The cross rail has failed: aisles are cut off from one another.',
      action: 'Repair the cross rail; shuttles go on by themselves.',
    },
  },
  faults: {
    crossRail: {
      title: 'Cross rail fails',
      description: 'No shuttle can go on the cross rail between the aisles.',
    },
  },
  solids: solidsOfRails,
  places: placesOf,
  ports: () => [],
  vessels: () => [],
  track: trackOf,
  machine: setup({
    actions: actionNames('closeAll', 'openAll', 'closeCrossRail', 'openCrossRail'),
  }).createMachine({
    initial: 'idle',
    states: { idle: {} },
    on: {
      breakdown: { actions: 'closeAll' },
      repaired: { actions: 'openAll' },
      'fault.crossRail': { actions: 'closeCrossRail' },
      'fault.crossRail.ended': { actions: 'openCrossRail' },
    },
  }),
  initialState: (): Record<string, never> => ({}),
  effects: {
    closeAll: close('all', true),
    openAll: close('all', false),
    closeCrossRail: (ctx: Context) => {
      close('crossRail', true)(ctx);
      ctx.setAlarm('crossRailClosed', true);
    },
    openCrossRail: (ctx: Context) => {
      close('crossRail', false)(ctx);
      ctx.setAlarm('crossRailClosed', false);
    },
  },
  preconditions: {},
  read: {
    shuttles: ({ plant }) => plant.track.traffic()?.shuttles ?? 0,
    driving: ({ plant }) => plant.track.traffic()?.counts.driving ?? 0,
    working: ({ plant }) => plant.track.traffic()?.counts.working ?? 0,
    waiting: ({ plant }) => plant.track.traffic()?.counts.waiting ?? 0,
    blocked: ({ plant }) => plant.track.traffic()?.counts.blocked ?? 0,
    closedParts: ({ plant }) => plant.track.traffic()?.closed.join(',') ?? '',
  },
  write: {},
  channels: {},
  appearance: ({ aisles, columns, levels, aislePitch, farLifts }) => ({
    aisles,
    columns,
    levels,
    aislePitch,
    farLifts,
    headGap: HEAD_GAP,
    sideGap: SIDE_GAP,
    crossGap: CROSS_GAP,
    ...RAIL_LOOK,
  }),
  carry: ({ plant, pose }, vessel) => plant.track.poseOf(vessel) ?? pose,
});
