import { describe, expect, it } from 'vitest';
import { ERROR_CATALOGUE, type ErrorCode } from '../../src/kernel/error-catalogue.ts';
import { fromSi } from '../../src/kernel/units.ts';
import { MICROS_PER_HOUR, MICROS_PER_SECOND, type Micros } from '../../src/kernel/time.ts';
import type { CommandOutcome, Value } from '../../src/kernel/plant-contract.ts';
import { faultsOf, sensorFaultOf } from '../../src/device-emulators/definition/faults.ts';
import { describeDevice } from '../../src/device-emulators/definition/describe.ts';
import type {
  AnyConfig,
  AnyDeviceDefinition,
  DeviceState,
  EffectContext,
} from '../../src/device-emulators/definition/device.ts';
import { deviceDefinitions } from '../../src/main/device-registry.ts';
import type { Scene } from '../../src/twin/scene/scene.ts';
import type { Twin } from '../../src/twin/twin.ts';
import { FURNITURE, sceneWith, twinWith, valuesFor } from './support/furnished.ts';

/** Longest time that any operation may take with the parameters given here. */
const LONGEST = 101 * MICROS_PER_HOUR;

/** Events of one operation that are looked into for new states. */
const MOST_EVENTS = 30;

/** In the midst of what takes some time. */
const SOON = 3 * MICROS_PER_SECOND;

/** Refusals that any command may meet without declaring them. */
const GENERAL: readonly ErrorCode[] = [
  'INVALID_PARAMETER',
  'OUT_OF_RANGE',
  'BUSY',
  'WRONG_STATE',
  'DEVICE_ERROR',
  'NOTHING_TO_ABORT',
];

/** Bound of the search, in the breadth of which each state of a machine comes up. */
const MOST_STATES = 12;

interface Step {
  readonly command: string;
  readonly parameters: Readonly<Record<string, Value>>;
  /** How long to wait afterwards. */
  readonly wait: Micros;
}

function give(twin: Twin, { command, parameters }: Omit<Step, 'wait'>): CommandOutcome {
  return twin.execute({
    kind: 'invoke',
    client: 'test',
    sequence: 0,
    device: 'thing',
    command,
    parameters,
  });
}

/** Every command with its usual parameters, then with one parameter at a time changed. */
function callsOf(definition: AnyDeviceDefinition, twin: Twin): Omit<Step, 'wait'>[] {
  return Object.entries(definition.commands).flatMap(([command, declaration]) => {
    const choices = Object.entries(declaration.parameters).map(
      ([name, field]) => [name, valuesFor(field, twin)] as const,
    );
    const usual = Object.fromEntries(choices.map(([name, values]) => [name, values[0] ?? '']));
    const others = choices.flatMap(([name, values]) =>
      values.slice(1).map((value) => ({ command, parameters: { ...usual, [name]: value } })),
    );
    return [{ command, parameters: usual }, ...others];
  });
}

/** Every command with its usual parameters. */
function usualCallsOf(definition: AnyDeviceDefinition, twin: Twin): Omit<Step, 'wait'>[] {
  const calls = callsOf(definition, twin);
  return Object.keys(definition.commands).flatMap(
    (name) => calls.find(({ command }) => command === name) ?? [],
  );
}

function follow(scene: Scene, path: readonly Step[]): Twin {
  const twin = twinWith(scene);
  for (const step of path) {
    give(twin, step);
    twin.advanceTo(twin.now + step.wait);
  }
  return twin;
}

/** States of a device that are told apart: its machine's, with doors, lines and vessels around it. */
function stateOf(twin: Twin): string {
  const { vessels, lines, places } = twin.plant.state;
  const around = [
    ...[...lines.values()].map(({ connected }) => connected),
    ...[...places].flatMap(([name, { open }]) => (name.startsWith('thing.') ? [open] : [])),
    ...[...vessels.values()].map(({ whereabouts, capped, sealed }) =>
      [whereabouts.at === 'place' ? whereabouts.place : whereabouts.at, capped, sealed].join(),
    ),
  ];
  return `${twin.runtime('thing').stateName} ${around.join(' ')}`;
}

