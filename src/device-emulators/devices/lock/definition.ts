import type { Vec3 } from '../../../kernel/pose.ts';
import { type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import { positionOf } from '../../../physics/mechanism/travel.ts';
import type { ReadContext } from '../../definition/device.ts';
import { defineDevice } from '../../definition/define-device.ts';
import type { Field } from '../../definition/fields.ts';
import { chest } from '../../definition/solids.ts';
import { upright } from '../../definition/upright.ts';
import { lockEffects, type LockState, positionName, SHUT } from './effects.ts';
import { lockMachine } from './machine.ts';

const MOST_POSITIONS = 6;

/** Distance between places [m]. */
const PITCH = 0.14;

/** Air in the chamber [m3], nine tenths of the body; gap around a closed door [m2]; assumed. */
const CHAMBER = 0.29;
const DOOR_GAP = 2e-4;

const POSITION: Field = {
  type: 'integer',
  title: 'Position',
  min: 1,
  max: MOST_POSITIONS,
  default: 1,
};

/** Outer size [m]. */
const SIZE: Vec3 = [0.9, 0.6, 0.6];

/** Height of the shelf in the chamber [m]; assumed. */
const SHELF = 0.35;

/** Pass box with two interlocked doors: material in, product out, nothing carried over. */
export const lock = defineDevice({
  type: 'lock',
  title: 'Lock',
  description:
    'Pass box between two zones: interlocked doors, the inner one a sliding hatch on top; decontamination.',
  identity: { model: 'PassBox 2', firmware: '2.1.0' },
  size: SIZE,
  config: {
    positions: {
      type: 'integer',
      title: 'Places inside',
      min: 1,
      max: MOST_POSITIONS,
      default: 4,
    },
    doorTime: {
      type: 'quantity',
      title: 'Door travel',
      unit: 's',
      min: 0.5,
      max: 60,
      default: 4,
      fidelity: 'assumed',
    },
    handlingTime: {
      type: 'quantity',
      title: 'Time of an operator to put in or take out a vessel',
      unit: 's',
      min: 1,
      max: 600,
      default: 20,
      fidelity: 'assumed',
    },
    decontaminationTime: {
      type: 'quantity',
      title: 'Decontamination cycle',
      unit: 'min',
      min: 1,
      max: 120,
      default: 20,
      fidelity: 'assumed',
    },
    outside: { type: 'reference', to: 'zone', title: 'Zone behind the outer door', default: '' },
    doorArea: {
      type: 'quantity',
      title: 'Opening of a door',
      unit: 'm2',
      min: 0.01,
      max: 4,
      default: 0.25,
      fidelity: 'assumed',
    },
    airChanges: {
      type: 'quantity',
      title: 'Filtered air of the chamber',
      unit: '/h',
      min: 1,
      max: 1000,
      default: 60,
      fidelity: 'assumed',
    },
    decontamination: { type: 'flag', title: 'Decontaminate before entry', default: true },
  },
  quirks: [
    'The inner door opens only after a decontamination cycle since the outer door was open.',
    'An aborted cycle counts as none.',
  ],
  signals: {
    innerDoor: {
      kind: 'number',
      title: 'Inner door openness',
      direction: 'output',
      unit: '%',
      range: [0, 100],
      resolution: 1,
      fidelity: 'exact',
    },
    outerDoor: {
      kind: 'number',
      title: 'Outer door openness',
      direction: 'output',
      unit: '%',
      range: [0, 100],
      resolution: 1,
      fidelity: 'exact',
    },
    clean: { kind: 'boolean', title: 'Decontaminated', direction: 'output' },
    cycleProgress: {
      kind: 'number',
      title: 'Decontamination progress',
      direction: 'output',
      unit: '%',
      range: [0, 100],
      resolution: 1,
      fidelity: 'exact',
    },
    occupied: {
      kind: 'integer',
      title: 'Vessels inside',
      direction: 'output',
      range: [0, MOST_POSITIONS],
    },
  },
  commands: {
    openInner: {
      title: 'Open inner door',
      description: 'Makes the door to the clean side be open.',
      parameters: {},
      errors: ['INTERLOCK'],
      execution: 'timed',
      functionalUnit: 'InnerDoor',
    },
    closeInner: {
      title: 'Close inner door',
      description: 'Makes the door to the clean side be closed.',
      parameters: {},
      errors: [],
      execution: 'timed',
      functionalUnit: 'InnerDoor',
    },
    openOuter: {
      title: 'Open outer door',
      description: 'Makes the door to the outside be open.',
      parameters: {},
      errors: ['INTERLOCK'],
      execution: 'timed',
      functionalUnit: 'OuterDoor',
    },
    closeOuter: {
      title: 'Close outer door',
      description: 'Makes the door to the outside be closed.',
      parameters: {},
      errors: [],
      execution: 'timed',
      functionalUnit: 'OuterDoor',
    },
    load: {
      title: 'Load',
      description: 'Asks the operator to put a vessel from outside into a position.',
      parameters: {
        vessel: { type: 'reference', to: 'vessel', title: 'Vessel' },
        position: POSITION,
      },
      errors: [
        'LID_CLOSED',
        'UNKNOWN_VESSEL',
        'UNKNOWN_PLACE',
        'PLACE_OCCUPIED',
        'NO_VESSEL',
        'INTERLOCK',
      ],
      execution: 'timed',
    },
    unload: {
      title: 'Unload',
      description: 'Asks the operator to take a vessel out to a place outside.',
      parameters: {
        position: POSITION,
        to: { type: 'reference', to: 'place', title: 'Place outside' },
      },
      errors: ['LID_CLOSED', 'NO_VESSEL', 'UNKNOWN_PLACE', 'PLACE_OCCUPIED'],
      execution: 'timed',
    },
    decontaminate: {
      title: 'Decontaminate',
      description: 'Runs a cycle with both doors closed.',
      parameters: {},
      errors: ['INTERLOCK', 'ABORTED'],
      execution: 'timed',
      functionalUnit: 'Chamber',
    },
    abort: {
      title: 'Abort',
      description: 'Ends a cycle or a transfer by the operator.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT', 'WRONG_STATE'],
      execution: 'abort',
    },
  },
  alarms: {},
  solids: () => chest(SIZE, SHELF, 0.03),
  places: ({ positions }) =>
    Array.from({ length: positions }, (_, i) => ({
      name: positionName(i + 1),
      title: `Position ${i + 1}`,
      pose: upright((i - (positions - 1) / 2) * PITCH, -0.1, SHELF),
      accepts: ['bottle-250', 'bottle-500', 'tube-50', 'vector-vial', 'cryobag', 'product-bag'],
      open: false,
      robot: true,
    })),
  ports: () => [],
  vessels: () => [],
  airlock: ({ outside, doorArea, airChanges }) => ({
    volume: CHAMBER,
    airChanges,
    doors: [
      { name: 'inner', title: 'Inner door', area: doorArea, gap: DOOR_GAP },
      { name: 'outer', title: 'Outer door', to: outside, area: doorArea, gap: DOOR_GAP },
    ],
  }),
  machine: lockMachine,
  initialState: (): LockState => ({ ...SHUT }),
  effects: lockEffects,
  preconditions: {
    openInner: ({ config, state, machineState }) => {
      if (isOuterAway(machineState)) return refusal('INTERLOCK', 'close the outer door first');
      if (!config.decontamination || state.clean) return undefined;
      return refusal('INTERLOCK', 'the outer door was open since; decontaminate first');
    },
    openOuter: ({ machineState }) =>
      machineState.startsWith('inner')
        ? refusal('INTERLOCK', 'close the inner door first')
        : undefined,
    decontaminate: ({ machineState }) =>
      machineState.startsWith('inner') || isOuterAway(machineState)
        ? refusal('INTERLOCK', 'close both doors first')
        : undefined,
    load: (ctx, { vessel, position }) => {
      const refused = outerOpen(ctx) ?? known(ctx, Number(position));
      if (refused !== undefined) return refused;
      const found = ctx.plant.vessel(String(vessel));
      if (found === undefined) return refusal('UNKNOWN_VESSEL', `there is no vessel "${vessel}"`);
      if (found.place === '') return refusal('NO_VESSEL', `${vessel} stands in no place`);
      if (ctx.plant.coupling(found.place) !== undefined) {
        return refusal('INTERLOCK', `${vessel} is coupled in ${found.place}; disconnect it first`);
      }
      const there = ctx.plant.vesselAt(positionName(Number(position)));
      if (there === undefined) return undefined;
      return refusal('PLACE_OCCUPIED', `${there.id} stands in position ${position}`);
    },
    unload: (ctx, { position, to }) => {
      const refused = outerOpen(ctx) ?? known(ctx, Number(position));
      if (refused !== undefined) return refused;
      if (ctx.plant.vesselAt(positionName(Number(position))) === undefined) {
        return refusal('NO_VESSEL', `position ${position} is empty`);
      }
      if (ctx.plant.placePose(String(to)) === undefined) {
        return refusal('UNKNOWN_PLACE', `there is no place "${to}"`);
      }
      const there = ctx.plant.vesselAt(String(to));
      if (there === undefined) return undefined;
      return refusal('PLACE_OCCUPIED', `${there.id} stands in ${to}`);
    },
  },
  read: {
    innerDoor: ({ state, now }) => positionOf(state.inner, now),
    outerDoor: ({ state, now }) => positionOf(state.outer, now),
    clean: ({ state }) => state.clean,
    cycleProgress: ({ config, state, machineState, now }) =>
      machineState === 'decontaminating'
        ? Math.min(1, (now - state.cycleSince) / 1e6 / config.decontaminationTime)
        : 0,
    occupied: ({ config, plant }) => {
      let count = 0;
      for (let i = 1; i <= config.positions; i++) {
        if (plant.vesselAt(positionName(i)) !== undefined) count += 1;
      }
      return count;
    },
  },
  write: {},
  channels: {
    innerDoor: ({ state, now }) => positionOf(state.inner, now),
    outerDoor: ({ state, now }) => positionOf(state.outer, now),
    decontaminating: ({ machineState }) => (machineState === 'decontaminating' ? 1 : 0),
  },
  appearance: ({ positions }) => ({ positions }),
});

type Context = ReadContext<{ readonly positions: number }, LockState>;

/** Whether the outer door is, or an operator reaches through it, away from its frame. */
function isOuterAway(machineState: string): boolean {
  return (
    machineState.startsWith('outer') || machineState === 'loading' || machineState === 'unloading'
  );
}

function outerOpen({ machineState }: Context): Refusal | undefined {
  return machineState === 'outerOpen'
    ? undefined
    : refusal('LID_CLOSED', 'open the outer door first');
}

function known({ id, config }: Context, position: number): Refusal | undefined {
  if (position <= config.positions) return undefined;
  return refusal('UNKNOWN_PLACE', `${id} has ${config.positions} positions`);
}
