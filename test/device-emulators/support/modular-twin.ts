import { LIQUID_NAMES } from '../../../src/bio-models/liquids.ts';
import type { Value, Violation } from '../../../src/kernel/plant-contract.ts';
import { deviceDefinitions } from '../../../src/main/device-registry.ts';
import { buildTwin } from '../../../src/main/plant-assembly.ts';
import { loadScene } from '../../../src/twin/scene/load-scene.ts';
import type { Twin } from '../../../src/twin/twin.ts';
import { plainModule } from './plain-module.ts';

/** A twin of some modules, with the verbs of a test. */
export interface ModularTwin {
  readonly twin: Twin;
  /** Violations so far. */
  readonly violations: readonly Violation[];
  /** Gives a command in declared units; the refusal's code, or an empty text when accepted. */
  give(device: string, command: string, parameters?: Readonly<Record<string, Value>>): string;
  /** Gives a command and waits for its end; the operation's state, or the refusal's code. */
  run(device: string, command: string, parameters?: Readonly<Record<string, Value>>): string;
  write(device: string, signal: string, value: Value): boolean;
  fault(device: string, fault: string, active: boolean): void;
  advance(seconds: number): void;
  read(device: string, signal: string): Value;
  /** Names of a device's active alarms. */
  alarms(device: string): readonly string[];
  /** Puts a vessel into a place, as a robot does. */
  move(vessel: string, place: string): void;
  /** Volume of a vessel [m3]. */
  volume(vessel: string): number;
  amounts(vessel: string): Float64Array;
  /** Largest relative error of a conserved amount. */
  imbalance(): number;
}

/**
 * Builds a twin from the `devices`, `vessels` and `supplies` of a scene; all stand in one hall. Besides
 * the registered types there is `plain-module`.
 *
 * @param rest sections of a scene file, beginning with `devices:`
 */
export function modularTwin(rest: string, grade = 'C'): ModularTwin {
  const yaml = `doppel: 1
name: modular
title: Modules
epoch: 2026-01-05T06:00:00Z
zones:
  hall: { title: Hall, grade: ${grade}, min: [0 m, 0 m, 0 m], max: [12 m, 12 m, 6 m], pressure: 15 Pa, temperature: 21 degC, humidity: 45 %, airChanges: 20 /h }
${rest}`;
  const loaded = loadScene(yaml, 'modular.yaml', {
    definitions: new Map([...deviceDefinitions(), [plainModule.type, plainModule]]),
    liquids: new Set(LIQUID_NAMES),
  });
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems, null, 1));
  const twin = buildTwin(loaded.scene, 1);
  const violations: Violation[] = [];
  const collect = (): void => {
    for (const event of twin.takeEvents()) {
      if (event.type === 'observer.violation') violations.push(event.violation);
    }
  };
  const common = (device: string) => ({ client: 'test', sequence: 0, device });

  const bench: ModularTwin = {
    twin,
    get violations() {
      collect();
      return violations;
    },
    give: (device, command, parameters = {}) => {
      const outcome = twin.execute({ ...common(device), kind: 'invoke', command, parameters });
      return outcome.ok ? '' : outcome.error.code;
    },
    run: (device, command, parameters) => {
      const refused = bench.give(device, command, parameters);
      if (refused !== '') return refused;
      const runtime = twin.runtime(device);
      while (runtime.operation.state === 'running') {
        if (!Number.isFinite(twin.nextEventTime)) throw new Error(`${command} never ends`);
        twin.advanceTo(twin.nextEventTime);
      }
      return runtime.operation.state;
    },
    write: (device, signal, value) =>
      twin.execute({ ...common(device), kind: 'write', signal, value }).ok,
    fault: (device, fault, active) => {
      twin.execute({ ...common(device), kind: 'fault', fault, active });
    },
    advance: (seconds) => {
      twin.advanceTo(twin.now + Math.round(seconds * 1e6));
    },
    read: (device, signal) => {
      const reading = twin.read(device, signal);
      if (reading === undefined) throw new Error(`no signal ${device}.${signal}`);
      return reading.value;
    },
    alarms: (device) =>
      [...twin.runtime(device).alarms.values()]
        .filter(({ active }) => active)
        .map(({ alarm }) => alarm)
        .sort(),
    move: (vessel, place) => {
      twin.plant.move(twin.plant.vessel(vessel), { at: 'place', place }, twin.now);
    },
    volume: (vessel) => twin.plant.volumeAt(twin.plant.vessel(vessel), twin.now),
    amounts: (vessel) => {
      const out = new Float64Array(twin.plant.speciesCount);
      twin.plant.project(twin.plant.vessel(vessel), twin.now, out);
      return out;
    },
    imbalance: () => twin.massBalance.worst(twin.plant, twin.now).relativeError,
  };
  return bench;
}
