import type { DeviceDescription, PlantDescription } from '../../kernel/plant-contract.ts';
import { MICROS_PER_HOUR } from '../../kernel/time.ts';
import { record } from '../batch-context.ts';
import type { PhaseNote } from '../journal.ts';
import { byOperator } from '../phases/cassette/operators.ts';
import {
  claim,
  now,
  PhaseFailure,
  perform,
  read,
  release,
  type Task,
  waitForChange,
} from '../task.ts';
import { CARE_RULES, type CareRule } from './care-rules.data.ts';

/** Time between two looks when nothing calls. */
const LOOK = 4 * MICROS_PER_HOUR;
/** Pause after a person could not do what was asked for. */
const PAUSE = MICROS_PER_HOUR / 2;

/** One task for each device that needs people: supplies, stores, magazines. */
export function careServices(plant: PlantDescription): ReadonlyMap<string, Task<void>> {
  const services = new Map<string, Task<void>>();
  for (const device of plant.devices) {
    const rules = CARE_RULES.filter(
      ({ command, signal }) => has(device, command) && shows(device, signal),
    );
    const opens = has(device, 'open') && shows(device, 'delivering');
    const clears = has(device, 'takeOff') && shows(device, 'heldVessel');
    if (rules.length === 0 && !opens && !clears) continue;
    const name = `care of ${device.id}`;
    services.set(name, careFor(name, device.id, { rules, opens, clears }));
  }
  return services;
}

function has({ commands }: DeviceDescription, command: string): boolean {
  return commands.some(({ name }) => name === command);
}

function shows({ signals }: DeviceDescription, signal: string): boolean {
  return signals.some(({ name }) => name === signal);
}

interface Duties {
  readonly rules: readonly CareRule[];
  /** Whether it is a supply that is to deliver. */
  readonly opens: boolean;
  /** Whether it blocks the way of others when it is broken. */
  readonly clears: boolean;
}

function* careFor(name: string, device: string, { rules, opens, clears }: Duties): Task<void> {
  const tell = (note: PhaseNote): Task<void> => record({ ...note, batch: name, time: 0, path: '' });
  for (;;) {
    let pause = LOOK;
    try {
      if (opens) yield* openSupply(device);
      if (clears) yield* clearWay(tell, device);
      for (const rule of rules) {
        if (yield* isDue(device, rule)) yield* fulfil(tell, device, rule);
      }
    } catch (error) {
      if (!(error instanceof PhaseFailure)) throw error;
      const { code, message } = error;
      yield* tell({ type: 'phase.failed', device, code, message, action: 'retry' });
      pause = PAUSE;
    }
    yield* waitForChange([device], (yield* now()) + pause);
  }
}

function* openSupply(device: string): Task<void> {
  const [delivering, state] = yield* read(`${device}.delivering`, `${device}.state`);
  if (delivering?.value === false && state?.value !== 'broken') yield* perform(device, 'open');
}

/** Has people lift a broken vehicle off the rails once nobody's load is on it. */
function* clearWay(tell: (note: PhaseNote) => Task<void>, device: string): Task<void> {
  const [traffic, held] = yield* read(`${device}.traffic`, `${device}.heldVessel`);
  if (traffic?.value !== 'stopped' || held?.value !== '') return;
  yield* byOperator(tell, device, 'lift it off the rails', () => perform(device, 'takeOff'));
}

function* isDue(device: string, { signal, below, above }: CareRule): Task<boolean> {
  const [reading] = yield* read(`${device}.${signal}`);
  const value = Number(reading?.value);
  return (below !== undefined && value < below) || (above !== undefined && value > above);
}

function* fulfil(
  tell: (note: PhaseNote) => Task<void>,
  device: string,
  { command, parameters, text, alone = false }: CareRule,
): Task<void> {
  const place = `${device}.transfer`;
  if (alone) yield* claim([{ resource: place, cost: 0, regardless: true }]);
  try {
    yield* byOperator(tell, device, text, () => perform(device, command, parameters));
  } finally {
    if (alone) yield* release(place);
  }
}
