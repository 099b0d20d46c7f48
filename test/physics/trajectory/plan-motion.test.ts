import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Pose } from '../../../src/kernel/pose.ts';
import type { CarriedBody } from '../../../src/physics/kinematics/body-shape.ts';
import { isWithinLimits } from '../../../src/physics/kinematics/chain.ts';
import { forward } from '../../../src/physics/kinematics/forward.ts';
import { hangerGrips, neckGrips, sideGrips } from '../../../src/physics/kinematics/grips.ts';
import { angleBetween, distanceBetween } from '../../../src/physics/kinematics/pose-error.ts';
import { TUCKED } from '../../../src/physics/kinematics/six-axis-arm.data.ts';
import { createSixAxisArm } from '../../../src/physics/kinematics/six-axis-arm.ts';
import { createContactQuery } from '../../../src/physics/rigid-body/arm-contacts.ts';
import {
  type CollisionWorld,
  createCollisionWorld,
  type Obstacle,
} from '../../../src/physics/rigid-body/collision-world.ts';
import { initRigidBody } from '../../../src/physics/rigid-body/rapier.ts';
import { sampleMotion } from '../../../src/physics/trajectory/motion-plan.ts';
import {
  type MotionPlanner,
  planReach,
  type ReachOptions,
  type ReachPlan,
} from '../../../src/physics/trajectory/plan-motion.ts';

const ORIGIN: Pose = { position: [0, 0, 0], orientation: [0, 0, 0, 1] };
/** The track runs from x = 1 m to x = 5 m in the middle of a zone of 6 m x 3 m. */
const X_WB: Pose = { position: [1, 1.5, 0], orientation: [0, 0, 0, 1] };
const NECK = 0.135;
const FREE: ReachOptions = { approach: { direction: [0, 0, -1], distance: 0.1 } };
const BOTTLE: CarriedBody = {
  id: 'bottle-1',
  shape: { kind: 'cylinder', radius: 0.031, halfHeight: 0.075 },
  // Half a turn about Y: the tool points down, the bottle up; its centre hangs 60 mm below the TCP.
  pose: { position: [0, 0, 0.06], orientation: [0, 1, 0, 0] },
};

function box(id: string, centre: Pose['position'], half: Pose['position']): Obstacle {
  const pose: Pose = { position: centre, orientation: [0, 0, 0, 1] };
  return { id, parts: [{ shape: { kind: 'box', halfExtents: half }, pose }] };
}

/** Benches and instruments along both walls, their tops 0.9 m to 1.3 m above the floor. */
function stations(): Obstacle[] {
  const tops = [0.9, 1.1, 1, 1.3, 0.95, 1.2];
  return tops.flatMap((top, i) =>
    [0.3, 2.7].map((y) =>
      box(`station-${y < 1 ? 'a' : 'b'}${i + 1}`, [0.5 + i, y, top / 2], [0.4, 0.3, top / 2]),
    ),
  );
}

/** A bottle's pose on top of a station. */
function onStation(i: number, side: 'a' | 'b', dx = 0): Pose {
  const top = [0.9, 1.1, 1, 1.3, 0.95, 1.2][i] as number;
  return { position: [0.5 + i + dx, side === 'a' ? 0.35 : 2.65, top], orientation: [0, 0, 0, 1] };
}

const arm = createSixAxisArm(4);
const HOME = Float64Array.of(2, 0, ...TUCKED[0], 0);
let world: CollisionWorld;
let planner: MotionPlanner;

beforeAll(async () => {
  await initRigidBody();
  world = createCollisionWorld([box('floor', [3, 1.5, -0.1], [3, 1.5, 0.1]), ...stations()]);
  planner = { arm, X_WB, contact: createContactQuery(world, arm.chain, X_WB) };
});

afterEach(() => {
  for (const id of ['post', 'hood', 'bottle-2']) world.remove(id);
});

