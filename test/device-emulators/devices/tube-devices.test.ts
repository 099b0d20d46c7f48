import { describe, expect, it } from 'vitest';
import { bagStand } from '../../../src/device-emulators/devices/bag-stand/definition.ts';
import { peristalticPump } from '../../../src/device-emulators/devices/peristaltic-pump/definition.ts';
import { tubeLock } from '../../../src/device-emulators/devices/tube-lock/definition.ts';
import { tubeWelder } from '../../../src/device-emulators/devices/tube-welder/definition.ts';
import { type DevicePlant, devicePlant } from '../support/device-plant.ts';

function plant(connected: boolean): DevicePlant {
  return devicePlant(
    [bagStand, peristalticPump, tubeLock, tubeWelder],
    `devices:
  welder: { type: tube-welder, title: Welder, zone: hall, at: [2 m, 2 m, 0 m], config: { maximumWelds: 2 } }
  nozzle: { type: tube-lock, title: Nozzle, zone: hall, at: [4 m, 2 m, 0 m], config: { lines: [hose] } }
  stand: { type: bag-stand, title: Stand, zone: hall, at: [6 m, 2 m, 0 m], config: { outlets: 2 } }
  pump: { type: peristaltic-pump, title: Pump, zone: hall, at: [2 m, 4 m, 0 m], config: { line: hose } }
  other: { type: bag-stand, title: Other, zone: hall, at: [6 m, 4 m, 0 m] }
vessels:
  bottle: { kind: bottle-250, place: nozzle.nozzle }
lines:
  hose: { from: stand.bag, to: nozzle.line, bore: 3.2 mm, length: 2.4 m, connected: ${connected} }
  loose: { from: stand.bag2, to: other.bag, bore: 3.2 mm, length: 2.4 m, connected: false }
`,
  );
}

const connectedLine = (p: DevicePlant, line: string): boolean => p.twin.plant.line(line).connected;

describe('tube welder', () => {
  it('joins and parts a line until the tubing is used up', () => {
    const p = plant(true);
    for (let i = 0; i < 2; i++) {
      expect(p.run('welder', 'weld', { line: 'loose' })).toBe('completed');
      expect(connectedLine(p, 'loose')).toBe(true);
      const welds = p.read('welder', 'welds');
      expect(p.run('welder', 'weld', { line: 'loose' })).toBe('completed');
      expect(p.read('welder', 'welds')).toBe(welds);
      expect(p.run('welder', 'seal', { line: 'loose' })).toBe('completed');
      expect(connectedLine(p, 'loose')).toBe(false);
    }
    expect(p.give('welder', 'weld', { line: 'loose' })).toBe('CONNECTOR_WORN');
    expect(p.alarms('welder')).toEqual(['worn']);
    expect(p.give('welder', 'renew', { line: 'loose' })).toBe('');
    expect(p.alarms('welder')).toEqual([]);
    expect(p.run('welder', 'weld', { line: 'loose' })).toBe('completed');
    expect(p.read('welder', 'welds')).toBe(3);
  });

  it('refuses unknown and open lines; an aborted weld joins nothing', () => {
    const p = plant(true);
    expect(p.give('welder', 'weld', { line: 'ghost' })).toBe('INVALID_PARAMETER');
    expect(p.run('welder', 'seal', { line: 'loose' })).toBe('completed');
    p.give('welder', 'weld', { line: 'loose' });
    p.advance(30);
    expect(p.read('welder', 'line')).toBe('loose');
    expect(p.give('welder', 'abort')).toBe('');
    p.advance(300);
    expect(connectedLine(p, 'loose')).toBe(false);
  });
});

describe('tube lock', () => {
  it('lets liquid pass only while its valve is open, with the nozzle in the vessel', () => {
    const p = plant(true);
    const shut = (): boolean => p.twin.plant.line('hose').shut;
    expect(shut()).toBe(true);
    expect(p.give('pump', 'dispense', { volume: 1 })).toBe('INTERLOCK');
    expect(p.run('nozzle', 'openValve')).toBe('VESSEL_CAPPED');
    p.twin.plant.vessel('bottle').capped = false;
    expect(p.run('nozzle', 'openValve')).toBe('completed');
    expect(shut()).toBe(false);
    expect(p.twin.plant.state.places.get('nozzle.nozzle')?.open).toBe(false);
    expect(p.run('nozzle', 'openValve')).toBe('completed');
    expect(p.run('nozzle', 'closeValve')).toBe('completed');
    expect(shut()).toBe(true);
    expect(p.twin.plant.state.places.get('nozzle.nozzle')?.open).toBe(true);
  });

  it('neither joins nor parts the tubing behind it', () => {
    const p = plant(false);
    p.twin.plant.vessel('bottle').capped = false;
    p.run('nozzle', 'openValve');
    expect(connectedLine(p, 'hose')).toBe(false);
    expect(p.run('welder', 'weld', { line: 'hose' })).toBe('completed');
    p.run('nozzle', 'closeValve');
    expect(connectedLine(p, 'hose')).toBe(true);
    expect(p.run('welder', 'seal', { line: 'hose' })).toBe('completed');
    p.run('nozzle', 'openValve');
    expect(connectedLine(p, 'hose')).toBe(false);
    expect(p.give('pump', 'dispense', { volume: 1 })).toBe('NOT_CONNECTED');
  });

  it('an abort on the way down leaves the valve shut and the place free', () => {
    const p = plant(true);
    p.twin.plant.vessel('bottle').capped = false;
    p.give('nozzle', 'openValve');
    p.advance(2);
    expect(p.read('nozzle', 'nozzle')).toBe(40);
    expect(p.give('nozzle', 'abort')).toBe('');
    p.advance(20);
    expect(p.read('nozzle', 'nozzle')).toBe(0);
    expect(p.read('nozzle', 'valveOpen')).toBe(false);
    expect(p.twin.plant.state.places.get('nozzle.nozzle')?.open).toBe(true);
  });
});
