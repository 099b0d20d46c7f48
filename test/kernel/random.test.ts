import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openStream, philox2x32 } from '../../src/kernel/random.ts';

const SEED = 4711;
const DRAWS = 100_000;

describe('philox2x32', () => {
  it.each([
    [0x00000000, 0x00000000, 0x00000000, 0xff1dae59, 0x6cd10df2],
    [0xffffffff, 0xffffffff, 0xffffffff, 0x2c3f628b, 0xab4fd7ad],
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0xdd7ce038, 0xf62a4c12],
  ])('answers Random123 vector %#', (low, high, key, left, right) => {
    expect(philox2x32(low, high, key)).toEqual([left, right]);
  });
});

describe('a stream', () => {
  it('is a function of seed, entity, purpose and index alone', () => {
    const index = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(fc.integer(), fc.string(), fc.string(), index, (seed, entity, purpose, i) => {
        const value = openStream(seed, entity, purpose).uniformAt(i);
        expect(openStream(seed, entity, purpose).uniformAt(i)).toBe(value);
        expect(openStream(seed, entity, purpose, i).uniform()).toBe(value);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThan(1);
      }),
      { seed: SEED },
    );
  });

  it('is not shifted by draws that are skipped or looked at', () => {
    const plain = openStream(SEED, 'bioreactor-1', 'ph.noise');
    const expected = Array.from({ length: 20 }, () => plain.uniform());
    const looked = openStream(SEED, 'bioreactor-1', 'ph.noise');
    looked.uniformAt(1000);
    looked.normalAt(3);
    expect(looked.index).toBe(0);
    looked.index = 7;
    expect(looked.uniform()).toBe(expected[7]);
    expect(looked.uniform()).toBe(expected[8]);
  });

  it('continues where a stored index says, whatever was drawn', () => {
    const whole = openStream(SEED, 'cell-counter', 'count');
    whole.uniform();
    whole.normal();
    whole.logNormal(3, 0.2);
    const restored = openStream(SEED, 'cell-counter', 'count', whole.index);
    expect(whole.index).toBe(5);
    expect(restored.normal()).toBe(whole.normal());
  });

  it('normalAt gives the pairs that normal draws', () => {
    const stream = openStream(SEED, 'balance', 'noise');
    for (let pair = 0; pair < 100; pair++) expect(stream.normal()).toBe(stream.normalAt(pair));
  });

  it.each([
    ['seed', SEED + 1, 'pump-1', 'flow'],
    ['high bits of the seed', SEED + 2 ** 32, 'pump-1', 'flow'],
    ['entity', SEED, 'pump-2', 'flow'],
    ['purpose', SEED, 'pump-1', 'flow.drift'],
    ['border between entity and purpose', SEED, 'pump-', '1flow'],
  ])('is independent of a stream of another %s', (_, seed, entity, purpose) => {
    const a = openStream(SEED, 'pump-1', 'flow');
    const b = openStream(seed, entity, purpose);
    const product = mean(DRAWS, (i) => (a.uniformAt(i) - 0.5) * (b.uniformAt(i) - 0.5));
    // Independent uniforms: the mean product has standard deviation 1/12/sqrt(n); five of them.
    expect(Math.abs(product), `seed ${SEED}`).toBeLessThan(5 / 12 / Math.sqrt(DRAWS));
    expect(a.uniformAt(0)).not.toBe(b.uniformAt(0));
  });

  it('has no correlation from one draw to the next', () => {
    const s = openStream(SEED, 'a', 'b');
    const product = mean(DRAWS, (i) => (s.uniformAt(i) - 0.5) * (s.uniformAt(i + 1) - 0.5));
    expect(Math.abs(product), `seed ${SEED}`).toBeLessThan(5 / 12 / Math.sqrt(DRAWS));
  });
});

describe('distributions (bounds are five standard errors)', () => {
  const stream = openStream(SEED, 'donor', 'moments');

  it('uniform: mean 1/2, variance 1/12, every tenth equally often', () => {
    const m = mean(DRAWS, (i) => stream.uniformAt(i));
    const v = mean(DRAWS, (i) => (stream.uniformAt(i) - 0.5) ** 2);
    expect(Math.abs(m - 1 / 2), `seed ${SEED}`).toBeLessThan(5 * Math.sqrt(1 / 12 / DRAWS));
    expect(Math.abs(v - 1 / 12), `seed ${SEED}`).toBeLessThan(5 * Math.sqrt(1 / 180 / DRAWS));
    const bins = new Array<number>(10).fill(0);
    for (let i = 0; i < DRAWS; i++) {
      const bin = Math.floor(stream.uniformAt(i) * 10);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    const expected = DRAWS / 10;
    const chiSquare = bins.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    // 99.99 % quantile of chi-square with 9 degrees of freedom.
    expect(chiSquare, `seed ${SEED}`).toBeLessThan(33.7);
  });

  it('normal: mean 0, variance 1, fourth moment 3', () => {
    const moment = (k: number): number => mean(DRAWS, (i) => stream.normalAt(i) ** k);
    expect(Math.abs(moment(1)), `seed ${SEED}`).toBeLessThan(5 / Math.sqrt(DRAWS));
    expect(Math.abs(moment(2) - 1), `seed ${SEED}`).toBeLessThan(5 * Math.sqrt(2 / DRAWS));
    expect(Math.abs(moment(4) - 3), `seed ${SEED}`).toBeLessThan(5 * Math.sqrt(96 / DRAWS));
  });

  it('log-normal: half the draws lie below the median; the coefficient of variation is as asked', () => {
    const s = openStream(SEED, 'donor', 'log-normal');
    const draws = Array.from({ length: DRAWS }, () => s.logNormal(3, 0.2));
    const below = draws.filter((x) => x < 3).length / DRAWS;
    expect(Math.abs(below - 0.5), `seed ${SEED}`).toBeLessThan(2.5 / Math.sqrt(DRAWS));
    const m = mean(DRAWS, (i) => draws[i] ?? Number.NaN);
    const v = mean(DRAWS, (i) => ((draws[i] ?? Number.NaN) - m) ** 2);
    // The relative standard error of a spread of n nearly normal draws is 1/sqrt(2 n); the tail adds some.
    expect(Math.abs(Math.sqrt(v) / m / 0.2 - 1), `seed ${SEED}`).toBeLessThan(6 / Math.sqrt(DRAWS));
  });
});

function mean(n: number, of: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += of(i);
  return sum / n;
}
