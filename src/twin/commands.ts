import { refusal } from '../kernel/error-catalogue.ts';
import type { CommandOutcome, PlantCommand, Value } from '../kernel/plant-contract.ts';
import { err, ok } from '../kernel/result.ts';
import { toSi } from '../kernel/units.ts';
import { alarmsOf, faultsOf } from '../device-emulators/definition/breakdown.ts';
import type { DeviceRuntime } from './device-runtime.ts';

/** Hands a command to its device, or says why not. */
export function performCommand(
  devices: ReadonlyMap<string, DeviceRuntime>,
  command: PlantCommand,
): CommandOutcome {
  const runtime = devices.get(command.device);
  if (runtime === undefined) {
    return err(refusal('UNKNOWN_DEVICE', `the scene has no device "${command.device}"`));
  }
  if (command.kind === 'invoke') {
    return runtime.invoke(command.command, command.parameters, command.client);
  }
  if (command.kind === 'write') return write(runtime, command.signal, command.value);
  const { definition } = runtime.device;
  if (command.kind === 'fault') {
    const faults = faultsOf(definition);
    if (!faults.includes(command.fault)) {
      const message = `${command.device} has no fault "${command.fault}"; it has ${faults.join(', ')}`;
      return err(refusal('UNKNOWN_FAULT', message));
    }
    runtime.setFault(command.fault, command.active);
    return ok({ operation: 0 });
  }
  if (alarmsOf(definition)[command.alarm] === undefined) {
    return err(refusal('UNKNOWN_ALARM', `${command.device} has no alarm "${command.alarm}"`));
  }
  runtime.acknowledge(command.alarm);
  return ok({ operation: 0 });
}

/** Writes an input signal, checked against its kind and range. */
function write(runtime: DeviceRuntime, name: string, value: Value): CommandOutcome {
  const signal = runtime.device.definition.signals[name];
  const path = `${runtime.id}.${name}`;
  if (signal === undefined) return err(refusal('UNKNOWN_SIGNAL', `there is no signal ${path}`));
  if (signal.direction !== 'input') return err(refusal('NOT_WRITABLE', `${path} is measured`));
  if (signal.kind === 'number' || signal.kind === 'integer') {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      return err(refusal('INVALID_PARAMETER', `${path} takes a finite number`));
    }
    const [low, high] = signal.range;
    if (value < low || value > high) {
      return err(refusal('OUT_OF_RANGE', `${path} is ${value}, allowed ${low} to ${high}`));
    }
    runtime.write(name, signal.kind === 'number' ? toSi(value, signal.unit) : value);
  } else {
    const wanted = signal.kind === 'boolean' ? 'boolean' : 'string';
    if (
      typeof value !== wanted ||
      (signal.kind === 'enum' && !signal.values.includes(String(value)))
    ) {
      return err(refusal('INVALID_PARAMETER', `${path} does not take ${JSON.stringify(value)}`));
    }
    runtime.write(name, value);
  }
  return ok({ operation: 0 });
}
