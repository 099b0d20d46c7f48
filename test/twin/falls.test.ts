import { describe, expect, it } from 'vitest';
import { bottleRack } from '../../src/device-emulators/devices/bottle-rack/definition.ts';
import { sixAxisArm } from '../../src/device-emulators/devices/six-axis-arm/definition.ts';
import { microsFromSeconds } from '../../src/kernel/time.ts';
import { describeView } from '../../src/twin/view.ts';
import { volumeOf } from '../../src/physics/fluids/contents.ts';
import { devicePlant, type DevicePlant } from '../device-emulators/support/device-plant.ts';

const ABOVE_FLOOR = 0.02;

/** An arm that holds a bottle of 100 ml, tucked, high above the floor beside its track. */
function holding(capped: boolean): DevicePlant {
  const p = devicePlant(
    [bottleRack, sixAxisArm],
    `devices:
  robot: { type: six-axis-arm, title: Robot, zone: hall, at: [4 m, 4 m, 0 m] }
  rack: { type: bottle-rack, title: Rack, zone: hall, at: [3.5 m, 5 m, 0.9 m] }
vessels:
  bottle: { kind: bottle-250, place: rack.rack2, batch: P-1, capped: ${capped}, fill: { liquid: wash-buffer, volume: 100 ml, temperature: 21 degC, lot: L-1 } }
`,
  );
  expect(p.run('robot', 'pick', { place: 'rack.rack2' })).toBe('completed');
  return p;
}

const volume = ({ twin }: DevicePlant): number =>
  volumeOf(twin.plant.vessel('bottle').contents.lots);
const spilled = ({ twin }: DevicePlant): number =>
  volumeOf(twin.plant.state.spills.get('hall')?.lots ?? []);
const pose = ({ twin }: DevicePlant) =>
  twin.plant.locations.vesselPose(twin.plant.vessel('bottle'));

function violations({ twin }: DevicePlant): string[] {
  return twin
    .takeEvents()
    .flatMap((e) => (e.type === 'observer.violation' ? [e.violation.observer] : []));
}

describe('a dropped vessel', () => {
  it('falls as gravity says, then lies still on the floor or what stands on it', () => {
    const p = holding(true);
    p.give('robot', 'openGripper');
    p.advance(0.6);
    const start = pose(p).position[2];
    expect(start).toBeGreaterThan(1);
    p.advance(0.3);
    // A third of a metre in 0.3 s; the fixed step is off by half a step's speed at most.
    expect(start - pose(p).position[2]).toBeCloseTo((9.80665 * 0.3 ** 2) / 2, 1);
    p.advance(30);
    const rest = pose(p);
    expect(rest.position[2]).toBeGreaterThan(-ABOVE_FLOOR);
    expect(rest.position[2]).toBeLessThan(0.9);
    p.advance(100);
    expect(pose(p)).toEqual(rest);
    expect(p.twin.nextEventTime - p.twin.now).toBeGreaterThan(microsFromSeconds(1));
    expect(volume(p)).toBeCloseTo(100e-6, 9);
    expect(spilled(p)).toBe(0);
    expect(violations(p)).toEqual(['dropped-vessel']);
    expect(p.twin.plant.zoneOf(p.twin.plant.vessel('bottle'))).toBe('hall');
  });

  it('goes on falling in the same way in a twin that takes over its state', () => {
    const [p, other] = [holding(false), holding(false)];
    p.give('robot', 'openGripper');
    p.advance(0.8);
    other.twin.restore(p.twin.save());
    expect(other.twin.stateHash()).toBe(p.twin.stateHash());
    for (const seconds of [0.1, 0.3, 2, 30]) {
      p.advance(seconds);
      other.advance(seconds);
      expect(other.twin.stateHash()).toBe(p.twin.stateHash());
      expect(pose(other)).toEqual(pose(p));
    }
    expect(spilled(other)).toBeCloseTo(100e-6, 9);
  });

  it('spills when it is open; nothing is lost from the balance', () => {
    const p = holding(false);
    p.run('robot', 'openGripper');
    p.advance(30);
    expect(volume(p)).toBe(0);
    expect(spilled(p)).toBeCloseTo(100e-6, 9);
    expect(p.twin.massBalance.worst(p.twin.plant, p.twin.now).relativeError).toBeLessThan(1e-12);
    expect(violations(p)).toEqual(expect.arrayContaining(['dropped-vessel', 'spill']));
  });

  it('falls the same however time is cut and whoever looks', () => {
    const [a, b] = [holding(false), holding(false)];
    for (const p of [a, b]) p.give('robot', 'openGripper');
    a.advance(0.9);
    for (let i = 0; i < 90; i++) {
      b.advance(0.01);
      pose(b);
      describeView(b.twin);
      b.twin.stateHash();
    }
    expect(b.twin.stateHash()).toBe(a.twin.stateHash());
    const early = a.twin.stateHash();
    a.advance(20);
    for (let i = 0; i < 20; i++) b.advance(1);
    expect(pose(b)).toEqual(pose(a));
    expect(b.twin.stateHash()).toBe(a.twin.stateHash());
    expect(a.twin.stateHash()).not.toBe(early);
  });

  it('is something that the arm keeps off afterwards', () => {
    const p = holding(true);
    p.run('robot', 'openGripper');
    p.advance(30);
    const port = p.twin.runtime('robot').readContext().plant;
    const ids = port.vesselsAround(pose(p).position, 0.5).map(({ id }) => id);
    expect(ids).toEqual(['bottle']);
  });
});
