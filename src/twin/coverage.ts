import type { AnyStateNode } from 'xstate';
import { alarmsOf, faultsOf } from '../device-emulators/definition/faults.ts';
import type { AnyDeviceDefinition } from '../device-emulators/definition/device.ts';
import type { PlantEvent } from '../kernel/plant-contract.ts';
import type { Twin } from './twin.ts';

/**
 * What control software can meet with a type of device: states of its machine, events that it takes in them,
 * refusals and failures by command and code, alarms, faults.
 */
export interface Encounters {
  readonly states: readonly string[];
  readonly transitions: readonly string[];
  readonly refusals: readonly string[];
  readonly alarms: readonly string[];
  readonly faults: readonly string[];
}

export const ENCOUNTER_KINDS = ['states', 'transitions', 'refusals', 'alarms', 'faults'] as const;

/** By device type. */
export type Coverage = Readonly<Record<string, Encounters>>;

/** Clients that are not the control software. */
const OUTSIDERS: ReadonlySet<string> = new Set(['plan', 'intervention', 'scenario']);

/** All that there is to be met with a type of device, by its declaration. */
export function possibleEncounters(definition: AnyDeviceDefinition): Encounters {
  const { machine, commands } = definition;
  return {
    states: leavesOf(machine.root),
    transitions: [...transitionsOf(machine.root)],
    // Whatever takes its time may fail because the device does.
    refusals: Object.entries(commands).flatMap(([name, { errors, execution }]) =>
      [...new Set([...errors, ...(execution === 'timed' ? ['MALFUNCTION'] : [])])].map(
        (code) => `${name} ${code}`,
      ),
    ),
    alarms: Object.keys(alarmsOf(definition)),
    faults: [...faultsOf(definition).keys()],
  };
}

/** Notes what is met with the devices of a twin from now on. */
export class CoverageRecorder {
  private readonly met = new Map<string, Record<(typeof ENCOUNTER_KINDS)[number], Set<string>>>();
  /** Transitions by type that have been looked up already. */
  private readonly known = new Map<string, ReadonlySet<string>>();
  private readonly twin: Twin;

  constructor(twin: Twin) {
    this.twin = twin;
    for (const { device, stateName } of twin.devices.values()) {
      const { type, machine } = device.definition;
      if (!this.known.has(type)) this.known.set(type, transitionsOf(machine.root));
      this.of(type).states.add(stateName);
    }
    twin.trace = (id, from, event, to) => {
      const { type } = twin.runtime(id).device.definition;
      const met = this.of(type);
      met.states.add(to);
      const declared = this.known.get(type);
      for (let path = from; ; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
        const name = nameOf(path, event);
        if (declared?.has(name) === true) met.transitions.add(name);
        if (declared?.has(name) === true || path === '') return;
      }
    };
  }

  /** Takes note of what has happened. */
  follow(events: readonly PlantEvent[]): void {
    for (const event of events) {
      const runtime = this.twin.devices.get(event.device);
      if (runtime === undefined) continue;
      const met = this.of(runtime.device.definition.type);
      if (event.type === 'alarm.raised') met.alarms.add(event.alarm);
      else if (event.type === 'fault.began') met.faults.add(event.fault);
      else if (event.type === 'device.operation.failed') {
        met.refusals.add(`${event.command} ${event.code}`);
      } else if (event.type === 'device.command.refused' && !OUTSIDERS.has(event.client)) {
        met.refusals.add(`${event.command} ${event.code}`);
      }
    }
  }

  /** What has been met so far; only what the declarations know of counts. */
  get coverage(): Coverage {
    const found: Record<string, Encounters> = {};
    for (const { device } of this.twin.devices.values()) {
      const { definition } = device;
      const met = this.of(definition.type);
      if (found[definition.type] !== undefined) continue;
      const possible = possibleEncounters(definition);
      found[definition.type] = eachKind((kind) =>
        possible[kind].filter((name) => met[kind].has(name)),
      );
    }
    return found;
  }

  private of(type: string): Record<(typeof ENCOUNTER_KINDS)[number], Set<string>> {
    const known = this.met.get(type);
    if (known !== undefined) return known;
    const fresh = eachKind(() => new Set<string>());
    this.met.set(type, fresh);
    return fresh;
  }
}

function eachKind<T>(
  make: (kind: (typeof ENCOUNTER_KINDS)[number]) => T,
): Record<(typeof ENCOUNTER_KINDS)[number], T> {
  return Object.fromEntries(ENCOUNTER_KINDS.map((kind) => [kind, make(kind)])) as Record<
    (typeof ENCOUNTER_KINDS)[number],
    T
  >;
}

/** What was met in one or the other. */
export function joinCoverage(a: Coverage, b: Coverage): Coverage {
  const types = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries(
    [...types].map((type) => [
      type,
      eachKind((kind) => [...new Set([...(a[type]?.[kind] ?? []), ...(b[type]?.[kind] ?? [])])]),
    ]),
  );
}

function leavesOf(node: AnyStateNode): readonly string[] {
  const children = Object.values(node.states) as AnyStateNode[];
  return children.length === 0 ? [node.path.join('.')] : children.flatMap(leavesOf);
}

/** `state event` for all that a machine takes, `event` where it takes it in every state. */
function transitionsOf(node: AnyStateNode): ReadonlySet<string> {
  const own = [...node.transitions.keys()].map((event) => nameOf(node.path.join('.'), event));
  const inner = (Object.values(node.states) as AnyStateNode[]).flatMap((child) => [
    ...transitionsOf(child),
  ]);
  return new Set([...own, ...inner]);
}

/** An event of time is called by its delay. */
function nameOf(state: string, event: string): string {
  const delay = /^xstate\.after\.([^.]+)\./.exec(event)?.[1];
  return `${state} ${delay === undefined ? event : `after ${delay}`}`.trim();
}
