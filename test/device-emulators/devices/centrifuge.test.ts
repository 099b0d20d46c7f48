import { initialTransition, transition } from 'xstate';
import { describe, expect, it } from 'vitest';
import { liquid } from '../../../src/bio-models/liquids.ts';
import { S } from '../../../src/bio-models/species.ts';
import { centrifuge } from '../../../src/device-emulators/devices/centrifuge/definition.ts';
import { centrifugeMachine } from '../../../src/device-emulators/devices/centrifuge/machine.ts';
import { benchDevice, type DeviceBench } from '../support/device-bench.ts';

function loaded(config: Record<string, unknown> = {}, volumes = [100, 100]): DeviceBench {
  const bench = benchDevice(centrifuge, config);
  volumes.forEach((ml, i) => {
    bench.plant.addVessel({
      id: `b${i + 1}`,
      kind: 'bottle-250',
      place: ['bucket1', 'bucket3', 'bucket2', 'bucket4'][i] ?? '',
      fill: liquid(i === 0 ? 'transduced-cells' : 'wash-buffer', ml * 1e-6),
      capped: true,
    });
  });
  return bench;
}

/** 300 g at the default ramp of 80 m/s2 per second [s]. */
const RAMP = (300 * 9.80665) / 80;

describe('centrifuge machine', () => {
  const input = { config: { lidTime: 4, spinUpRate: 80 } };

  it('runs for both ramps and the time at speed', () => {
    const [closed] = initialTransition(centrifugeMachine, input);
    const spin = { type: 'spin', acceleration: 800, duration: 60, brake: 'soft' } as const;
    const [spinning, actions] = transition(centrifugeMachine, closed, spin);
    expect(spinning.value).toBe('spinning');
    const timer = actions.find(({ type }) => type === 'xstate.raise');
    // 10 s up, 60 s, 25 s down with the soft brake at 0.4 of the rate.
    expect((timer?.params as { delay: number } | undefined)?.delay).toBeCloseTo(95_000, 6);
  });

  it('does not open the lid before the rotor has stopped', () => {
    const [closed] = initialTransition(centrifugeMachine, input);
    const spin = { type: 'spin', acceleration: 800, duration: 60, brake: 'full' } as const;
    const [spinning] = transition(centrifugeMachine, closed, spin);
    expect(spinning.can({ type: 'openLid' })).toBe(false);
    const [braking] = transition(centrifugeMachine, spinning, { type: 'abort' });
    expect(braking.value).toBe('braking');
    expect(braking.can({ type: 'openLid' })).toBe(false);
  });
});

describe('centrifuge', () => {
  it('moves its lid and with it the reach of its buckets', () => {
    const bench = loaded();
    expect(bench.plant.port.isPlaceOpen('bucket1')).toBe(false);
    bench.give('openLid');
    bench.advance(2);
    expect(bench.channel('lid')).toBeCloseTo(0.5);
    expect(bench.plant.port.isPlaceOpen('bucket1')).toBe(false);
    bench.advance(2);
    expect(bench.operation.state).toBe('completed');
    expect(bench.read('lid')).toBe('open');
    expect(bench.plant.port.isPlaceOpen('bucket4')).toBe(true);
    expect(bench.give('spin')).toBe('LID_OPEN');
    expect(bench.run('closeLid')).toBe('completed');
    expect(bench.plant.port.isPlaceOpen('bucket1')).toBe(false);
  });

  it('spins with ramps and leaves a pellet, losing nothing', () => {
    const bench = loaded();
    const before = bench.plant.total();
    expect(bench.give('spin', { acceleration: 300, duration: 10 })).toBe('');
    bench.advance(RAMP / 2);
    expect(bench.read('acceleration')).toBeCloseTo(150, 3);
    bench.advance(RAMP);
    expect(bench.read('acceleration')).toBeCloseTo(300, 6);
    // w = sqrt(a / r) at 180 mm.
    const rpm = (Math.sqrt((300 * 9.80665) / 0.18) * 60) / (2 * Math.PI);
    expect(bench.read('speed')).toBeCloseTo(rpm, 6);
    expect(bench.read('remainingTime')).toBeCloseTo(600 + 0.5 * RAMP, 3);
    bench.advance(600 + RAMP);
    expect(bench.operation.state).toBe('completed');
    expect(bench.read('acceleration')).toBe(0);
    // 300 g for ten minutes sediments all cells but what the braking stirs up (3 %, assumed).
    expect(bench.plant.port.pellet('b1')).toBeGreaterThan(0.95);
    expect(bench.plant.total()[S.tActive]).toBe(before[S.tActive]);
  });

  it('leaves a weaker pellet when aborted early', () => {
    const bench = loaded();
    bench.give('spin', { acceleration: 50, duration: 10 });
    bench.advance(40);
    expect(bench.give('abort')).toBe('');
    expect(bench.operation.state).toBe('aborted');
    const pellet = bench.plant.port.pellet('b1');
    expect(pellet).toBeGreaterThan(0.01);
    expect(pellet).toBeLessThan(0.9);
    expect(bench.alarms).toEqual(['aborted']);
    expect(Number(bench.read('acceleration'))).toBeCloseTo(50, 3);
    bench.advance(30);
    expect(bench.machineState).toBe('closed');
    expect(bench.read('acceleration')).toBe(0);
    bench.run('spin', { acceleration: 300, duration: 5 });
    expect(bench.alarms).toEqual([]);
  });

  it('refuses an empty, unbalanced or open load', () => {
    expect(benchDevice(centrifuge).give('spin')).toBe('NO_VESSEL');
    const uneven = loaded({}, [100, 94]);
    expect(uneven.read('imbalance')).toBeCloseTo(6.03, 6);
    expect(uneven.give('spin')).toBe('IMBALANCE');
    expect(loaded({}, [100, 96]).give('spin')).toBe('');
    const open = loaded();
    open.plant.port.setCapped('b2', false);
    expect(open.give('spin')).toBe('VESSEL_OPEN');
  });

  it('cools its rotor and the bottles while the lid is closed', () => {
    const bench = loaded();
    bench.runtime.write('temperatureSetpoint', 277.15);
    expect(bench.plant.vessels.get('b1')?.environment?.ambientTemperature).toBe(277.15);
    bench.advance(900);
    expect(bench.read('temperature')).toBeCloseTo(4 + 16 * Math.exp(-1), 6);
    bench.run('openLid');
    expect(bench.plant.vessels.get('b1')?.environment).toBeUndefined();
    bench.advance(7200);
    expect(bench.read('temperature')).toBeCloseTo(21, 1);
  });

  it('trips, brakes, and needs a reset', () => {
    const bench = loaded({ tripRate: '100 %' });
    expect(bench.run('spin')).toBe('failed');
    expect(bench.operation.error).toBe('MALFUNCTION');
    expect(bench.alarms).toEqual(['driveTrip']);
    bench.advance(60);
    expect(bench.give('openLid')).toBe('DEVICE_ERROR');
    expect(bench.give('reset')).toBe('');
    expect(bench.alarms).toEqual([]);
    expect(bench.run('openLid')).toBe('completed');
  });
});
