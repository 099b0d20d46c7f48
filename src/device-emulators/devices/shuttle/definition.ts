import { IDENTITY_POSE } from '../../../kernel/pose.ts';
import {
  FORK_CYCLE,
  SHUTTLE_LENGTH,
  SHUTTLE_WIDTH,
} from '../../../physics/traffic/shuttle-motion.data.ts';
import { alarm, measured, quantity, worded } from '../../definition/declare.ts';
import { defineDevice } from '../../definition/define-device.ts';
import type { ReadContext } from '../../definition/device.ts';
import type { Field } from '../../definition/fields.ts';
import { locationRead, locationSignal } from '../../definition/module-frame.ts';
import { SHUTTLE_STATES, type ShuttleView } from '../../definition/track.ts';
import {
  refuseCarry,
  refuseHome,
  refuseManualRelease,
  refuseTakeOff,
  refuseUnload,
  type ShuttleConfig,
  shuttleEffects,
  type ShuttleState,
} from './effects.ts';
import { DECK, forkAt, loadInWorld } from './fork.ts';
import { shuttleMachine } from './machine.ts';

const place = (title: string): Field => ({ type: 'reference', to: 'place', title });

type Reader = ReadContext<ShuttleConfig, ShuttleState>;

const viewOf = ({ plant }: Reader): ShuttleView | undefined => plant.track.shuttle();

/** How much of the fork's cycle is done, 0 with the fork in. */
const progressOf = (ctx: Reader): number => viewOf(ctx)?.task?.progress ?? 0;

/** Lamp for views: 0 dark, 1 ready, 2 working, 3 broken down, 4 held up. */
function lampOf(ctx: Reader): number {
  const view = viewOf(ctx);
  if (view?.state === 'stopped') return 3;
  if (view === undefined) return 0;
  if (view.blocked) return 4;
  return ctx.machineState === 'idle' ? 1 : 2;
}

