import type { CultureReadings } from './culture.ts';

export interface PerfusionPlan {
  /** Glucose to be kept [mmol/L]. */
  readonly glucose: number;
  /** Medium per cell and day [pL]; 50 to 100 in perfused T-cell cultures. */
  readonly perCell: number;
  /** Most exchange [culture volumes per day]. */
  readonly mostPerDay: number;
  /** Volume to be kept [mL]. */
  readonly volume: number;
}

export interface Flows {
  /** [mL/min] */
  readonly feed: number;
  readonly permeate: number;
}

/** Change of the flow per relative deviation of glucose. */
const GLUCOSE_GAIN = 3;
/** Time in which a deviation of the volume is made good [min]. */
const LEVEL_TIME = 360;

/**
 * Perfusion follows glucose: medium per living cell as a base, raised when glucose is below what is to
 * be kept and lowered down to nothing when it is well above. The permeate keeps the volume.
 */
export function perfusionFlows(seen: CultureReadings, plan: PerfusionPlan): Flows {
  const base = (seen.density * 1e6 * plan.perCell * 1e-9 * seen.volume) / 1440;
  const lack = (plan.glucose - seen.glucose) / plan.glucose;
  const most = (plan.mostPerDay * seen.volume) / 1440;
  const wanted = base * Math.max(0, 1 + GLUCOSE_GAIN * lack);
  const feed = Math.min(most, wanted);
  const surplus = (seen.volume - plan.volume) / LEVEL_TIME;
  return { feed, permeate: Math.max(0, feed + surplus) };
}
