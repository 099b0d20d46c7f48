import type { BatchProgress } from '../../kernel/bridge-contract.ts';

/** Where the batches are, for whoever shows them. */
export interface BatchSource {
  readonly batches: readonly BatchProgress[];
  /** Calls the listener with all batches after each change; returns how to stop. */
  onChange(listener: (batches: readonly BatchProgress[]) => void): () => void;
}

/** Keeps what a controller last reported about its batches and passes it on. */
export class BatchBoard implements BatchSource {
  private latest: readonly BatchProgress[] = [];
  private readonly listeners = new Set<(batches: readonly BatchProgress[]) => void>();

  get batches(): readonly BatchProgress[] {
    return this.latest;
  }

  /** Replaces the batches. */
  report(batches: readonly BatchProgress[]): void {
    this.latest = batches;
    for (const listener of this.listeners) listener(batches);
  }

  onChange(listener: (batches: readonly BatchProgress[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
