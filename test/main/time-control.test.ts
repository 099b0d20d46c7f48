import { describe, expect, it } from 'vitest';
import { MICROS_PER_SECOND } from '../../src/kernel/time.ts';
import { Effort } from '../../src/main/twin-thread/effort.ts';
import { Pacer, parseTimeMode, type Advanceable } from '../../src/main/twin-thread/time-control.ts';

/** A twin that does nothing, and a wall clock that moves `cost` ms per advance. */
function setUp(cost = 0) {
  const wall = { now: 0 };
  const twin = {
    now: 0,
    nextEventTime: Number.POSITIVE_INFINITY,
    fired: 0,
    advanceTo: (t: number) => {
      if (t < twin.now) throw new RangeError('backwards');
      twin.now = t;
      wall.now += cost;
      return t;
    },
  } satisfies Advanceable;
  return { twin, wall };
}

describe('pacing', () => {
  it('keeps to the asked factor without drift', () => {
    const { twin, wall } = setUp();
    const pacer = new Pacer(
      twin,
      { kind: 'scaled', factor: 10 },
      true,
      () => wall.now,
      new Effort(() => wall.now),
    );
    for (let ms = 7; ms <= 60_000; ms += 7) {
      wall.now = ms;
      pacer.slice();
      expect(Math.abs(twin.now - ms * 10_000)).toBeLessThanOrEqual(1);
    }
    expect(pacer.status().achievedSpeed).toBeCloseTo(10, 6);
  });

  it('a frozen twin stays where it is, and goes on from there', () => {
    const { twin, wall } = setUp();
    const pacer = new Pacer(
      twin,
      { kind: 'scaled', factor: 1 },
      false,
      () => wall.now,
      new Effort(() => wall.now),
    );
    wall.now = 5000;
    pacer.slice();
    expect(twin.now).toBe(0);
    pacer.set(pacer.mode, true);
    wall.now = 6000;
    pacer.slice();
    expect(twin.now).toBe(MICROS_PER_SECOND);
  });

  it('reports when it cannot keep up and never lets a slice run away', () => {
    const { twin, wall } = setUp(4);
    const pacer = new Pacer(
      twin,
      { kind: 'scaled', factor: 1e6 },
      true,
      () => wall.now,
      new Effort(() => wall.now),
    );
    wall.now = 100;
    const before = wall.now;
    pacer.slice();
    expect(wall.now - before).toBeLessThanOrEqual(12);
    expect(pacer.status().lateness).toBeGreaterThan(0);
  });

  it('lockstep never moves by itself', () => {
    const { twin, wall } = setUp();
    const pacer = new Pacer(
      twin,
      { kind: 'lockstep' },
      true,
      () => wall.now,
      new Effort(() => wall.now),
    );
    wall.now = 1e6;
    pacer.slice();
    expect(twin.now).toBe(0);
  });
});

describe('time modes', () => {
  it.each([
    ['realtime', { kind: 'scaled', factor: 1 }],
    ['max', { kind: 'max' }],
    ['lockstep', { kind: 'lockstep' }],
    ['100000', { kind: 'scaled', factor: 100_000 }],
    ['0.01', undefined],
    ['fast', undefined],
  ])('%s', (text, mode) => {
    expect(parseTimeMode(text)).toEqual(mode);
  });
});
