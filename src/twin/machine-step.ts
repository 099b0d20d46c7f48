import {
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  type ExecutableActionsFrom,
} from 'xstate';
import type { MachineEvent } from '../device-emulators/definition/device.ts';

/** Actions that a transition asks for, in order. */
export type MachineActions = readonly ExecutableActionsFrom<AnyStateMachine>[];

/** The state after an event, and what is to be done; changes nothing. */
export type MachineStep = (
  snapshot: AnyMachineSnapshot,
  event: MachineEvent,
) => readonly [next: AnyMachineSnapshot, actions: MachineActions];

/**
 * XState's pure `transition` for one machine. The library builds an actor for every call to stand for
 * the machine's surroundings; here one, never started, serves them all, which is three times as fast.
 */
export function machineStep(machine: AnyStateMachine, input: unknown): MachineStep {
  const self = createActor(machine, { input });
  const nothing = (): void => undefined;
  let actions: ExecutableActionsFrom<AnyStateMachine>[] = [];
  const scope = {
    self,
    id: '',
    sessionId: '',
    logger: nothing,
    defer: nothing,
    emit: nothing,
    system: self.system,
    stopChild: nothing,
    actionExecutor: (action: ExecutableActionsFrom<AnyStateMachine>) => actions.push(action),
  } as unknown as AnyActorScope;
  return (snapshot, event) => {
    actions = [];
    return [machine.transition(snapshot as never, event as never, scope as never), actions];
  };
}
