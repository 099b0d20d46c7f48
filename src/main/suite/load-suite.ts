import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import {
  type LocatedProblem,
  parseLocated,
  type Report,
} from '../../control/recipe/located-yaml.ts';
import { type Check, parseCheck } from '../../kernel/check.ts';
import { parseCondition } from '../../kernel/condition.ts';
import type { PlannedCommand, PlantDescription } from '../../kernel/plant-contract.ts';
import { type Micros, parseDuration } from '../../kernel/time.ts';
import { faultsOf } from '../../device-emulators/definition/faults.ts';
import type { Occasion } from '../../twin/plans.ts';
import { problemOf } from '../../twin/commands.ts';
import type { Twin } from '../../twin/twin.ts';
import { parseTimeMode } from '../twin-thread/time-control.ts';
import { buildTwin } from '../plant-assembly.ts';
import { CliError } from '../cli/exit-codes.ts';
import type { Case, Disturbance } from './case.ts';
import { openingOf, productionOfCase } from './case-plant.ts';
import {
  type ControlText,
  type DisturbanceText,
  type ScenarioText,
  type SuiteText,
  suiteSchema,
} from './schema.ts';

export type SuitesResult =
  | { readonly cases: readonly Case[] }
  | { readonly problems: readonly LocatedProblem[] };

/** Longest run of a case [s of wall clock] when nothing else is said. */
const TIMEOUT = 300;
const MANUAL = 'docs/suites.md';

/** Cases of suites, each given by the path of a file or of a folder of such. All problems are reported together. */
export function loadSuites(paths: readonly string[]): SuitesResult {
  const cases: Case[] = [];
  const problems: LocatedProblem[] = [];
  const plants = new Map<string, Plant>();
  for (const path of paths) {
    for (const file of filesOf(path, problems)) {
      const loaded = loadSuite(file, plants);
      if ('problems' in loaded) problems.push(...loaded.problems);
      else cases.push(...loaded.cases);
    }
  }
  return problems.length > 0 ? { problems } : { cases };
}

function filesOf(path: string, problems: LocatedProblem[]): readonly string[] {
  const wrong = (message: string): readonly string[] => {
    const remedy = 'Give the path of a suite, or of a folder with suites (*.yaml).';
    problems.push({ file: path, line: 0, path: '', message, remedy });
    return [];
  };
  if (!existsSync(path)) return wrong('there is no such file or folder');
  if (!statSync(path).isDirectory()) return [path];
  const found = readdirSync(path).filter((name) => name.endsWith('.yaml'));
  return found.length === 0
    ? wrong('the folder has no suites')
    : found.sort().map((name) => join(path, name));
}

function loadSuite(file: string, plants: Map<string, Plant>): SuitesResult {
  const parsed = parseLocated(readFileSync(file, 'utf8'), file, suiteSchema, MANUAL);
  if (!('data' in parsed)) return parsed;
  const { data, problems, report } = parsed;
  const cases = Object.entries(data.scenarios).flatMap(([name, own]) =>
    new ScenarioReader(file, data, name, own, plants, report).read(),
  );
  return problems.length > 0 ? { problems } : { cases };
}

/** A plant that scenarios are checked against. */
interface Plant {
  readonly twin: Twin;
  readonly description: PlantDescription;
}

/** Reads one scenario, with what its suite says for all. */
class ScenarioReader {
  private readonly file: string;
  private readonly name: string;
  private readonly suite: SuiteText;
  private readonly own: ScenarioText;
  private readonly plants: Map<string, Plant>;
  private readonly reportAt: Report;

  constructor(
    file: string,
    suite: SuiteText,
    name: string,
    own: ScenarioText,
    plants: Map<string, Plant>,
    report: Report,
  ) {
    this.file = file;
    this.suite = suite;
    this.name = name;
    this.own = own;
    this.plants = plants;
    this.reportAt = report;
  }

  read(): readonly Case[] {
    const { own, suite, file, name } = this;
    const scenePath = own.scene ?? suite.scene;
    if (scenePath === undefined) {
      return this.wrong('scene', 'no scene is given', 'Name one here or for the whole suite.');
    }
    const scene = resolve(dirname(file), scenePath);
    const set = Object.entries({ ...suite.set, ...own.set }).map(
      ([key, value]) => [key, String(value)] as const,
    );
    const control = own.control ?? suite.control ?? {};
    const until = this.duration('until', own.until ?? suite.until);
    try {
      const plant = this.plantOf(scene, set);
      this.checkControl(control, plant, scene, until);
      const disturbances = [...(suite.disturbances ?? []), ...(own.disturbances ?? [])].flatMap(
        (given, i) => this.disturbancesOf(given, i - (suite.disturbances ?? []).length, plant),
      );
      const checks = Object.entries({ ...suite.checks, ...own.checks }).flatMap(
        ([key, given]): readonly Check[] => {
          const check = parseCheck(key, given, plant.description);
          if (check.ok) return [check.value];
          return this.wrong(`checks.${key}`, check.error.message, `See ${MANUAL}.`);
        },
      );
      const { seeds = [1], timeout = TIMEOUT } = { ...suite, ...own };
      return seeds.map((seed) => ({
        ...{ suite: basename(file, '.yaml'), scenario: name, title: own.title, file, seed },
        ...{ scene, set, control, timeout, disturbances, checks },
        ...(until === undefined ? {} : { until }),
        expect: { ...suite.expect, ...own.expect },
      }));
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      return this.wrong('', error.message, 'Mend this first.');
    }
  }

