import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planSCurve, sampleSCurve } from '../../../src/physics/trajectory/s-curve.ts';
import { planStop, sampleStop } from '../../../src/physics/trajectory/stop-curve.ts';

const SEED = 24;
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe(`stop out of a planned motion (seed ${SEED})`, () => {
  it('begins as it moves, keeps acceleration and jerk, rests before the end of the way', () => {
    fc.assert(
      fc.property(
        number(0.01, 5),
        number(0.1, 3),
        number(0.3, 10),
        number(2, 100),
        number(0, 1),
        (distance, velocity, acceleration, jerk, part) => {
          const curve = planSCurve(distance, { velocity, acceleration, jerk });
          const t = curve.duration * part;
          const start = sampleSCurve(curve, t);
          const most = curve.jerk * curve.jerkTime;
          const stop = planStop(start, { acceleration: most, jerk: curve.jerk });
          expect(stop.duration).toBeLessThanOrEqual(curve.duration - t + 1e-6);
          let before = start;
          for (let k = 0; k <= 60; k++) {
            const now = sampleStop(stop, (stop.duration * k) / 60);
            expect(Math.abs(now.acceleration)).toBeLessThanOrEqual(most * (1 + 1e-9));
            // The last instants before the end of a motion are below rounding.
            if (start.velocity > 1e-6) {
              expect(Math.abs(now.jerk)).toBeLessThanOrEqual(curve.jerk * (1 + 1e-4));
            }
            expect(now.velocity).toBeGreaterThanOrEqual(-1e-9);
            expect(now.position).toBeGreaterThanOrEqual(before.position - 1e-12);
            before = now;
          }
          const end = sampleStop(stop, stop.duration);
          expect(end.velocity).toBe(0);
          expect(end.position).toBeLessThanOrEqual(distance + 1e-9);
          const last = sampleStop(stop, stop.duration * (1 - 1e-9));
          expect(last.velocity).toBeLessThan(1e-6 * (1 + velocity));
        },
      ),
      { seed: SEED, numRuns: 400 },
    );
  });
});
