import type { UAObject } from 'node-opcua';
import type { PlantDescription, PlantEvent } from '../../../kernel/plant-contract.ts';
import type { Opcua } from './opcua-module.ts';

/** LADS states of functional units. */
export interface UnitStates {
  /** Takes in the functional units of a device, which get their present states. */
  add(device: string, units: ReadonlyMap<string, UAObject>): void;
  onEvent(event: PlantEvent): void;
}

/**
 * Keeps the LADS state of each functional unit: Running while one of its commands executes,
 * Aborted after a failure until the next start, else Stopped.
 */
export function createUnitStates(opcua: Opcua, { devices }: PlantDescription): UnitStates {
  const commands = new Map(devices.map((device) => [device.id, device.commands] as const));
  const built = new Map<string, ReadonlyMap<string, UAObject>>();
  /** States of units by device, as far as something happened there. */
  const states = new Map<string, Map<string, string>>();
  const show = (unit: UAObject | undefined, state: string): void => {
    const machine = unit?.getChildByName('FunctionalUnitState') as UAObject | null | undefined;
    if (machine) opcua.promoteToStateMachine(machine).setState(state);
  };
  const setState = (device: string, command: string, state: string): void => {
    const unit = commands.get(device)?.find(({ name }) => name === command)?.functionalUnit;
    if (unit === undefined) return;
    const known = states.get(device) ?? new Map<string, string>();
    states.set(device, known.set(unit, state));
    show(built.get(device)?.get(unit), state);
  };
  return {
    add(device, units) {
      built.set(device, units);
      for (const [unit, state] of states.get(device) ?? []) show(units.get(unit), state);
    },
    onEvent(event) {
      if (event.type === 'time.jumped') {
        // What runs there is told next.
        for (const [device, units] of states) {
          for (const unit of units.keys()) show(built.get(device)?.get(unit), 'Stopped');
        }
        states.clear();
      } else if (event.type === 'device.operation.started') {
        setState(event.device, event.command, 'Running');
      } else if (event.type === 'device.operation.completed') {
        setState(event.device, event.command, 'Stopped');
      } else if (event.type === 'device.operation.failed') {
        setState(event.device, event.command, 'Aborted');
      }
    },
  };
}
