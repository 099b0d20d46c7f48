import { faultsOf } from '../../device-emulators/definition/faults.ts';
import type { Field } from '../../device-emulators/definition/fields.ts';
import type { PlannedCommand, Value } from '../../kernel/plant-contract.ts';
import { openStream, type RandomStream } from '../../kernel/random.ts';
import { MICROS_PER_DAY, MICROS_PER_MINUTE, type Micros } from '../../kernel/time.ts';
import type { Scene, SceneDevice } from '../../twin/scene/scene.ts';
import type { Case, Disturbance } from './case.ts';

/** Most disturbances of a run, how long one lasts in the mean [min], and the share of those for good; assumed. */
const MOST = 30;
const MEAN_MINUTES = 180;
const FOR_GOOD = 0.15;
/** Share of runs that end early, so that what happens at the beginning is tried more often. */
const SHORT_SHARE = 0.85;
const SHORT: Micros = 3 * MICROS_PER_DAY;
const LONG: Micros = 16 * MICROS_PER_DAY;

/**
 * Cases in which anything goes wrong at any time, by seed: devices fail, sensors lie, people press buttons. Whether the
 * batch comes through is nobody's concern; the plant must stay sound and the run must end.
 *
 * @param example a case of the plant: scene and control are taken over
 */
export function chaosCases(example: Case, scene: Scene, seeds: readonly number[]): readonly Case[] {
  return seeds.map((seed) => {
    const chance = openStream(seed, 'chaos', 'disturbances');
    const until = chance.uniform() < SHORT_SHARE ? SHORT : LONG;
    const count = 1 + Math.floor(chance.uniform() * MOST);
    return {
      ...example,
      ...{ scenario: 'chaos', title: `${count} things go wrong`, seed, until, chaos: true },
      ...{ checks: [], expect: {} },
      disturbances: Array.from({ length: count }, () => disturbance(scene, until, chance)),
    };
  });
}

function disturbance(scene: Scene, until: Micros, chance: RandomStream): Disturbance {
  const device = pick(scene.devices, chance);
  const command = commandFor(device, chance);
  const at = Math.floor(chance.uniform() * until);
  const minutes = -MEAN_MINUTES * Math.log(1 - chance.uniform());
  const lasts = Math.round(minutes * MICROS_PER_MINUTE) + 1;
  const isForGood = chance.uniform() < FOR_GOOD;
  return {
    ...{ text: JSON.stringify(command), command, occasion: { at } },
    ...(isForGood ? {} : { lasts }),
  };
}

function commandFor({ id, definition }: SceneDevice, chance: RandomStream): PlannedCommand {
  const commands = Object.entries(definition.commands);
  const signals = Object.entries(definition.signals);
  const kind = chance.uniform();
  if (kind < 0.2 && commands.length > 0) {
    const [command, { parameters }] = pick(commands, chance);
    const values = Object.entries(parameters).map(([name, field]) => [
      name,
      valueFor(field, chance),
    ]);
    return { kind: 'invoke', device: id, command, parameters: Object.fromEntries(values) };
  }
  const [name, signal] = pick(signals, chance);
  if (kind < 0.35 && signal.kind === 'number') {
    const [low, high] = signal.range;
    const value = low + chance.uniform() * (high - low);
    return { kind: 'force', device: id, signal: name, value };
  }
  const fault = pick([...faultsOf(definition).keys()], chance);
  return { kind: 'fault', device: id, fault, active: true };
}

/** Some value that the field takes, or nearly so. */
function valueFor(field: Field, chance: RandomStream): Value {
  switch (field.type) {
    case 'quantity':
      return field.min + chance.uniform() * (field.max - field.min);
    case 'integer':
      return Math.round(field.min + chance.uniform() * (field.max - field.min));
    case 'choice':
      return pick(field.options, chance);
    case 'flag':
      return chance.uniform() < 0.5;
    default:
      return 'nothing';
  }
}

function pick<T>(from: readonly T[], chance: RandomStream): T {
  const found = from[Math.floor(chance.uniform() * from.length)];
  if (found === undefined) throw new RangeError('there is nothing to pick from');
  return found;
}
