import { describe, expect, it } from 'vitest';
import { composePose, invertPose, type Pose } from '../../../src/kernel/pose.ts';
import type { Solid } from '../../../src/kernel/solid.ts';
import { isWithinLimits } from '../../../src/physics/kinematics/chain.ts';
import { forward } from '../../../src/physics/kinematics/forward.ts';
import { neckGrips, sideGrips } from '../../../src/physics/kinematics/grips.ts';
import { angleBetween, distanceBetween } from '../../../src/physics/kinematics/pose-error.ts';
import { TUCKED } from '../../../src/physics/kinematics/six-axis-arm.data.ts';
import { createSixAxisArm } from '../../../src/physics/kinematics/six-axis-arm.ts';
import { createContactQuery } from '../../../src/physics/rigid-body/arm-contacts.ts';
import { createCollisionWorld } from '../../../src/physics/rigid-body/collision-world.ts';
import { endOf, joinMotions, sampleMotion } from '../../../src/physics/trajectory/motion-plan.ts';
import type { MotionPlanner } from '../../../src/physics/trajectory/motion-planner.ts';
import { planTuck } from '../../../src/physics/trajectory/plan-tuck.ts';
import {
  planVisit,
  type Visit,
  type VisitOptions,
  type VisitTarget,
} from '../../../src/physics/trajectory/plan-visit.ts';

/** The track runs from x = 1 m to x = 5 m in the middle of a zone of 6 m x 3 m. */
const X_WB: Pose = { position: [1, 1.5, 0], orientation: [0, 0, 0, 1] };
const NECK = 0.135;
const PICK: VisitOptions = { direction: [0, 0, -1], distances: [0.2, 0.4], carries: 'out' };
const PLACE: VisitOptions = { ...PICK, carries: 'in' };
const BOTTLE = { kind: 'cylinder', radius: 0.031, halfHeight: 0.075 } as const;
const UPRIGHT: VisitOptions = { ...PICK, maxTilt: 0.01 };

function box(id: string, centre: Pose['position'], half: Pose['position']): Solid {
  const pose: Pose = { position: centre, orientation: [0, 0, 0, 1] };
  return { id, parts: [{ shape: { kind: 'box', halfExtents: half }, pose }] };
}

/** Benches and instruments along both walls, their tops 0.9 m to 1.3 m above the floor. */
const STATIONS = [
  box('floor', [3, 1.5, -0.1], [3, 1.5, 0.1]),
  ...[0.9, 1.1, 1, 1.3, 0.95, 1.2].flatMap((top, i) =>
    [0.3, 2.7].map((y) =>
      box(`station-${y < 1 ? 'a' : 'b'}${i + 1}`, [0.5 + i, y, top / 2], [0.4, 0.3, top / 2]),
    ),
  ),
];

/** Walls around the place on station b3, up to 1.3 m. */
const PIT: Solid = {
  id: 'pit',
  parts: [
    ...box('', [2.36, 2.65, 1.15], [0.03, 0.2, 0.15]).parts,
    ...box('', [2.64, 2.65, 1.15], [0.03, 0.2, 0.15]).parts,
    ...box('', [2.5, 2.56, 1.18], [0.17, 0.01, 0.18]).parts,
  ],
};

/** A bottle's pose on top of a station. */
function onStation(i: number, side: 'a' | 'b'): Pose {
  const top = [0.9, 1.1, 1, 1.3, 0.95, 1.2][i] as number;
  return { position: [0.5 + i, side === 'a' ? 0.35 : 2.65, top], orientation: [0, 0, 0, 1] };
}

const arm = createSixAxisArm(4);
const HOME = [2, 0, ...TUCKED[0], 0];

function among(...more: readonly Solid[]): MotionPlanner {
  const worlds = [createCollisionWorld(STATIONS), createCollisionWorld(more)];
  return { arm, X_WB, contact: createContactQuery(worlds, arm.chain, X_WB) };
}

const planner = among();

function held(X_WT: Pose, X_WV: Pose): VisitTarget {
  const middle: Pose = { position: [0, 0, 0.075], orientation: [0, 0, 0, 1] };
  const pose = composePose(composePose(invertPose(X_WT), X_WV), middle);
  return { pose: X_WT, body: { id: 'bottle-1', shape: BOTTLE, pose } };
}

