import { LONGEST_WANT, RETRY_PAUSE } from './patience.ts';
import type { ErrorCode } from '../../../kernel/error-catalogue.ts';
import type { Value } from '../../../kernel/plant-contract.ts';
import type { PhaseContext } from '../../phase.ts';
import {
  now,
  PhaseFailure,
  perform,
  readNumber,
  readText,
  type Task,
  waitForChange,
} from '../../task.ts';
import { facilityOf } from './facility.ts';
import { noteVolume, rounded } from './holding.ts';
import { link, type Ports, tellFailure } from './linking.ts';
import { byOperator } from './operators.ts';
import { occupy, rest, suitable } from './stations.ts';

const ATTEMPTS = 8;

/** Refusals that another attempt does not help. */
const HOPELESS: readonly ErrorCode[] = [
  'OVERFLOW',
  'OUT_OF_RANGE',
  'INVALID_PARAMETER',
  'UNKNOWN_COMMAND',
  'UNKNOWN_PLACE',
  'WRONG_VESSEL',
];
/** Refusals for want of something that comes again, such as a supply; another module may have it. */
const WANTING: readonly ErrorCode[] = [
  'INSUFFICIENT_VOLUME',
  'OUT_OF_STOCK',
  'NOT_CONNECTED',
  'BUSY',
];

export interface Work {
  /** Why the work cannot be done again once it was begun; such a failure loses the batch. */
  readonly once?: string;
}

/**
 * Works on the cassette in a module that has the role: brings it there, joins it, and works. What
 * fails is done again, elsewhere if the module is at fault. The cassette stays joined where it is until
 * it is needed elsewhere.
 *
 * @param ports sets that do, the preferred one first
 */
export function* connected<T>(
  context: PhaseContext,
  role: string,
  ports: readonly Ports[],
  work: (module: string) => Task<T>,
  { once }: Work = {},
): Task<T> {
  const able = yield* suitable(context, role);
  const tried = new Set<string>();
  let wantedSince: number | undefined;
  for (let attempt = 1; ; ) {
    let module = '';
    try {
      module = yield* occupy(context, role, tried);
      yield* link(context, module, ports);
      return yield* work(module);
    } catch (error) {
      if (!(error instanceof PhaseFailure)) throw error;
      const { device, code, message, hasBegun } = error;
      if (once !== undefined && hasBegun && device === module) {
        throw new PhaseFailure(device, { code, message: `${message}; ${once}` }, true);
      }
      const wants = !hasBegun && WANTING.includes(code) && device === module;
      const time = yield* now();
      wantedSince = wants ? (wantedSince ?? time) : undefined;
      const isLast = wants
        ? time - (wantedSince ?? time) >= LONGEST_WANT
        : attempt >= ATTEMPTS || HOPELESS.includes(code);
      yield* tellFailure(context, error, isLast ? 'fail' : 'elsewhere');
      if (isLast) throw error;
      if (!wants) attempt += 1;
      tried.add(module);
      const isAlone = able.every((id) => tried.has(id));
      if (isAlone) tried.clear();
      if (module !== '' && (yield* readText(module, 'state')) === 'broken') {
        // Where it waits, it gets the next one that is given out: another, or this one repaired.
        if (isAlone) yield* rest(context);
      } else if (isAlone) yield* waitForChange([module], time + RETRY_PAUSE);
    }
  }
}

/** Sends a command to the module at which the cassette stands, and notes the volume that it tells. */
export function* work(
  context: PhaseContext,
  module: string,
  command: string,
  parameters: Readonly<Record<string, Value>> = {},
  timeout?: number,
): Task<Readonly<Record<string, Value>>> {
  const result = yield* perform(module, command, parameters, timeout);
  yield* noteVolume(context, result.volume);
  return result;
}

/** Volume in the cassette as its module weighs it [mL]; as last told where none does. */
export function* weighed(context: PhaseContext, module: string): Task<number> {
  const volume = yield* readNumber(module, 'volume');
  yield* noteVolume(context, volume);
  return volume;
}

/** Least volume that modules pump [mL]. */
const LEAST = 0.05;

/** Adds a liquid up to a volume, so that doing it again adds what is missing only. */
export function* fillUp(
  context: PhaseContext,
  module: string,
  volume: number,
  parameters: Readonly<Record<string, Value>>,
): Task<void> {
  const lack = rounded(volume - (yield* weighed(context, module)));
  if (lack < LEAST) return;
  yield* work(context, module, 'add', { ...parameters, volume: lack });
}

/** Volume of a reservoir that cannot be pumped out [mL]. */
const DEAD_VOLUME = 8;
/** What an operator brings [mL]. */
const FULL = 200;

/** Has an operator exchange a reservoir that holds less than is wanted, or in any case a `fresh` one. */
export function* ensure(
  context: PhaseContext,
  module: string,
  reservoir: string,
  volume: number,
  fresh = false,
): Task<void> {
  if (!facilityOf(context.plant).has(module, 'refill')) return;
  const level = yield* readNumber(module, reservoir);
  if (!fresh && level >= volume + DEAD_VOLUME) return;
  const wanted = Math.ceil(fresh ? volume + DEAD_VOLUME : Math.max(FULL, volume + DEAD_VOLUME));
  yield* byOperator(context.record, module, `exchange ${reservoir} for ${wanted} mL`, () =>
    perform(module, 'refill', { reservoir, volume: wanted }),
  );
}
