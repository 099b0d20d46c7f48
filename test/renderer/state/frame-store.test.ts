import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FRAME_HEADER_BYTES } from '../../../src/kernel/bridge-contract.ts';
import {
  type FrameLayout,
  VESSEL_FIELDS,
  VESSEL_STRIDE,
} from '../../../src/kernel/view-contract.ts';
import { FrameFeed } from '../../../src/main/web/frame-feed.ts';
import { frameStore } from '../../../src/renderer/state/frame-store.ts';

const SEED = 20260105;

/** Two channels, one device, one line, and some vessels. */
function layout(vessels: number): FrameLayout {
  return { channels: 0, devices: 2, lines: 3, vessels: 6, length: 6 + vessels * VESSEL_STRIDE };
}
const frame = (values: Float32Array, time = 0) => ({ time, revision: 0, values });
const still = (): Float32Array => {
  const values = new Float32Array(layout(2).length);
  for (let slot = 0; slot < 2; slot++) values[vesselAt(slot, 'qw')] = 1;
  return values;
};
function vesselAt(slot: number, field: keyof typeof VESSEL_FIELDS): number {
  return 6 + slot * VESSEL_STRIDE + VESSEL_FIELDS[field];
}

describe('frames on their way to a view', () => {
  it('arrive as they were, whatever changed between them', () => {
    const numbers = fc.array(fc.constantFrom(0, 1, 2.5, -3), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(fc.array(numbers, { minLength: 1, maxLength: 6 }), (frames) => {
        const feed = new FrameFeed();
        frameStore.begin({ channels: 0, devices: 60, lines: 60, vessels: 60, length: 60 });
        frames.forEach((numbersOfFrame, i) => {
          const values = Float32Array.from(numbersOfFrame);
          frameStore.accept(feed.encode(frame(values)), i * 1000);
          frameStore.blend(i * 1000 + 500);
          expect([...frameStore.current]).toEqual([...values]);
        });
      }),
      { seed: SEED },
    );
  });

  it('hold only what differs', () => {
    const feed = new FrameFeed();
    const values = new Float32Array(1000);
    expect(feed.encode(frame(values)).byteLength).toBe(FRAME_HEADER_BYTES + 8 + 4000);
    expect(feed.encode(frame(values)).byteLength).toBe(FRAME_HEADER_BYTES);
    const next = values.slice();
    next[3] = 1;
    next[5] = 1;
    next[900] = 1;
    // Two stretches: 3 to 5 with the number between them, and 900.
    expect(feed.encode(frame(next)).byteLength).toBe(FRAME_HEADER_BYTES + (8 + 12) + (8 + 4));
  });
});

describe('the picture between two frames', () => {
  const begin = (): FrameFeed => {
    const feed = new FrameFeed();
    frameStore.begin(layout(2));
    frameStore.accept(feed.encode(frame(still())), 0);
    frameStore.blend(0);
    return feed;
  };

  it('lies between them, but for what is no amount', () => {
    const feed = begin();
    const next = still();
    next[0] = 10;
    next[2] = 3;
    next[vesselAt(1, 'x')] = 1;
    next[vesselAt(1, 'holder')] = 7;
    frameStore.accept(feed.encode(frame(next)), 50);
    frameStore.blend(75);
    const share = (frameStore.current[0] ?? 0) / 10;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.8);
    expect(frameStore.vessel(1, 'x')).toBeCloseTo(share, 6);
    expect(frameStore.vessel(1, 'holder')).toBe(7);
    expect(frameStore.condition(0)).toBe(3);
    frameStore.blend(10_000);
    expect(frameStore.current[0]).toBe(10);
    expect(frameStore.vessel(1, 'x')).toBe(1);
  });

  it('names the vessels that changed, until they have arrived', () => {
    const feed = begin();
    const next = still();
    next[vesselAt(1, 'x')] = 1;
    frameStore.accept(feed.encode(frame(next)), 50);
    frameStore.blend(60);
    expect(changed()).toEqual([1]);
    frameStore.accept(feed.encode(frame(next)), 61);
    frameStore.blend(1000);
    expect(changed()).toEqual([1]);
    expect(frameStore.vessel(1, 'x')).toBe(1);
    frameStore.blend(1010);
    expect(changed()).toEqual([]);
  });

  it('turns the short way round', () => {
    const feed = begin();
    const next = still();
    next[vesselAt(0, 'qw')] = -1;
    frameStore.accept(feed.encode(frame(next)), 50);
    frameStore.blend(70);
    expect(Math.abs(frameStore.vessel(0, 'qw'))).toBeCloseTo(1, 6);
  });

  it('keeps what it has when vessels come, and puts those that took a slot in their places at once', () => {
    const feed = begin();
    frameStore.change(layout(3), [1, 2]);
    const next = new Float32Array(layout(3).length);
    next.set(still());
    next[0] = 4;
    next[vesselAt(1, 'x')] = 1;
    next[vesselAt(2, 'x')] = 1.5;
    frameStore.accept(feed.encode(frame(next)), 50);
    frameStore.blend(55);
    expect(frameStore.current[0]).toBeLessThan(4);
    expect(frameStore.vessel(1, 'x')).toBe(1);
    expect(frameStore.vessel(2, 'x')).toBe(1.5);
    expect(frameStore.vessel(0, 'qw')).toBe(1);
  });

  function changed(): number[] {
    return Array.from({ length: frameStore.vessels.size }, (_, k) => frameStore.vessels.at(k));
  }
});
