import { initialTransition, transition } from 'xstate';
import { describe, expect, it } from 'vitest';
import { liquid } from '../../../src/bio-models/liquids.ts';
import { bottleRack } from '../../../src/device-emulators/devices/bottle-rack/definition.ts';
import { mediaFridge } from '../../../src/device-emulators/devices/media-fridge/definition.ts';
import { mediaFridgeMachine } from '../../../src/device-emulators/devices/media-fridge/machine.ts';
import { wasteStation } from '../../../src/device-emulators/devices/waste-station/definition.ts';
import { benchDevice } from '../support/device-bench.ts';

describe('bottle rack', () => {
  it('sees what stands in it', () => {
    const bench = benchDevice(bottleRack, { positions: 4 });
    const fill = liquid('expansion-medium', 200e-6);
    bench.plant.addVessel({ id: 'b1', kind: 'bottle-500', place: 'rack2', fill });
    expect(bench.read('occupied')).toBe(1);
    expect(bench.read('occupancy')).toBe('0100');
    expect(bench.read('volume')).toBeCloseTo(200, 9);
  });
});

describe('media fridge', () => {
  it('takes the door command in every resting state', () => {
    const [closed] = initialTransition(mediaFridgeMachine, { config: { doorTime: 3 } });
    expect(closed.can({ type: 'openDoor' })).toBe(true);
    const [opening] = transition(mediaFridgeMachine, closed, { type: 'openDoor' });
    expect(opening.value).toBe('opening');
    expect(opening.can({ type: 'closeDoor' })).toBe(false);
  });

  it('opens its places with the door and nothing twice', () => {
    const bench = benchDevice(mediaFridge);
    expect(bench.plant.port.isPlaceOpen('shelf1')).toBe(false);
    expect(bench.give('openDoor')).toBe('');
    bench.advance(1.5);
    expect(bench.channel('door')).toBeCloseTo(0.5);
    expect(bench.read('door')).toBe('moving');
    expect(bench.plant.port.isPlaceOpen('shelf1')).toBe(false);
    bench.advance(1.5);
    expect(bench.operation.state).toBe('completed');
    expect(bench.plant.port.isPlaceOpen('shelf8')).toBe(true);
    const before = bench.now();
    expect(bench.run('openDoor')).toBe('completed');
    expect(bench.now()).toBe(before);
    expect(bench.run('closeDoor')).toBe('completed');
    expect(bench.plant.port.isPlaceOpen('shelf1')).toBe(false);
  });

  it('warms with an open door, warns, and cools again', () => {
    const bench = benchDevice(mediaFridge);
    expect(bench.read('temperature')).toBeCloseTo(4, 9);
    bench.run('openDoor');
    bench.advance(60);
    expect(bench.alarms).toEqual([]);
    bench.advance(240);
    expect(bench.alarms).toEqual(['doorOpen', 'temperatureHigh']);
    expect(bench.read('temperature')).toBeGreaterThan(8);
    bench.run('closeDoor');
    expect(bench.alarms).toEqual(['temperatureHigh']);
    bench.advance(3600);
    expect(bench.alarms).toEqual([]);
    expect(bench.machineState).toBe('closed');
    expect(bench.read('temperature')).toBeLessThan(4.6);
  });
});

describe('waste station', () => {
  it('pours an open vessel into its bag, losing nothing', () => {
    const bench = benchDevice(wasteStation);
    const fill = liquid('wash-buffer', 120e-6);
    bench.plant.addVessel({ id: 'b1', kind: 'bottle-250', place: 'fork', fill });
    const before = bench.plant.total();
    expect(bench.run('empty')).toBe('completed');
    expect(bench.operation.result.volume).toBeCloseTo(120, 6);
    expect(bench.plant.port.volume('b1')).toBe(0);
    expect(bench.read('liquid')).toBeCloseTo(0.12, 9);
    bench.plant.total().forEach((amount, s) => {
      expect(Math.abs(amount - (before[s] ?? 0))).toBeLessThanOrEqual(1e-12 * (before[s] ?? 0));
    });
  });

  it('keeps what had not run out when aborted', () => {
    const bench = benchDevice(wasteStation);
    const fill = liquid('wash-buffer', 100e-6);
    bench.plant.addVessel({ id: 'b1', kind: 'bottle-250', place: 'fork', fill });
    bench.give('empty');
    bench.advance(6);
    expect(bench.channel('tilt')).toBe(1);
    expect(bench.give('abort')).toBe('');
    expect(bench.plant.port.volume('b1') * 1e6).toBeCloseTo(50, 6);
    expect(bench.channel('tilt')).toBe(0);
  });

  it('refuses capped vessels, an empty fork and a full bag', () => {
    const bench = benchDevice(wasteStation);
    expect(bench.give('empty')).toBe('NO_VESSEL');
    const fill = liquid('wash-buffer', 100e-6);
    bench.plant.addVessel({ id: 'b1', kind: 'bottle-250', place: 'fork', fill, capped: true });
    expect(bench.give('empty')).toBe('VESSEL_CAPPED');
    bench.plant.port.setCapped('b1', false);
    const bag = bench.plant.port.vessel('liquid');
    const flood = liquid('wash-buffer', (bag?.capacity ?? 0) - 50e-6);
    bench.plant.port.deposit('liquid', {
      portions: [{ lot: 'X', amounts: flood }],
      temperature: 294,
    });
    expect(bench.give('empty')).toBe('OVERFLOW');
    bench.advance(601);
    expect(bench.alarms).toEqual(['bagFull']);
  });
});
