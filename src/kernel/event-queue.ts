import type { Micros } from './time.ts';

/** A scheduled event: plain data, so that a queue can be stored and restored. */
export interface ScheduledEvent<T> {
  readonly time: Micros;
  /** Lower fires first among events of one time. */
  readonly priority: number;
  /** Order of scheduling; unique in a queue and usable as a handle. */
  readonly sequence: number;
  readonly payload: T;
}

/**
 * Event queue ordered by (time, priority, sequence): a binary heap with cancellation by sequence
 * number. Push and pop take O(log n).
 */
export class EventQueue<T> {
  private heap: ScheduledEvent<T>[] = [];
  private cancelled = new Set<number>();
  private live = new Set<number>();
  private nextSequence = 0;

  get size(): number {
    return this.live.size;
  }

  /** Schedules `payload` and returns the handle that cancels it. */
  push(time: Micros, priority: number, payload: T): number {
    const sequence = this.nextSequence++;
    this.heap.push({ time, priority, sequence, payload });
    this.live.add(sequence);
    this.siftUp(this.heap.length - 1);
    return sequence;
  }

  /** Removes a scheduled event; false when it has already fired or never existed. */
  cancel(sequence: number): boolean {
    if (!this.live.delete(sequence)) return false;
    this.cancelled.add(sequence);
    return true;
  }

  /** The earliest event, left in the queue. */
  peek(): ScheduledEvent<T> | undefined {
    this.dropCancelled();
    return this.heap[0];
  }

  /** Removes and returns the earliest event. */
  pop(): ScheduledEvent<T> | undefined {
    this.dropCancelled();
    const top = this.removeTop();
    if (top !== undefined) this.live.delete(top.sequence);
    return top;
  }

  /** Number that the next event will get. */
  get upcoming(): number {
    return this.nextSequence;
  }

  /**
   * Replaces everything by stored events, which keep their handles.
   *
   * @param upcoming of the queue that was stored
   */
  restore(events: readonly ScheduledEvent<T>[], upcoming: number): void {
    // What is sorted is a heap.
    this.heap = [...events].sort(compare);
    this.live = new Set(events.map(({ sequence }) => sequence));
    this.cancelled = new Set();
    this.nextSequence = upcoming;
  }

  /** All scheduled events in firing order, for hashing and storing. */
  entries(): ScheduledEvent<T>[] {
    return this.heap.filter((event) => this.live.has(event.sequence)).sort(compare);
  }

  private dropCancelled(): void {
    for (let top = this.heap[0]; top !== undefined; top = this.heap[0]) {
      if (!this.cancelled.delete(top.sequence)) return;
      this.removeTop();
    }
  }

  private removeTop(): ScheduledEvent<T> | undefined {
    const top = this.heap[0];
    const last = this.heap.pop();
    if (top === undefined || last === undefined) return undefined;
    if (this.heap.length > 0) {
      this.heap[0] = last;
      this.siftDown(0);
    }
    return top;
  }

  private siftUp(start: number): void {
    const heap = this.heap;
    let i = start;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const a = heap[i];
      const b = heap[parent];
      if (a === undefined || b === undefined || compare(a, b) >= 0) return;
      heap[i] = b;
      heap[parent] = a;
      i = parent;
    }
  }

  private siftDown(start: number): void {
    const heap = this.heap;
    let i = start;
    for (;;) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        const a = heap[child];
        const b = heap[least];
        if (a !== undefined && b !== undefined && compare(a, b) < 0) least = child;
      }
      if (least === i) return;
      const a = heap[i];
      const b = heap[least];
      if (a === undefined || b === undefined) return;
      heap[i] = b;
      heap[least] = a;
      i = least;
    }
  }
}

function compare<T>(a: ScheduledEvent<T>, b: ScheduledEvent<T>): number {
  return a.time - b.time || a.priority - b.priority || a.sequence - b.sequence;
}
