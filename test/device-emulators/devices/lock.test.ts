import { describe, expect, it } from 'vitest';
import { lock } from '../../../src/device-emulators/devices/lock/definition.ts';
import { type DevicePlant, devicePlant } from '../support/device-plant.ts';

function plant(): DevicePlant {
  return devicePlant(
    [lock],
    `devices:
  lock: { type: lock, title: Lock, zone: hall, at: [2 m, 2 m, 0 m] }
  store: { type: lock, title: Store, zone: hall, at: [4 m, 2 m, 0 m] }
vessels:
  bottle: { kind: bottle-250, place: store.position1 }
`,
  );
}

describe('lock', () => {
  it('carries a vessel in: outer door, load, close, decontaminate, inner door', () => {
    const p = plant();
    expect(p.run('lock', 'openOuter')).toBe('completed');
    expect(p.run('lock', 'load', { vessel: 'bottle', position: 2 })).toBe('completed');
    expect(p.run('lock', 'closeOuter')).toBe('completed');
    expect(p.give('lock', 'openInner')).toBe('INTERLOCK');
    expect(p.twin.plant.state.places.get('lock.position2')?.open).toBe(false);
    expect(p.run('lock', 'decontaminate')).toBe('completed');
    expect(p.run('lock', 'openInner')).toBe('completed');
    expect(p.twin.plant.state.places.get('lock.position2')?.open).toBe(true);
    expect(p.twin.plant.occupant('lock.position2')?.id).toBe('bottle');
    expect(p.run('lock', 'closeInner')).toBe('completed');
    expect(p.twin.plant.state.places.get('lock.position2')?.open).toBe(false);
  });

  it('never opens both doors', () => {
    const p = plant();
    p.give('lock', 'openInner');
    p.advance(1);
    expect(p.give('lock', 'openOuter')).not.toBe('');
    p.advance(10);
    expect(p.give('lock', 'openOuter')).toBe('INTERLOCK');
    expect(p.give('lock', 'decontaminate')).toBe('INTERLOCK');
    p.run('lock', 'closeInner');
    p.run('lock', 'openOuter');
    expect(p.give('lock', 'openInner')).toBe('INTERLOCK');
    expect(Number(p.read('lock', 'innerDoor')) + Number(p.read('lock', 'outerDoor'))).toBe(100);
  });

  it('commands say how a door shall be', () => {
    const p = plant();
    expect(p.run('lock', 'closeInner')).toBe('completed');
    p.run('lock', 'openInner');
    expect(p.run('lock', 'openInner')).toBe('completed');
    expect(p.read('lock', 'innerDoor')).toBe(100);
  });

  it('an aborted decontamination counts as none', () => {
    const p = plant();
    p.run('lock', 'openOuter');
    p.run('lock', 'closeOuter');
    p.give('lock', 'decontaminate');
    p.advance(600);
    expect(p.read('lock', 'cycleProgress')).toBe(50);
    expect(p.give('lock', 'abort')).toBe('');
    expect(p.give('lock', 'openInner')).toBe('INTERLOCK');
  });

  it('hands vessels out and refuses what cannot be', () => {
    const p = plant();
    expect(p.give('lock', 'load', { vessel: 'bottle', position: 1 })).toBe('LID_CLOSED');
    p.run('lock', 'openOuter');
    expect(p.give('lock', 'load', { vessel: 'ghost', position: 1 })).toBe('UNKNOWN_VESSEL');
    expect(p.give('lock', 'load', { vessel: 'bottle', position: 5 })).toBe('UNKNOWN_PLACE');
    expect(p.give('lock', 'unload', { position: 1, to: 'store.position3' })).toBe('NO_VESSEL');
    p.run('lock', 'load', { vessel: 'bottle', position: 1 });
    expect(p.give('lock', 'unload', { position: 1, to: 'nowhere.x' })).toBe('UNKNOWN_PLACE');
    expect(p.run('lock', 'unload', { position: 1, to: 'store.position3' })).toBe('completed');
    expect(p.twin.plant.occupant('store.position3')?.id).toBe('bottle');
    expect(p.read('lock', 'occupied')).toBe(0);
  });
});
