import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Case, CaseResult } from './case.ts';
import type { CaseOrder } from './case-worker.ts';

export interface RunCasesOptions {
  /** How many run side by side, each in a process of its own. */
  readonly jobs: number;
  /** Where failed cases leave their files. */
  readonly folder: string;
  /** Ends what runs. */
  readonly signal: AbortSignal;
  /** Told of each case when it is over. */
  onResult(result: CaseResult): void;
}

/** Time beyond its timeout in which a case may end by itself [s]. */
const GRACE = 10;

const ENTRY = fileURLToPath(new URL('./case-worker.ts', import.meta.url));

/** Runs cases side by side; results are in the order of the cases. Those that were not begun when it is ended are left out. */
export async function runCases(
  cases: readonly Case[],
  options: RunCasesOptions,
): Promise<readonly CaseResult[]> {
  const results = new Map<Case, CaseResult>();
  const waiting = [...cases];
  const lane = async (): Promise<void> => {
    let worker: ChildProcess | undefined;
    try {
      for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
        if (options.signal.aborted) return;
        if (worker?.connected !== true || worker.killed)
          worker = fork(ENTRY, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
        const result = await ask(worker, { one, folder: options.folder }, options.signal);
        if (result === undefined) return;
        results.set(one, result);
        options.onResult(result);
      }
    } finally {
      worker?.kill('SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, options.jobs) }, lane));
  return cases.flatMap((one) => results.get(one) ?? []);
}

/** Result of a case; an error when its process ends before, undefined when it is ended. */
function ask(
  worker: ChildProcess,
  order: CaseOrder,
  signal: AbortSignal,
): Promise<CaseResult | undefined> {
  return new Promise((resolve) => {
    const done = (result: CaseResult | undefined): void => {
      clearTimeout(timer);
      worker.off('message', answered);
      worker.off('exit', ended);
      signal.removeEventListener('abort', aborted);
      resolve(result);
    };
    const answered = (result: CaseResult): void => done(result);
    const ended = (code: number | null, name: string | null): void =>
      done(lost(order.one, `its process ended with ${name ?? code}`));
    const aborted = (): void => done(undefined);
    // It ends by itself at its time; who is stuck for good is ended from outside.
    const timer = setTimeout(
      () => {
        done(lost(order.one, `it was stuck after ${order.one.timeout} s`));
        worker.kill('SIGKILL');
      },
      (order.one.timeout + GRACE) * 1000,
    );
    worker.on('message', answered);
    worker.on('exit', ended);
    signal.addEventListener('abort', aborted);
    worker.send(order);
  });
}

function lost({ suite, scenario, title, seed }: Case, cause: string): CaseResult {
  return {
    ...{ suite, scenario, title, seed, outcome: 'error', problems: [{ name: 'run', cause }] },
    ...{ verdicts: [], batches: [], simulatedSeconds: 0, wallSeconds: 0, stateHash: '' },
    worstRelativeError: 0,
    ...{ coverage: {}, files: {} },
  };
}
