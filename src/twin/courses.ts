import type { Micros } from '../kernel/time.ts';
import type { VesselEnvironment } from '../device-emulators/definition/plant-port.ts';
import { totalInto, VOLUME, volumeOf } from '../physics/fluids/contents.ts';
import type { VesselState } from './plant-state.ts';
import {
  relaxedTemperature,
  type VesselDynamics,
  type VesselTrajectory,
} from './vessel-dynamics.ts';

/** What becomes of a vessel's contents since its latest touch, and the latest look at it. */
interface Course {
  readonly trajectory: VesselTrajectory;
  readonly amounts: Float64Array;
  temperature: number;
  at: Micros;
}

/** What courses ask of the plant. */
export interface CourseHost {
  environmentOf(vessel: VesselState): VesselEnvironment;
  /** Lot that most of a vessel's living cells came from. */
  donorOf(vessel: VesselState): string;
}

/**
 * Projects vessels into the time after their latest touch. Courses are opened when somebody looks and
 * forgotten at the next touch; they are functions of what was stored, so nobody's look counts.
 */
export class Courses {
  private readonly dynamics: VesselDynamics;
  private readonly host: CourseHost;
  private readonly scratch: Float64Array;
  private readonly open = new Map<string, Course>();

  constructor(dynamics: VesselDynamics, host: CourseHost) {
    this.dynamics = dynamics;
    this.host = host;
    this.scratch = new Float64Array(dynamics.speciesCount);
  }

  /** Amounts of a vessel at `t`, into `out`; returns the temperature [K]. */
  project(vessel: VesselState, t: Micros, out: Float64Array): number {
    const course = this.courseOf(vessel, t, out);
    if (course === undefined) {
      totalInto(out, vessel.contents.lots);
      return this.relaxed(vessel, t, out[VOLUME] ?? 0);
    }
    if (course.at !== t) {
      course.temperature = course.trajectory.at((t - vessel.since) / 1e6, course.amounts);
      course.at = t;
    }
    out.set(course.amounts);
    return course.temperature;
  }

  /** Temperature of a vessel at `t` [K], the same as `project` finds. */
  temperatureAt(vessel: VesselState, t: Micros): number {
    const course = this.courseOf(vessel, t, this.scratch);
    if (course === undefined) return this.relaxed(vessel, t, volumeOf(vessel.contents.lots));
    return course.trajectory.temperatureAt((t - vessel.since) / 1e6);
  }

  private relaxed(vessel: VesselState, t: Micros, volume: number): number {
    const { contents, since } = vessel;
    const elapsed = Math.max(0, t - since);
    const environment = this.host.environmentOf(vessel);
    return relaxedTemperature(contents.temperature, volume, environment, elapsed);
  }

  /** Course of a vessel of which more than the temperature changes; none at the touch itself, when more may follow. */
  private courseOf(vessel: VesselState, t: Micros, scratch: Float64Array): Course | undefined {
    if (t <= vessel.since) return undefined;
    const known = this.open.get(vessel.id);
    if (known !== undefined) return known;
    const { contents, since } = vessel;
    totalInto(scratch, contents.lots);
    const environment = this.host.environmentOf(vessel);
    if (!this.dynamics.isActive(scratch, environment)) return undefined;
    const { temperature } = contents;
    const amounts = scratch.slice();
    const donor = this.host.donorOf(vessel);
    const trajectory = this.dynamics.begin(amounts.slice(), temperature, environment, donor);
    const course: Course = { trajectory, amounts, temperature, at: since };
    this.open.set(vessel.id, course);
    return course;
  }

  /** All vessels are others. */
  forgetAll(): void {
    this.open.clear();
  }

  /** The vessel is touched, or gone. */
  forget(vessel: string): void {
    this.open.delete(vessel);
  }
}
