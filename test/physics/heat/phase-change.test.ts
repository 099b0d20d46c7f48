import { describe, expect, it } from 'vitest';
import {
  exchangeHeat,
  exposure,
  specificEnthalpy,
  temperatureOf,
} from '../../../src/physics/heat/phase-change.ts';

/** Explicit Euler on the enthalpy form, as a reference of another kind. */
function reference(t0: number, ambient: number, ua: number, mass: number, seconds: number): number {
  let h = specificEnthalpy(t0);
  const steps = 200_000;
  const dt = seconds / steps;
  for (let i = 0; i < steps; i++) h += (dt * ua * (ambient - temperatureOf(h))) / mass;
  return temperatureOf(h);
}

describe('freezing and thawing suspensions', () => {
  it('enthalpy and temperature are inverse', () => {
    for (const t of [123.15, 200, 263.15, 266, 272.15, 280, 310]) {
      expect(temperatureOf(specificEnthalpy(t))).toBeCloseTo(t, 9);
    }
  });

  it.each([
    [183.15, 313.15, 3, 0.1, 60],
    [183.15, 313.15, 3, 0.1, 300],
    [183.15, 313.15, 3, 0.1, 900],
    [295, 193, 1, 0.05, 120],
    [295, 193, 1, 0.05, 2000],
  ])('from %d K in %d K follows the enthalpy balance', (t0, ambient, ua, mass, seconds) => {
    // Euler with 2e5 steps is good to about 1e-3 K here.
    const expected = reference(t0, ambient, ua, mass, seconds);
    expect(Math.abs(exchangeHeat(t0, ambient, ua, mass, seconds) - expected)).toBeLessThan(5e-3);
  });

  it('does not depend on how the time is divided', () => {
    let t = 150;
    for (let i = 0; i < 60; i++) t = exchangeHeat(t, 313.15, 3, 0.1, 10);
    expect(t).toBeCloseTo(exchangeHeat(150, 313.15, 3, 0.1, 600), 9);
  });

  it('the effective conductance carries a liquid to the same temperature', () => {
    const [volume, step] = [100e-6, 5];
    const heat = 4.15e6 * volume;
    const { heatTransfer: g, ambientTemperature } = exposure(265, 313.15, 3, volume, step);
    expect(ambientTemperature).toBe(313.15);
    const liquid = 313.15 + (265 - 313.15) * Math.exp((-g * step) / heat);
    expect(liquid).toBeCloseTo(exchangeHeat(265, 313.15, 3, heat / 4180, step), 9);
    expect(g).toBeLessThan(0.5);
  });
});
