import { LEVEL_PITCH, MOST_LEVELS } from '../../definition/rack-grid.ts';
import { setup } from 'xstate';
import { IDENTITY_POSE } from '../../../kernel/pose.ts';
import { actionNames } from '../../definition/action-names.ts';
import { integer, measured, worded } from '../../definition/declare.ts';
import { defineDevice } from '../../definition/define-device.ts';
import type { EffectContext, ReadContext } from '../../definition/device.ts';
import { block } from '../../definition/solids.ts';

/** What stands above the highest stop [m]; assumed. */
const TOP = 1.2;
/** Outer size of the shaft, and of the posts on its far side [m]; assumed. */
const SHAFT = 0.7;
const POST = 0.06;

interface LiftConfig {
  readonly levels: number;
}

type Context = EffectContext<LiftConfig, object>;
type Reader = ReadContext<LiftConfig, object>;

const heightFor = (levels: number): number => (levels - 1) * LEVEL_PITCH + TOP;

const heightOf = ({ plant }: Reader): number => plant.track.platform()?.height ?? 0;
const shuttleOn = ({ plant }: Reader): string => plant.track.platform()?.shuttle ?? '';

/** Lift that brings shuttles from level to level; it serves the shaft in whose place it stands. */
export const lift = defineDevice({
  type: 'lift',
  title: 'Lift',
  description:
    'Lift for one shuttle at the end of an aisle; it comes by itself when a shuttle needs it.',
  identity: { model: 'Lift 1', firmware: '1.3.0' },
  size: [SHAFT, SHAFT, heightFor(MOST_LEVELS)],
  extent: ({ levels }) => [SHAFT, SHAFT, heightFor(levels)],
  config: { levels: integer('Levels', [2, MOST_LEVELS], MOST_LEVELS) },
  quirks: [
    'It leaves for the next shuttle as late as it can.',
    'When it breaks down its safety gear stops the platform at once.',
  ],
  signals: {
    height: measured('m', 'Height of the platform', [0, 10], 0.001),
    shuttle: worded('Shuttle', 'Shuttle that holds the lift, empty when none.'),
  },
  commands: {},
  alarms: {},
  solids: ({ levels }) =>
    [-SHAFT / 2, SHAFT / 2 - POST].map((x) =>
      block([x, SHAFT / 2 - POST, 0], [x + POST, SHAFT / 2, heightFor(levels)]),
    ),
  places: () => [],
  ports: () => [],
  vessels: () => [{ name: 'shaft', kind: 'lift', pose: IDENTITY_POSE }],
  body: () => 'shaft',
  machine: setup({ actions: actionNames('close', 'open') }).createMachine({
    initial: 'ready',
    states: { ready: {} },
    on: { breakdown: { actions: 'close' }, repaired: { actions: 'open' } },
  }),
  initialState: (): object => ({}),
  effects: {
    close: ({ plant }: Context) => plant.track.setClosed(true),
    open: ({ plant }: Context) => plant.track.setClosed(false),
  },
  preconditions: {},
  read: { height: heightOf, shuttle: shuttleOn },
  write: {},
  channels: {
    height: heightOf,
    occupied: (ctx) => Number(shuttleOn(ctx) !== ''),
    lamp: (ctx) => (ctx.machineState === 'broken' ? 3 : shuttleOn(ctx) === '' ? 1 : 2),
  },
  moves: ({ plant }) => (plant.track.traffic()?.counts.driving ?? 0) > 0,
  appearance: () => ({}),
});