function grips(X_WV: Pose): VisitTarget[] {
  return neckGrips(X_WV, NECK).map((X_WT) => held(X_WT, X_WV));
}

function plan(from: readonly number[], X_WV: Pose, options = PICK, by = planner): Visit {
  const result = planVisit(by, from, grips(X_WV), options);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const tcp = (q: ArrayLike<number>): Pose => composePose(X_WB, forward(arm.chain, q).tcp);

/** Cosine of the tool's angle from straight down. */
function downness(q: ArrayLike<number>): number {
  const [x, y] = tcp(q).orientation;
  return 2 * (x * x + y * y) - 1;
}

describe('planVisit', () => {
  it('reaches every station from every other, within the limits and in one piece', () => {
    let from = HOME;
    let carries = false;
    for (const i of [0, 3, 5, 1, 4, 2]) {
      for (const side of ['a', 'b'] as const) {
        const targets = grips(onStation(i, side));
        const visit = plan(from, onStation(i, side), carries ? PLACE : PICK);
        const target = targets[visit.target] as VisitTarget;
        expect(endOf(visit.approach).length).toBe(7);
        expect(Array.from(sampleMotion(visit.approach, 0))).toEqual(from);
        const there = endOf(visit.approach);
        expect(Array.from(sampleMotion(visit.retreat, 0))).toEqual(there);
        expect(distanceBetween(tcp(there), target.pose)).toBeLessThan(1e-9);
        expect(angleBetween(tcp(there), target.pose)).toBeLessThan(1e-9);
        for (const motion of [visit.approach, visit.retreat]) {
          const loaded = carries === (motion === visit.approach);
          let last = sampleMotion(motion, 0);
          const steps = Math.ceil(motion.duration / 0.01);
          for (let k = 0; k <= steps; k++) {
            const q = sampleMotion(motion, (motion.duration * k) / steps);
            expect(isWithinLimits(arm.chain, q, 1e-9)).toBe(true);
            expect(planner.contact(q, loaded ? target.body : undefined)).toBeUndefined();
            // 0.01 s at the fastest joint, 300 deg/s, is 0.053 rad.
            for (let j = 0; j < 7; j++) {
              expect(Math.abs((q[j] as number) - (last[j] as number))).toBeLessThan(0.06);
            }
            last = q;
          }
        }
        expect(visit.approach.duration + visit.retreat.duration).toBeLessThan(20);
        from = endOf(visit.retreat);
        expect(from.slice(2, 6)).toEqual([...TUCKED[0]]);
        carries = !carries;
      }
    }
  });

  it('comes in and goes out straight along the direction', () => {
    const visit = plan(HOME, onStation(1, 'b'));
    const last = visit.approach.trajectories.at(-1)?.duration ?? 0;
    const target = tcp(endOf(visit.approach)).position;
    for (let k = 0; k <= 20; k++) {
      const t = visit.approach.duration - (last * k) / 20;
      const [x, y, z] = tcp(sampleMotion(visit.approach, t)).position;
      expect(Math.hypot(x - target[0], y - target[1])).toBeLessThan(2e-4);
      expect(z).toBeGreaterThan(target[2] - 1e-9);
    }
    expect(
      tcp(sampleMotion(visit.approach, visit.approach.duration - last)).position[2],
    ).toBeCloseTo(target[2] + 0.2, 9);
  });

  it('keeps an open bottle upright from wall to wall', () => {
    const picked = plan(HOME, onStation(1, 'a'), UPRIGHT);
    const placed = plan(endOf(picked.retreat), onStation(4, 'b'), { ...PLACE, maxTilt: 0.01 });
    const carried = joinMotions([picked.retreat, placed.approach]);
    for (let k = 0; k <= 300; k++) {
      const q = sampleMotion(carried, (carried.duration * k) / 300);
      expect(downness(q)).toBeGreaterThan(Math.cos(0.01));
    }
  });

  it('comes in from the side where it is told to', () => {
    const X_WV = onStation(2, 'b');
    const targets = sideGrips(X_WV, 0.08, Math.PI / 2).map((X_WT) => held(X_WT, X_WV));
    const visit = planVisit(planner, HOME, targets, {
      direction: [0, 1, 0],
      distances: [0.1, 0.2],
      carries: 'out',
    });
    if (!visit.ok) throw new Error(visit.error.message);
    expect(tcp(endOf(visit.value.approach)).position[2]).toBeCloseTo(1.08, 9);
  });

  it('is a pure function and plain data', () => {
    const [a, b] = [plan(HOME, onStation(5, 'b')), plan(HOME, onStation(5, 'b'), PICK, among())];
    expect(a).toEqual(b);
    expect(JSON.parse(JSON.stringify(a))).toEqual(a);
  });

  it('goes around what blocks the first choice', () => {
    const before = plan(HOME, onStation(2, 'b'));
    // A post where the forearm would be.
    const blocked = among(box('post', [2.5, 2.35, 1.6], [0.03, 0.03, 0.4]));
    const after = plan(HOME, onStation(2, 'b'), PICK, blocked);
    expect(endOf(after.approach)).not.toEqual(endOf(before.approach));
    for (const { approach: motion } of [after]) {
      for (let k = 0; k <= 400; k++) {
        expect(blocked.contact(sampleMotion(motion, (motion.duration * k) / 400))).toBeUndefined();
      }
    }
  });

  it('rises higher out of a deep place', () => {
    const straight = (v: Visit) => v.retreat.trajectories[0]?.duration ?? 0;
    const deep = plan(HOME, onStation(2, 'b'), PICK, among(PIT));
    expect(straight(deep)).toBeGreaterThan(straight(plan(HOME, onStation(2, 'b'))));
  });

  it('refuses with obstacle and link when a hood closes the place', () => {
    const closed = among(box('hood', [2.5, 2.7, 1.3], [0.35, 0.3, 0.1]));
    const result = planVisit(closed, HOME, grips(onStation(2, 'b')), PICK);
    expect(result).toMatchObject({ ok: false, error: { code: 'COLLISION' } });
    if (!result.ok)
      expect(result.error.message).toMatch(/^(gripper|wrist|forearm) would touch hood/);
  });

  it('minds what the bottle would touch, when carried only', () => {
    // A rail that the empty gripper passes over but the hanging bottle does not.
    const rail = among(box('rail', [2.5, 2.65, 1.05], [0.3, 0.02, 0.03]));
    const result = planVisit(rail, HOME, grips(onStation(2, 'b')), PLACE);
    expect(result).toMatchObject({ ok: false, error: { code: 'COLLISION' } });
    if (!result.ok) expect(result.error.message).toMatch(/^bottle-1 would touch rail/);
  });

  it('refuses what is out of reach', () => {
    const far: Pose = { position: [3, 5, 1], orientation: [0, 0, 0, 1] };
    expect(planVisit(planner, HOME, grips(far), PICK)).toEqual({
      ok: false,
      error: { code: 'UNREACHABLE', message: 'the arm cannot reach (3.00, 5.00, 1.14) m' },
    });
  });
});

describe('planTuck', () => {
  it('goes straight out first where the arm stands deep in a place', () => {
    const deep = among(PIT);
    const there = endOf(plan(HOME, onStation(2, 'b'), PICK, deep).approach);
    const out = planTuck(deep, there, { direction: [0, 0, -1] }, HOME);
    if (!out.ok) throw new Error(out.error.message);
    expect(endOf(out.value)).toEqual(HOME);
    for (let k = 0; k <= 200; k++) {
      const q = sampleMotion(out.value, (out.value.duration * k) / 200);
      expect(deep.contact(q)).toBeUndefined();
    }
    const [start, soon] = [0, 0.5].map((t) => tcp(sampleMotion(out.value, t)).position);
    expect(soon?.[0]).toBeCloseTo(start?.[0] ?? 0, 4);
    expect(soon?.[2]).toBeGreaterThan(start?.[2] ?? 0);
  });

  it('refuses where there is no way out', () => {
    const there = endOf(plan(HOME, onStation(2, 'b')).approach);
    const shut = among(box('lid', [2.5, 2.65, 1.2], [0.3, 0.3, 0.01]));
    const out = planTuck(shut, there, { direction: [0, 0, -1] }, HOME);
    expect(out).toMatchObject({ ok: false, error: { code: 'COLLISION' } });
  });

  it('is a motion even where nothing is to be done', () => {
    const stay = planTuck(planner, HOME, { direction: [0, 0, -1] }, HOME);
    expect(stay.ok && stay.value.duration).toBe(0);
    expect(stay.ok && endOf(stay.value)).toEqual(HOME);
  });
});
