import { composePose, invertPose, type Pose, rotate } from '../kernel/pose.ts';
import type { Solid } from '../kernel/solid.ts';
import type { Micros } from '../kernel/time.ts';
import { vesselMiddle, vesselShape } from '../device-emulators/definition/solids.ts';
import {
  createFreeBodies,
  FREE_BODY_STEP,
  type FreeBodies,
  type FreeBodiesSnapshot,
  restoreFreeBodies,
} from '../physics/rigid-body/free-bodies.ts';
import type { Plant } from './plant.ts';
import type { VesselState } from './plant-state.ts';
import { refill } from './refill.ts';
import { vesselsAround } from './standing-vessels.ts';

/** An open vessel spills beyond this tilt [rad]; assumed. */
const SPILL_TILT = Math.PI / 4;

/** A fall deeper than this [m] splashes an open vessel empty even if it stays upright; assumed. */
const SPLASH_DEPTH = 0.05;

/** Vessels within this distance [m] of a drop may be fallen upon. */
const SURROUNDINGS = 3;

/** A body that still moves after this many steps lies still from then on: 30 s. Assumed. */
const MOST_STEPS = 7200;

/** {@link Fall} as plain data and bytes. */
export interface StoredFall extends FreeBodiesSnapshot {
  readonly zone: string;
  readonly since: Micros;
  readonly steps: number;
  readonly heights: readonly (readonly [vessel: string, height: number])[];
}

/** Bodies that fall in one zone, from the first drop until all of them lie still. */
interface Fall {
  readonly bodies: FreeBodies;
  /** Time of the first drop. */
  readonly since: Micros;
  /** Steps done. */
  steps: number;
  /** Height [m] from which each vessel fell. */
  readonly heights: Map<string, number>;
}

/**
 * Vessels let go in mid-air. They move in fixed steps while anything moves, as events of the twin's
 * queue; open ones spill. What lies still is a solid to others.
 */
export class Falls {
  private readonly falls = new Map<string, Fall>();
  private readonly plant: Plant;
  private readonly solids: (zone: string) => readonly Solid[];
  private readonly schedule: (time: Micros, zone: string) => void;

  constructor(
    plant: Plant,
    solids: (zone: string) => readonly Solid[],
    schedule: (time: Micros, zone: string) => void,
  ) {
    this.plant = plant;
    this.solids = solids;
    this.schedule = schedule;
  }

  /** Lets go of a vessel at rest at `X_WV`. */
  drop(vessel: VesselState, zone: string, X_WV: Pose, t: Micros): void {
    const kind = this.plant.kindOf(vessel);
    let fall = this.falls.get(zone);
    if (fall === undefined) {
      const around = vesselsAround(this.plant, X_WV.position, SURROUNDINGS);
      const others = around.filter(({ id }) => id !== vessel.id);
      const bodies = createFreeBodies([...this.solids(zone), ...others]);
      fall = { bodies, since: t, steps: 0, heights: new Map() };
      this.falls.set(zone, fall);
      this.scheduleStep(zone, fall);
    }
    const { mass } = this.plant.view(vessel, t);
    const pose = vesselMiddle(X_WV, kind);
    fall.bodies.drop({ id: vessel.id, shape: vesselShape(kind), mass, pose });
    fall.heights.set(vessel.id, pose.position[2]);
  }

  /** The event of one step in a zone. */
  step(zone: string, t: Micros): void {
    const fall = this.falls.get(zone);
    if (fall === undefined) return;
    const { bodies } = fall;
    bodies.step();
    fall.steps += 1;
    for (const id of bodies.ids()) this.follow(this.plant.vessel(id), zone, fall, t);
    if (bodies.isAwake() && fall.steps < MOST_STEPS) {
      this.scheduleStep(zone, fall);
      return;
    }
    for (const id of bodies.ids()) {
      const vessel = this.plant.vessel(id);
      const depth = (fall.heights.get(id) ?? 0) - (bodies.poseOf(id)?.position[2] ?? 0);
      if (depth > SPLASH_DEPTH) this.spillOpen(vessel, zone, t);
    }
    this.falls.delete(zone);
    bodies.free();
    this.plant.revisions.changed('whereabouts');
  }

  private scheduleStep(zone: string, { since, steps }: Fall): void {
    this.schedule(since + Math.round((steps + 1) * FREE_BODY_STEP * 1e6), zone);
  }

  private follow(vessel: VesselState, zone: string, { bodies }: Fall, t: Micros): void {
    const X_WS = bodies.poseOf(vessel.id);
    if (X_WS === undefined) return;
    const kind = this.plant.kindOf(vessel);
    const X_VS = vesselMiddle({ position: [0, 0, 0], orientation: [0, 0, 0, 1] }, kind);
    const pose = composePose(X_WS, invertPose(X_VS));
    vessel.whereabouts = { at: 'floor', zone, pose };
    if (rotate(pose.orientation, [0, 0, 1])[2] < Math.cos(SPILL_TILT)) {
      this.spillOpen(vessel, zone, t);
    }
  }

  private spillOpen(vessel: VesselState, zone: string, t: Micros): void {
    const { capped, sealed } = vessel;
    if (capped || sealed || !this.plant.kindOf(vessel).cappable) return;
    this.plant.spill(vessel, zone, t);
  }

  /** Takes over bodies that were falling; the queue holds their next steps. */
  restore(stored: readonly StoredFall[]): void {
    for (const { bodies } of this.falls.values()) bodies.free();
    refill(
      this.falls,
      stored.map(({ zone, since, steps, heights, ...snapshot }) => [
        zone,
        { bodies: restoreFreeBodies(snapshot), since, steps, heights: new Map(heights) },
      ]),
    );
  }

  /** State for hashing and storing. */
  stored(): readonly StoredFall[] {
    return [...this.falls].map(([zone, { bodies, since, steps, heights }]) => ({
      zone,
      since,
      steps,
      heights: [...heights],
      ...bodies.snapshot(),
    }));
  }
}