/** A way to every state that the machine gets into by commands and time, {@link MOST_STATES} at most. */
function reachableStates(
  definition: AnyDeviceDefinition,
  scene: Scene,
): ReadonlyMap<string, readonly Step[]> {
  const start = twinWith(scene);
  const calls = callsOf(definition, start);
  const found = new Map<string, readonly Step[]>([[stateOf(start), []]]);
  const open: (readonly Step[])[] = [[]];
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    for (const call of calls) {
      const twin = follow(scene, path);
      const begin = twin.now;
      if (!give(twin, call).ok) continue;
      for (let event = 0; event < MOST_EVENTS; event++) {
        const state = stateOf(twin);
        if (!found.has(state) && found.size < MOST_STATES) {
          const longer = [...path, { ...call, wait: twin.now - begin }];
          found.set(state, longer);
          open.push(longer);
        }
        if (twin.nextEventTime > begin + LONGEST) break;
        twin.advanceTo(twin.nextEventTime);
      }
    }
  }
  return found;
}

function expectReadable(definition: AnyDeviceDefinition, twin: Twin, where: string): void {
  for (const [name, signal] of Object.entries(definition.signals)) {
    const reading = twin.read('thing', name);
    const value = reading?.value;
    const place = `${name} ${where}`;
    if (signal.kind === 'number') {
      expect(value, place).toBeGreaterThanOrEqual(signal.range[0]);
      expect(value, place).toBeLessThanOrEqual(signal.range[1]);
      expect(reading?.quality, place).not.toBe(2);
      const truth = definition.read[name]?.(twin.runtime('thing').readContext());
      expect(Number.isFinite(fromSi(Number(truth), signal.unit)), place).toBe(true);
    } else if (signal.kind === 'integer') {
      expect(Number.isInteger(value), place).toBe(true);
      expect(value, place).toBeGreaterThanOrEqual(signal.range[0]);
      expect(value, place).toBeLessThanOrEqual(signal.range[1]);
    } else if (signal.kind === 'enum') {
      expect(signal.values, place).toContain(value);
    } else {
      expect(typeof value, place).toBe(signal.kind === 'boolean' ? 'boolean' : 'string');
    }
  }
  for (const [name, read] of Object.entries(definition.channels)) {
    expect(Number.isFinite(read(twin.runtime('thing').readContext())), name).toBe(true);
  }
}

