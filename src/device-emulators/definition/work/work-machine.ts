import { type AnyStateMachine, assign, setup } from 'xstate';
import { actionNames } from '../action-names.ts';

interface Context {
  /** Length of the present step [s]. */
  readonly seconds: number;
}

type Event =
  | { type: 'work.step'; state: string; seconds: number }
  | { type: 'work.ended' }
  | { type: string };

/**
 * A machine that carries out timed commands as sequences of steps: idle, then one state per kind of
 * step, with an instant of planning in between. Effects say which step comes next by `work.step` and
 * when there is none by `work.ended`. An abort, a breakdown, a loss of power and `work.cut`, by which
 * effects end work that has failed meanwhile, cut the present step.
 *
 * @param commands timed ones, which begin work; `abort` is always there
 * @param steps states of the steps
 * @param instants commands that are done at once, while idle, by the action of the same name
 */
export function workMachine(
  commands: readonly string[],
  steps: readonly string[],
  instants: readonly string[] = [],
): AnyStateMachine {
  const machine = setup({
    types: {} as { context: Context; events: Event; input: unknown },
    actions: actionNames<string>(
      'started',
      'workAsked',
      'stepEnded',
      'workCut',
      'stateChanged',
      ...instants,
    ),
    delays: { step: ({ context }) => context.seconds * 1000 },
  });
  const cut = { target: 'planning', actions: 'workCut' };
  const toSteps = steps.map((state) => ({
    guard: ({ event }: { event: Event }) => 'state' in event && event.state === state,
    target: state,
    actions: assign<Context, Event, undefined, Event, never>({
      seconds: ({ event }) => ('seconds' in event ? event.seconds : 0),
    }),
  }));
  const stepState = {
    after: { step: { target: 'planning', actions: 'stepEnded' } },
    on: { abort: cut, 'work.cut': cut, 'work.ended': 'idle' },
  };
  const working = Object.fromEntries(steps.map((state) => [state, stepState]));
  const stopped = { target: '.planning', actions: ['workCut', 'stateChanged'] };
  const noted = { actions: 'stateChanged' };
  const made = machine.createMachine({
    context: { seconds: 0 },
    entry: 'started',
    initial: 'idle',
    states: {
      idle: {
        on: {
          ...Object.fromEntries(
            commands.map((command) => [command, { target: 'planning', actions: 'workAsked' }]),
          ),
          ...Object.fromEntries(instants.map((command) => [command, { actions: command }])),
        },
      },
      planning: { on: { 'work.step': toSteps, 'work.ended': 'idle' } },
      ...working,
    },
    on: {
      breakdown: stopped,
      'power.lost': stopped,
      repaired: noted,
      'power.on': noted,
      'fault.*': noted,
      'supply.changed': noted,
      'coupling.changed': noted,
    },
  } as never);
  return made as unknown as AnyStateMachine;
}
