import { describe, expect, it } from 'vitest';
import { openStream } from '../../../src/kernel/random.ts';
import { forward } from '../../../src/physics/kinematics/forward.ts';
import { angleBetween } from '../../../src/physics/kinematics/pose-error.ts';
import { createSixAxisArm } from '../../../src/physics/kinematics/six-axis-arm.ts';
import { planJointMove } from '../../../src/physics/trajectory/joint-move.ts';
import { planLinearMove, solveStraightLine } from '../../../src/physics/trajectory/linear-move.ts';
import {
  joinTrajectories,
  sampleMotion,
  sampleMotionVelocity,
} from '../../../src/physics/trajectory/motion-plan.ts';
import { planSCurve, sampleSCurve } from '../../../src/physics/trajectory/s-curve.ts';
import {
  sample,
  sampleVelocity,
  type Trajectory,
} from '../../../src/physics/trajectory/trajectory.ts';

const SEED = 21;
const arm = createSixAxisArm(4);
const { chain } = arm;

/** Largest ratio of velocity, acceleration and jerk to their limits, by central differences. */
function worstRatios(trajectory: Trajectory): number[] {
  const n = 4000;
  const h = trajectory.duration / n;
  const worst = [0, 0, 0];
  const at = (k: number): Float64Array => sampleVelocity(trajectory, k * h);
  for (let k = 1; k < n; k++) {
    const [before, here, after] = [at(k - 1), at(k), at(k + 1)];
    chain.joints.forEach(({ limits }, i) => {
      const v = (x: Float64Array): number => x[i] as number;
      const ratios = [
        Math.abs(v(here)) / limits.velocity,
        Math.abs(v(after) - v(before)) / (2 * h) / limits.acceleration,
        Math.abs(v(after) - 2 * v(here) + v(before)) / (h * h) / limits.jerk,
      ];
      ratios.forEach((ratio, r) => {
        worst[r] = Math.max(worst[r] as number, ratio);
      });
    });
  }
  return worst;
}

describe(`S-curve (seed ${SEED})`, () => {
  it('keeps its limits, ends exactly, and is continuous, over six decades of distance', () => {
    const stream = openStream(SEED, 's-curve', 'limits');
    for (let i = 0; i < 60; i++) {
      const limits = {
        velocity: stream.logNormal(1, 1),
        acceleration: stream.logNormal(3, 1),
        jerk: stream.logNormal(20, 2),
      };
      const distance = 10 ** (6 * stream.uniform() - 4);
      const curve = planSCurve(distance, limits);
      expect(sampleSCurve(curve, curve.duration).position).toBe(distance);
      let last = sampleSCurve(curve, 0);
      const h = curve.duration / 300;
      for (let k = 1; k <= 300; k++) {
        const now = sampleSCurve(curve, k * h);
        expect(now.velocity).toBeLessThanOrEqual(limits.velocity * (1 + 1e-9));
        expect(Math.abs(now.acceleration)).toBeLessThanOrEqual(limits.acceleration * (1 + 1e-9));
        // Position is the integral of velocity: trapezoid error is jerk h^3 / 12 at most, doubled.
        const integral = ((now.velocity + last.velocity) / 2) * h;
        const bound = limits.jerk * h ** 3 + 1e-12 * distance;
        expect(Math.abs(now.position - last.position - integral)).toBeLessThanOrEqual(bound);
        expect(Math.abs(now.acceleration - last.acceleration)).toBeLessThanOrEqual(
          limits.jerk * h * (1 + 1e-9) + 1e-9,
        );
        last = now;
      }
    }
  });

  it('takes the time of the closed-form optimum in all four regimes', () => {
    // v = 1, a = 2, j = 10: ramps of 0.2 s jerk, 0.3 s constant acceleration; 0.7 m without cruise.
    const limits = { velocity: 1, acceleration: 2, jerk: 10 };
    expect(planSCurve(2, limits).duration).toBeCloseTo(2 / 1 + 1 / 2 + 2 / 10, 12);
    const d = 0.4; // no cruise, acceleration limit reached: T = a/j + sqrt((a/j)^2 + 4 d/a)
    expect(planSCurve(d, limits).duration).toBeCloseTo(0.2 + Math.sqrt(0.04 + (4 * d) / 2), 12);
    // Jerk alone binds: T = (32 d / j)^(1/3).
    expect(planSCurve(0.01, limits).duration).toBeCloseTo(Math.cbrt(0.032), 12);
    // Slow axis, acceleration limit never reached: T = d/v + 2 sqrt(v/j).
    const slow = { velocity: 0.1, acceleration: 2, jerk: 10 };
    expect(planSCurve(1, slow).duration).toBeCloseTo(10 + 2 * Math.sqrt(0.01), 12);
  });
});

