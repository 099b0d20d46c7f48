import { describe, expect, it } from 'vitest';
import { clonePlain } from '../../src/kernel/clone-plain.ts';

describe('clonePlain', () => {
  it('copies deeply and keeps what is shared shared', () => {
    const amounts = new Float64Array([1, 2]);
    const state = {
      ...{ amounts, again: amounts, empty: undefined, zero: -0 },
      map: new Map([['a', { list: [1, Number.NaN, Infinity] }]]),
      set: new Set(['x']),
    };
    const copy = clonePlain(state);
    expect(copy).toEqual(state);
    expect(copy.again).toBe(copy.amounts);
    amounts[0] = 9;
    state.map.get('a')?.list.push(4);
    state.set.add('y');
    expect([...copy.amounts]).toEqual([1, 2]);
    expect(copy.map.get('a')?.list).toHaveLength(3);
    expect([...copy.set]).toEqual(['x']);
  });

  it('takes no functions and no instances', () => {
    for (const value of [() => 1, Symbol('s'), new Date(0)]) {
      expect(() => clonePlain({ value })).toThrow(TypeError);
    }
  });
});
