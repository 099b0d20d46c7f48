import type { Micros } from '../kernel/time.ts';

/** What became of one batch. Times are ISO 8601 UTC in simulated time. */
export interface BatchReport {
  readonly id: string;
  readonly product: string;
  readonly outcome: 'complete' | 'failed';
  readonly reason?: string;
  readonly steps: readonly StepReport[];
  /** Counted in the filled product; zeros when the batch did not get there. */
  readonly final: {
    readonly viableCells: number;
    readonly viability: number;
    readonly carPositive: number;
    readonly volumeMl: number;
  };
}

export interface StepReport {
  readonly step: number;
  readonly name: string;
  readonly start: string;
  readonly end: string;
}

/** Where a batch is. */
export interface BatchProgress {
  readonly batch: string;
  readonly product: string;
  readonly state: 'running' | 'complete' | 'failed';
  readonly step: number;
  readonly name: string;
  readonly phase: string;
  /** By usual durations of the steps, 0..1. */
  readonly fraction: number;
  readonly time: Micros;
  readonly reason?: string;
}
