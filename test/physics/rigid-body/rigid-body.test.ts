import { describe, expect, it } from 'vitest';
import type { Pose } from '../../../src/kernel/pose.ts';
import { openStream } from '../../../src/kernel/random.ts';
import type { Solid } from '../../../src/kernel/solid.ts';
import { TUCKED } from '../../../src/physics/kinematics/six-axis-arm.data.ts';
import { createSixAxisArm } from '../../../src/physics/kinematics/six-axis-arm.ts';
import { createContactQuery } from '../../../src/physics/rigid-body/arm-contacts.ts';
import { createCollisionWorld } from '../../../src/physics/rigid-body/collision-world.ts';
import {
  createFreeBodies,
  restoreFreeBodies,
} from '../../../src/physics/rigid-body/free-bodies.ts';
import { shapeOfBody } from '../../../src/physics/rigid-body/rapier.ts';

const SEED = 22;

function at(x: number, y: number, z: number): Pose {
  return { position: [x, y, z], orientation: [0, 0, 0, 1] };
}

function box(id: string, pose: Pose, x: number, y: number, z: number): Solid {
  return { id, parts: [{ shape: { kind: 'box', halfExtents: [x, y, z] }, pose }] };
}

const FLOOR = box('floor', at(0, 0, -0.5), 5, 5, 0.5);
const BOTTLE = { kind: 'cylinder', radius: 0.031, halfHeight: 0.075 } as const;

describe('collision world', () => {
  const arm = createSixAxisArm(4);
  const tucked = [2, Math.PI / 2, ...TUCKED[0], 0];

  it('names the obstacle and the link', () => {
    const world = createCollisionWorld([FLOOR, box('mast', at(2, 0.75, 1.7), 0.02, 0.02, 0.5)]);
    const query = createContactQuery([world], arm.chain, at(0, 0, 0));
    expect(query(tucked)).toBeUndefined();
    const reaching = [2, Math.PI / 2, 0.2, -0.2, 0, Math.PI / 2, 0];
    expect(query(reaching)).toEqual({ obstacle: 'mast', link: 'forearm' });
    const without = createContactQuery([createCollisionWorld([FLOOR])], arm.chain, at(0, 0, 0));
    expect(without(reaching)).toBeUndefined();
    const both = createContactQuery([createCollisionWorld([FLOOR]), world], arm.chain, at(0, 0, 0));
    expect(both(reaching)).toEqual(query(reaching));
  });

  it('stands where the track stands', () => {
    const world = createCollisionWorld([box('mast', at(2, 0.75, 1.7), 0.02, 0.02, 0.5)]);
    const reaching = [2, Math.PI / 2, 0.2, -0.2, 0, Math.PI / 2, 0];
    const query = createContactQuery([world], arm.chain, {
      position: [4, 0, 0],
      orientation: [0, 0, 1, 0],
    });
    expect(query(reaching)).toBeUndefined();
    expect(query([2, -Math.PI / 2, ...reaching.slice(2)])?.obstacle).toBe('mast');
  });

  it('sees a carried bottle, and that it may stand on a table', () => {
    const onTable = (z: number) => {
      const table = box('table', at(2, 0.41, z), 0.05, 0.05, 0.02);
      return createContactQuery([createCollisionWorld([table])], arm.chain, at(0, 0, 0));
    };
    // The tool points down at (2, 0.41, 1.72); the bottle hangs from its neck.
    const carried = { id: 'bottle-1', shape: BOTTLE, pose: at(0, 0, 0.06) };
    const bottom = 1.7211 - 0.06 - 0.075;
    expect(onTable(bottom - 0.02)(tucked, carried)).toBeUndefined();
    expect(onTable(bottom - 0.01)(tucked, carried)).toEqual({
      obstacle: 'table',
      link: 'bottle-1',
    });
    expect(onTable(bottom - 0.01)(tucked)).toBeUndefined();
  });

  it('notices the gripper in the column of its own arm', () => {
    const world = createCollisionWorld([]);
    const query = createContactQuery([world], arm.chain, at(0, 0, 0));
    expect(query([2, 0, 0, 1, 0, 2, 0])).toEqual({ obstacle: 'shoulder', link: 'gripper' });
  });

  it(`bounds rule out nothing that touches (seed ${SEED})`, () => {
    const stream = openStream(SEED, 'collision', 'bounds');
    const u = (): number => 2 * stream.uniform() - 1;
    let touching = 0;
    for (let i = 0; i < 400; i++) {
      const norm = (q: number[]): Pose['orientation'] => {
        const n = Math.hypot(...q);
        return q.map((value) => value / n) as unknown as Pose['orientation'];
      };
      const obstacle: Solid = {
        id: 'o',
        parts: [
          {
            shape:
              i % 2
                ? { kind: 'box', halfExtents: [0.1, 0.3, 0.05] }
                : { kind: 'cylinder', radius: 0.05, halfHeight: 0.3 },
            pose: { position: [0, 0, 0], orientation: norm([u(), u(), u(), u()]) },
          },
        ],
      };
      const world = createCollisionWorld([obstacle]);
      const body = shapeOfBody(BOTTLE, at(0, 0, 0));
      const position = [0.2 * u(), 0.2 * u(), 0.2 * u()] as const;
      const orientation = norm([u(), u(), u(), u()]);
      const hit = world.firstCollision(
        [{ link: 'l', body }],
        Float64Array.of(...position, ...orientation),
      );
      const [part] = obstacle.parts;
      if (!part) throw new Error('no part');
      const other = shapeOfBody(part.shape, part.pose);
      const exact = body.shape.intersectsShape(
        { x: position[0], y: position[1], z: position[2] },
        { x: orientation[0], y: orientation[1], z: orientation[2], w: orientation[3] },
        other.shape,
        { x: 0, y: 0, z: 0 },
        {
          x: other.pose.orientation[0],
          y: other.pose.orientation[1],
          z: other.pose.orientation[2],
          w: other.pose.orientation[3],
        },
      );
      expect(hit !== undefined).toBe(exact);
      if (exact) touching++;
    }
    expect(touching).toBeGreaterThan(50);
    expect(touching).toBeLessThan(350);
  });
});

