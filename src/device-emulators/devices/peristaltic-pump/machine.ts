import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

type Event =
  | { type: 'dispense'; volume: number; flow: number; untilEmpty: boolean }
  | { type: 'run'; flow: number }
  | { type: 'stop' }
  | { type: 'abort' }
  | { type: 'occluded' }
  | { type: 'flow.done' }
  | { type: 'flow.dry' }
  | { type: 'flow.refused'; code: string; message: string }
  | { type: `fault.${string}` };

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
    'occluded',
    'occludedWhileRunning',
    'cleared',
    'wearChanged',
    'stopFlow',
  ),
}).createMachine({
  initial: 'idle',
  on: { 'fault.occlusion.ended': { actions: 'cleared' } },
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
        'fault.occlusion': { target: 'idle', actions: ['stopFlow', 'occluded'] },
        occluded: { target: 'idle', actions: 'occluded' },
        abort: { target: 'idle', actions: 'stopFlow' },
      },
    },
    running: {
      on: {
        run: { actions: 'startRunning' },
        stop: { target: 'idle', actions: 'stopFlow' },
        'flow.dry': { target: 'idle', actions: 'dryWhileRunning' },
        'flow.refused': { target: 'idle', actions: 'dryWhileRunning' },
        'fault.occlusion': { target: 'idle', actions: ['stopFlow', 'occludedWhileRunning'] },
        occluded: { target: 'idle', actions: 'occludedWhileRunning' },
        'fault.wornTube': { actions: 'wearChanged' },
        'fault.wornTube.ended': { actions: 'wearChanged' },
      },
    },
  },
});
