import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

type Event =
  | { type: 'dispense'; volume: number; flow: number; untilEmpty: boolean }
  | { type: 'run'; flow: number }
  | { type: 'stop' }
  | { type: 'abort' }
  | { type: 'flow.done' }
  | { type: 'flow.dry' }
  | { type: 'flow.refused'; code: string; message: string };

/** Decides what the pump does; the plant tells it when the liquid has passed or run out. */
export const pumpMachine = setup({
  types: {} as { events: Event },
  actions: actionNames(
    'startDispensing',
    'startRunning',
    'dispensed',
    'ranDry',
    'refused',
    'dryWhileRunning',
    'stopFlow',
  ),
}).createMachine({
  initial: 'idle',
  states: {
    idle: {
      on: {
        dispense: { target: 'dispensing', actions: 'startDispensing' },
        run: { target: 'running', actions: 'startRunning' },
        stop: {},
      },
    },
    dispensing: {
      on: {
        'flow.done': { target: 'idle', actions: 'dispensed' },
        'flow.dry': { target: 'idle', actions: 'ranDry' },
        'flow.refused': { target: 'idle', actions: 'refused' },
        abort: { target: 'idle', actions: 'stopFlow' },
      },
    },
    running: {
      on: {
        run: { actions: 'startRunning' },
        stop: { target: 'idle', actions: 'stopFlow' },
        'flow.dry': { target: 'idle', actions: 'dryWhileRunning' },
        'flow.refused': { target: 'idle', actions: 'dryWhileRunning' },
      },
    },
  },
});
