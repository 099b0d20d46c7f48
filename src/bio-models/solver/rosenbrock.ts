import type { OdeProblem, OdeStep } from './dormand-prince.ts';
import { factorise, solve } from './linear-system.ts';

/**
 * L-stable, stiffly accurate Rosenbrock method of order 4(3) with dense output of order 3, for stiff
 * problems: RODAS of Hairer, Wanner, "Solving Ordinary Differential Equations II", 2nd ed., section
 * IV.7. The Jacobian is taken by forward differences.
 */
const GAMMA = 0.25;
const A: readonly (readonly number[])[] = [
  [],
  [1.544],
  [0.9466785280815826, 0.2557011698983284],
  [3.314825187068521, 2.896124015972201, 0.9986419139977817],
  [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.687886036105895],
];
const C: readonly (readonly number[])[] = [
  [],
  [-5.6688],
  [-2.430093356833875, -0.2063599157091915],
  [-0.1073529058151375, -9.594562251023355, -20.47028614809616],
  [7.496443313967647, -10.24680431464352, -33.99990352819905, 11.7089089320616],
  [
    8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136,
    -6.058818238834054,
  ],
];
const NODES = [0, 0.386, 0.21, 0.63, 1, 1];
const TIME_WEIGHTS = [0.25, -0.1043, 0.1035, -0.0362, 0, 0];
const DENSE_THIRD = [
  10.12623508344586, -7.487995877610167, -34.80091861555747, -7.992771707568823, 1.025137723295662,
];
const DENSE_FOURTH = [
  -0.6762803392801253, 6.087714651680015, 16.43084320892478, 24.76722511418386, -6.594389125716872,
];
const STAGES = 6;
const SAFETY = 0.9;
const SMALLEST_CHANGE = 0.2;
const LARGEST_CHANGE = 6;
const MOST_ATTEMPTS = 60;
/** Square root of the spacing of doubles at 1: relative increment of a forward difference. */
const INCREMENT = 1.5e-8;

interface Workspace {
  readonly stages: readonly Float64Array[];
  readonly y: Float64Array;
  readonly rates: Float64Array;
  readonly rates0: Float64Array;
  readonly timeSlope: Float64Array;
  readonly jacobian: Float64Array;
  readonly matrix: Float64Array;
  readonly pivots: Int32Array;
}

function workspace(n: number): Workspace {
  return {
    stages: Array.from({ length: STAGES }, () => new Float64Array(n)),
    y: new Float64Array(n),
    rates: new Float64Array(n),
    rates0: new Float64Array(n),
    timeSlope: new Float64Array(n),
    jacobian: new Float64Array(n * n),
    matrix: new Float64Array(n * n),
    pivots: new Int32Array(n),
  };
}

/**
 * Takes one accepted step from (t0, y0), trying size `h` first; the record reads like one of the
 * explicit method.
 *
 * @throws RangeError when no step size is accepted: the rates are not finite
 */
export function takeStiffStep(
  problem: OdeProblem,
  t0: number,
  y0: Float64Array,
  h: number,
): OdeStep {
  const n = problem.dimension;
  const w = workspace(n);
  problem.rates(t0, y0, w.rates0);
  differentiate(problem, t0, y0, h, w);
  let size = Math.min(h, problem.largestStep);
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const error = attemptStep(problem, t0, y0, size, w);
    if (error <= 1 && isAllowed(problem, w.y, y0)) {
      const factor = error === 0 ? LARGEST_CHANGE : SAFETY * error ** -0.25;
      const next = size * Math.min(LARGEST_CHANGE, Math.max(SMALLEST_CHANGE, factor));
      return { t0, t1: t0 + size, dense: denseOutput(y0, w), y1: w.y, next };
    }
    size *= error > 1 ? Math.max(SMALLEST_CHANGE, SAFETY * error ** -0.25) : 0.5;
  }
  throw new RangeError(`no step size is accepted at t = ${t0}`);
}

