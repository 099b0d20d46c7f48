import { describe, expect, it } from 'vitest';
import { holdUpVolume, laminarPressureDrop } from '../../../src/physics/fluids/tubing.ts';

/** Bore [mm], length [m], flow [ml/min], pressure drop [Pa] at 1 mPa s, hold-up [ml]: Hagen-Poiseuille by hand. */
const ANCHORS = [
  [1.6, 1, 10, 1036, 2.01],
  [3.2, 2, 50, 648, 16.08],
  [3.2, 2, 100, 1295, 16.08],
  [4.8, 2, 200, 512, 36.19],
] as const;

describe('tubing', () => {
  it.each(ANCHORS)(
    'bore %f mm, %f m at %f ml/min: %f Pa, %f ml',
    (bore, length, flow, drop, holdUp) => {
      const pascal = laminarPressureDrop((flow * 1e-6) / 60, bore * 1e-3, length, 1e-3);
      // The anchors are rounded to the last digit given.
      expect(Math.abs(pascal / drop - 1)).toBeLessThan(0.005);
      expect(holdUpVolume(bore * 1e-3, length) * 1e6).toBeCloseTo(holdUp, 2);
    },
  );
});
