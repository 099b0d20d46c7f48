import { openingFlow } from './room-air.ts';

/** A room with its fans: net supply is supply minus extract [m3/s]. */
export interface Room {
  readonly id: string;
  readonly netSupply: number;
}

/** A gap between two rooms, or between a room and the surroundings (empty id). */
export interface Opening {
  readonly from: string;
  readonly to: string;
  /** [m2] */
  readonly area: number;
}

/** Pressure difference [Pa] below which flow is taken as linear, so that its slope stays finite. */
const LINEAR = 0.01;

/** Accepted error of a room's air balance [m3/s]. */
const TOLERANCE = 1e-10;
const MOST_STEPS = 200;

/**
 * Quasi-steady pressures above the surroundings [Pa] of rooms joined by gaps: for each room the net
 * supply equals the sum of Q = Cd A sqrt(2 dP / rho) out of its gaps. Rooms settle within seconds, so
 * no storage of air is modelled. Newton's method, its steps halved until the error falls.
 *
 * @throws RangeError when a room has no path to the surroundings, or the steps do not converge
 */
export function solvePressures(
  rooms: readonly Room[],
  openings: readonly Opening[],
): ReadonlyMap<string, number> {
  const index = new Map(rooms.map(({ id }, i) => [id, i]));
  const gaps = openings
    .filter(({ area }) => area > 0)
    .map(({ from, to, area }) => ({ a: index.get(from), b: index.get(to), area }));
  let pressures: number[] = rooms.map(() => 0);
  let errors = imbalance(rooms, gaps, pressures);
  for (let step = 0; step < MOST_STEPS; step++) {
    if (Math.max(0, ...errors.map(Math.abs)) < TOLERANCE) {
      return new Map(rooms.map(({ id }, i) => [id, pressures[i] ?? 0]));
    }
    const change = solveLinear(slopes(rooms.length, gaps, pressures), errors, rooms);
    const before = norm(errors);
    for (let share = 1; ; share /= 2) {
      const tried = pressures.map((p, i) => p + share * (change[i] ?? 0));
      const left = imbalance(rooms, gaps, tried);
      if (norm(left) < before || share < 1e-6) {
        pressures = tried;
        errors = left;
        break;
      }
    }
  }
  throw new RangeError('room pressures do not converge');
}

interface Gap {
  /** Index of the rooms on both sides; absent for the surroundings. */
  readonly a: number | undefined;
  readonly b: number | undefined;
  readonly area: number;
}

function norm(values: readonly number[]): number {
  return Math.hypot(...values);
}

function difference({ a, b }: Gap, pressures: readonly number[]): number {
  const side = (i: number | undefined): number => (i === undefined ? 0 : (pressures[i] ?? 0));
  return side(a) - side(b);
}

/** Square-root law, continued straight through zero. */
function flow(area: number, dp: number): number {
  if (Math.abs(dp) >= LINEAR) return openingFlow(area, dp);
  return (openingFlow(area, LINEAR) / LINEAR) * dp;
}

/** Derivative of {@link flow} [m3/(s Pa)]. */
function slope(area: number, dp: number): number {
  const at = Math.max(Math.abs(dp), LINEAR);
  return openingFlow(area, at) / (Math.abs(dp) >= LINEAR ? 2 * at : at);
}

/** Air gained by each room [m3/s]; zero when pressures are right. */
function imbalance(
  rooms: readonly Room[],
  gaps: readonly Gap[],
  pressures: readonly number[],
): number[] {
  const gained = rooms.map(({ netSupply }) => netSupply);
  for (const gap of gaps) {
    const q = flow(gap.area, difference(gap, pressures));
    if (gap.a !== undefined) gained[gap.a] = (gained[gap.a] ?? 0) - q;
    if (gap.b !== undefined) gained[gap.b] = (gained[gap.b] ?? 0) + q;
  }
  return gained;
}

/** Matrix of outflow slopes, symmetric and diagonally dominant. */
function slopes(size: number, gaps: readonly Gap[], pressures: readonly number[]): number[][] {
  const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const add = (i: number | undefined, j: number | undefined, value: number): void => {
    if (i === undefined || j === undefined) return;
    const row = matrix[i] as number[];
    row[j] = (row[j] ?? 0) + value;
  };
  for (const gap of gaps) {
    const s = slope(gap.area, difference(gap, pressures));
    add(gap.a, gap.a, s);
    add(gap.b, gap.b, s);
    add(gap.a, gap.b, -s);
    add(gap.b, gap.a, -s);
  }
  return matrix;
}

/** Gauss elimination; a diagonally dominant matrix needs no pivoting. */
function solveLinear(
  matrix: number[][],
  right: readonly number[],
  rooms: readonly Room[],
): number[] {
  const x = [...right];
  const n = x.length;
  const at = (i: number, j: number): number => matrix[i]?.[j] ?? 0;
  for (let k = 0; k < n; k++) {
    if (at(k, k) < 1e-12) throw new RangeError(`room ${rooms[k]?.id} has no opening outwards`);
    for (let i = k + 1; i < n; i++) {
      const factor = at(i, k) / at(k, k);
      for (let j = k; j < n; j++) (matrix[i] as number[])[j] = at(i, j) - factor * at(k, j);
      x[i] = (x[i] ?? 0) - factor * (x[k] ?? 0);
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let j = k + 1; j < n; j++) x[k] = (x[k] ?? 0) - at(k, j) * (x[j] ?? 0);
    x[k] = (x[k] ?? 0) / at(k, k);
  }
  return x;
}
