import { IDENTITY_POSE } from '../../../kernel/pose.ts';
import { positionOf } from '../../../physics/mechanism/travel.ts';
import {
  alarm,
  choice,
  counted,
  integer,
  measured,
  quantity,
  worded,
} from '../../definition/declare.ts';
import type { CommandDeclaration } from '../../definition/command.ts';
import { PORT_SETS, type PortSet } from '../../definition/coupling.ts';
import { defineDevice } from '../../definition/define-device.ts';
import { lamp, locationRead, locationSignal } from '../../definition/module-frame.ts';
import { connectorEffects, parted } from './effects.ts';
import {
  type ConnectorState,
  couplingOf,
  headsJson,
  MOST_HEADS,
  mostUses,
  type Reader,
} from './heads.ts';
import { connectorMachine } from './machine.ts';
import { connectorPreconditions } from './preconditions.ts';

const HEAD = integer('Head', [1, MOST_HEADS], 1);
const PORTS = choice('Ports', Object.keys(PORT_SETS) as PortSet[], 'process');

function step(
  title: string,
  description: string,
  errors: CommandDeclaration['errors'],
  withPorts = false,
): CommandDeclaration {
  return {
    title,
    description,
    parameters: withPorts ? { head: HEAD, ports: PORTS } : { head: HEAD },
    errors: [...errors, 'ABORTED'],
    execution: 'timed',
  };
}

const NO_CASSETTE = ['NOT_CONNECTED', 'UNKNOWN_PLACE', 'NO_VESSEL', 'WRONG_VESSEL'] as const;

function coupledHeads(ctx: Reader): number[] {
  return ctx.state.heads.flatMap((head, i) => (couplingOf(ctx, head) === undefined ? [] : [i + 1]));
}

/** Joins a module to a cassette without letting anything of the room in. */
export const sterileConnector = defineDevice({
  type: 'sterile-connector',
  title: 'Sterile connector',
  description:
    'Reusable connector built into a module: couples, seals, sterilises, tests and opens the ports of a cassette.',
  identity: { model: 'Connect S', firmware: '2.4.0' },
  size: [0.1, 0.1, 0.06],
  config: {
    heads: integer('Heads', [1, MOST_HEADS], 1),
    maximumUses: integer('Couplings that a head stands', [1, 100_000], 500),
    leakChance: quantity('%', 'Share of seals that leak', [0, 100], 0),
    coupleTime: quantity('s', 'Time to couple or decouple', [1, 600], 15),
    sealTime: quantity('s', 'Time to seal', [1, 600], 10),
    steriliseTime: quantity('s', 'Time to sterilise', [1, 3600], 120),
    testTime: quantity('s', 'Time of a leak test', [1, 3600], 60),
    valveTime: quantity('s', 'Time to open or close', [0.1, 60], 5),
  },
  quirks: [
    'Head k serves slot k where its module has slots; else head 1 serves the transfer place.',
    'Single steps trust the controller: open asks for a seal only, not for sterilisation or a leak test.',
    'A head past its life couples on, and begins to leak.',
    'Without power the valves shut; seal and sterility stay.',
  ],
  signals: {
    uses: counted('Uses of the head used most', [0, 1_000_000]),
    usesLeft: counted('Uses left to it', [0, 100_000]),
    coupledHeads: worded('Coupled heads', 'Numbers joined by commas, empty when all are parted.'),
    headStates: worded(
      'Heads',
      'JSON: head, uses, vessel, ports, sealed, sterile and open of each head.',
    ),
    leakRate: measured('%', 'Leak found by the latest test', [0, 100], 0.01),
    ...locationSignal,
  },
  commands: {
    couple: step(
      'Couple',
      'Brings the head to the ports of the cassette and locks it.',
      [...NO_CASSETTE, 'ALREADY_CONNECTED', 'MALFUNCTION'],
      true,
    ),
    seal: step('Seal', 'Presses the seal on.', ['NOT_CONNECTED']),
    sterilise: step('Sterilise', 'Sterilises what lies between both valves.', [
      'NOT_CONNECTED',
      'INTERLOCK',
    ]),
    leakTest: step('Leak test', 'Holds pressure and tells what share gets out.', [
      'NOT_CONNECTED',
      'INTERLOCK',
      'MALFUNCTION',
    ]),
    open: step('Open', 'Makes the valves be open.', ['NOT_CONNECTED', 'INTERLOCK']),
    close: step('Close', 'Makes the valves be closed.', []),
    decouple: step('Decouple', 'Unlocks the head and draws it back.', ['INTERLOCK']),
    connect: step(
      'Connect',
      'Couples, seals, sterilises, tests and opens; goes on from where the head stands.',
      [...NO_CASSETTE, 'ALREADY_CONNECTED', 'MALFUNCTION'],
      true,
    ),
    disconnect: step('Disconnect', 'Closes and decouples.', ['INTERLOCK']),
    renewHead: {
      title: 'Renew head',
      description: 'An operator has put in a new head; its uses count anew.',
      parameters: { head: HEAD },
      errors: ['INTERLOCK'],
      execution: 'instant',
    },
    abort: {
      title: 'Abort',
      description: 'Ends the present step as if it had not begun.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT'],
      execution: 'abort',
    },
  },
  alarms: {
    worn: alarm(
      'medium',
      'Head worn',
      'A head has been coupled as often as it stands.',
      'Put in a new head and tell the connector with renewHead, or use another module.',
    ),
    leak: alarm(
      'high',
      'Connection leaks',
      'The latest leak test found more than 0.1 %.',
      'Decouple, look at seal and ports, then connect again; do not open it.',
    ),
    notLocked: alarm(
      'high',
      'Head not locked',
      'The latch did not close when the head was coupled.',
      'Look whether the cassette stands right; else put in a new head.',
    ),
  },
  faults: {
    leak: {
      title: 'Damaged seal',
      description: 'All sealed connections leak 2 %, and new ones too.',
    },
    noLock: { title: 'Latch jammed', description: 'Heads do not lock on cassettes.' },
    worn: { title: 'Worn heads', description: 'New seals leak 0.5 %, whatever the counters say.' },
  },
  places: () => [],
  ports: () => [],
  vessels: () => [{ name: 'head', kind: 'connector', pose: IDENTITY_POSE }],
  body: () => 'head',
  powered: 'dock',
  wear: ({ state, config }) => ({
    part: 'head',
    uses: mostUses(state),
    maximum: config.maximumUses,
  }),
  machine: connectorMachine,
  initialState: (config): ConnectorState => parted(config),
  effects: connectorEffects,
  preconditions: connectorPreconditions,
  read: {
    uses: ({ state }) => mostUses(state),
    usesLeft: ({ state, config }) => Math.max(0, config.maximumUses - mostUses(state)),
    coupledHeads: (ctx) => coupledHeads(ctx).join(','),
    headStates: headsJson,
    leakRate: ({ state }) => state.leakRate,
    ...locationRead,
  },
  write: {},
  channels: {
    lamp,
    /** Head at work, 0 when none; its fork, 0 drawn back to 1 at the cassette. */
    head: ({ state }) => state.task?.head ?? 0,
    fork: ({ state, now }) => positionOf(state.fork, now),
    sterilising: ({ machineState }) => Number(machineState === 'sterilising'),
    mated: (ctx) => coupledHeads(ctx).length,
    opened: (ctx) => ctx.state.heads.filter((head) => couplingOf(ctx, head)?.open === true).length,
  },
  appearance: ({ heads }) => ({ heads }),
});
