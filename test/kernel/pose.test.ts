import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  composePose,
  IDENTITY_POSE,
  invertPose,
  multiplyQuat,
  quatFromYaw,
  rotate,
  type Pose,
  type Quat,
  type Vec3,
} from '../../src/kernel/pose.ts';

const SEED = 843;
const coordinate = fc.double({ min: -10, max: 10, noNaN: true });
const vector = fc.tuple(coordinate, coordinate, coordinate);
const rotation = fc
  .tuple(coordinate, coordinate, coordinate, coordinate)
  .filter((q) => Math.hypot(...q) > 0.1)
  .map((q): Quat => {
    const length = Math.hypot(...q);
    return [q[0] / length, q[1] / length, q[2] / length, q[3] / length];
  });
const pose: fc.Arbitrary<Pose> = fc.record({ position: vector, orientation: rotation });

function apply(X: Pose, p: Vec3): Vec3 {
  const r = rotate(X.orientation, p);
  return [X.position[0] + r[0], X.position[1] + r[1], X.position[2] + r[2]];
}

/** Coordinates of up to 50 m through a few products: rounding stays below a picometre. */
function expectClose(actual: Vec3, expected: Vec3): void {
  for (const axis of [0, 1, 2] as const) {
    expect(Math.abs(actual[axis] - expected[axis])).toBeLessThan(1e-12);
  }
}

describe('poses', () => {
  it('yaw turns X to Y about Z', () => {
    expectClose(rotate(quatFromYaw(Math.PI / 2), [1, 0, 0]), [0, 1, 0]);
    expectClose(rotate(quatFromYaw(Math.PI / 2), [0, 0, 1]), [0, 0, 1]);
  });

  it('a product rotates as its factors do, the right one first', () => {
    fc.assert(
      fc.property(rotation, rotation, vector, (a, b, v) => {
        expectClose(rotate(multiplyQuat(a, b), v), rotate(a, rotate(b, v)));
      }),
      { seed: SEED },
    );
  });

  it('a composed pose maps as its parts do', () => {
    fc.assert(
      fc.property(pose, pose, vector, (X_AB, X_BC, p_C) => {
        expectClose(apply(composePose(X_AB, X_BC), p_C), apply(X_AB, apply(X_BC, p_C)));
      }),
      { seed: SEED },
    );
  });

  it('a pose and its inverse undo each other', () => {
    fc.assert(
      fc.property(pose, vector, (X_AB, p) => {
        expectClose(apply(composePose(X_AB, invertPose(X_AB)), p), p);
        expectClose(apply(composePose(invertPose(X_AB), X_AB), p), p);
        expectClose(apply(composePose(X_AB, IDENTITY_POSE), p), apply(X_AB, p));
      }),
      { seed: SEED },
    );
  });
});
