import { EventQueue } from '../../../src/kernel/event-queue.ts';
import { IDENTITY_POSE } from '../../../src/kernel/pose.ts';
import { microsFromSeconds, type Micros } from '../../../src/kernel/time.ts';
import { fromSi } from '../../../src/kernel/units.ts';
import type { AlarmState, Value } from '../../../src/kernel/plant-contract.ts';
import type {
  AnyDeviceDefinition,
  MachineEvent,
} from '../../../src/device-emulators/definition/device.ts';
import { DeviceRuntime, type Operation } from '../../../src/twin/device-runtime.ts';
import { parseConfig } from '../../../src/twin/scene/parse-config.ts';
import { createMemoryPlant, type MemoryPlant } from './memory-plant.ts';

/** One device on a bench: its real runtime on a memory plant, with its own places and vessels. */
export interface DeviceBench {
  readonly plant: MemoryPlant;
  readonly runtime: DeviceRuntime;
  readonly operation: Operation;
  readonly machineState: string;
  /** Names of the active alarms. */
  readonly alarms: readonly string[];
  now(): Micros;
  /** Gives a command in declared units; the refusal's code, or an empty text when accepted. */
  give(command: string, parameters?: Readonly<Record<string, Value>>): string;
  /** Gives a command and lets it run to its end; the operation's state, or the refusal's code. */
  run(command: string, parameters?: Readonly<Record<string, Value>>): string;
  advance(seconds: number): void;
  /** True value of a signal in its declared unit. */
  read(signal: string): Value;
  channel(name: string): number;
}

/**
 * Puts a device of `definition` on the bench as `device`.
 *
 * @param config as a scene writes it
 */
export function benchDevice(
  definition: AnyDeviceDefinition,
  config: Readonly<Record<string, unknown>> = {},
  seed = 1,
): DeviceBench {
  const id = 'device';
  const parsed = parseConfig(definition.config, config);
  if (parsed.problems.length > 0) throw new Error(JSON.stringify(parsed.problems));
  const plant = createMemoryPlant(id);
  for (const place of definition.places(parsed.config)) {
    plant.places.set(`${id}.${place.name}`, { open: place.open });
  }
  for (const own of definition.vessels(parsed.config)) {
    plant.addVessel({ id: `${id}.${own.name}`, kind: own.kind, sealed: true });
  }
  const queue = new EventQueue<MachineEvent>();
  const active = new Set<string>();
  let time: Micros = 0;
  const runtime = new DeviceRuntime(
    {
      id,
      definition,
      config: parsed.config,
      title: id,
      zone: 'hall',
      pose: IDENTITY_POSE,
      in: undefined,
    },
    plant.port,
    {
      now: () => time,
      seed,
      schedule: (at, _device, event) => queue.push(at, 0, event),
      cancel: (handle) => {
        queue.cancel(handle);
      },
      started: () => undefined,
      ended: () => undefined,
      alarmChanged: (state: AlarmState) => {
        if (state.active) active.add(state.alarm);
        else active.delete(state.alarm);
      },
      pose: () => IDENTITY_POSE,
      zone: () => 'hall',
      trace: () => undefined,
      isPowered: () => plant.powered,
    },
  );

  function fireUntil(end: Micros): void {
    for (let next = queue.peek(); next !== undefined && next.time <= end; next = queue.peek()) {
      queue.pop();
      time = next.time;
      runtime.fire(next.payload, next.sequence);
    }
  }

  const bench: DeviceBench = {
    plant,
    runtime,
    get operation() {
      return runtime.operation;
    },
    get machineState() {
      return runtime.stateName;
    },
    get alarms() {
      return [...active].sort();
    },
    now: () => time,
    give: (command, parameters = {}) => {
      const outcome = runtime.invoke(command, parameters, 'test');
      return outcome.ok ? '' : outcome.error.code;
    },
    run: (command, parameters) => {
      const code = bench.give(command, parameters);
      if (code !== '') return code;
      while (runtime.operation.state === 'running') {
        const next = queue.peek();
        if (next === undefined) throw new Error(`${command} never ends`);
        fireUntil(next.time);
      }
      return runtime.operation.state;
    },
    advance: (seconds) => {
      const end = time + microsFromSeconds(seconds);
      fireUntil(end);
      time = end;
    },
    read: (signal) => {
      const declared = definition.signals[signal];
      const value = definition.read[signal]?.(runtime.readContext());
      if (declared === undefined || value === undefined) throw new Error(`no signal ${signal}`);
      return declared.kind === 'number' ? fromSi(Number(value), declared.unit) : value;
    },
    channel: (name) => {
      const value = definition.channels[name]?.(runtime.readContext());
      if (value === undefined) throw new Error(`no channel ${name}`);
      return value;
    },
  };
  return bench;
}
