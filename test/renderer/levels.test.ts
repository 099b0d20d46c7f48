import { describe, expect, it } from 'vitest';
import { HIDDEN, Levels } from '../../src/renderer/plant-view/fleet/levels.ts';

describe('levels of detail', () => {
  it('fall with the size on screen', () => {
    const levels = new Levels();
    const chosen = [600, 120, 20, 0.5].map((pixels) => levels.choose(pixels, HIDDEN));
    expect(chosen).toEqual([0, 1, 2, HIDDEN]);
  });

  it('do not flicker at a limit', () => {
    const levels = new Levels();
    // Coming nearer, a body stays plain until it is large enough; going away it keeps its detail longer.
    let pixels = 100;
    while (levels.choose(pixels, 1) === 1) pixels += 1;
    expect(levels.choose(pixels - 1, 1)).toBe(1);
    expect(levels.choose(pixels - 1, 0)).toBe(0);
  });

  it('fall for all when there are too many triangles, and rise again when there is room', () => {
    const levels = new Levels();
    expect(levels.choose(250, HIDDEN)).toBe(0);
    let rounds = 0;
    do {
      levels.begin();
      levels.count(10_000_000);
      rounds++;
    } while (levels.end() && rounds < 5);
    expect(levels.choose(250, HIDDEN)).toBe(1);
    for (let i = 0; i < 50; i++) {
      levels.begin();
      levels.count(1000);
      if (!levels.end()) break;
    }
    expect(levels.choose(250, HIDDEN)).toBe(0);
  });
});
