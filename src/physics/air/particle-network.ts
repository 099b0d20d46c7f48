import { solveInPlace } from '../kinematics/linear-solve.ts';

/** A well-mixed room of a network. */
export interface MixedRoom {
  /** [m3] */
  readonly volume: number;
  /** Filtered air blown in, recirculated or fresh [m3/s]; free of particles. */
  readonly cleanAir: number;
  /** Particles released in the room [1/s]. */
  readonly emission: number;
}

/** Air that moves from one room to another [m3/s]; index -1 is the surroundings. */
export interface AirFlow {
  readonly from: number;
  readonly to: number;
  readonly rate: number;
}

/** Particle balance of joined rooms, dC/dt = A C + b: rows of A [1/s] and b [1/(m3 s)]. */
export interface ParticleNetwork {
  readonly rates: Float64Array;
  readonly sources: Float64Array;
  /** Concentrations at which nothing changes any more [1/m3]. */
  readonly steady: Float64Array;
}

/**
 * Particle balance of rooms: V dC/dt = sum Q_in (C_from - C) - Q_clean C + G.
 *
 * @param outside concentration in the surroundings [1/m3]
 * @throws RangeError when a room has neither clean air nor inflow, so that it never settles
 */
export function particleNetwork(
  rooms: readonly MixedRoom[],
  flows: readonly AirFlow[],
  outside: number,
): ParticleNetwork {
  const n = rooms.length;
  const rates = new Float64Array(n * n);
  const sources = new Float64Array(n);
  rooms.forEach(({ volume, cleanAir, emission }, i) => {
    rates[i * n + i] = -cleanAir / volume;
    sources[i] = emission / volume;
  });
  for (const { from, to, rate } of flows) {
    if (to < 0 || rate <= 0) continue;
    const share = rate / (rooms[to]?.volume ?? 1);
    rates[to * n + to] = (rates[to * n + to] ?? 0) - share;
    if (from < 0) sources[to] = (sources[to] ?? 0) + share * outside;
    else rates[to * n + from] = (rates[to * n + from] ?? 0) + share;
  }
  const steady = sources.map((b) => -b);
  if (!solveInPlace(rates.slice(), steady)) {
    throw new RangeError('a room of the air network has no clean air and no inflow');
  }
  return { rates, sources, steady };
}

/** Terms of the series at a step of half the fastest rate: the rest is below 1e-17. */
const TERMS = 14;

/**
 * Concentrations `seconds` after they were `start`, C = C_s + exp(A t) (C_0 - C_s): the exponential by
 * scaling and squaring, accurate to about 1e-12 of the largest deviation.
 */
export function particlesLater(
  { rates, steady }: ParticleNetwork,
  start: Float64Array,
  seconds: number,
): Float64Array {
  const n = start.length;
  const deviation = start.map((c, i) => c - (steady[i] ?? 0));
  if (seconds <= 0 || deviation.every((d) => d === 0)) return start.slice();
  let fastest = 0;
  for (let i = 0; i < n; i++) fastest = Math.max(fastest, -(rates[i * n + i] ?? 0));
  const halvings = Math.max(0, Math.ceil(Math.log2(2 * fastest * seconds)));
  const step = rates.map((a) => (a * seconds) / 2 ** halvings);
  let power = identity(n);
  let exponential = identity(n);
  for (let k = 1; k <= TERMS; k++) {
    power = product(power, step, n).map((a) => a / k);
    exponential = exponential.map((a, i) => a + (power[i] ?? 0));
  }
  for (let k = 0; k < halvings; k++) exponential = product(exponential, exponential, n);
  return steady.map((c, i) => {
    let sum = c;
    for (let j = 0; j < n; j++) sum += (exponential[i * n + j] ?? 0) * (deviation[j] ?? 0);
    return sum;
  });
}

function identity(n: number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
  return matrix;
}

function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k] ?? 0;
      if (factor === 0) continue;
      for (let j = 0; j < n; j++) {
        out[i * n + j] = (out[i * n + j] ?? 0) + factor * (b[k * n + j] ?? 0);
      }
    }
  }
  return out;
}