describe(`joint moves (seed ${SEED})`, () => {
  it('never exceed a limit, reach one of them, and start and end exactly', () => {
    const stream = openStream(SEED, 'joint-move', 'limits');
    for (let i = 0; i < 20; i++) {
      const [from, to] = [0, 1].map(() =>
        chain.joints.map(
          ({ limits }) => limits.lower + (limits.upper - limits.lower) * stream.uniform(),
        ),
      ) as [number[], number[]];
      const move = planJointMove(chain, from, to);
      expect(Array.from(sample(move, 0))).toEqual(from);
      expect(Array.from(sample(move, move.duration))).toEqual(to);
      const worst = worstRatios(move);
      // Second differences of velocity across a jump of jerk stay below the jump.
      for (const ratio of worst) expect(ratio).toBeLessThan(1 + 1e-5);
      expect(Math.max(...worst)).toBeGreaterThan(0.99);
    }
  });

  it('a single axis takes exactly its own optimum', () => {
    const from = new Float64Array(7);
    chain.joints.forEach(({ limits }, i) => {
      const move = planJointMove(chain, from, from.with(i, 0.9));
      expect(move.duration).toBeCloseTo(planSCurve(0.9, limits).duration, 12);
    });
  });

  it('survive JSON unchanged', () => {
    const plan = joinTrajectories([
      planJointMove(chain, [0, 0, 0, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0, 1]),
      planJointMove(chain, [1, 1, 0, 0, 0, 0, 1], [2, 0, 0, 0, 1, 0, 1]),
    ]);
    const copy = JSON.parse(JSON.stringify(plan)) as typeof plan;
    for (let k = -1; k <= 50; k++) {
      const t = (plan.duration * k) / 49;
      expect(sampleMotion(copy, t)).toEqual(sampleMotion(plan, t));
    }
    expect(Array.from(sampleMotion(plan, plan.duration))).toEqual([2, 0, 0, 0, 1, 0, 1]);
    expect(sampleMotionVelocity(plan, plan.duration).every((v) => v === 0)).toBe(true);
  });
});

describe('linear moves', () => {
  const from = [2, Math.PI / 2, 0.3, 0.35, 0, Math.PI / 2 - 0.65, 0.2];
  const start = forward(chain, from).tcp;
  for (const [name, d] of [
    ['down', [0, 0, -0.2]],
    ['sideways', [0.3, 0.05, 0]],
    ['outward, nearly to the end of the reach', [0, 0.185, 0]],
  ] as const) {
    it(`${name}: straight within 0.1 mm, upright, within the limits`, () => {
      const goal = {
        position: [
          start.position[0] + d[0],
          start.position[1] + d[1],
          start.position[2] + d[2],
        ] as const,
        orientation: start.orientation,
      };
      const knots = solveStraightLine(arm, from, goal);
      if (!knots) throw new Error('no line');
      const length = Math.hypot(...d);
      const move = planLinearMove(chain, knots, length);
      for (const ratio of worstRatios(move)) expect(ratio).toBeLessThan(1.001);
      expect(Array.from(sample(move, 0))).toEqual(from);
      for (let k = 0; k <= 500; k++) {
        const { tcp } = forward(chain, sample(move, (move.duration * k) / 500));
        const offset = tcp.position.map((p, i) => p - (start.position[i] as number));
        const along = offset.reduce((sum, p, i) => sum + (p * (d[i] as number)) / length, 0);
        const aside = Math.hypot(...offset.map((p, i) => p - (along * (d[i] as number)) / length));
        expect(aside).toBeLessThan(1e-4);
        expect(angleBetween(tcp, start)).toBeLessThan(1e-3);
      }
      const end = forward(chain, sample(move, move.duration)).tcp;
      expect(
        Math.hypot(...end.position.map((p, i) => p - (goal.position[i] as number))),
      ).toBeLessThan(1e-9);
    });
  }

  it('end where the reach ends', () => {
    const goal = { ...start, position: [2, 2, start.position[2]] as const };
    expect(solveStraightLine(arm, from, goal)).toBeUndefined();
  });
});
