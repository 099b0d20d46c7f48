import { describe, expect, it } from 'vitest';
import { airMonitor } from '../../../src/device-emulators/devices/air-monitor/definition.ts';
import { devicePlant } from '../support/device-plant.ts';

const SCENE = `devices:
  monitor: { type: air-monitor, title: Monitor, zone: hall, at: [2 m, 2 m, 1 m] }
  strict: { type: air-monitor, title: Strict, zone: hall, at: [3 m, 2 m, 1 m], config: { minimumPressure: 20 Pa } }
`;

describe('air monitor', () => {
  it('shows the air of its zone and is quiet within the limits', () => {
    const p = devicePlant([airMonitor], SCENE);
    p.advance(120);
    expect(Number(p.read('monitor', 'pressure'))).toBeCloseTo(15, -0.5);
    expect(p.alarms('monitor')).toEqual([]);
    expect(p.alarms('strict')).toEqual(['pressureLow']);
  });

  it('raises the particle alarm of grade A and clears it after recovery', () => {
    const p = devicePlant([airMonitor], SCENE);
    p.twin.plant.air.emit('hall', 5e6, p.twin.now);
    p.advance(61);
    expect(p.alarms('monitor')).toEqual(['particlesHigh']);
    // 243 m3 at 20 air changes per hour: 20 000 above 3 500 per m3 decay in about six minutes.
    p.advance(3600);
    expect(p.alarms('monitor')).toEqual([]);
  });
});
