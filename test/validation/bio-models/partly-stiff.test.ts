import { describe, expect, it } from 'vitest';
import type { OdeProblem } from '../../../src/bio-models/solver/dormand-prince.ts';
import { createIntegrator, solveTo } from '../../../src/bio-models/solver/integrator.ts';
import {
  createPartlyStiffSolver,
  type PartlyStiffSystem,
  type SolutionModel,
} from '../../../src/bio-models/solver/partly-stiff.ts';

interface Tracking extends SolutionModel {
  /** Rate at which the first component follows the square of the second. */
  readonly rate: number;
  /** Share of the Jacobian's rows that the solver is told. */
  readonly share: number;
}

const START = Float64Array.of(0.2, 1, 0);
const NO_FLOOR = new Float64Array(3).fill(Number.POSITIVE_INFINITY);

/** y' = rate (x^2 - y), x' = -x y, z' = x y: x + z stays. */
function track({ rate }: Tracking, _t: number, [y = 0, x = 0]: Float64Array, out: Float64Array) {
  out[0] = rate * (x * x - y);
  out[1] = -x * y;
  out[2] = x * y;
}

function system(relativeTolerance: number, largestStep: number): PartlyStiffSystem<Tracking> {
  return {
    dimension: 3,
    stiff: 1,
    relativeTolerance,
    largestStep,
    rates: track,
    linearise: (model, t, y, out, rows) => {
      track(model, t, y, out);
      rows.set([-model.rate, 2 * model.rate * (y[1] ?? 0), 0]);
      rows.forEach((slope, i) => {
        rows[i] = slope * model.share;
      });
    },
  };
}

function model(rate: number, share: number, tolerance: number): Tracking {
  const present = Int32Array.of(0, 1, 2);
  return { rate, share, present, tolerance: new Float64Array(3).fill(tolerance), floor: NO_FLOOR };
}

function solution(of: Tracking, relative: number, largest: number, at: number) {
  const solver = createPartlyStiffSolver(system(relative, largest));
  const open = solver.begin(of, START);
  let steps = 0;
  for (; open.t1 < at; steps++) solver.advance(open);
  const reached = new Float64Array(3);
  solver.interpolate(open, at, reached);
  return { reached, steps };
}

/** Solution by the fully implicit method at a tolerance at which its error does not count. */
function reference(of: Tracking, at: number): Float64Array {
  const problem: OdeProblem = {
    dimension: 3,
    rates: (t, y, out) => track(of, t, y, out),
    relativeTolerance: 1e-11,
    absoluteTolerance: new Float64Array(3).fill(1e-13),
    firstStep: 1e-6,
    largestStep: 1,
  };
  const integrator = createIntegrator(problem, 'stiff');
  return solveTo(integrator, integrator.begin(0, START), at);
}

function worstError(reached: Float64Array, expected: Float64Array): number {
  return reached.reduce((worst, y, i) => Math.max(worst, Math.abs(y - (expected[i] ?? 0))), 0);
}

describe('a system of which one component is stiff', () => {
  // Errors of a few hundred steps add up to some tolerances at most.
  it.each([1e3, 1e4, 1e6])('rate %f: within the tolerance and without small steps', (rate) => {
    const of = model(rate, 1, 1e-6);
    for (const at of [0.5 / rate, 3 / rate, 0.3, 2, 10]) {
      const { reached, steps } = solution(of, 1e-6, 10, at);
      expect(worstError(reached, reference(of, at)), `at ${at}`).toBeLessThan(2e-5);
      // However stiff; an explicit method needs rate / 3 steps per unit of time.
      expect(steps).toBeLessThan(300);
    }
  });

  it('keeps a linear invariant of the others up to rounding', () => {
    const { reached } = solution(model(1e5, 1, 1e-4), 1e-4, 10, 20);
    expect(Math.abs((reached[1] ?? 0) + (reached[2] ?? 0) - 1)).toBeLessThan(1e-14);
  });

  // Half an order of slack for the higher terms. Within a step the error is that of the dense output,
  // whose local order is three.
  it.each([
    { share: 1, inside: 1 },
    { share: 0.4, inside: 1 },
    { share: 0, inside: 1 },
    { share: 1, inside: 0.4 },
  ])('is of order 3 with $share of the Jacobian, $inside into a step', ({ share, inside }) => {
    const error = (steps: number): number => {
      const at = 2 - (1 - inside) * (2 / steps);
      const of = model(1, share, 1);
      return worstError(solution(of, 1e9, 2 / steps, at).reached, reference(of, at));
    };
    expect(Math.abs(Math.log2(error(20) / error(40)) - 3)).toBeLessThan(0.5);
  });

  it('says when the rates are not finite', () => {
    const solver = createPartlyStiffSolver({
      ...system(1e-6, 1),
      rates: (_model: Tracking, _t: number, _y: Float64Array, out: Float64Array) => {
        out.fill(Number.NaN);
      },
    });
    const open = solver.begin(model(1, 1, 1e-6), START);
    expect(() => solver.advance(open)).toThrow(/no step size is accepted at t = 0/);
  });
});
