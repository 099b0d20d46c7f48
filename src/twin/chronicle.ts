import type {
  AlarmState,
  CommandOutcome,
  PlantCommand,
  PlantEvent,
  Violation,
} from '../kernel/plant-contract.ts';
import type { Micros } from '../kernel/time.ts';
import type { Clock } from './clock.ts';
import type { DeviceRuntime, Operation } from './device-runtime.ts';
import type { VesselState } from './plant-state.ts';

type WithoutStamp<E> = E extends unknown ? Omit<E, 'time' | 'sequence'> : never;

const NOTHING: readonly PlantEvent[] = [];

/** What has happened, as events in order, each with the instant and its number. */
export class Chronicle {
  private readonly clock: Clock;
  private nextSequence = 0;
  private outbox: PlantEvent[] = [];

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Number of the next event. */
  get sequence(): number {
    return this.nextSequence;
  }

  /** Events that nobody has taken yet. */
  get length(): number {
    return this.outbox.length;
  }

  /** Takes the events since the last call. */
  take(): PlantEvent[] {
    const events = this.outbox;
    this.outbox = [];
    return events;
  }

  /** What came after the first `seen` events that nobody has taken. */
  since(seen: number): readonly PlantEvent[] {
    return seen === this.outbox.length ? NOTHING : this.outbox.slice(seen);
  }

  /** Goes on from this number; what nobody has taken is dropped. */
  restart(sequence: number): void {
    this.nextSequence = sequence;
    this.outbox = [];
  }

  operationStarted(device: string, { number, command }: Operation, client: string): void {
    this.emit({
      type: 'device.operation.started',
      device,
      operation: number,
      command,
      client,
    });
  }

  operationEnded(device: string, operation: Operation): void {
    const { number, command, state, result, message, error } = operation;
    const common = { device, operation: number, command };
    if (state === 'completed') {
      this.emit({ type: 'device.operation.completed', ...common, result });
    } else {
      const code = error === '' ? 'MALFUNCTION' : error;
      this.emit({ type: 'device.operation.failed', ...common, code, message });
    }
  }

  alarmChanged(state: AlarmState, was: AlarmState | undefined): void {
    const { device, alarm, details } = state;
    const type =
      state.acknowledged && !(was?.acknowledged ?? false)
        ? 'alarm.acknowledged'
        : state.active
          ? 'alarm.raised'
          : 'alarm.cleared';
    this.emit({ type, device, alarm, details });
  }

  vesselMoved(
    type: 'vessel.placed' | 'vessel.taken',
    { id: vessel, batch }: VesselState,
    place: string,
    device: string,
  ): void {
    this.emit({ type, device, vessel, place, batch });
  }

  violated(violation: Violation): void {
    this.emit({ type: 'observer.violation', device: '', violation });
  }

  /** The clock was set from another time to the present, and with it the plant. */
  jumped(from: Micros): void {
    this.emit({ type: 'time.jumped', device: '', from });
  }

  /** A command was refused, or it was a fault that began or ended. */
  answered(command: PlantCommand, outcome: CommandOutcome): void {
    const { device, client } = command;
    if (!outcome.ok) {
      const { code, message } = outcome.error;
      const type = 'device.command.refused';
      this.emit({ type, device, command: nameOf(command), client, code, message });
    } else if (command.kind === 'fault') {
      const type = command.active ? 'fault.began' : 'fault.ended';
      this.emit({ type, device, fault: command.fault });
    } else if (command.kind === 'force') {
      const type = command.value === null ? 'signal.released' : 'signal.forced';
      this.emit({ type, device, signal: command.signal });
    }
  }

  /** Tells those who have not followed from the beginning what holds at a device, as events of this instant. */
  announce({ id: device, operation, alarms, activeFaults }: DeviceRuntime): void {
    if (operation.state === 'running') this.operationStarted(device, operation, '');
    for (const fault of activeFaults) this.emit({ type: 'fault.began', device, fault });
    for (const { alarm, details, active, acknowledged } of alarms.values()) {
      this.emit({ type: 'alarm.raised', device, alarm, details });
      if (acknowledged) this.emit({ type: 'alarm.acknowledged', device, alarm, details });
      if (!active) this.emit({ type: 'alarm.cleared', device, alarm, details });
    }
  }

  /** Tells them of a signal that is forced. */
  forced(path: string): void {
    const dot = path.indexOf('.');
    this.emit({ type: 'signal.forced', device: path.slice(0, dot), signal: path.slice(dot + 1) });
  }

  private emit(event: WithoutStamp<PlantEvent>): void {
    const stamp = { time: this.clock.present, sequence: this.nextSequence++ };
    this.outbox.push({ ...event, ...stamp } as PlantEvent);
  }
}

/** How a command is called in the record. */
function nameOf(command: PlantCommand): string {
  switch (command.kind) {
    case 'invoke':
      return command.command;
    case 'write':
      return `write ${command.signal}`;
    case 'fault':
      return `fault ${command.fault}`;
    case 'force':
      return `force ${command.signal}`;
    case 'acknowledge':
      return `acknowledge ${command.alarm}`;
  }
}
