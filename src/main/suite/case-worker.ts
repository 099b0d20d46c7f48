import type { Case, CaseResult } from './case.ts';
import { runCase } from './run-case.ts';

/** What a worker is asked, and what it answers. */
export interface CaseOrder {
  readonly one: Case;
  readonly folder: string;
}
export type CaseAnswer = CaseResult;

if (process.send === undefined) throw new Error('case-worker.ts runs as a child process only');

process.on('message', (order: CaseOrder) => {
  void runCase(order.one, order.folder).then((result) => process.send?.(result));
});
// Whoever started it is gone.
process.on('disconnect', () => process.exit());
