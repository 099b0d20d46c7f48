import type { Micros } from '../kernel/time.ts';
import type { VesselEnvironment } from '../device-emulators/definition/plant-port.ts';
import { totalInto, VOLUME } from '../physics/fluids/contents.ts';
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
  private readonly open = new Map<string, Course>();

  constructor(dynamics: VesselDynamics, host: CourseHost) {
    this.dynamics = dynamics;
    this.host = host;
  }

  /** Amounts of a vessel at `t`, into `out`; returns the temperature [K]. */
  project(vessel: VesselState, t: Micros, out: Float64Array): number {
    let course = this.open.get(vessel.id);
    if (course === undefined) {
      const { contents, since } = vessel;
      totalInto(out, contents.lots);
      const environment = this.host.environmentOf(vessel);
      if (!this.dynamics.isActive(out, environment)) {
        const elapsed = Math.max(0, t - since);
        return relaxedTemperature(contents.temperature, out[VOLUME] ?? 0, environment, elapsed);
      }
      // At the instant of the touch itself more may follow.
      if (t <= since) return contents.temperature;
      const { temperature } = contents;
      const amounts = out.slice();
      const donor = this.host.donorOf(vessel);
      const trajectory = this.dynamics.begin(amounts.slice(), temperature, environment, donor);
      course = { trajectory, amounts, temperature, at: since };
      this.open.set(vessel.id, course);
    }
    if (course.at !== t) {
      course.temperature = course.trajectory.at((t - vessel.since) / 1e6, course.amounts);
      course.at = t;
    }
    out.set(course.amounts);
    return course.temperature;
  }

  /** The vessel is touched, or gone. */
  forget(vessel: string): void {
    this.open.delete(vessel);
  }
}
