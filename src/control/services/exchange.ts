import type { PlantDescription } from '../../kernel/plant-contract.ts';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE } from '../../kernel/time.ts';
import { record } from '../batch-context.ts';
import type { PhaseNote } from '../journal.ts';
import { facilityOf } from '../phases/cassette/facility.ts';
import { byOperator } from '../phases/cassette/operators.ts';
import { deviceOf } from '../places.ts';
import {
  claim,
  now,
  PhaseFailure,
  perform,
  readText,
  release,
  type Task,
  waitForChange,
} from '../task.ts';
import { modulesOf, whyBroken } from './breakage.ts';

/** Time between two looks when nothing calls, and pause after something did not go as it should. */
const LOOK = 4 * MICROS_PER_HOUR;
const PAUSE = MICROS_PER_HOUR / 2;
/** How long a place of a broken module is waited for before its cassette is given more time. */
const PATIENCE = MICROS_PER_MINUTE;
const ATTEMPTS = 6;

/** A broken module in a dock, and one of its type that stands on the trolley. */
interface Exchange {
  readonly module: string;
  readonly dock: string;
  readonly spare: string;
  readonly bay: number;
}

/** One task for each trolley: people exchange broken modules for those that stand on it. */
export function exchangeServices(plant: PlantDescription): ReadonlyMap<string, Task<void>> {
  const { has } = facilityOf(plant);
  const trolleys = plant.devices.filter(({ id }) => has(id, 'takeModule'));
  return new Map(
    trolleys.map(({ id }) => {
      const name = `exchange by ${id}`;
      return [name, serve(plant, name, id)];
    }),
  );
}

function* serve(plant: PlantDescription, name: string, trolley: string): Task<void> {
  const tell = (note: PhaseNote): Task<void> => record({ ...note, batch: name, time: 0, path: '' });
  const { connectorOf } = facilityOf(plant);
  const modules = modulesOf(plant);
  const watched = [trolley, ...modules, ...modules.flatMap((id) => connectorOf(id) ?? [])];
  for (;;) {
    let pause = LOOK;
    const exchange = yield* findExchange(plant, trolley);
    if (exchange !== undefined) {
      const isDone = yield* whileEmpty(plant, exchange.module, () =>
        carryOut(tell, trolley, exchange),
      );
      if (!isDone) pause = PAUSE;
    }
    // With nothing in reserve only the trolley itself is of interest.
    const isStocked = (yield* readText(trolley, 'modules')).replaceAll(',', '') !== '';
    yield* waitForChange(isStocked ? watched : [trolley], (yield* now()) + pause);
  }
}

function* findExchange(plant: PlantDescription, trolley: string): Task<Exchange | undefined> {
  const bays = (yield* readText(trolley, 'modules')).split(',');
  if (!bays.includes('')) return undefined;
  const { device, isPowered } = facilityOf(plant);
  const spares = bays.flatMap((body, i) =>
    body === '' ? [] : [{ id: deviceOf(body), bay: i + 1 }],
  );
  for (const { id: spare, bay } of spares) {
    if ((yield* whyBroken(plant, spare)) !== '') continue;
    for (const module of modulesOf(plant)) {
      if (device(module).type !== device(spare).type) continue;
      const dock = yield* readText(module, 'location');
      if (!isPowered(dock) || (yield* whyBroken(plant, module)) === '') continue;
      return { module, dock, spare, bay };
    }
  }
  return undefined;
}

/** Does the work once no cassette stands in the module or is on its way there; otherwise nothing. */
function* whileEmpty(
  plant: PlantDescription,
  module: string,
  work: () => Task<boolean>,
): Task<boolean> {
  const places = facilityOf(plant)
    .device(module)
    .places.filter(({ robot }) => robot)
    .map(({ name }) => `${module}.${name}`);
  const claimed: string[] = [];
  try {
    for (const resource of places) {
      const until = (yield* now()) + PATIENCE;
      const mine = yield* claim([{ resource, cost: 0, regardless: true }], 0, until);
      if (mine === undefined) return false;
      claimed.push(mine);
    }
    return (yield* whyBroken(plant, module)) === '' ? false : yield* work();
  } finally {
    for (const resource of claimed) yield* release(resource);
  }
}

/** Takes the broken module away and puts the other where it stood. Tells whether that came off. */
function* carryOut(
  tell: (note: PhaseNote) => Task<void>,
  trolley: string,
  { module, dock, spare, bay }: Exchange,
): Task<boolean> {
  const text = `exchange ${module} in ${dock} for ${spare}`;
  try {
    yield* byOperator(tell, trolley, text, function* () {
      yield* perform(trolley, 'takeModule', { from: dock });
      yield* insert(tell, trolley, bay, dock);
    });
    return true;
  } catch (error) {
    if (!(error instanceof PhaseFailure)) throw error;
    yield* tellFailure(tell, error);
    return false;
  }
}

/** The dock is empty by now, so it is tried again when people were called off. */
function* insert(
  tell: (note: PhaseNote) => Task<void>,
  trolley: string,
  bay: number,
  dock: string,
): Task<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      yield* perform(trolley, 'insertModule', { bay, to: dock });
      return;
    } catch (error) {
      if (!(error instanceof PhaseFailure) || attempt >= ATTEMPTS) throw error;
      yield* tellFailure(tell, error);
      yield* waitForChange([trolley], (yield* now()) + PAUSE);
    }
  }
}

function tellFailure(
  tell: (note: PhaseNote) => Task<void>,
  { device, code, message }: PhaseFailure,
): Task<void> {
  return tell({ type: 'phase.failed', device, code, message, action: 'retry' });
}
