import { factorise, solve } from './linear-system.ts';

/**
 * Linearly implicit Runge-Kutta method (Rosenbrock-W) of order 3(2) with dense output, for systems of
 * which only some components are stiff: ROS34PW2 of Rang, Angermann, "New Rosenbrock W-methods of order 3
 * for partial differential algebraic equations of index 1", BIT 45 (2005). Its order holds for any matrix
 * in place of the Jacobian. Here that matrix has the rows of the stiff components alone, so each step
 * solves a system as small as their number, the others advance as in an explicit method and keep their
 * linear invariants up to rounding.
 */
const GAMMA = 0.435866521508459;
const A21 = 0.87173304301691801;
const A31 = 0.84457060015369423;
const A32 = -0.11299064236484185;
const A43 = 1;
const G21 = -0.87173304301691801;
const G31 = -0.90338057013044082;
const G32 = 0.054180672388095326;
const G41 = 0.24212380706095346;
const G42 = -1.2232505839045147;
const G43 = 0.54526025533510214;
const B1 = 0.24212380706095346;
const B2 = -1.2232505839045147;
const B3 = 1.545260255335102;
const B4 = GAMMA;
/** Weights of the solution less those of the embedded one of order 2. */
const E1 = B1 - 0.37810903145819369;
const E2 = B2 + 0.096042292212423178;
const E3 = B3 - 0.5;
const E4 = B4 - 0.2179332607542295;

/**
 * Dense output: weights of the stages as polynomials of the elapsed share of the step without constant
 * term. They fulfil the conditions of order 2 for any matrix, and sum b_i alpha_i^2 = theta^3 / 3.
 */
const D1 = [1.05642984557941, -1.3864882699759573, 0.5721822314575016] as const;
const D2 = [2.296429974281067, -8.262611700275677, 4.742931142090097] as const;
const D3 = [-1.307599564525376, 7.250979895056055, -4.398120075195578] as const;
const D4 = [-1.045260255335102, 2.398120075195581, -0.9169932983520199] as const;

const SAFETY = 0.9;
const SMALLEST_CHANGE = 0.2;
const LARGEST_CHANGE = 8;
const MOST_ATTEMPTS = 60;
/** Errors that stand for a step without a solution, and for one that ends below a floor. */
const UNACCEPTABLE = 1e9;
const OUT_OF_BOUNDS = 5;
/** Choice of the first step, by trial: a step that is rejected costs three evaluations. */
const PROBE = 1;
const RELAXATION = 3;
const BEND = 30;

/** Constants of one solution as far as the solver needs them. */
export interface SolutionModel {
  /** Components that take part, ascending, all stiff ones among them; the others stay what they are. */
  readonly present: Int32Array;
  /** Absolute tolerance of each component, in its own unit. */
  readonly tolerance: Float64Array;
  /** How far below zero each component may fall; Infinity where any value will do. */
  readonly floor: Float64Array;
}

/** What is integrated. The first `stiff` components are implicit. */
export interface PartlyStiffSystem<M extends SolutionModel> {
  readonly dimension: number;
  readonly stiff: number;
  readonly relativeTolerance: number;
  readonly largestStep: number;
  /** Writes dy/dt at (t, y) into `out`; pure. */
  rates(model: M, t: number, y: Float64Array, out: Float64Array): void;
  /** Writes dy/dt, and the Jacobian's rows of the stiff components one after the other. */
  linearise(model: M, t: number, y: Float64Array, out: Float64Array, rows: Float64Array): void;
}

/** The solution between `t0` and `t1`, rewritten by each step. */
export interface PartlyStiffSolution<M extends SolutionModel> {
  readonly model: M;
  t0: number;
  t1: number;
  /** Size to try for the next step. */
  next: number;
  readonly y0: Float64Array;
  readonly y1: Float64Array;
  /** Stages: changes over the whole step. */
  readonly stages: readonly [Float64Array, Float64Array, Float64Array, Float64Array];
}

