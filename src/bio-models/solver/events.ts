import { interpolate, type OdeStep } from './dormand-prince.ts';

const BISECTIONS = 60;

/**
 * Time in (t0, t1] of an accepted step at which a function of the state crosses zero, by bisection on
 * the dense output; undefined when its sign at both ends is the same.
 *
 * @param crossing continuous function of the state; zero counts as the side it is leaving
 */
export function locateEvent(
  step: OdeStep,
  crossing: (t: number, y: Float64Array) => number,
): number | undefined {
  const y = new Float64Array(step.y1.length);
  const valueAt = (t: number): number => {
    interpolate(step, t, y);
    return crossing(t, y);
  };
  const before = valueAt(step.t0);
  const after = valueAt(step.t1);
  if (before === 0 || (before < 0 ? after < 0 : after > 0)) return undefined;
  let low = step.t0;
  let high = step.t1;
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    const value = valueAt(middle);
    if (before < 0 ? value < 0 : value > 0) low = middle;
    else high = middle;
  }
  return high;
}