describe('free bodies', () => {
  function dropped(): ReturnType<typeof createFreeBodies> {
    const bodies = createFreeBodies([FLOOR, box('bench', at(0, 0, 0.4), 0.2, 0.2, 0.4)]);
    const tilt = Math.sin(0.2);
    bodies.drop({
      id: 'bottle-1',
      shape: BOTTLE,
      mass: 0.3,
      pose: { position: [0.19, 0, 1.2], orientation: [0, tilt, 0, Math.cos(0.2)] },
      velocity: [0.3, 0.1, 0],
    });
    bodies.drop({ id: 'bottle-2', shape: BOTTLE, mass: 0.25, pose: at(0.18, 0.02, 1.5) });
    return bodies;
  }

  it('fall as gravity says while nothing is in the way', () => {
    const bodies = createFreeBodies([FLOOR]);
    bodies.drop({ id: 'bottle-1', shape: BOTTLE, mass: 0.3, pose: at(0, 0, 2) });
    for (let i = 0; i < 120; i++) bodies.step();
    // Half a second; a step adds g h t / 2 = 10 mm by its order of integration at most.
    expect(bodies.poseOf('bottle-1')?.position[2]).toBeCloseTo(2 - 9.80665 / 8, 1);
    bodies.free();
  });

  it('come to rest on the floor and then cost nothing', () => {
    const bodies = dropped();
    let steps = 0;
    while (bodies.isAwake() && steps < 240 * 20) {
      bodies.step();
      steps++;
    }
    expect(bodies.isAwake()).toBe(false);
    const height = bodies.poseOf('bottle-1')?.position[2] ?? 0;
    expect(height).toBeGreaterThan(0.025);
    expect(height).toBeLessThan(0.9);
    const { bytes } = bodies.snapshot();
    bodies.step();
    expect(bodies.snapshot().bytes).toEqual(bytes);
    bodies.remove('bottle-1');
    expect(bodies.ids()).toEqual(['bottle-2']);
    bodies.free();
  });

  it('two runs and a run restored in contact end in the same bytes', () => {
    const [a, b] = [dropped(), dropped()];
    for (let i = 0; i < 130; i++) {
      a.step();
      b.step();
    }
    expect(a.snapshot()).toEqual(b.snapshot());
    const c = restoreFreeBodies(structuredClone(a.snapshot()));
    for (let i = 0; i < 700; i++) {
      a.step();
      c.step();
      if (i % 50 === 0) expect(c.poseOf('bottle-1')).toEqual(a.poseOf('bottle-1'));
    }
    expect(c.snapshot()).toEqual(a.snapshot());
    for (const bodies of [a, b, c]) bodies.free();
  });
});