/** Jacobian and time derivative of the rates by forward differences. */
function differentiate(
  problem: OdeProblem,
  t0: number,
  y0: Float64Array,
  h: number,
  w: Workspace,
): void {
  const n = problem.dimension;
  w.y.set(y0);
  for (let j = 0; j < n; j++) {
    const value = y0[j] as number;
    const scale = Math.max(Math.abs(value), problem.absoluteTolerance[j] as number);
    w.y[j] = value + INCREMENT * scale;
    const change = (w.y[j] as number) - value;
    problem.rates(t0, w.y, w.rates);
    for (let i = 0; i < n; i++) {
      w.jacobian[i * n + j] = ((w.rates[i] as number) - (w.rates0[i] as number)) / change;
    }
    w.y[j] = value;
  }
  const later = t0 + INCREMENT * Math.max(Math.abs(t0), h);
  problem.rates(later, y0, w.rates);
  for (let i = 0; i < n; i++) {
    w.timeSlope[i] = ((w.rates[i] as number) - (w.rates0[i] as number)) / (later - t0);
  }
}

/** Fills the stages for a step of `size`, its end into `w.y`; returns the error norm. */
function attemptStep(
  problem: OdeProblem,
  t0: number,
  y0: Float64Array,
  size: number,
  w: Workspace,
): number {
  const n = problem.dimension;
  for (let i = 0; i < n * n; i++) w.matrix[i] = -(w.jacobian[i] as number);
  for (let i = 0; i < n; i++) {
    w.matrix[i * n + i] = (w.matrix[i * n + i] as number) + 1 / (GAMMA * size);
  }
  if (!factorise(w.matrix, n, w.pivots)) return 1e9;
  for (let stage = 0; stage < STAGES; stage++) {
    let rates = w.rates0;
    if (stage > 0) {
      rates = w.rates;
      // The last stage starts where the fifth one ended.
      if (stage === STAGES - 1) add(w.y, w.stages[stage - 1] as Float64Array);
      else combine(y0, A[stage] as readonly number[], w);
      problem.rates(t0 + (NODES[stage] as number) * size, w.y, rates);
    }
    const out = w.stages[stage] as Float64Array;
    const row = C[stage] as readonly number[];
    const weight = size * (TIME_WEIGHTS[stage] as number);
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < stage; j++) sum += (row[j] as number) * (w.stages[j]?.[i] as number);
      out[i] = (rates[i] as number) + sum / size + weight * (w.timeSlope[i] as number);
    }
    solve(w.matrix, n, w.pivots, out);
  }
  const difference = w.stages[STAGES - 1] as Float64Array;
  add(w.y, difference);
  return errorNorm(problem, y0, w.y, difference);
}

function add(y: Float64Array, change: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i] = (y[i] as number) + (change[i] as number);
}

function combine(y0: Float64Array, row: readonly number[], w: Workspace): void {
  for (let i = 0; i < y0.length; i++) {
    let value = y0[i] as number;
    for (let j = 0; j < row.length; j++) {
      value += (row[j] as number) * (w.stages[j]?.[i] as number);
    }
    w.y[i] = value;
  }
}

function errorNorm(
  problem: OdeProblem,
  y0: Float64Array,
  y1: Float64Array,
  difference: Float64Array,
): number {
  let sum = 0;
  for (let i = 0; i < y0.length; i++) {
    const largest = Math.max(Math.abs(y0[i] as number), Math.abs(y1[i] as number));
    const scale = (problem.absoluteTolerance[i] as number) + problem.relativeTolerance * largest;
    const ratio = (difference[i] as number) / scale;
    sum += ratio * ratio;
  }
  const norm = Math.sqrt(sum / y0.length);
  return Number.isFinite(norm) ? norm : 1e9;
}

function isAllowed(problem: OdeProblem, y: Float64Array, y0: Float64Array): boolean {
  if (problem.isPositive === undefined) return true;
  for (let i = 0; i < y.length; i++) {
    const floor = Math.min(0, y0[i] as number) - (problem.absoluteTolerance[i] as number);
    if ((y[i] as number) < floor && problem.isPositive(i)) return false;
  }
  return true;
}

/** Coefficients in the form that `interpolate` reads. */
function denseOutput(y0: Float64Array, w: Workspace): Float64Array {
  const n = y0.length;
  const dense = new Float64Array(5 * n);
  for (let i = 0; i < n; i++) {
    let third = 0;
    let fourth = 0;
    for (let j = 0; j < 5; j++) {
      const stage = w.stages[j]?.[i] as number;
      third += (DENSE_THIRD[j] as number) * stage;
      fourth += (DENSE_FOURTH[j] as number) * stage;
    }
    dense[i] = y0[i] as number;
    dense[n + i] = (w.y[i] as number) - (y0[i] as number);
    dense[2 * n + i] = third;
    dense[3 * n + i] = fourth;
  }
  return dense;
}
