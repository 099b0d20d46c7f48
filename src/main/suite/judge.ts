import type { BatchProgress } from '../../kernel/bridge-contract.ts';
import type { Micros } from '../../kernel/time.ts';
import type { TwinReport } from '../twin-report.ts';
import type { Case, CaseProblem } from './case.ts';

/** What a case came to, as far as its expectations speak of it. */
export interface Outcome {
  readonly report: TwinReport;
  readonly batches: readonly BatchProgress[];
  /** Entries of the batch record as JSON. */
  readonly record: readonly string[];
}

/** Whether one more batch may fail. */
export function mayFail({ expect }: Case, failed: number): boolean {
  return failed <= (expect.failed ?? 0);
}

/** What is not as the case expects it. */
export function judge({ expect, until }: Case, outcome: Outcome): readonly CaseProblem[] {
  const { report, batches, record } = outcome;
  const problems: CaseProblem[] = [];
  const wrong = (name: string, cause: string, time?: Micros): void => {
    problems.push({ name, cause, ...(time === undefined ? {} : { time }) });
  };
  const failed = batches.filter(({ outcome: end }) => end === 'failed');
  const complete = batches.filter(({ outcome: end }) => end === 'complete');
  const reasons = failed.map(({ id, reason = '' }) => `${id}: ${reason}`).join('; ');
  if (failed.length !== (expect.failed ?? 0)) {
    wrong(
      'failed',
      `${failed.length} batches instead of ${expect.failed ?? 0}${reasons && `: ${reasons}`}`,
    );
  }
  // A run that is ended at a time may leave batches under way, unless it is said how many are complete.
  const due = expect.complete ?? (until === undefined ? batches.length - failed.length : undefined);
  if (due !== undefined && complete.length !== due) {
    wrong('complete', `${complete.length} batches instead of ${due}`);
  }
  const { reason: wanted } = expect;
  for (const { id, reason = '' } of wanted === undefined ? [] : failed) {
    if (!reason.includes(wanted ?? ''))
      wrong('reason', `${id} failed for another reason: ${reason}`);
  }
  for (const { id } of complete) {
    const product = report.products[id];
    for (const [name, range] of Object.entries(expect.product ?? {})) {
      const value = product?.[name as keyof typeof product] ?? 0;
      const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = range ?? {};
      if (value >= min && value <= max) continue;
      wrong(`product ${name}`, `${id}: ${value} does not lie from ${min} to ${max}`);
    }
  }
  for (const part of expect.record ?? []) {
    if (!record.some((line) => line.includes(part))) {
      wrong('record', `no entry of the batch record has ${part}`);
    }
  }
  return problems;
}
