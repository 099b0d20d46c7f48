import { describe, expect, it } from 'vitest';
import { Outlook } from '../../src/control/outlook.ts';
import type { RealisedRecipe } from '../../src/control/realisation/realise.ts';
import { MICROS_PER_HOUR } from '../../src/kernel/time.ts';

const H = MICROS_PER_HOUR;

/** Three steps; the first and the last need the room. The middle takes 100 h, its product keeps for 24 h. */
function realised(): RealisedRecipe {
  const step = (number: number, expected: number, exclusive: readonly string[]) => ({
    ...{ step: number, name: '', expected, shelfLife: 24 },
    entries: [
      {
        ...{ parameters: {}, specifications: {}, covering: {} },
        phases: [{ phase: 'work', with: {}, exclusive, leaves: [] }],
      },
    ],
  });
  const steps = [step(1, 40, ['room']), step(2, 100, []), step(3, 8, ['room'])];
  return { recipe: { name: 'r' }, steps } as unknown as RealisedRecipe;
}

/** One batch whose culture has begun at 40 h; preparations take 40 h, harvests 8 h. */
function outlook(): Outlook {
  const look = new Outlook();
  look.entered('a', 'r', 1, 'room', 0);
  look.left('a', 'room', 40 * H);
  look.entered('z', 'r', 3, 'room', 0);
  look.left('z', 'room', 8 * H);
  look.expect('a', realised(), 2, 40 * H);
  return look;
}

describe('the outlook', () => {
  it('lets a preparation begin that ends before the culture can wait no longer', () => {
    // Ready at 140 h, waits until 164 h; 40 h and a margin of 3 h before that is 121 h.
    expect(outlook().harmed('r', 1, 'room', 120.9 * H)).toBeUndefined();
    expect(outlook().harmed('r', 1, 'room', 121.1 * H)).toBe('a');
  });

  it('reckons with the harvests of others before', () => {
    const look = outlook();
    look.expect('b', realised(), 2, 41 * H);
    // b comes 8 h after a, though it was ready one hour later only.
    expect(look.harmed('r', 1, 'room', 113.9 * H)).toBeUndefined();
    expect(look.harmed('r', 1, 'room', 114.1 * H)).toBe('b');
  });

  it('keeps nobody from what was too late anyway, and forgets what has ended', () => {
    const look = outlook();
    for (const batch of ['b', 'c', 'd', 'e']) look.expect(batch, realised(), 2, 40 * H);
    // Five harvests of 8 h from 140 h: the fifth would begin at 172 h.
    expect(look.harmed('r', 1, 'room', 50 * H)).toBeUndefined();
    look.forget('a');
    expect(look.harmed('r', 1, 'room', 121.1 * H)).toBeDefined();
    for (const batch of ['b', 'c', 'd', 'e']) look.forget(batch);
    expect(look.harmed('r', 1, 'room', 121.1 * H)).toBeUndefined();
  });

  it('says nothing before it has seen how long a stay is', () => {
    const look = new Outlook();
    look.expect('a', realised(), 2, 0);
    expect(look.harmed('r', 1, 'room', 99 * H)).toBeUndefined();
  });
});
