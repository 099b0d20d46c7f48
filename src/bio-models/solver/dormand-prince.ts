/**
 * Explicit Runge-Kutta pair of order 5(4) with dense output of order 4.
 *
 * Dormand, Prince, "A family of embedded Runge-Kutta formulae", J. Comput. Appl. Math. 6 (1980);
 * step control and dense output as in Hairer, Norsett, Wanner, "Solving Ordinary Differential
 * Equations I", 2nd ed., section II.4-6. Explicit methods keep linear invariants up to rounding.
 */
export interface OdeProblem {
  readonly dimension: number;
  /** Writes dy/dt at (t, y) into `out`; pure. */
  rates(t: number, y: Float64Array, out: Float64Array): void;
  readonly relativeTolerance: number;
  /** Absolute tolerance of each component, in its own unit. */
  readonly absoluteTolerance: Float64Array;
  /** Whether a component may not fall below zero; a step that makes it do so is repeated smaller. */
  isPositive?(component: number): boolean;
  readonly firstStep: number;
  readonly largestStep: number;
}

/** An accepted step: the solution between `t0` and `t1`. */
export interface OdeStep {
  readonly t0: number;
  readonly t1: number;
  /** Coefficients of the dense output, five rows of `dimension`. */
  readonly dense: Float64Array;
  /** Solution at `t1`. */
  readonly y1: Float64Array;
  /** Proposed size of the next step. */
  readonly next: number;
}

const C = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1];
const A: readonly (readonly number[])[] = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
const E = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];
const D = [
  -12715105075 / 11282082432,
  0,
  87487479700 / 32700410799,
  -10690763975 / 1880347072,
  701980252875 / 199316789632,
  -1453857185 / 822651844,
  69997945 / 29380423,
];
const SAFETY = 0.9;
const SMALLEST_CHANGE = 0.2;
const LARGEST_CHANGE = 5;
const MOST_ATTEMPTS = 60;

/**
 * Takes one accepted step from (t0, y0), trying size `h` first.
 *
 * @throws RangeError when no step size is accepted: the rates are not finite
 */
export function takeStep(problem: OdeProblem, t0: number, y0: Float64Array, h: number): OdeStep {
  const n = problem.dimension;
  const k = Array.from({ length: 7 }, () => new Float64Array(n));
  const y = new Float64Array(n);
  const difference = new Float64Array(n);
  problem.rates(t0, y0, k[0] as Float64Array);
  let size = Math.min(h, problem.largestStep);
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    for (let stage = 1; stage < 7; stage++) {
      weightedSum(A[stage] as readonly number[], k, y);
      for (let i = 0; i < n; i++) y[i] = (y0[i] as number) + size * (y[i] as number);
      problem.rates(t0 + (C[stage] as number) * size, y, k[stage] as Float64Array);
    }
    const error = errorNorm(problem, y0, y, k, size, difference);
    if (error <= 1 && isAllowed(problem, y, y0)) {
      const factor = error === 0 ? LARGEST_CHANGE : SAFETY * error ** -0.2;
      const next = size * Math.min(LARGEST_CHANGE, Math.max(SMALLEST_CHANGE, factor));
      return { t0, t1: t0 + size, dense: denseOutput(y0, y, k, size), y1: y, next };
    }
    size *= error > 1 ? Math.max(SMALLEST_CHANGE, SAFETY * error ** -0.2) : 0.5;
  }
  throw new RangeError(`no step size is accepted at t = ${t0}`);
}

/** Sums the stages by weights, in order, into `out`. One stage at a time: each loop is a plain stream. */
function weightedSum(
  weights: readonly number[],
  k: readonly Float64Array[],
  out: Float64Array,
): void {
  out.fill(0);
  for (let j = 0; j < weights.length; j++) {
    const weight = weights[j] as number;
    if (weight === 0) continue;
    const stage = k[j] as Float64Array;
    for (let i = 0; i < out.length; i++) {
      out[i] = (out[i] as number) + weight * (stage[i] as number);
    }
  }
}

function errorNorm(
  problem: OdeProblem,
  y0: Float64Array,
  y1: Float64Array,
  k: readonly Float64Array[],
  size: number,
  difference: Float64Array,
): number {
  weightedSum(E, k, difference);
  let sum = 0;
  for (let i = 0; i < y0.length; i++) {
    const largest = Math.max(Math.abs(y0[i] as number), Math.abs(y1[i] as number));
    const scale = (problem.absoluteTolerance[i] as number) + problem.relativeTolerance * largest;
    const ratio = (size * (difference[i] as number)) / scale;
    sum += ratio * ratio;
  }
  const norm = Math.sqrt(sum / y0.length);
  return Number.isFinite(norm) ? norm : 1e9;
}

function isAllowed(problem: OdeProblem, y: Float64Array, y0: Float64Array): boolean {
  if (problem.isPositive === undefined) return true;
  for (let i = 0; i < y.length; i++) {
    const value = y[i] as number;
    const floor = Math.min(0, y0[i] as number) - (problem.absoluteTolerance[i] as number);
    if (value < floor && problem.isPositive(i)) return false;
  }
  return true;
}

function denseOutput(
  y0: Float64Array,
  y1: Float64Array,
  k: readonly Float64Array[],
  size: number,
): Float64Array {
  const n = y0.length;
  const dense = new Float64Array(5 * n);
  const first = k[0] as Float64Array;
  const seventh = k[6] as Float64Array;
  const last = dense.subarray(4 * n);
  weightedSum(D, k, last);
  for (let i = 0; i < n; i++) {
    const start = y0[i] as number;
    const change = (y1[i] as number) - start;
    const bend = size * (first[i] as number) - change;
    dense[i] = start;
    dense[n + i] = change;
    dense[2 * n + i] = bend;
    dense[3 * n + i] = change - size * (seventh[i] as number) - bend;
    last[i] = size * (last[i] as number);
  }
  return dense;
}

/** Solution at `t` in [t0, t1] of an accepted step, into `out`. */
export function interpolate(step: OdeStep, t: number, out: Float64Array): void {
  const n = step.y1.length;
  if (t >= step.t1) {
    out.set(step.y1);
    return;
  }
  const { dense } = step;
  const a = (t - step.t0) / (step.t1 - step.t0);
  const b = 1 - a;
  for (let i = 0; i < n; i++) {
    const r1 = dense[i] as number;
    const r2 = dense[n + i] as number;
    const r3 = dense[2 * n + i] as number;
    const r4 = dense[3 * n + i] as number;
    const r5 = dense[4 * n + i] as number;
    out[i] = r1 + a * (r2 + b * (r3 + a * (r4 + b * r5)));
  }
}