describe.each([...deviceDefinitions().values()].map((d) => [d.type, d] as const))(
  '%s',
  (_, definition) => {
    it('is described in full', () => {
      const [thing] = sceneWith(definition, 'capped').devices;
      if (thing === undefined) throw new Error('the scene has no device');
      const description = describeDevice(definition, thing);
      expect(description.identity.manufacturer).toContain('SIMULATED');
      expect(description.signals.length).toBeGreaterThan(0);
      expect(definition.description).not.toBe('');
      for (const alarm of description.alarms) {
        expect(alarm.cause).not.toBe('');
        expect(alarm.action).not.toBe('');
      }
    });

    it.each(FURNITURE)(
      'answers every command in every reachable state, shows finite signals, and ends (%s)',
      (furniture) => {
        const scene = sceneWith(definition, furniture);
        const states = reachableStates(definition, scene);
        for (const [described, path] of states) {
          const state = described.split(' ')[0] ?? '';
          expectReadable(definition, follow(scene, path), `in ${state}`);
          for (const call of callsOf(definition, twinWith(scene))) {
            const twin = follow(scene, path);
            const where = `${call.command} ${JSON.stringify(call.parameters)} in ${state}`;
            const outcome = give(twin, call);
            const declared = definition.commands[call.command]?.errors ?? [];
            if (!outcome.ok) {
              const { code, message } = outcome.error;
              expect(Object.keys(ERROR_CATALOGUE), where).toContain(code);
              expect([...GENERAL, ...declared], where).toContain(code);
              expect(message, where).not.toBe('');
            }
            expectReadable(definition, twin, `after ${where}`);
            const end = twin.now + LONGEST;
            while (twin.runtime('thing').operation.state === 'running' && twin.nextEventTime < end)
              twin.advanceTo(twin.nextEventTime);
            const { operation } = twin.runtime('thing');
            expect(operation.state, where).not.toBe('running');
            if (operation.error === '') continue;
            const errors = definition.commands[operation.command]?.errors ?? [];
            expect([...errors, 'ABORTED'], where).toContain(operation.error);
            expect(operation.message, where).not.toBe('');
          }
        }
      },
    );

    it('outlives every fault in the midst of every command, and works or answers afterwards', () => {
      const scene = sceneWith(definition, 'capped');
      const faults = [...faultsOf(definition).keys()];
      const calls = [undefined, ...usualCallsOf(definition, twinWith(scene))];
      const setFault = (twin: Twin, fault: string, active: boolean): void => {
        const command = { kind: 'fault', device: 'thing', fault, active } as const;
        expect(twin.execute({ ...command, client: 'test', sequence: 0 }).ok, fault).toBe(true);
      };
      for (const fault of faults) {
        const aboutSensor = sensorFaultOf(definition, fault) !== undefined;
        for (const call of aboutSensor ? calls.slice(0, 1) : calls) {
          const where = `${fault} after ${call?.command ?? 'nothing'}`;
          const twin = twinWith(scene);
          if (call !== undefined) give(twin, call);
          twin.advanceTo(twin.now + SOON);
          setFault(twin, fault, true);
          expect(twin.runtime('thing').activeFaults, where).toContain(fault);
          for (const other of calls) {
            if (other === undefined) continue;
            const outcome = give(twin, other);
            if (!outcome.ok) expect(Object.keys(ERROR_CATALOGUE)).toContain(outcome.error.code);
            twin.advanceTo(twin.now + SOON);
            expectReadable(definition, twin, where);
          }
          twin.advanceTo(twin.now + LONGEST);
          expect(twin.runtime('thing').operation.state, where).not.toBe('running');
          setFault(twin, fault, false);
          twin.advanceTo(twin.now + LONGEST);
          expect(twin.runtime('thing').activeFaults, where).toEqual([]);
          expectReadable(definition, twin, `after ${where}`);
        }
      }
    });

    it('lets every alarm be acknowledged', () => {
      const twin = twinWith(sceneWith(definition, 'bare'));
      const runtime = twin.runtime('thing');
      const context = runtime.readContext() as EffectContext<AnyConfig, DeviceState>;
      const acknowledge = (alarm: string): boolean =>
        twin.execute({
          kind: 'acknowledge',
          client: 'test',
          sequence: 0,
          device: 'thing',
          alarm,
          comment: '',
        }).ok;
      for (const alarm of Object.keys(definition.alarms)) {
        context.setAlarm(alarm, false);
        acknowledge(alarm);
        context.setAlarm(alarm, true, 'test');
        expect(acknowledge(alarm), alarm).toBe(true);
        expect(runtime.alarms.get(alarm), alarm).toMatchObject({
          active: true,
          acknowledged: true,
        });
        context.setAlarm(alarm, false);
        expect(runtime.alarms.has(alarm), alarm).toBe(false);
      }
      expect(acknowledge('noSuchAlarm')).toBe(false);
    });

    it('takes every input in its unit and shows it again', () => {
      const twin = twinWith(sceneWith(definition, 'bare'));
      const write = (signal: string, value: Value): boolean =>
        twin.execute({ kind: 'write', client: 'test', sequence: 0, device: 'thing', signal, value })
          .ok;
      for (const [name, signal] of Object.entries(definition.signals)) {
        if (signal.direction !== 'input') {
          expect(write(name, twin.read('thing', name)?.value ?? 0), name).toBe(false);
        } else if (signal.kind === 'number' || signal.kind === 'integer') {
          const [low, high] = signal.range;
          const middle =
            signal.kind === 'integer' ? Math.floor((low + high) / 2) : (low + high) / 2;
          const step = signal.kind === 'number' ? signal.resolution : 0;
          for (const value of [low, middle, high]) {
            expect(write(name, value), name).toBe(true);
            const shown = Number(twin.read('thing', name)?.value);
            expect(Math.abs(shown - value), name).toBeLessThanOrEqual(step / 2 + 1e-9 * high);
          }
          expect(write(name, high + 1), name).toBe(false);
          expect(write(name, Number.NaN), name).toBe(false);
        } else if (signal.kind === 'enum') {
          for (const value of signal.values) {
            expect(write(name, value), name).toBe(true);
            expect(twin.read('thing', name)?.value, name).toBe(value);
          }
        } else {
          const value = signal.kind === 'boolean' ? true : 'text';
          expect(write(name, value), name).toBe(true);
          expect(twin.read('thing', name)?.value, name).toBe(value);
        }
      }
    });
  },
);