function plan(from: Float64Array, targets: Pose[], options: ReachOptions): ReachPlan {
  const result = planReach(planner, from, targets, options);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function endOf(motion: ReachPlan): Float64Array {
  return sampleMotion(motion, motion.duration);
}

function tcp(q: Float64Array): Pose {
  const { position, orientation } = forward(arm.chain, q).tcp;
  return {
    position: [position[0] + 1, position[1] + 1.5, position[2]],
    orientation,
  };
}

describe('planReach', () => {
  it('reaches every station from every other, within the limits and in one piece', () => {
    let from: Float64Array = HOME;
    let away = 0;
    for (const i of [0, 3, 5, 1, 4, 2]) {
      for (const side of ['a', 'b'] as const) {
        const targets = neckGrips(onStation(i, side), NECK);
        const retreat = { direction: [0, 0, 1], distance: away } as const;
        const motion = plan(from, targets, { ...FREE, retreat });
        expect(sampleMotion(motion, 0)).toEqual(from);
        const end = endOf(motion);
        expect(distanceBetween(tcp(end), targets[motion.target] as Pose)).toBeLessThan(1e-9);
        expect(angleBetween(tcp(end), targets[motion.target] as Pose)).toBeLessThan(1e-9);
        let last: Float64Array = from;
        const steps = Math.ceil(motion.duration / 0.01);
        for (let k = 0; k <= steps; k++) {
          const q = sampleMotion(motion, (motion.duration * k) / steps);
          expect(isWithinLimits(arm.chain, q, 1e-9)).toBe(true);
          expect(planner.contact(q)).toBeUndefined();
          // 0.01 s at the fastest joint, 300 deg/s, is 0.053 rad.
          for (let j = 0; j < 7; j++) {
            expect(Math.abs((q[j] as number) - (last[j] as number))).toBeLessThan(0.06);
          }
          last = q;
        }
        expect(motion.duration).toBeLessThan(15);
        from = end;
        away = 0.1;
      }
    }
  });

  it('carries an open bottle upright from wall to wall', () => {
    const up = { direction: [0, 0, 1], distance: 0.15 } as const;
    const at = endOf(plan(HOME, neckGrips(onStation(1, 'a'), NECK), FREE));
    const motion = plan(at, neckGrips(onStation(4, 'b'), NECK), {
      approach: { direction: [0, 0, -1], distance: 0.15 },
      retreat: up,
      carried: BOTTLE,
      maxTilt: 0.01,
    });
    for (let k = 0; k <= 300; k++) {
      const q = sampleMotion(motion, (motion.duration * k) / 300);
      const { orientation: o } = tcp(q);
      // Third column, third row of the rotation matrix: cosine of the tool's angle from upright.
      expect(2 * (o[0] ** 2 + o[1] ** 2)).toBeGreaterThan(2 * Math.cos(0.005) ** 2);
      expect(planner.contact(q, BOTTLE)).toBeUndefined();
    }
  });

  it('grips from the side and bags by the hanger', () => {
    const side = plan(HOME, sideGrips(onStation(2, 'b'), 0.08, Math.PI / 2), {
      approach: { direction: [0, 1, 0], distance: 0.1 },
    });
    expect(tcp(endOf(side)).position[2]).toBeCloseTo(1.08, 9);
    expect(plan(HOME, hangerGrips(onStation(2, 'b'), 0.3), FREE).target).toBeGreaterThanOrEqual(0);
  });

  it('is a pure function and plain data', () => {
    const targets = neckGrips(onStation(5, 'b'), NECK);
    const [a, b] = [plan(HOME, targets, FREE), plan(HOME, targets, FREE)];
    expect(a).toEqual(b);
    expect(JSON.parse(JSON.stringify(a))).toEqual(a);
  });

  it('goes around what blocks the first choice', () => {
    const targets = neckGrips(onStation(2, 'b'), NECK);
    const before = plan(HOME, targets, FREE);
    // A post where the forearm would be.
    world.put(box('post', [2.5, 2.35, 1.6], [0.03, 0.03, 0.4]));
    const after = plan(HOME, targets, FREE);
    expect(endOf(after)).not.toEqual(endOf(before));
    for (let k = 0; k <= 400; k++) {
      expect(planner.contact(sampleMotion(after, (after.duration * k) / 400))).toBeUndefined();
    }
  });

  it('refuses with obstacle and link when a hood closes the place', () => {
    world.put(box('hood', [2.5, 2.7, 1.3], [0.35, 0.3, 0.1]));
    const result = planReach(planner, HOME, neckGrips(onStation(2, 'b'), NECK), FREE);
    expect(result).toMatchObject({ ok: false, error: { code: 'COLLISION' } });
    if (!result.ok)
      expect(result.error.message).toMatch(/^(gripper|wrist|forearm) would touch hood/);
  });

  it('may touch what it is told to touch, on the straight leg only', () => {
    const vessel = box('bottle-2', [2.5, 2.65, 1.075], [0.031, 0.031, 0.075]);
    world.put(vessel);
    const targets = neckGrips(onStation(2, 'b'), NECK);
    expect(planReach(planner, HOME, targets, FREE)).toMatchObject({ ok: false });
    const approach = { ...FREE.approach, ignore: ['bottle-2'] };
    expect(planReach(planner, HOME, targets, { approach }).ok).toBe(true);
  });

  it('refuses what is out of reach', () => {
    const far: Pose = { ...ORIGIN, position: [3, 5, 1] };
    expect(planReach(planner, HOME, neckGrips(far, NECK), FREE)).toEqual({
      ok: false,
      error: { code: 'UNREACHABLE', message: 'the arm cannot reach (3.00, 5.00, 1.14) m' },
    });
  });
});
