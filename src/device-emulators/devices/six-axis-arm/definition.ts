import { composePose } from '../../../kernel/pose.ts';
import { defineDevice } from '../../definition/define-device.ts';
import type { ReadContext } from '../../definition/device.ts';
import type { Field } from '../../definition/fields.ts';
import { armEffects, refuseHome, refuseVisit } from './effects.ts';
import { armMachine } from './machine.ts';
import { refuseReach } from './visits.ts';
import { JOINT_SIGNALS, TCP_SIGNALS } from './signals.data.ts';
import {
  type ArmConfig,
  type ArmState,
  atHome,
  gripperOpening,
  jointsAt,
  LONGEST_TRACK,
  tcpPose,
  tcpSpeed,
} from './state.ts';

const PLACE: Field = { type: 'reference', to: 'place', title: 'Place' };

type Reader = ReadContext<ArmConfig, ArmState>;

const joint =
  (index: number) =>
  ({ state, now }: Reader) =>
    jointsAt(state, now)[index] ?? 0;

const tcp =
  (axis: 0 | 1 | 2) =>
  ({ state, config, pose, now }: Reader) =>
    tcpPose(state, config, pose, now).position[axis];

/** Six-axis arm on a linear track: carries vessels between places that are open to it. */
export const sixAxisArm = defineDevice({
  type: 'six-axis-arm',
  title: 'Six-axis arm',
  description: 'Six-axis arm with a gripper on a linear track; carries vessels between places.',
  identity: { model: 'Reach 6', firmware: '6.2.1' },
  size: [LONGEST_TRACK + 0.5, 0.4, 0.75],
  config: {
    trackLength: {
      type: 'quantity',
      title: 'Travel of the track',
      unit: 'm',
      min: 0.2,
      max: LONGEST_TRACK,
      default: LONGEST_TRACK,
      fidelity: 'assumed',
    },
    gripTime: {
      type: 'quantity',
      title: 'Time to open or close the gripper',
      unit: 's',
      min: 0.05,
      max: 10,
      default: 0.6,
      fidelity: 'assumed',
    },
  },
  quirks: [
    'Every move starts and ends tucked, which takes longer than the straight way.',
    'An abort brakes as hard as the joints allow; the arm needs a reset before it moves again.',
    'Opening the gripper drops what it holds.',
  ],
  signals: {
    ...JOINT_SIGNALS,
    ...TCP_SIGNALS,
    gripper: {
      kind: 'number',
      title: 'Gripper opening',
      direction: 'output',
      unit: '%',
      range: [0, 100],
      resolution: 1,
      functionalUnit: 'Gripper',
      fidelity: 'exact',
    },
    heldVessel: {
      kind: 'text',
      title: 'Held vessel',
      direction: 'output',
      functionalUnit: 'Gripper',
    },
  },
  commands: {
    pick: {
      title: 'Pick',
      description: 'Takes the vessel out of a place.',
      parameters: { place: PLACE },
      errors: [
        'UNKNOWN_PLACE',
        'GRIPPER_FULL',
        'NO_VESSEL',
        'INTERLOCK',
        'PLACE_BLOCKED',
        'UNREACHABLE',
        'COLLISION',
        'ABORTED',
      ],
      execution: 'timed',
    },
    place: {
      title: 'Place',
      description: 'Puts the held vessel into a place.',
      parameters: { place: PLACE },
      errors: [
        'UNKNOWN_PLACE',
        'GRIPPER_EMPTY',
        'PLACE_OCCUPIED',
        'PLACE_BLOCKED',
        'UNREACHABLE',
        'COLLISION',
        'ABORTED',
      ],
      execution: 'timed',
    },
    moveHome: {
      title: 'Move home',
      description: 'Tucks the arm in the middle of its track.',
      parameters: {},
      errors: ['COLLISION', 'ABORTED'],
      execution: 'timed',
    },
    openGripper: {
      title: 'Open gripper',
      description: 'Opens the gripper where it is; what it holds falls.',
      parameters: {},
      errors: ['ABORTED'],
      execution: 'timed',
      functionalUnit: 'Gripper',
    },
    abort: {
      title: 'Stop',
      description: 'Brakes along the planned way until the arm stands.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT'],
      execution: 'abort',
    },
    reset: {
      title: 'Reset',
      description: 'Allows motion again after a stop.',
      parameters: {},
      errors: ['WRONG_STATE'],
      execution: 'instant',
    },
  },
  alarms: {
    stopped: {
      title: 'Motion stopped',
      priority: 'high',
      latching: true,
      cause: 'A motion was aborted; the arm stands on its way.',
      action: 'Look whether the way is free, then reset and move home.',
    },
    obstructed: {
      title: 'Gripper obstructed',
      priority: 'critical',
      latching: true,
      collision: true,
      cause: 'A door or lid closed while the gripper was in the place.',
      action: 'Open the door or lid, reset, then move home.',
    },
  },
  places: () => [],
  ports: () => [],
  vessels: () => [],
  machine: armMachine,
  initialState: (config): ArmState => atHome(config),
  effects: armEffects,
  preconditions: {
    pick: (ctx, { place }) => refuseVisit(ctx, 'pick', String(place)),
    place: (ctx, { place }) => refuseVisit(ctx, 'place', String(place)),
    moveHome: refuseHome,
  },
  read: {
    track: joint(0),
    joint1: joint(1),
    joint2: joint(2),
    joint3: joint(3),
    joint4: joint(4),
    joint5: joint(5),
    joint6: joint(6),
    tcpX: tcp(0),
    tcpY: tcp(1),
    tcpZ: tcp(2),
    speed: ({ state, config, now }) => tcpSpeed(state, config, now),
    gripper: ({ state, now }) => gripperOpening(state, now),
    heldVessel: ({ state }) => state.held,
  },
  write: {},
  channels: {
    track: joint(0),
    j1: joint(1),
    j2: joint(2),
    j3: joint(3),
    j4: joint(4),
    j5: joint(5),
    j6: joint(6),
    gripper: ({ state, now }) => gripperOpening(state, now),
  },
  appearance: ({ trackLength }) => ({ trackLength }),
  carry: ({ state, config, pose, now }) =>
    composePose(tcpPose(state, config, pose, now), state.X_TV),
  reach: refuseReach,
});
