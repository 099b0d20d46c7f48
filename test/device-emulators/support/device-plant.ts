import { FILL_NAMES } from '../../../src/bio-models/starting-materials.ts';
import type { AnyDeviceDefinition } from '../../../src/device-emulators/definition/device.ts';
import { microsFromSeconds } from '../../../src/kernel/time.ts';
import type { Value } from '../../../src/kernel/plant-contract.ts';
import { buildTwin } from '../../../src/main/plant-assembly.ts';
import { loadScene } from '../../../src/twin/scene/load-scene.ts';
import type { Twin } from '../../../src/twin/twin.ts';

/** A small real plant around the devices under test. */
export interface DevicePlant {
  readonly twin: Twin;
  /** Gives a command in declared units; the refusal's code, or an empty text when accepted. */
  give(device: string, command: string, parameters?: Readonly<Record<string, Value>>): string;
  /** Gives a command and waits up to two hours for its end: the state, or the code it ended in. */
  run(device: string, command: string, parameters?: Readonly<Record<string, Value>>): string;
  advance(seconds: number): void;
  /** Value of a signal as clients see it. */
  read(device: string, signal: string): Value;
  /** Names of a device's active alarms. */
  alarms(device: string): readonly string[];
}

/**
 * Builds the twin of a scene with one hall of grade A.
 *
 * @param rest the scene's `devices`, `vessels` and `lines` as YAML
 */
export function devicePlant(
  definitions: readonly AnyDeviceDefinition[],
  rest: string,
  seed = 1,
): DevicePlant {
  const yaml = `doppel: 1
name: bench
title: Bench
epoch: 2026-01-05T06:00:00Z
zones:
  hall: { title: Hall, grade: A, min: [0 m, 0 m, 0 m], max: [9 m, 9 m, 3 m], pressure: 15 Pa, temperature: 21 degC, humidity: 45 %, airChanges: 20 /h }
${rest}`;
  const loaded = loadScene(yaml, 'bench.yaml', {
    definitions: new Map(definitions.map((d) => [d.type, d])),
    liquids: new Set(FILL_NAMES),
  });
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  const twin = buildTwin(loaded.scene, seed);
  const plant: DevicePlant = {
    twin,
    give: (device, command, parameters = {}) => {
      const outcome = twin.execute({
        kind: 'invoke',
        client: 'test',
        sequence: 0,
        device,
        command,
        parameters,
      });
      return outcome.ok ? '' : outcome.error.code;
    },
    run: (device, command, parameters) => {
      const code = plant.give(device, command, parameters);
      if (code !== '') return code;
      const { operation } = twin.runtime(device);
      const end = twin.now + microsFromSeconds(7200);
      while (twin.runtime(device).operation.state === 'running' && twin.now < end) {
        twin.advanceTo(twin.now + microsFromSeconds(0.5));
      }
      const now = twin.runtime(device).operation;
      return now.number === operation.number && now.error !== '' ? now.error : now.state;
    },
    advance: (seconds) => {
      twin.advanceTo(twin.now + microsFromSeconds(seconds));
    },
    read: (device, signal) => {
      const reading = twin.read(device, signal);
      if (reading === undefined) throw new Error(`no signal ${device}.${signal}`);
      return reading.value;
    },
    alarms: (device) =>
      [...twin.runtime(device).alarms.values()].filter((a) => a.active).map((a) => a.alarm),
  };
  return plant;
}
