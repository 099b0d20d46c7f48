import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';
import { interrupted, type ModuleEvent } from '../../definition/module-events.ts';

interface Context {
  readonly handlingTime: number;
  readonly decontaminationTime: number;
}

type Event =
  | ModuleEvent
  | { type: 'receive' }
  | { type: 'dispatch' }
  | { type: 'admit'; vessel: string }
  | { type: 'expel'; to: string };

/**
 * What comes in is put down by an operator and decontaminated before the inner side opens; what goes
 * out is fetched. Delays in ms.
 */
export const lockModuleMachine = setup({
  types: {} as { context: Context; events: Event; input: { config: Context } },
  actions: actionNames(
    'begun',
    'received',
    'admitted',
    'opened',
    'dispatched',
    'expelled',
    'stopped',
  ),
  delays: {
    handling: ({ context }) => context.handlingTime * 1000,
    decontamination: ({ context }) => context.decontaminationTime * 1000,
  },
}).createMachine({
  context: ({ input: { config } }) => ({
    handlingTime: config.handlingTime,
    decontaminationTime: config.decontaminationTime,
  }),
  initial: 'idle',
  states: {
    idle: {
      on: {
        receive: { target: 'receiving', actions: 'begun' },
        admit: { target: 'admitting', actions: 'begun' },
        dispatch: { target: 'dispatching', actions: 'begun' },
        expel: { target: 'expelling', actions: 'begun' },
      },
    },
    receiving: {
      after: { handling: { target: 'decontaminating', actions: 'received' } },
      on: interrupted('idle', 'stopped'),
    },
    admitting: {
      after: { handling: { target: 'decontaminating', actions: 'admitted' } },
      on: interrupted('idle', 'stopped'),
    },
    decontaminating: {
      after: { decontamination: { target: 'idle', actions: 'opened' } },
      on: interrupted('idle', 'stopped'),
    },
    dispatching: {
      after: { handling: { target: 'idle', actions: 'dispatched' } },
      on: interrupted('idle', 'stopped'),
    },
    expelling: {
      after: { handling: { target: 'idle', actions: 'expelled' } },
      on: interrupted('idle', 'stopped'),
    },
  },
});
