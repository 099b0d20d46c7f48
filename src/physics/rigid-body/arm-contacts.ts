import type { Pose } from '../../kernel/pose.ts';
import type { KinematicChain } from '../kinematics/chain.ts';
import type { CarriedBody, Contact, ContactQuery } from '../kinematics/contact.ts';
import { composeFlat, createPoseBuffer, forwardInto, POSE_STRIDE } from '../kinematics/forward.ts';
import type { CollisionWorld, MovingShape } from './collision-world.ts';
import { shapeOfBody, shapeOfLink, toRotation, toVector } from './rapier.ts';

/** Distance [m] kept between links and obstacles; half a step of the sampled path check. Assumed. */
const CLEARANCE = 0.01;

/** How far [m] a carried body may sink in: it rests on what it stands on. Assumed. */
const CARRIED_INSET = 0.002;

/** Links that a carried body is checked against. */
const CARRIED_AGAINST = ['carriage', 'shoulder', 'upper-arm', 'elbow', 'forearm'];

/**
 * The question what a chain standing at `X_WB` touches: links, then the carried body, against the
 * solids of each of `worlds`, then the chain's self pairs. Links keep a clearance of 10 mm from
 * solids; none from each other, so that neighbouring housings do not count.
 */
export function createContactQuery(
  worlds: readonly CollisionWorld[],
  chain: KinematicChain,
  X_WB: Pose,
): ContactQuery {
  const base = Float64Array.of(...X_WB.position, ...X_WB.orientation);
  const frames = createPoseBuffer(chain);
  const owners: number[] = [];
  const shapes: MovingShape[] = [];
  const bare: MovingShape[] = [];
  chain.joints.forEach(({ link, shapes: own }, i) => {
    for (const shape of own) {
      owners.push(i);
      shapes.push({ link, body: shapeOfLink(shape, CLEARANCE) });
      bare.push({ link, body: shapeOfLink(shape, 0) });
    }
  });
  const withCarried = [...shapes];
  const bareWithCarried = [...bare];
  const pairs = pairIndices(bare, chain.selfPairs);
  const carriedPairs = bare.flatMap(({ link }, i) =>
    CARRIED_AGAINST.includes(link) ? [[i, bare.length] as const] : [],
  );
  const poses = new Float64Array(POSE_STRIDE * (shapes.length + 1));
  let known: CarriedBody | undefined;

  /** World pose of a shape fixed to frame number `frame` of the chain, written as shape `i`. */
  function place(i: number, frame: number, pose: Pose): void {
    composeFlat(poses, i * POSE_STRIDE, frames, frame * POSE_STRIDE, pose);
  }

  return (q, carried) => {
    forwardInto(chain, q, frames, base);
    for (let i = 0; i < shapes.length; i++) {
      place(i, owners[i] as number, (shapes[i] as MovingShape).body.pose);
    }
    let moving: readonly MovingShape[] = shapes;
    if (carried) {
      if (carried !== known) {
        const body = shapeOfBody(carried.shape, carried.pose, CARRIED_INSET);
        withCarried[shapes.length] = { link: carried.id, body };
        bareWithCarried[shapes.length] = { link: carried.id, body };
        known = carried;
      }
      moving = withCarried;
      const { pose } = (withCarried[shapes.length] as MovingShape).body;
      place(shapes.length, chain.joints.length, pose);
    }
    for (const world of worlds) {
      const contact = world.firstCollision(moving, poses);
      if (contact) return contact;
    }
    return (
      firstPair(bareWithCarried, poses, pairs) ??
      (carried ? firstPair(bareWithCarried, poses, carriedPairs) : undefined)
    );
  };
}

type Pairs = readonly (readonly [number, number])[];

function pairIndices(shapes: readonly MovingShape[], names: KinematicChain['selfPairs']): Pairs {
  return names.flatMap(([a, b]) =>
    shapes.flatMap((first, i) =>
      first.link === a
        ? shapes.flatMap((second, k) => (second.link === b ? [[i, k] as const] : []))
        : [],
    ),
  );
}

/** The first of `pairs` that overlaps. */
function firstPair(
  shapes: readonly MovingShape[],
  poses: Float64Array,
  pairs: Pairs,
): Contact | undefined {
  for (const [i, k] of pairs) {
    const a = shapes[i] as MovingShape;
    const b = shapes[k] as MovingShape;
    const n = (of: number, at: number): number => poses[of * POSE_STRIDE + at] as number;
    const distance = Math.hypot(n(i, 0) - n(k, 0), n(i, 1) - n(k, 1), n(i, 2) - n(k, 2));
    if (distance > a.body.radius + b.body.radius) continue;
    const overlaps = a.body.shape.intersectsShape(
      toVector([n(i, 0), n(i, 1), n(i, 2)]),
      toRotation([n(i, 3), n(i, 4), n(i, 5), n(i, 6)]),
      b.body.shape,
      toVector([n(k, 0), n(k, 1), n(k, 2)]),
      toRotation([n(k, 3), n(k, 4), n(k, 5), n(k, 6)]),
    );
    if (overlaps) return { obstacle: a.link, link: b.link };
  }
  return undefined;
}