/** Vehicle on rails with a telescopic fork: carries cassettes, bags and modules between places. */
export const shuttle = defineDevice({
  type: 'shuttle',
  title: 'Shuttle',
  description:
    'Vehicle on rails with a telescopic fork; carries cassettes and modules from place to place.',
  identity: { model: 'Shuttle 120', firmware: '2.4.1' },
  size: [SHUTTLE_LENGTH, SHUTTLE_WIDTH, DECK],
  config: {
    forkTime: quantity('s', 'Time of a fork cycle', [1, 60], FORK_CYCLE),
    reach: quantity('m', 'Reach of the fork from the middle of the rail', [0.3, 1.1], 0.9),
    stroke: quantity('m', 'Stroke of the fork above the rail', [0.1, 1.1], 0.95),
    maximumLoad: quantity('kg', 'Heaviest load', [1, 500], 150),
    handTime: quantity('min', 'Time in which people take the load off by hand', [1, 60], 5),
  },
  quirks: [
    'It goes home by itself after every order and can be given another on its way.',
    'When a vessel is gone or its target taken it finds that out with the fork out, and comes home.',
    'An order whose way is blocked is kept: the shuttle waits in its berth and goes when it can.',
    'A repaired shuttle has forgotten its order; what it carries it still has.',
    'A module that works, or in which something is coupled, stays in its dock.',
  ],
  signals: {
    ...locationSignal,
    traffic: {
      kind: 'enum',
      title: 'Traffic state',
      direction: 'output',
      values: ['offRails', ...SHUTTLE_STATES],
    },
    heldVessel: worded('Held vessel', 'Vessel on the fork, empty when none.'),
    speed: measured('m/s', 'Speed', [0, 5], 0.01),
    x: measured('m', 'Position X', [-1000, 1000], 0.001),
    y: measured('m', 'Position Y', [-1000, 1000], 0.001),
    z: measured('m', 'Position Z', [-100, 100], 0.001),
    odometer: measured('m', 'Way gone', [0, 1e9], 0.01),
  },
  commands: {
    carry: {
      title: 'Carry',
      description:
        'Drives to a place, takes what stands there, drives to another and puts it down; tells way [m] and time waited [s].',
      parameters: { from: place('From'), to: place('To') },
      errors: [
        ...([
          'NOT_CONNECTED',
          'GRIPPER_FULL',
          'UNKNOWN_PLACE',
          'NO_VESSEL',
          'PLACE_BLOCKED',
        ] as const),
        ...(['INTERLOCK', 'TOO_HEAVY', 'WRONG_VESSEL', 'PLACE_OCCUPIED', 'UNREACHABLE'] as const),
        ...(['ROUTE_BLOCKED', 'MALFUNCTION', 'ABORTED'] as const),
      ],
      execution: 'timed',
    },
    place: {
      title: 'Place',
      description: 'Drives to a place and puts down there what it holds.',
      parameters: { to: place('To') },
      errors: [
        ...(['NOT_CONNECTED', 'GRIPPER_EMPTY', 'UNKNOWN_PLACE', 'PLACE_BLOCKED'] as const),
        ...(['WRONG_VESSEL', 'PLACE_OCCUPIED', 'UNREACHABLE', 'ROUTE_BLOCKED'] as const),
        ...(['MALFUNCTION', 'ABORTED'] as const),
      ],
      execution: 'timed',
    },
    moveHome: {
      title: 'Move home',
      description:
        'Drives to its berth, to which it goes by itself as well, and tells of its arrival.',
      parameters: {},
      errors: ['NOT_CONNECTED', 'ROUTE_BLOCKED', 'MALFUNCTION', 'ABORTED'],
      execution: 'timed',
    },
    abort: {
      title: 'Abort',
      description:
        'Gives the order up; the shuttle ends its motion and goes home with what it holds.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT'],
      execution: 'abort',
    },
    takeOff: {
      title: 'Take off by hand',
      description: 'People lift a broken shuttle off the rails and put it into its berth.',
      parameters: {},
      errors: ['NOT_CONNECTED', 'WRONG_STATE'],
      execution: 'instant',
      emergency: true,
    },
    releaseManually: {
      title: 'Release by hand',
      description: 'People take the load off a broken shuttle and put it into a place.',
      parameters: { to: place('To') },
      errors: [
        ...(['NOT_CONNECTED', 'WRONG_STATE', 'GRIPPER_EMPTY', 'UNKNOWN_PLACE'] as const),
        ...(['UNREACHABLE', 'WRONG_VESSEL', 'PLACE_OCCUPIED', 'PLACE_BLOCKED'] as const),
        'ABORTED',
      ],
      execution: 'timed',
      emergency: true,
    },
  },
  alarms: {
    blocked: alarm(
      'medium',
      'Way blocked',
      'A broken shuttle, lift or rail stands between it and its order.',
      'Repair or remove what is broken; the shuttle goes on by itself.',
    ),
  },
  places: () => [],
  ports: () => [],
  vessels: () => [{ name: 'body', kind: 'shuttle', pose: IDENTITY_POSE }],
  body: () => 'body',
  machine: shuttleMachine,
  initialState: (): ShuttleState => ({
    order: 0,
    from: '',
    to: '',
    held: '',
    aim: undefined,
    handled: false,
    distance: 0,
    idle: 0,
  }),
  effects: shuttleEffects,
  preconditions: {
    carry: (ctx, { from, to }) => refuseCarry(ctx, String(from), String(to)),
    place: (ctx, { to }) => refuseUnload(ctx, String(to)),
    moveHome: refuseHome,
    takeOff: refuseTakeOff,
    releaseManually: (ctx, { to }) => refuseManualRelease(ctx, String(to)),
  },
  read: {
    ...locationRead,
    traffic: (ctx) => viewOf(ctx)?.state ?? 'offRails',
    heldVessel: ({ state }) => state.held,
    speed: (ctx) => viewOf(ctx)?.speed ?? 0,
    x: ({ pose }) => pose.position[0],
    y: ({ pose }) => pose.position[1],
    z: ({ pose }) => pose.position[2],
    odometer: (ctx) => viewOf(ctx)?.distance ?? 0,
  },
  write: {},
  channels: {
    lamp: lampOf,
    speed: (ctx) => viewOf(ctx)?.speed ?? 0,
    loaded: ({ state }) => Number(state.held !== ''),
    /** Sideways, positive to +Y of the shuttle, and above its underside [m]. */
    forkReach: (ctx) => (ctx.state.aim?.X_SP.position[1] ?? 0) * forkAt(progressOf(ctx)).out,
    forkHeight: (ctx) =>
      DECK + ((ctx.state.aim?.X_SP.position[2] ?? DECK) - DECK) * forkAt(progressOf(ctx)).raised,
  },
  moves: (ctx) => {
    const state = viewOf(ctx)?.state;
    return state === 'driving' || state === 'working';
  },
  appearance: () => ({ deck: DECK }),
  carry: (ctx) => loadInWorld(ctx.pose, ctx.state.aim, progressOf(ctx)),
});
