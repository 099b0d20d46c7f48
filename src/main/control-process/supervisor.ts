import { BatchStandings } from '../../control/batch-standings.ts';
import type { ControlOrder } from '../../control/process/messages.ts';
import type { BatchProgress } from '../../kernel/bridge-contract.ts';
import type { Micros } from '../../kernel/time.ts';
import { startControlProcess } from './control-process.ts';
import { followJournal } from './journal-follower.ts';

export interface SupervisorOptions {
  readonly order: ControlOrder;
  now(): Micros;
  /** Told where the batches are whenever the record grows, and once a second while one runs. */
  report(batches: readonly BatchProgress[]): void;
  readonly log: (line: string) => void;
  /** What a person types to start the control software again. */
  readonly restart: string;
}

/** Control software beside a running plant. */
export interface Supervisor {
  readonly pid: number;
  stop(): void;
  /** Resolves when the process is gone. */
  readonly ended: Promise<void>;
}

/** Interval at which the batch record is looked at [ms]. */
const LOOK_MS = 250;
/** Looks between two reports about a record that does not grow. */
const REPORT_EVERY = 4;

/**
 * Starts the control software, which goes on from its record if there is one, and shows where its batches are. When
 * it dies the plant runs on and nobody starts it again unasked; the record is followed on, so a
 * controller that is started by hand and continues it is seen too.
 */
export function superviseControl(options: SupervisorOptions): Supervisor {
  const { order, log } = options;
  const standings = new BatchStandings(order.recipes, order.configuration.batches);
  const record = followJournal(order.journalFile, (entry) => standings.follow(entry));
  let looks = 0;
  const look = (): void => {
    const hasGrown = record.poll();
    looks = hasGrown ? 0 : looks + 1;
    const batches = standings.progress(options.now());
    const isDue = looks % REPORT_EVERY === 0 && batches.some((b) => b.outcome === 'running');
    if (hasGrown || isDue) options.report(batches);
  };
  const timer = setInterval(look, LOOK_MS);
  const control = startControlProcess(order);
  log(`control process ${control.pid} runs ${order.recipes.map(({ name }) => name).join(', ')}`);
  void control.ended.then(
    (end) => {
      if (end.type === 'stopped') return;
      look();
      if (end.type === 'ended') {
        for (const { id, outcome, reason } of end.batches) {
          log(`batch ${id}: ${outcome}${reason === undefined ? '' : `: ${reason}`}`);
        }
        return;
      }
      const cause = end.type === 'died' ? end.how : end.message;
      log(`the control process ended (${cause}); the plant runs on. To go on: ${options.restart}`);
    },
    (error: unknown) => log(`the control process could not be started: ${String(error)}`),
  );
  return {
    pid: control.pid,
    ended: control.ended.then(
      () => {},
      () => {},
    ),
    stop: () => {
      clearInterval(timer);
      control.stop();
    },
  };
}
