import type { UAObject } from 'node-opcua';
import type { PlantEvent } from '../../../kernel/plant-contract.ts';
import type { DeviceNodes } from './address-space.ts';
import type { Opcua } from './opcua-module.ts';

/**
 * Keeps the LADS state of each functional unit: Running while one of its commands executes,
 * Aborted after a failure until the next start, else Stopped.
 */
export function followOperations(
  opcua: Opcua,
  devices: readonly DeviceNodes[],
): (event: PlantEvent) => void {
  const byId = new Map(devices.map((device) => [device.plan.device.id, device] as const));
  const setState = (deviceId: string, command: string, state: string): void => {
    const device = byId.get(deviceId);
    const name = device?.plan.device.commands.find((c) => c.name === command)?.functionalUnit;
    const unit = name === undefined ? undefined : device?.functionalUnits.get(name);
    const machine = unit?.getChildByName('FunctionalUnitState') as UAObject | null | undefined;
    if (machine) opcua.promoteToStateMachine(machine).setState(state);
  };
  return (event) => {
    if (event.type === 'device.operation.started') setState(event.device, event.command, 'Running');
    else if (event.type === 'device.operation.completed') {
      setState(event.device, event.command, 'Stopped');
    } else if (event.type === 'device.operation.failed') {
      setState(event.device, event.command, 'Aborted');
    }
  };
}
