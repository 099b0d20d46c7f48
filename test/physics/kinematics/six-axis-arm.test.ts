import { describe, expect, it } from 'vitest';
import { type RandomStream, openStream } from '../../../src/kernel/random.ts';
import { inverseAt } from '../../../src/physics/kinematics/arm-inverse.ts';
import { isWithinLimits } from '../../../src/physics/kinematics/chain.ts';
import { solveDamped } from '../../../src/physics/kinematics/damped-least-squares.ts';
import { forward } from '../../../src/physics/kinematics/forward.ts';
import { neckGrips } from '../../../src/physics/kinematics/grips.ts';
import { jacobian } from '../../../src/physics/kinematics/jacobian.ts';
import {
  angleBetween,
  distanceBetween,
  rotationVector,
} from '../../../src/physics/kinematics/pose-error.ts';
import { ARM_LENGTHS, TUCKED } from '../../../src/physics/kinematics/six-axis-arm.data.ts';
import { createSixAxisArm } from '../../../src/physics/kinematics/six-axis-arm.ts';
import { inverse } from '../../../src/physics/kinematics/track-position.ts';

const SEED = 20;
const arm = createSixAxisArm(4);
const { chain } = arm;

function randomConfiguration(stream: RandomStream): Float64Array {
  return Float64Array.from(
    chain.joints.map(
      ({ limits }) => limits.lower + (limits.upper - limits.lower) * stream.uniform(),
    ),
  );
}

describe(`six-axis arm on a track (seed ${SEED})`, () => {
  it('stands at zero as documented: upper arm upright, forearm and tool level along +X', () => {
    const l = ARM_LENGTHS;
    const { tcp } = forward(chain, new Float64Array(7));
    expect(tcp.position[0]).toBeCloseTo(l.shoulderOffset + l.forearm + l.flange + l.gripper, 12);
    expect(tcp.position[1]).toBeCloseTo(0, 12);
    expect(tcp.position[2]).toBeCloseTo(l.pedestal + l.shoulderHeight + l.upperArm, 12);
  });

  it('every branch of the inverse leads back to the pose, and one is the original', () => {
    const stream = openStream(SEED, 'arm', 'round-trip');
    let branches = 0;
    for (let i = 0; i < 1000; i++) {
      const q = randomConfiguration(stream);
      const { tcp } = forward(chain, q);
      const solutions = inverseAt(arm, tcp, q[0] as number, q);
      branches += solutions.length;
      for (const solution of solutions) {
        const back = forward(chain, solution).tcp;
        expect(distanceBetween(tcp, back)).toBeLessThan(1e-9);
        expect(angleBetween(tcp, back)).toBeLessThan(1e-9);
        expect(isWithinLimits(chain, solution)).toBe(true);
      }
      const [nearest] = solutions;
      const offset = Math.max(
        ...Array.from(q, (value, k) => Math.abs(value - (nearest?.[k] ?? Number.NaN))),
      );
      expect(offset).toBeLessThan(1e-5);
    }
    expect(branches / 1000).toBeGreaterThan(2.5);
  });

  it('with a free track the inverse reaches every pose that some track position reaches', () => {
    const stream = openStream(SEED, 'arm', 'free-track');
    const seed = new Float64Array(7);
    let reached = 0;
    for (let i = 0; i < 1000; i++) {
      const { tcp } = forward(chain, randomConfiguration(stream));
      const q = inverse(arm, tcp, seed);
      if (!q) continue;
      reached++;
      const back = forward(chain, q).tcp;
      expect(distanceBetween(tcp, back)).toBeLessThan(1e-9);
      expect(angleBetween(tcp, back)).toBeLessThan(1e-9);
      expect(isWithinLimits(chain, q)).toBe(true);
    }
    expect(reached).toBeGreaterThan(950);
  });

  it('stays exact with a straight wrist and with the wrist above the first axis', () => {
    for (const q of [
      [1, 0.3, 0.4, 0.2, 0.7, 0, 0.4],
      [1, 0.3, 0.4, 0.2, 0.7, 1e-8, 0.4],
      [1, 0.3, 0.4, 0.2, 0.7, 1e-5, 0.4],
      [2, 0.5, 0, -Math.PI / 2 - 1e-7, 0.1, 0.4, 0.2],
    ]) {
      const { tcp } = forward(chain, q);
      const [nearest] = inverseAt(arm, tcp, q[0] as number, q);
      if (!nearest) throw new Error('no solution');
      const back = forward(chain, nearest).tcp;
      expect(distanceBetween(tcp, back)).toBeLessThan(1e-9);
      expect(angleBetween(tcp, back)).toBeLessThan(1e-9);
    }
  });

  it('refuses poses out of reach', () => {
    const pose = { position: [2, 2.5, 1], orientation: [0, 1, 0, 0] } as const;
    expect(inverse(arm, pose, new Float64Array(7))).toBeUndefined();
  });

  it('reaches bottles on both walls of zone A from above', () => {
    for (const x of [0.1, 2, 3.9]) {
      for (const y of [-1.2, -0.7, 0.7, 1.2]) {
        for (const z of [0.9, 1.1, 1.3]) {
          const place = { position: [x, y, z], orientation: [0, 0, 0, 1] } as const;
          const [grip] = neckGrips(place, 0.135);
          const seed = Float64Array.of(x, Math.atan2(y, 0), ...TUCKED[0], 0);
          expect(grip && inverse(arm, grip, seed), `${x} ${y} ${z}`).toBeDefined();
        }
      }
    }
  });

  it('the Jacobian agrees with central differences', () => {
    const stream = openStream(SEED, 'arm', 'jacobian');
    const h = 1e-5;
    for (let i = 0; i < 50; i++) {
      const q = randomConfiguration(stream);
      const j = jacobian(chain, q);
      for (let k = 0; k < 7; k++) {
        const plus = forward(chain, q.with(k, (q[k] as number) + h)).tcp;
        const minus = forward(chain, q.with(k, (q[k] as number) - h)).tcp;
        const turn = rotationVector(minus, plus);
        for (let r = 0; r < 3; r++) {
          const linear = ((plus.position[r] as number) - (minus.position[r] as number)) / (2 * h);
          // Truncation h^2/6 times lengths of 2 m, rounding 1e-16/h: both below 1e-9.
          expect(Math.abs((j[r * 7 + k] as number) - linear)).toBeLessThan(1e-9);
          const angular = (turn[r] as number) / (2 * h);
          expect(Math.abs((j[(r + 3) * 7 + k] as number) - angular)).toBeLessThan(1e-9);
        }
      }
    }
  });

  it('damped least squares finds the same poses', () => {
    const stream = openStream(SEED, 'arm', 'damped');
    let found = 0;
    for (let i = 0; i < 100; i++) {
      const q = randomConfiguration(stream);
      const { tcp } = forward(chain, q);
      const seed = q.map((value) => value + 0.2 * (stream.uniform() - 0.5));
      const solution = solveDamped(chain, tcp, seed);
      if (!solution) continue;
      found++;
      expect(distanceBetween(tcp, forward(chain, solution).tcp)).toBeLessThan(1e-9);
      expect(isWithinLimits(chain, solution)).toBe(true);
    }
    expect(found).toBeGreaterThan(85);
  });
});
