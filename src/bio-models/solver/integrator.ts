import { interpolate, takeStep, type OdeProblem, type OdeStep } from './dormand-prince.ts';
import { takeStiffStep } from './rosenbrock.ts';

/** `explicit`: Dormand-Prince 5(4), the reference for cultures. `stiff`: RODAS 4(3). */
export type OdeMethod = 'explicit' | 'stiff';

/** All that a solution needs to go on; plain data, so it can be stored. */
export interface OdeState {
  readonly t: number;
  readonly y: Float64Array;
  /** Size to try for the next step, in the unit of `t`. */
  readonly h: number;
}

/** One interface to both methods; a step is a pure function of the state. */
export interface Integrator {
  begin(t: number, y: Float64Array): OdeState;
  step(state: OdeState): OdeStep;
  /** State at the end of an accepted step. */
  after(step: OdeStep): OdeState;
}

/** Opens an integrator of a problem. */
export function createIntegrator(problem: OdeProblem, method: OdeMethod): Integrator {
  const take = method === 'explicit' ? takeStep : takeStiffStep;
  return {
    begin: (t, y) => ({ t, y: Float64Array.from(y), h: problem.firstStep }),
    step: ({ t, y, h }) => take(problem, t, y, h),
    after: ({ t1, y1, next }) => ({ t: t1, y: y1, h: next }),
  };
}

/**
 * Solution at `until`, by natural steps and dense output in the last: the steps do not depend on
 * when they are looked at.
 */
export function solveTo(integrator: Integrator, start: OdeState, until: number): Float64Array {
  const out = Float64Array.from(start.y);
  let state = start;
  while (state.t < until) {
    const step = integrator.step(state);
    if (step.t1 >= until) {
      interpolate(step, until, out);
      return out;
    }
    state = integrator.after(step);
  }
  return out;
}
