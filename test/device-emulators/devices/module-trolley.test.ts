import { describe, expect, it } from 'vitest';
import { type ModularTwin, modularTwin } from '../support/modular-twin.ts';

function hall(trolley = ''): ModularTwin {
  return modularTwin(`
devices:
  rack: { type: module-rack, title: Rack, zone: hall, at: [6 m, 6 m, 0 m], config: { columns: 2, levels: 2 } }
  trolley: { type: module-trolley, title: Trolley, zone: hall, at: [6 m, 3 m, 0 m], config: { fasteningTime: 3 min, wayTime: 2 min${trolley} } }
  low: { type: plain-module, title: Low, in: rack.dock1 }
  high: { type: plain-module, title: High, in: rack.dock3 }
  gas: { type: gas-supply-module, title: Gas, in: rack.dock2 }
  spare: { type: plain-module, title: Spare, in: trolley.bay2 }
vessels:
  c1: { kind: cassette-s300, place: low.transfer, fill: { liquid: expansion-medium, volume: 100 ml, temperature: 20 degC, lot: MED } }
`);
}

const take = (t: ModularTwin, from: string) => t.run('trolley', 'takeModule', { from });
const insert = (t: ModularTwin, bay: number, to: string) =>
  t.run('trolley', 'insertModule', { bay, to });

describe('module trolley', () => {
  it('brings a module out of its dock and another into it, with what stands in them', () => {
    const t = hall();
    expect(t.read('trolley', 'modules')).toBe(',spare.frame');
    expect(take(t, 'rack.dock1')).toBe('completed');
    expect(t.twin.now / 60e6).toBeCloseTo(5, 9);
    expect(t.read('trolley', 'modules')).toBe('low.frame,spare.frame');
    expect(t.read('low', 'location')).toBe('trolley.bay1');
    expect(t.read('low', 'occupant')).toBe('c1');
    expect(insert(t, 2, 'rack.dock1')).toBe('completed');
    expect(t.read('spare', 'location')).toBe('rack.dock1');
    expect(t.read('trolley', 'free')).toBe(1);
    expect(t.violations).toEqual([]);
    expect(t.imbalance()).toBeLessThan(1e-12);
  });

  it('tells where modules have been taken and put, and with what', () => {
    const t = hall();
    take(t, 'rack.dock1');
    const moves = t.twin
      .takeEvents()
      .flatMap((event) =>
        event.type === 'vessel.placed' || event.type === 'vessel.taken'
          ? [`${event.type} ${event.vessel} ${event.place} by ${event.device}`]
          : [],
      );
    expect(moves).toEqual([
      'vessel.taken low.frame rack.dock1 by trolley',
      'vessel.placed low.frame trolley.bay1 by trolley',
    ]);
  });

  it('takes power from a module when it is loosened, and gives it back when it is fastened', () => {
    const t = hall();
    const powered = (): boolean => t.twin.plant.locations.isPowered('gas');
    expect(powered()).toBe(true);
    expect(t.give('trolley', 'takeModule', { from: 'rack.dock2' })).toBe('');
    t.advance(179);
    expect([powered(), t.read('trolley', 'underWay')]).toEqual([true, '']);
    t.advance(2);
    expect([powered(), t.read('trolley', 'underWay')]).toEqual([false, 'gas.frame']);
    expect(t.read('gas', 'location')).toBe('');
    t.advance(120);
    expect(insert(t, 1, 'rack.dock2')).toBe('completed');
    expect(powered()).toBe(true);
  });

  it('leaves a module that works, or began to while people loosened it, in its dock', () => {
    const t = hall();
    expect(t.give('gas', 'replaceBottle')).toBe('');
    expect(take(t, 'rack.dock2')).toBe('INTERLOCK');
    const late = hall();
    expect(late.give('trolley', 'takeModule', { from: 'rack.dock2' })).toBe('');
    late.advance(170);
    expect(late.give('gas', 'replaceBottle')).toBe('');
    late.advance(20);
    const { operation } = late.twin.runtime('trolley');
    expect([operation.state, operation.error]).toEqual(['failed', 'INTERLOCK']);
    expect(late.read('gas', 'location')).toBe('rack.dock2');
    expect(insert(late, 2, 'rack.dock4')).toBe('completed');
  });

  it('says what stands in the way', () => {
    const t = hall(', liftHeight: 1 m');
    expect(take(t, 'rack.dock9')).toBe('UNKNOWN_PLACE');
    expect(take(t, 'low.transfer')).toBe('UNREACHABLE');
    expect(take(t, 'trolley.bay2')).toBe('UNREACHABLE');
    expect(take(t, 'rack.dock3')).toBe('UNREACHABLE');
    expect(take(t, 'rack.dock4')).toBe('UNREACHABLE');
    expect(insert(t, 2, 'rack.dock1')).toBe('PLACE_OCCUPIED');
    expect(insert(t, 1, 'rack.dock1')).toBe('NO_VESSEL');
    expect(insert(t, 3, 'rack.dock1')).toBe('UNKNOWN_PLACE');
    expect(take(t, 'rack.dock1')).toBe('completed');
    expect(take(t, 'rack.dock1')).toBe('NO_VESSEL');
    expect(take(t, 'rack.dock2')).toBe('PLACE_OCCUPIED');
    const weak = hall(', maximumLoad: 20 kg');
    expect(take(weak, 'rack.dock1')).toBe('TOO_HEAVY');
  });

  it.each([
    ['while people loosen it', 'takeModule', { from: 'rack.dock1' }, 60, 'rack.dock1'],
    ['on the way to the trolley', 'takeModule', { from: 'rack.dock1' }, 200, 'trolley.bay1'],
    ['on the way to the dock', 'insertModule', { bay: 2, to: 'rack.dock4' }, 60, 'trolley.bay2'],
    ['while people fasten it', 'insertModule', { bay: 2, to: 'rack.dock4' }, 200, 'trolley.bay2'],
  ] as const)(
    'leaves the module in one place when called off %s',
    (_, command, parameters, after, place) => {
      for (const stop of ['abort', 'breakdown']) {
        const t = hall();
        t.give('trolley', command, parameters);
        t.advance(after);
        if (stop === 'abort') expect(t.run('trolley', 'abort')).not.toBe('NOTHING_TO_ABORT');
        else {
          t.fault('trolley', 'breakdown', true);
          t.fault('trolley', 'breakdown', false);
        }
        const id = command === 'takeModule' ? 'low' : 'spare';
        expect(t.read(id, 'location'), stop).toBe(place);
        expect(t.read('trolley', 'underWay')).toBe('');
        expect(take(t, 'rack.dock3')).toBe(
          place === 'trolley.bay1' ? 'PLACE_OCCUPIED' : 'completed',
        );
      }
    },
  );

  it('holds in reserve what needs supplies once it is docked', () => {
    const scene = (place: string): string => `
devices:
  rack: { type: module-rack, title: Rack, zone: hall, at: [6 m, 6 m, 0 m], config: { columns: 2 } }
  trolley: { type: module-trolley, title: Trolley, zone: hall, at: [6 m, 3 m, 0 m] }
  mixer: { type: transduction-module, title: Mixer, in: ${place} }
`;
    expect(modularTwin(scene('trolley.bay1')).read('mixer', 'location')).toBe('trolley.bay1');
    expect(() => modularTwin(scene('rack.dock1'))).toThrow(/mixer needs medium/);
  });
});
