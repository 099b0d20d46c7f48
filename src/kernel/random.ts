/**
 * Named, counter-based random streams. A draw is a pure function of (seed, entity, purpose, index),
 * so a new consumer never shifts another's numbers and a skipped draw changes nothing after it.
 *
 * The generator is Philox 2x32 with 10 rounds: Salmon, Moraes, Dror, Shaw, "Parallel random numbers:
 * as easy as 1, 2, 3", SC11 (2011), doi 10.1145/2063384.2063405.
 */

const PHILOX_M = 0xd256d193;
const PHILOX_W = 0x9e3779b9;
const ROUNDS = 10;

/** High 32 bits of the unsigned product of two 32-bit integers. */
function mulHigh(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const low = a0 * b0;
  const mid = a1 * b0 + (low >>> 16);
  const mid2 = a0 * b1 + (mid & 0xffff);
  return (a1 * b1 + Math.floor(mid / 65_536) + Math.floor(mid2 / 65_536)) >>> 0;
}

/**
 * One block of Philox 2x32-10: two random 32-bit words of a 64-bit counter under a 32-bit key. For
 * one key it is a bijection of the counter, so no block repeats before the counter does.
 */
export function philox2x32(
  counterLow: number,
  counterHigh: number,
  key: number,
): readonly [number, number] {
  let left = counterLow >>> 0;
  let right = counterHigh >>> 0;
  let k = key >>> 0;
  for (let round = 0; round < ROUNDS; round++) {
    const high = mulHigh(PHILOX_M, left);
    const low = Math.imul(PHILOX_M, left) >>> 0;
    left = (high ^ k ^ right) >>> 0;
    right = low;
    k = (k + PHILOX_W) >>> 0;
  }
  return [left, right];
}

/** 32-bit FNV-1a hash of a text, started from `basis`. */
function fnv1a(text: string, basis: number): number {
  let hash = basis >>> 0;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return hash;
}

/** A stream of random numbers; its only state is the index of the next draw. */
export interface RandomStream {
  /** Index of the next draw. */
  index: number;
  /** Uniform in [0, 1), advancing the stream by one. */
  uniform(): number;
  /** Standard normal, advancing the stream by two. */
  normal(): number;
  /** Log-normal with the given median (any unit) and coefficient of variation, advancing by two. */
  logNormal(median: number, coefficientOfVariation: number): number;
  /** Uniform in [0, 1) of draw number `index`, without touching the stream. */
  uniformAt(index: number): number;
  /** Standard normal of pair number `index`, without touching the stream. */
  normalAt(index: number): number;
}

/**
 * Opens the stream named by seed, entity and purpose at draw `index`.
 *
 * @param seed any safe integer; every bit of it counts
 * @param entity for instance `bioreactor-1`
 * @param purpose for instance `ph.noise`
 */
export function openStream(seed: number, entity: string, purpose: string, index = 0): RandomStream {
  const name = `${entity}\u0000${purpose}`;
  const key = (fnv1a(name, 0x811c9dc5) ^ Math.imul(seed | 0, 0x85ebca6b)) >>> 0;
  const seedHigh = Math.floor(seed / 4_294_967_296);
  const salt = fnv1a(name, 0x01234567 ^ (seed | 0)) ^ Math.imul(seedHigh, 0xc2b2ae35);

  function uniformAt(at: number): number {
    const [left, right] = philox2x32(at >>> 0, (Math.floor(at / 4_294_967_296) ^ salt) >>> 0, key);
    return ((left >>> 5) * 67_108_864 + (right >>> 6)) / 9_007_199_254_740_992;
  }

  function gaussian(a: number, b: number): number {
    return Math.sqrt(-2 * Math.log(1 - a)) * Math.cos(2 * Math.PI * b);
  }

  const stream: RandomStream = {
    index,
    uniform: () => uniformAt(stream.index++),
    normal: () => {
      const a = uniformAt(stream.index++);
      return gaussian(a, uniformAt(stream.index++));
    },
    logNormal: (median, cv) =>
      median * Math.exp(Math.sqrt(Math.log(1 + cv * cv)) * stream.normal()),
    uniformAt,
    normalAt: (at) => gaussian(uniformAt(2 * at), uniformAt(2 * at + 1)),
  };
  return stream;
}
