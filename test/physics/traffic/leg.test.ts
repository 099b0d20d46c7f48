import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MICROS_PER_SECOND } from '../../../src/kernel/time.ts';
import { brakeShape, legShape, sampleBrake, sampleLeg } from '../../../src/physics/traffic/leg.ts';
import type { TrackLoad } from '../../../src/kernel/track.ts';
import { createNetwork } from '../../../src/physics/traffic/network.ts';
import { SHUTTLE_MOTION } from '../../../src/physics/traffic/shuttle-motion.data.ts';

const SEED = 77;

const loads: readonly TrackLoad[] = ['empty', 'cassette', 'module'];

/** A rail with nodes at the given distances from one another. */
function railOf(gaps: readonly number[]) {
  let x = 0;
  const nodes = [0, ...gaps].map((gap, k) => {
    x += gap;
    return { id: `n${k}`, position: [x, 0, 0] as const, block: `n${k}` };
  });
  const edges = gaps.map((_, k) => ({ from: `n${k}`, to: `n${k + 1}`, kind: 'rail' as const }));
  return { length: x, network: createNetwork({ nodes, edges, motion: SHUTTLE_MOTION }) };
}

describe(`motion along a line (seed ${SEED})`, () => {
  it('comes to rest among the nodes that it holds, whenever it brakes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.65, max: 3, noNaN: true }), { minLength: 2, maxLength: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(...loads),
        (gaps, a, b, part, load) => {
          const { network, length } = railOf(gaps);
          const [from, to] = [a * length, b * length];
          fc.pre(Math.abs(to - from) > 0.01);
          const { passes, duration } = legShape(network, 0, from, to, load);
          const way = { line: 0, from, to, load };
          const t = Math.floor(duration * part);
          const offsets = network.lines[0]?.offsets ?? [];
          const held = passes.filter(({ from: f, until }) => f <= t && t < until);
          expect(held.length).toBeGreaterThan(0);
          // The shuttle and its place of rest lie strictly between the nodes around those held.
          const indices = held.map(({ index }) => index);
          const low = offsets[Math.min(...indices) - 1] ?? Number.NEGATIVE_INFINITY;
          const high = offsets[Math.max(...indices) + 1] ?? Number.POSITIVE_INFINITY;
          const { rest, duration: braking } = brakeShape(network, way, t);
          for (const x of [sampleLeg(network, way, t).position, rest]) {
            expect(x).toBeGreaterThan(low - 1e-5);
            expect(x).toBeLessThan(high + 1e-5);
          }
          expect(sampleBrake(network, way, t, braking).position).toBe(rest);
          const half = sampleBrake(network, way, t, 0);
          expect(half.position).toBeCloseTo(sampleLeg(network, way, t).position, 5);
        },
      ),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('lasts as long there as back, and ends exactly at its end', () => {
    const { network } = railOf([1.3, 1.3, 1.3]);
    const there = legShape(network, 0, 0, 3.9, 'cassette');
    const back = legShape(network, 0, 3.9, 0, 'cassette');
    expect(back.duration).toBe(there.duration);
    // 3.9 m at up to 1.2 m/s and 0.7 m/s2: v / a + a / j + d / v.
    expect(there.duration / MICROS_PER_SECOND).toBeCloseTo(1.2 / 0.7 + 0.5 + 3.9 / 1.2, 5);
    const way = { line: 0, from: 3.9, to: 0, load: 'cassette' as const };
    expect(sampleLeg(network, way, back.duration).position).toBe(0);
  });
});
