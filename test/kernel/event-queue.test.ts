import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue, type ScheduledEvent } from '../../src/kernel/event-queue.ts';

const SEED = 1907;

type Step =
  | { readonly do: 'push'; readonly time: number; readonly priority: number }
  | { readonly do: 'pop' }
  | { readonly do: 'cancel'; readonly sequence: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('push' as const),
      time: fc.integer({ min: 0, max: 20 }),
      priority: fc.integer({ min: 0, max: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pop' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('cancel' as const),
      sequence: fc.integer({ min: -1, max: 60 }),
    }),
  },
);

/** The same rules on an array that is sorted anew at every push. */
class SortedArray {
  events: ScheduledEvent<string>[] = [];
  private next = 0;

  push(time: number, priority: number): number {
    const sequence = this.next++;
    this.events.push({ time, priority, sequence, payload: `p${sequence}` });
    this.events.sort(
      (a, b) => a.time - b.time || a.priority - b.priority || a.sequence - b.sequence,
    );
    return sequence;
  }

  cancel(sequence: number): boolean {
    const at = this.events.findIndex((event) => event.sequence === sequence);
    if (at >= 0) this.events.splice(at, 1);
    return at >= 0;
  }
}

describe('EventQueue', () => {
  it('does what a sorted array does, whatever is pushed, popped and cancelled', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const queue = new EventQueue<string>();
        const model = new SortedArray();
        for (const s of steps) {
          if (s.do === 'push') {
            const sequence = model.push(s.time, s.priority);
            expect(queue.push(s.time, s.priority, `p${sequence}`)).toBe(sequence);
          } else if (s.do === 'cancel') {
            expect(queue.cancel(s.sequence)).toBe(model.cancel(s.sequence));
          } else {
            expect(queue.pop()).toEqual(model.events.shift());
          }
          expect(queue.size).toBe(model.events.length);
          expect(queue.peek()).toEqual(model.events[0]);
          expect(queue.entries()).toEqual(model.events);
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('fires by time, then priority, then order of scheduling', () => {
    const queue = new EventQueue<string>();
    queue.push(5, 1, 'late');
    queue.push(3, 2, 'third');
    queue.push(3, 1, 'first');
    queue.push(3, 1, 'second');
    const fired = [];
    for (let event = queue.pop(); event !== undefined; event = queue.pop())
      fired.push(event.payload);
    expect(fired).toEqual(['first', 'second', 'third', 'late']);
  });

  it('cancels once, and not what has fired', () => {
    const queue = new EventQueue<string>();
    const a = queue.push(1, 0, 'a');
    const b = queue.push(2, 0, 'b');
    expect(queue.cancel(b)).toBe(true);
    expect(queue.cancel(b)).toBe(false);
    expect(queue.pop()?.sequence).toBe(a);
    expect(queue.cancel(a)).toBe(false);
    expect(queue.pop()).toBeUndefined();
    expect(queue.size).toBe(0);
  });

  it('looking changes nothing', () => {
    const queue = new EventQueue<number>();
    for (let i = 0; i < 50; i++) queue.push((i * 7) % 11, i % 3, i);
    const before = queue.entries();
    queue.peek();
    expect(queue.entries()).toEqual(before);
    expect(queue.size).toBe(50);
  });

  it('takes over stored events with their handles, and goes on numbering', () => {
    const queue = new EventQueue<string>();
    const [a, b] = [queue.push(5, 1, 'a'), queue.push(3, 1, 'b')];
    queue.push(5, 0, 'c');
    queue.cancel(a);
    const other = new EventQueue<string>();
    other.push(1, 1, 'gone');
    other.restore(queue.entries(), queue.upcoming);
    expect(other.push(4, 1, 'd')).toBe(queue.push(4, 1, 'd'));
    expect(other.cancel(b)).toBe(true);
    expect([other.pop()?.payload, other.pop()?.payload, other.pop()]).toEqual([
      'd',
      'c',
      undefined,
    ]);
  });
});
