import { MICROS_PER_HOUR, MICROS_PER_MINUTE } from '../../../kernel/time.ts';
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
import { whileHaving } from './claiming.ts';
import { facilityOf } from './facility.ts';
import { cassetteOf, held } from './holding.ts';
import { byOperator } from './operators.ts';

/** Ports of the cassette that a connector opens. */
export type Ports = 'process' | 'perfusion' | 'sample' | 'product';

/** Time after which a connector that does not let go is given up; its repair is awaited until then. */
const LONGEST_HOLD = 12 * MICROS_PER_HOUR;

function parse(link: string) {
  const [connector = '', head, ports = ''] = link.split(' ');
  return { connector, head: Number(head), ports };
}

/**
 * Joins the cassette to the module by one of its sets of ports, the first unless it is joined by
 * another already. After two failures an operator puts in a new head.
 *
 * @param ports sets that do, the preferred one first
 */
export function* link(
  context: PhaseContext,
  module: string,
  ports: readonly Ports[],
  head = 1,
): Task<void> {
  const { connectorOf } = facilityOf(context.plant);
  const connector = connectorOf(module);
  if (connector === undefined) {
    const message = `${module} has no connector; build one in`;
    throw new PhaseFailure(module, { code: 'NOT_CONNECTED', message });
  }
  const present = held(context, 'link');
  if (present !== '') {
    const joined = parse(present);
    const isSame = joined.connector === connector && joined.head === head;
    if (isSame && ports.includes(joined.ports as Ports)) return;
    yield* unlink(context);
  }
  const [wanted = 'process'] = ports;
  yield* renewWorn(context, connector, head);
  for (let attempt = 1; ; attempt++) {
    try {
      yield* atConnector(context, connector, () =>
        perform(connector, 'connect', { head, ports: wanted }),
      );
      return yield* context.setFact('link', `${connector} ${head} ${wanted}`);
    } catch (error) {
      if (!(error instanceof PhaseFailure)) throw error;
      yield* tellFailure(context, error, attempt >= 3 ? 'fail' : 'retry');
      yield* letGo(context, connector, head);
      if (attempt >= 3) throw error;
      if (attempt === 2) yield* renewHead(context, connector, head);
    }
  }
}

/** Has an operator put in a new head where the next coupling would be one too many. */
function* renewWorn(context: PhaseContext, connector: string, head: number): Task<void> {
  if ((yield* readNumber(connector, 'usesLeft')) > 0) return;
  const most = yield* readNumber(connector, 'uses');
  const heads = JSON.parse(yield* readText(connector, 'headStates')) as readonly HeadState[];
  const own = heads.find((state) => state.head === head);
  if ((own?.uses ?? 0) >= most) yield* renewHead(context, connector, head);
}

interface HeadState {
  readonly head: number;
  readonly uses: number;
}

function* renewHead(context: PhaseContext, connector: string, head: number): Task<void> {
  if (!facilityOf(context.plant).has(connector, 'renewHead')) return;
  yield* byOperator(context.record, connector, `put in a new head ${head}`, () =>
    attemptOnly(perform(connector, 'renewHead', { head })),
  );
}

/** Parts the cassette from its connector; one that is broken is waited for. */
export function* unlink(context: PhaseContext): Task<void> {
  const present = held(context, 'link');
  if (present === '') return;
  const { connector, head } = parse(present);
  const begin = yield* now();
  for (;;) {
    try {
      yield* atConnector(context, connector, () => perform(connector, 'disconnect', { head }));
      return yield* context.setFact('link', '');
    } catch (error) {
      if (!(error instanceof PhaseFailure)) throw error;
      yield* tellFailure(context, error, 'retry');
      const time = yield* now();
      if (time - begin >= LONGEST_HOLD) throw error;
      // An open sampling valve holds the connector.
      yield* attemptOnly(perform(cassetteOf(context), 'closeSamplingValve'));
      yield* waitForChange([connector], time + 30 * MICROS_PER_MINUTE);
    }
  }
}

/** Several batches share the connector of a module with slots. */
function atConnector<T>(context: PhaseContext, connector: string, work: () => Task<T>): Task<T> {
  return whileHaving(context, `${connector}.work`, work);
}

/** Draws a head back after a failure, if it can be. */
function* letGo(context: PhaseContext, connector: string, head: number): Task<void> {
  yield* atConnector(context, connector, () =>
    attemptOnly(perform(connector, 'disconnect', { head })),
  );
}

/** Does what may fail without harm. */
export function* attemptOnly(task: Task<unknown>): Task<void> {
  try {
    yield* task;
  } catch (error) {
    if (!(error instanceof PhaseFailure)) throw error;
  }
}

/** Writes a failure into the record, with what is done about it. */
export function* tellFailure(
  context: PhaseContext,
  { device, code, message }: PhaseFailure,
  action: 'retry' | 'elsewhere' | 'fail',
): Task<void> {
  yield* context.record({ type: 'phase.failed', device, code, message, action });
}
