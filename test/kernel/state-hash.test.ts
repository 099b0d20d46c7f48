import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashState, StateHasher } from '../../src/kernel/state-hash.ts';

const SEED = 6464;

const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.double(),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

describe('hashState', () => {
  it('is 64 bits in hexadecimal and the same for the same state', () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(hashState(value)).toMatch(/^[0-9a-f]{16}$/);
        expect(hashState(structuredClone(value))).toBe(hashState(value));
      }),
      { seed: SEED },
    );
  });

  it('does not depend on the order of keys', () => {
    expect(hashState({ a: 1, b: { c: 2, d: 3 } })).toBe(hashState({ b: { d: 3, c: 2 }, a: 1 }));
    fc.assert(
      fc.property(plain, (value) => {
        expect(hashState(reversed(value))).toBe(hashState(value));
      }),
      { seed: SEED },
    );
  });

  it('changes with any one bit of any number', () => {
    const view = new DataView(new ArrayBuffer(8));
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.integer({ min: 0, max: 63 }), (x, bit) => {
        view.setFloat64(0, x);
        view.setBigUint64(0, view.getBigUint64(0) ^ (1n << BigInt(bit)));
        const y = view.getFloat64(0);
        fc.pre(!Number.isNaN(y) && !(x === 0 && y === 0));
        expect(hashState({ volume: [1, y] })).not.toBe(hashState({ volume: [1, x] }));
      }),
      { seed: SEED, numRuns: 5000 },
    );
  });

  it('meets no two equal hashes in a million neighbouring states', () => {
    // 64 bits: the chance of one collision among 1e6 is 3e-8.
    const seen = new Set<string>();
    for (let i = 0; i < 1_000_000; i++) seen.add(hashState(i * 1e-9));
    expect(seen.size).toBe(1_000_000);
  });

  it.each([
    ['order in an array', [1, 2], [2, 1]],
    ['nesting', [[1], 2], [1, [2]]],
    ['type of a digit', 1, '1'],
    ['truth', true, false],
    ['nothing and zero', null, 0],
    ['an empty record and an empty array', {}, []],
    ['border between texts', ['ab', 'c'], ['a', 'bc']],
    ['a key and its value', { a: 'b' }, { b: 'a' }],
    ['length', [0], [0, 0]],
  ])('tells apart: %s', (_, a, b) => {
    expect(hashState(a)).not.toBe(hashState(b));
  });

  it('takes as one: zeros of both signs, every NaN, absent and undefined keys', () => {
    const payload = new Float64Array(new Uint32Array([1, 0xfff80000]).buffer);
    expect(hashState(-0)).toBe(hashState(0));
    expect(hashState(payload)).toBe(hashState([Number.NaN]));
    expect(hashState({ a: 1, b: undefined })).toBe(hashState({ a: 1 }));
  });

  it('takes typed arrays as their numbers', () => {
    expect(hashState(new Float64Array([1.5, 2]))).toBe(hashState([1.5, 2]));
  });

  it.each([
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a bigint', 1n],
    ['a class instance', new Map()],
    ['raw memory', new DataView(new ArrayBuffer(4))],
  ])('throws at %s', (_, value) => {
    expect(() => hashState({ deep: [value] })).toThrow(TypeError);
  });

  it('goes on where it was', () => {
    const parts = new StateHasher().add(1).add('x');
    expect(parts.digest()).toBe(new StateHasher().add(1).add('x').digest());
    expect(parts.digest()).not.toBe(new StateHasher().add('x').add(1).digest());
  });
});
