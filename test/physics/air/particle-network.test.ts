import { describe, expect, it } from 'vitest';
import {
  particleNetwork,
  particlesLater,
  type AirFlow,
} from '../../../src/physics/air/particle-network.ts';
import { particlesAfter, recoveryTime } from '../../../src/physics/air/room-air.ts';

const room = { volume: 50, cleanAir: 0.5, emission: 2000 };
const chamber = { volume: 0.3, cleanAir: 0.005, emission: 0 };

describe('particles of one room', () => {
  const network = particleNetwork([room], [], 1e7);

  it('follow the closed solution', () => {
    const source = { airChanges: 0.01, emission: 2000, volume: 50 };
    for (const seconds of [0, 1, 60, 500, 1e5, 1e7]) {
      const [c = 0] = particlesLater(network, Float64Array.of(5e6), seconds);
      expect(c / particlesAfter(5e6, source, seconds)).toBeCloseTo(1, 10);
    }
  });

  it('fall to a hundredth in the recovery time', () => {
    const clean = particleNetwork([{ ...room, emission: 0 }], [], 0);
    const [c = 0] = particlesLater(clean, Float64Array.of(1e6), recoveryTime(0.01));
    expect(c).toBeCloseTo(1e4, 6);
  });
});

describe('particles of joined rooms', () => {
  const flows: AirFlow[] = [
    { from: 0, to: 1, rate: 0.02 },
    { from: 1, to: 0, rate: 0.02 },
    { from: -1, to: 1, rate: 0.001 },
  ];
  const network = particleNetwork([room, chamber], flows, 1e7);
  const start = Float64Array.of(300, 2e7);

  it('come to rest where nothing changes', () => {
    expect([...particlesLater(network, network.steady, 3600)]).toEqual([...network.steady]);
    const late = particlesLater(network, start, 1e6);
    late.forEach((c, i) => expect(c / (network.steady[i] ?? 1)).toBeCloseTo(1, 9));
  });

  it('obey the balance of each room', () => {
    const step = 1e-3;
    const [a = 0, b = 0] = start;
    const later = particlesLater(network, start, step);
    const expected = [
      (0.02 * (b - a) - room.cleanAir * a + room.emission) / room.volume,
      (0.02 * (a - b) + 0.001 * (1e7 - b) - chamber.cleanAir * b) / chamber.volume,
    ];
    // The difference quotient of a millisecond is off by half a millisecond of the fastest rate.
    later.forEach((c, i) => {
      expect((c - (start[i] ?? 0)) / step / (expected[i] ?? 1)).toBeCloseTo(1, 3);
    });
  });

  it('are the same however the time is divided', () => {
    let stepped: Float64Array = start;
    for (let i = 0; i < 20; i++) stepped = particlesLater(network, stepped, 3.7);
    const once = particlesLater(network, start, 74);
    stepped.forEach((c, i) => expect(c / (once[i] ?? 1)).toBeCloseTo(1, 10));
  });

  it('a room that nothing cleans has no steady state and is refused', () => {
    expect(() => particleNetwork([{ ...room, cleanAir: 0 }], [], 1)).toThrow(/no clean air/);
  });
});