export interface PartlyStiffSolver<M extends SolutionModel> {
  /** Opens a solution at time 0, before its first step. */
  begin(model: M, y: Float64Array): PartlyStiffSolution<M>;
  /**
   * Goes on to the next step, a pure function of the end of the present one.
   *
   * @throws RangeError when no step size is accepted: the rates are not finite
   */
  advance(solution: PartlyStiffSolution<M>): void;
  /** Solution at `t` in [t0, t1], into `out`. */
  interpolate(solution: PartlyStiffSolution<M>, t: number, out: Float64Array): void;
}

/** Creates a solver; it keeps scratch memory, so that steps allocate nothing. */
export function createPartlyStiffSolver<M extends SolutionModel>(
  system: PartlyStiffSystem<M>,
): PartlyStiffSolver<M> {
  const { dimension: n, stiff: m, relativeTolerance } = system;
  const y = new Float64Array(n);
  const rates = new Float64Array(n);
  const rates0 = new Float64Array(n);
  const slope = new Float64Array(n);
  const rows = new Float64Array(m * n);
  const matrix = new Float64Array(m * m);
  const pivots = new Int32Array(m);
  const right = new Float64Array(m);

  /**
   * Turns rates into the stage of a step of `size`: those of the stiff components solve
   * (I - h gamma J) k = h f + h J (sum of gamma_ij k_j), where `slope` holds the sum of the others.
   */
  function solveStage(present: Int32Array, f: Float64Array, size: number, k: Float64Array): void {
    for (let j = m; j < present.length; j++) {
      const i = present[j] as number;
      const change = size * (f[i] as number);
      k[i] = change;
      slope[i] = (slope[i] as number) + GAMMA * change;
    }
    for (let row = 0; row < m; row++) {
      let sum = f[row] as number;
      for (let j = 0; j < present.length; j++) {
        const i = present[j] as number;
        sum += (rows[row * n + i] as number) * (slope[i] as number);
      }
      right[row] = size * sum;
    }
    solve(matrix, m, pivots, right);
    for (let i = 0; i < m; i++) k[i] = right[i] as number;
  }

  function attempt(solution: PartlyStiffSolution<M>, size: number): number {
    const { model, t1: t, y0, y1 } = solution;
    const { present, tolerance, floor } = model;
    const [k1, k2, k3, k4] = solution.stages;
    for (let row = 0; row < m; row++) {
      for (let i = 0; i < m; i++) {
        matrix[row * m + i] = (row === i ? 1 : 0) - GAMMA * size * (rows[row * n + i] as number);
      }
    }
    if (!factorise(matrix, m, pivots)) return UNACCEPTABLE;
    slope.fill(0);
    solveStage(present, rates0, size, k1);
    for (let j = 0; j < present.length; j++) {
      const i = present[j] as number;
      y[i] = (y0[i] as number) + A21 * (k1[i] as number);
      slope[i] = G21 * (k1[i] as number);
    }
    system.rates(model, t + A21 * size, y, rates);
    solveStage(present, rates, size, k2);
    for (let j = 0; j < present.length; j++) {
      const i = present[j] as number;
      y[i] = (y0[i] as number) + A31 * (k1[i] as number) + A32 * (k2[i] as number);
      slope[i] = G31 * (k1[i] as number) + G32 * (k2[i] as number);
    }
    system.rates(model, t + (A31 + A32) * size, y, rates);
    solveStage(present, rates, size, k3);
    for (let j = 0; j < present.length; j++) {
      const i = present[j] as number;
      y[i] = (y0[i] as number) + A43 * (k3[i] as number);
      slope[i] = G41 * (k1[i] as number) + G42 * (k2[i] as number) + G43 * (k3[i] as number);
    }
    system.rates(model, t + size, y, rates);
    solveStage(present, rates, size, k4);
    let worst = 0;
    let allowed = true;
    for (let j = 0; j < present.length; j++) {
      const i = present[j] as number;
      const start = y0[i] as number;
      const a = k1[i] as number;
      const b = k2[i] as number;
      const c = k3[i] as number;
      const d = k4[i] as number;
      const end = start + (B1 * a + B2 * b + B3 * c + B4 * d);
      y1[i] = end;
      const largest = Math.max(Math.abs(start), Math.abs(end));
      const scale = (tolerance[i] as number) + relativeTolerance * largest;
      worst = Math.max(worst, Math.abs(E1 * a + E2 * b + E3 * c + E4 * d) / scale);
      if (end < Math.min(0, start) - (floor[i] as number)) allowed = false;
    }
    if (!Number.isFinite(worst)) return UNACCEPTABLE;
    return allowed ? worst : Math.max(worst, OUT_OF_BOUNDS);
  }

  /**
   * First step: what is stiff and out of balance shall relax within the tolerance, and of the others
   * the second term of their series shall be some tolerances at most.
   */
  function firstStep(solution: PartlyStiffSolution<M>): number {
    const { model, y0, y1 } = solution;
    system.linearise(model, 0, y0, rates0, rows);
    let size = system.largestStep;
    const scaleOf = (i: number): number =>
      (model.tolerance[i] as number) + relativeTolerance * Math.abs(y0[i] as number);
    for (let i = 0; i < m; i++) {
      const decay = Math.abs(rows[i * n + i] as number);
      if (decay * system.largestStep < 1) continue;
      const ahead = Math.abs(rates0[i] as number) / decay / scaleOf(i);
      if (ahead > 1) size = Math.min(size, RELAXATION / (decay * Math.cbrt(ahead)));
    }
    for (const i of model.present) y1[i] = (y0[i] as number) + PROBE * (rates0[i] as number);
    system.rates(model, PROBE, y1, rates);
    for (const i of model.present) {
      if (i < m) continue;
      const bend = Math.abs((rates[i] as number) - (rates0[i] as number)) / PROBE / scaleOf(i);
      if (bend > 0) size = Math.min(size, Math.sqrt(BEND / bend));
    }
    return size;
  }

  return {
    begin: (model, start) => {
      const solution = {
        model,
        t0: 0,
        t1: 0,
        next: 0,
        y0: start.slice(),
        y1: start.slice(),
        stages: [
          new Float64Array(n),
          new Float64Array(n),
          new Float64Array(n),
          new Float64Array(n),
        ] as const,
      };
      solution.next = firstStep(solution);
      solution.y1.set(start);
      return solution;
    },
    advance: (solution) => {
      const { model, y0, y1 } = solution;
      y0.set(y1);
      y.set(y1);
      system.linearise(model, solution.t1, y0, rates0, rows);
      let size = Math.min(solution.next, system.largestStep);
      let grow = LARGEST_CHANGE;
      for (let i = 0; i < MOST_ATTEMPTS; i++) {
        const error = attempt(solution, size);
        const factor = error === 0 ? grow : SAFETY / Math.cbrt(error);
        if (error <= 1) {
          solution.next = size * Math.min(grow, Math.max(SMALLEST_CHANGE, factor));
          solution.t0 = solution.t1;
          solution.t1 += size;
          return;
        }
        size *= Math.max(SMALLEST_CHANGE, factor);
        grow = 1;
      }
      throw new RangeError(`no step size is accepted at t = ${solution.t1}`);
    },
    interpolate: ({ model, t0, t1, y0, y1, stages: [k1, k2, k3, k4] }, t, out) => {
      if (t >= t1) {
        out.set(y1);
        return;
      }
      const a = (t - t0) / (t1 - t0);
      const b1 = polynomial(D1, a);
      const b2 = polynomial(D2, a);
      const b3 = polynomial(D3, a);
      const b4 = polynomial(D4, a);
      out.set(y0);
      for (const i of model.present) {
        const change =
          b1 * (k1[i] as number) +
          b2 * (k2[i] as number) +
          b3 * (k3[i] as number) +
          b4 * (k4[i] as number);
        out[i] = (y0[i] as number) + change;
      }
    },
  };
}

function polynomial([a, b, c]: readonly [number, number, number], x: number): number {
  return x * (a + x * (b + x * c));
}