  private wrong(path: string, message: string, remedy: string): readonly never[] {
    const parts = path === '' ? [] : path.split('.');
    this.reportAt(['scenarios', this.name, ...parts], message, remedy);
    return [];
  }

  private duration(path: string, text: string | undefined): Micros | undefined {
    if (text === undefined) return undefined;
    const micros = parseDuration(text);
    if (micros === undefined) {
      this.wrong(path, `"${text}" is no duration`, 'Write "90 s", "30 min" or "7 d".');
    }
    return micros;
  }

  private plantOf(scene: string, set: Case['set']): Plant {
    const key = JSON.stringify([scene, set]);
    const known = this.plants.get(key);
    if (known !== undefined) return known;
    const opening = openingOf({ scene, set, seed: 1 });
    const twin = buildTwin(opening.scene, opening.seed);
    const plant = { twin, description: twin.describe() };
    this.plants.set(key, plant);
    return plant;
  }

  private checkControl(
    control: ControlText,
    { twin }: Plant,
    scene: string,
    until: Micros | undefined,
  ): void {
    if (control === 'none') {
      if (until === undefined) {
        this.wrong('control', 'nobody controls the plant, and there is no end', 'Say "until".');
      }
      return;
    }
    if ('command' in control) {
      this.checkServed(control);
      return;
    }
    if (control.demand !== undefined && until === undefined) {
      this.wrong('control', 'orders come for ever', 'Say "until".');
    }
    productionOfCase(
      { scene, control, seed: 1, ...(until === undefined ? {} : { until }) },
      twin.scene,
    );
  }

  private checkServed({ time }: Extract<ControlText, { command: string }>): void {
    const { complete, failed, reason, record, product } = {
      ...this.suite.expect,
      ...this.own.expect,
    };
    if ([complete, failed, reason, record, product].some((value) => value !== undefined)) {
      const message = 'only the reference control software tells of batches';
      this.wrong('expect', message, 'Say what is to come of it by checks.');
    }
    if (parseTimeMode(time) === undefined) {
      const remedy = 'Use lockstep, realtime, max or a factor from 0.1 to 1000000.';
      this.wrong('control', `"${time}" is no mode of time`, remedy);
    }
  }

  private disturbancesOf(
    given: DisturbanceText,
    index: number,
    plant: Plant,
  ): readonly Disturbance[] {
    // What the suite says for all stands before what the scenario says.
    const place = index < 0 ? 'title' : `disturbances.${index}`;
    const occasion = this.occasionOf(given, place, plant.description);
    const lasts = 'lasts' in given ? this.duration(`${place}.lasts`, given.lasts) : undefined;
    return this.commandsOf(given, place, plant).map((command) => ({
      text: JSON.stringify(given),
      command,
      occasion,
      ...(lasts === undefined ? {} : { lasts }),
    }));
  }

  private occasionOf(given: DisturbanceText, place: string, plant: PlantDescription): Occasion {
    const { at, when } = given;
    if (at !== undefined && when !== undefined) {
      this.wrong(place, 'both "at" and "when" are given', 'Say one of them.');
    }
    if (when === undefined) return { at: this.duration(`${place}.at`, at) ?? 0 };
    const condition = parseCondition(when, plant);
    if (condition.ok) return { when: condition.value, text: when };
    this.wrong(`${place}.when`, condition.error.message, `See ${MANUAL}.`);
    return { at: 0 };
  }

  private commandsOf(
    given: DisturbanceText,
    place: string,
    { twin }: Plant,
  ): readonly PlannedCommand[] {
    if ('zone' in given) {
      const devices = twin.scene.devices.filter(
        ({ zone, definition }) => zone === given.zone && faultsOf(definition).has(given.fault),
      );
      if (devices.length === 0) {
        const zones = twin.scene.zones.map(({ id }) => id).join(', ');
        this.wrong(
          place,
          `no device of zone ${given.zone} has the fault ${given.fault}`,
          `There are the zones ${zones}.`,
        );
      }
      return devices.map(({ id }) => ({
        ...{ kind: 'fault', device: id, fault: given.fault, active: true },
      }));
    }
    const path = 'fault' in given ? given.fault : 'force' in given ? given.force : given.person;
    const dot = path.lastIndexOf('.');
    const [device, name] = [path.slice(0, Math.max(0, dot)), path.slice(dot + 1)];
    const ramp = 'force' in given ? this.duration(`${place}.ramp`, given.ramp) : undefined;
    const command: PlannedCommand =
      'fault' in given
        ? { kind: 'fault', device, fault: name, active: true }
        : 'force' in given
          ? {
              ...{ kind: 'force', device, signal: name, value: given.value },
              ...(ramp === undefined ? {} : { ramp }),
            }
          : { kind: 'invoke', device, command: name, parameters: given.with };
    const problem = problemOf(twin.devices, command);
    if (problem === undefined) return [command];
    return this.wrong(place, problem.message, 'Correct the name.');
  }
}
