import { type Refusal, refusal } from '../kernel/error-catalogue.ts';
import type {
  CommandOutcome,
  PlannedCommand,
  PlantCommand,
  Value,
} from '../kernel/plant-contract.ts';
import { err, ok } from '../kernel/result.ts';
import type { Micros } from '../kernel/time.ts';
import { alarmsOf, faultsOf } from '../device-emulators/definition/faults.ts';
import { acceptedValue } from './accepted-value.ts';
import type { DeviceRuntime } from './device-runtime.ts';
import type { Forces } from './forces.ts';
import type { Readings } from './readings.ts';

/** What stands between devices and whoever reads and writes their signals, at an instant. */
interface Surroundings {
  readonly forces: Forces;
  readonly readings: Readings;
  readonly now: Micros;
}

/** Hands a command to its device, or says why not. */
export function performCommand(
  devices: ReadonlyMap<string, DeviceRuntime>,
  command: PlantCommand,
  { forces, readings, now }: Surroundings,
): CommandOutcome {
  const runtime = devices.get(command.device);
  if (runtime === undefined) return err(unknownDevice(command.device));
  if (command.kind === 'invoke') {
    return runtime.invoke(command.command, command.parameters, command.client);
  }
  if (command.kind === 'write') return write(runtime, forces, command.signal, command.value);
  if (command.kind === 'force') {
    const { signal, value, ramp = 0 } = command;
    const shown = readings.channel(runtime.id, signal)?.show(now).value;
    const done =
      value === null
        ? forces.release(runtime, signal)
        : forces.force(runtime, signal, { value, since: now, ramp, from: shown });
    return done.ok ? ok({ operation: 0 }) : done;
  }
  const { definition } = runtime.device;
  if (command.kind === 'fault') {
    const problem = problemOf(devices, command);
    if (problem !== undefined) return err(problem);
    if (runtime.setFault(command.fault, command.active)) {
      readings.setFault(runtime, command.fault, command.active, now);
    }
    return ok({ operation: 0 });
  }
  if (alarmsOf(definition)[command.alarm] === undefined) {
    return err(refusal('UNKNOWN_ALARM', `${command.device} has no alarm "${command.alarm}"`));
  }
  runtime.acknowledge(command.alarm);
  return ok({ operation: 0 });
}

/** What stands in the way of something planned at any time; undefined when nothing does. */
export function problemOf(
  devices: ReadonlyMap<string, DeviceRuntime>,
  command: PlannedCommand,
): Refusal | undefined {
  const runtime = devices.get(command.device);
  if (runtime === undefined) return unknownDevice(command.device);
  const { definition } = runtime.device;
  if (command.kind === 'fault') {
    const faults = faultsOf(definition);
    if (faults.has(command.fault)) return undefined;
    const message = `${command.device} has no fault "${command.fault}"; it has ${[...faults.keys()].join(', ')}`;
    return refusal('UNKNOWN_FAULT', message);
  }
  if (command.kind === 'invoke') {
    if (definition.commands[command.command] !== undefined) return undefined;
    const known = Object.keys(definition.commands).join(', ') || 'none';
    const message = `${command.device} has no command "${command.command}"; it has ${known}`;
    return refusal('UNKNOWN_COMMAND', message);
  }
  if (definition.signals[command.signal] !== undefined) return undefined;
  return refusal('UNKNOWN_SIGNAL', `there is no signal ${command.device}.${command.signal}`);
}

function unknownDevice(device: string): Refusal {
  return refusal('UNKNOWN_DEVICE', `the scene has no device "${device}"`);
}

/** Writes an input signal, checked against its kind and range; a forced one gets it when it is released. */
function write(runtime: DeviceRuntime, forces: Forces, name: string, value: Value): CommandOutcome {
  const signal = runtime.device.definition.signals[name];
  const path = `${runtime.id}.${name}`;
  if (signal === undefined) return err(refusal('UNKNOWN_SIGNAL', `there is no signal ${path}`));
  if (signal.direction !== 'input') return err(refusal('NOT_WRITABLE', `${path} is measured`));
  const accepted = acceptedValue(path, signal, value, true);
  if (!accepted.ok) return accepted;
  if (!forces.keep(path, value)) runtime.write(name, accepted.value);
  return ok({ operation: 0 });
}
