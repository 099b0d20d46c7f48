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

type Outcome = readonly [next: AnyMachineSnapshot, actions: MachineActions];

/** The state after an event, and what is to be done; changes nothing. */
export type MachineStep = (snapshot: AnyMachineSnapshot, event: MachineEvent) => Outcome;

/**
 * XState's pure `transition` for one machine. The library builds an actor for every call to stand for
 * the machine's surroundings; here one, never started, serves them all, which is three times as fast.
 * As transitions are pure, outcomes of events without data are remembered by snapshot; snapshots of
 * the same state and context are made one, so that what recurs is found again.
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
  const take = (snapshot: AnyMachineSnapshot, event: MachineEvent): Outcome => {
    actions = [];
    return [machine.transition(snapshot as never, event as never, scope as never), actions];
  };
  const known = new WeakMap<AnyMachineSnapshot, Map<string, Outcome>>();
  const latest = new Map<string, AnyMachineSnapshot>();
  /** The first snapshot that was like this one. */
  const unify = (snapshot: AnyMachineSnapshot): AnyMachineSnapshot => {
    if (!isPlain(snapshot)) return snapshot;
    const state = JSON.stringify(snapshot.value);
    const like = latest.get(state);
    if (like !== undefined && like.context === snapshot.context) return like;
    latest.set(state, snapshot);
    return snapshot;
  };
  return (snapshot, event) => {
    if (!isBare(event)) return take(snapshot, event);
    let outcomes = known.get(snapshot);
    const remembered = outcomes?.get(event.type);
    if (remembered !== undefined) return remembered;
    const [next, asked] = take(snapshot, event);
    const outcome: Outcome = [unify(next), asked];
    outcomes ??= new Map();
    outcomes.set(event.type, outcome);
    known.set(snapshot, outcomes);
    return outcome;
  };
}

/** Whether an event says nothing but its type. */
function isBare(event: MachineEvent): boolean {
  for (const key in event) if (key !== 'type') return false;
  return true;
}

/** Whether state and context are all there is to a snapshot. */
function isPlain({ status, children, historyValue }: AnyMachineSnapshot): boolean {
  return (
    status === 'active' &&
    Object.keys(children).length === 0 &&
    Object.keys(historyValue).length === 0
  );
}

/** Whether a machine takes an event in its state without doing anything: what is asked for is so already. */
export function takesIdly(snapshot: AnyMachineSnapshot, type: string): boolean {
  return snapshot._nodes.some((node) =>
    node.transitions
      .get(type)
      ?.some(
        ({ target, actions, guard }) =>
          target === undefined && actions.length === 0 && guard === undefined,
      ),
  );
}
