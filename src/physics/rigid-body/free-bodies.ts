import RAPIER from '@dimforge/rapier3d-compat';
import { composePose, invertPose, type Pose, type Vec3 } from '../../kernel/pose.ts';
import type { Solid, SolidShape } from '../../kernel/solid.ts';
import { shapeOfBody, toRotation } from './rapier.ts';

/** Fixed step of freely moving bodies [s]. */
export const FREE_BODY_STEP = 1 / 240;

/** Standard gravity [m/s2], along -Z. */
const GRAVITY = 9.80665;

/** Friction and restitution [-] of plastic on steel or polymer, assumed. */
const FRICTION = 0.4;
const RESTITUTION = 0.2;

/** Decay of spin [1/s]: stands for rolling resistance and sloshing; a rolling bottle stops. Assumed. */
const SPIN_DECAY = 6;

/** A body let go. */
export interface FreeBody {
  readonly id: string;
  readonly shape: SolidShape;
  /** [kg], spread evenly over the shape. */
  readonly mass: number;
  /** X_WV: pose of the shape's centre in the world. */
  readonly pose: Pose;
  /** Velocity of the centre in the world [m/s]. */
  readonly velocity?: Vec3;
}

/** Everything that evolves, as plain data and bytes; equal states give equal bytes. */
export interface FreeBodiesSnapshot {
  readonly bytes: Uint8Array;
  /** Rapier's handle and the pose of Rapier's shape in the body's frame, by id. */
  readonly bodies: readonly (readonly [id: string, handle: number, X_VS: Pose])[];
}

/** Bodies that fall, tumble and come to rest among still obstacles. */
export interface FreeBodies {
  /** Lets a body go. An id in use is replaced. */
  drop(body: FreeBody): void;
  /** Takes a body out, for instance because it was picked up; wakes what leaned on it. */
  remove(id: string): void;
  /** Whether anything still moves. While nothing does, stepping changes nothing and may be skipped. */
  isAwake(): boolean;
  /** One step of {@link FREE_BODY_STEP}, if anything is awake. */
  step(): void;
  /** X_WV of a body, or undefined where there is none of that id. */
  poseOf(id: string): Pose | undefined;
  /** Ids of all bodies in the order in which they were dropped. */
  ids(): string[];
  /** The state, for a hash or for {@link restoreFreeBodies}. */
  snapshot(): FreeBodiesSnapshot;
  /** Releases Rapier's memory; of no use afterwards. */
  free(): void;
}

/** Free bodies above nothing but `obstacles`, which never move. */
export function createFreeBodies(obstacles: readonly Solid[]): FreeBodies {
  const world = new RAPIER.World({ x: 0, y: 0, z: -GRAVITY });
  world.timestep = FREE_BODY_STEP;
  for (const { parts } of obstacles) {
    for (const { shape, pose } of parts) {
      const body = shapeOfBody(shape, { position: [0, 0, 0], orientation: [0, 0, 0, 1] });
      const { position, orientation } = composePose(pose, body.pose);
      world.createCollider(
        new RAPIER.ColliderDesc(body.shape)
          .setTranslation(...position)
          .setRotation(toRotation(orientation))
          .setFriction(FRICTION)
          .setRestitution(RESTITUTION),
      );
    }
  }
  return wrap(world, []);
}

/** Free bodies in the state of a snapshot; they continue bit for bit as the originals would. */
export function restoreFreeBodies({ bytes, bodies }: FreeBodiesSnapshot): FreeBodies {
  return wrap(RAPIER.World.restoreSnapshot(bytes), bodies);
}

function wrap(world: RAPIER.World, known: FreeBodiesSnapshot['bodies']): FreeBodies {
  const bodies = new Map(known.map(([id, handle, X_VS]) => [id, { handle, X_VS }]));

  function remove(id: string): void {
    const entry = bodies.get(id);
    if (!entry) return;
    world.removeRigidBody(world.getRigidBody(entry.handle));
    bodies.delete(id);
  }

  function isAwake(): boolean {
    for (const { handle } of bodies.values()) {
      if (!world.getRigidBody(handle).isSleeping()) return true;
    }
    return false;
  }

  return {
    remove,
    isAwake,
    drop({ id, shape, mass, pose, velocity = [0, 0, 0] }) {
      remove(id);
      const own = shapeOfBody(shape, { position: [0, 0, 0], orientation: [0, 0, 0, 1] });
      const X_WS = composePose(pose, own.pose);
      const body = world.createRigidBody(
        RAPIER.RigidBodyDesc.dynamic()
          .setTranslation(...X_WS.position)
          .setRotation(toRotation(X_WS.orientation))
          .setLinvel(...velocity)
          .setAngularDamping(SPIN_DECAY)
          .setCcdEnabled(true),
      );
      const collider = new RAPIER.ColliderDesc(own.shape)
        .setMass(mass)
        .setFriction(FRICTION)
        .setRestitution(RESTITUTION);
      world.createCollider(collider, body);
      bodies.set(id, { handle: body.handle, X_VS: own.pose });
    },
    step() {
      if (isAwake()) world.step();
    },
    poseOf(id) {
      const entry = bodies.get(id);
      if (!entry) return undefined;
      const body = world.getRigidBody(entry.handle);
      const p = body.translation();
      const r = body.rotation();
      const X_WS: Pose = { position: [p.x, p.y, p.z], orientation: [r.x, r.y, r.z, r.w] };
      return composePose(X_WS, invertPose(entry.X_VS));
    },
    ids: () => [...bodies.keys()],
    snapshot: () => ({
      bytes: world.takeSnapshot(),
      bodies: [...bodies].map(([id, { handle, X_VS }]) => [id, handle, X_VS] as const),
    }),
    free: () => world.free(),
  };
}
