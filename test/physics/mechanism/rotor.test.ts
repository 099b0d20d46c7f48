import { describe, expect, it } from 'vitest';
import {
  brakingAcceleration,
  rotorSpeed,
  runAcceleration,
  runTime,
  settlingTime,
} from '../../../src/physics/mechanism/rotor.ts';

const RUN = { acceleration: 800, duration: 60, spinUpRate: 80, brakeRate: 40 };

describe('a rotor', () => {
  it('ramps up, holds and brakes', () => {
    expect(runTime(RUN)).toBe(10 + 60 + 20);
    expect([0, 5, 10, 40, 70, 80, 90, 100].map((t) => runAcceleration(RUN, t))).toEqual([
      0, 400, 800, 800, 800, 400, 0, 0,
    ]);
  });

  it('settles by the integral of its acceleration', () => {
    // Trapezoids of a hundredth of a second.
    const integral = (until: number): number => {
      let sum = 0;
      for (let i = 0; i < until * 100; i++) sum += runAcceleration(RUN, (i + 0.5) / 100) / 100;
      return sum / RUN.acceleration;
    };
    for (const t of [0, 3, 10, 33, 70, 81, 90, 95]) {
      expect(settlingTime(RUN, t)).toBeCloseTo(integral(t), 6);
    }
    expect(settlingTime({ ...RUN, acceleration: 0 }, 50)).toBe(0);
  });

  it('brakes straight to rest, and turns as fast as its radius asks', () => {
    expect(brakingAcceleration(100, 20, 1e6, 3e6)).toBe(60);
    expect(brakingAcceleration(100, 20, 1e6, 30e6)).toBe(0);
    expect(rotorSpeed(800, 0.2) ** 2 * 0.2).toBeCloseTo(800, 9);
  });
});
