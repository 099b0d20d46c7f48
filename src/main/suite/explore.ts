import { stringify } from 'yaml';
import { relative, dirname } from 'node:path';
import {
  BREAKDOWN,
  JAM,
  POWER_LOSS,
  SLOW,
  sensorFaultOf,
} from '../../device-emulators/definition/faults.ts';
import type { Scene } from '../../twin/scene/scene.ts';
import { possibleEncounters } from '../../twin/coverage.ts';
import type { Case, CaseResult } from './case.ts';
import type { CoverageReport } from './coverage-report.ts';

/** How long a fault lasts in a scenario that nobody has thought about; assumed. */
const LASTS = '20 min';
const SENSOR_LASTS = '4 h';

/**
 * A suite with a scenario for each fault that no run has had: the fault strikes a device of the type when it is
 * first given something to do, or on the third day where it is given nothing. What is expected is what the
 * plant's rules demand; whoever takes a scenario over says more.
 *
 * @param example a case of the plant: scene, control and end are taken over
 * @param path where the suite will lie
 */
export function exploringSuite(
  example: Case,
  scene: Scene,
  coverage: CoverageReport,
  path: string,
): { readonly text: string; readonly count: number } {
  const { scene: file, control, set, until } = example;
  const scenarios = coverage.types.flatMap(({ type, title, missing }) => {
    const device = scene.devices.find(({ definition }) => definition.type === type);
    if (device === undefined) return [];
    const { commands } = device.definition;
    // Whether the control software gave such devices anything to do.
    const isUsed = possibleEncounters(device.definition).transitions.some((transition) => {
      const command = commands[transition.split(' ').at(-1) ?? ''];
      return command?.execution === 'timed' && !missing.transitions.includes(transition);
    });
    return missing.faults.map((fault) => {
      const aboutSensor = sensorFaultOf(device.definition, fault) !== undefined;
      const occasion =
        isUsed && !aboutSensor
          ? { when: `event device.operation.started ${device.id}` }
          : { at: '3 d' };
      const name = `${device.id}-${kebab(fault)}`;
      const lasts = aboutSensor ? SENSOR_LASTS : LASTS;
      return [
        name,
        {
          title: `${title}: ${wordsOf(fault)}`,
          disturbances: [{ fault: `${device.id}.${fault}`, ...occasion, lasts }],
        },
      ] as const;
    });
  });
  const suite = {
    doppel: 1,
    title: `Faults that no run of ${scene.title} has had`,
    scene: relative(dirname(path), file),
    ...(set.length === 0 ? {} : { set: Object.fromEntries(set) }),
    control,
    ...(until === undefined ? {} : { until: `${until} us` }),
    scenarios: Object.fromEntries(scenarios),
  };
  return { text: stringify(suite, { lineWidth: 0 }), count: scenarios.length };
}

/** A case whose run went through, to take the plant from. */
export function exampleOf(
  cases: readonly Case[],
  results: readonly CaseResult[],
): Case | undefined {
  return cases.find(({ suite, scenario, seed }) =>
    results.some(
      (result) =>
        result.suite === suite &&
        result.scenario === scenario &&
        result.seed === seed &&
        result.outcome !== 'error',
    ),
  );
}

function wordsOf(fault: string): string {
  const general: Readonly<Record<string, string>> = {
    [BREAKDOWN]: 'breaks down',
    [POWER_LOSS]: 'loses power',
    [JAM]: 'jams',
    [SLOW]: 'responds slowly',
  };
  return general[fault] ?? kebab(fault).replaceAll('-', ' ');
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
