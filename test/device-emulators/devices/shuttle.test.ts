import { describe, expect, it } from 'vitest';
import { microsFromSeconds } from '../../../src/kernel/time.ts';
import { type ModularTwin, modularTwin } from '../support/modular-twin.ts';

/**
 * Two aisles of four columns on two levels; racks stand on both sides of the first aisle, whose middle
 * is at y = 4.8 m. Column 1 is the nearest to the cross rail, dock 5 the first of level 2; docks of the
 * right rack are numbered the other way round.
 */
function matrix(vessels = ''): ModularTwin {
  return modularTwin(`
devices:
  rails: { type: rail-system, title: Rails, zone: hall, at: [6 m, 6 m, 0 m], config: { aisles: 2, columns: 4, levels: 2 } }
  left: { type: module-rack, title: Left, zone: hall, at: [6 m, 5.625 m, 0 m], config: { columns: 4, levels: 2 } }
  right: { type: module-rack, title: Right, zone: hall, at: [6 m, 3.975 m, 0 m], yaw: 180 deg, config: { columns: 4, levels: 2 } }
  lift-1: { type: lift, title: Lift 1, in: rails.lift1near }
  shuttle-1: { type: shuttle, title: Shuttle 1, in: rails.berth1 }
  shuttle-2: { type: shuttle, title: Shuttle 2, in: rails.berth2, config: { maximumLoad: 1 kg } }
  module-1: { type: plain-module, title: Module 1, in: left.dock1 }
  module-2: { type: plain-module, title: Module 2, in: right.dock2 }
  module-3: { type: plain-module, title: Module 3, in: left.dock7 }
  module-4: { type: centrifuge-module, title: Module 4, in: left.dock3 }
  waste: { type: waste-module, title: Waste, in: left.dock8 }
  media: { type: media-supply-module, title: Media, in: right.dock7 }
vessels:
  c1: { kind: cassette-s300, place: module-1.transfer, batch: P-001 }
${vessels}
supplies:
  buffer: { title: Buffer, carries: buffer, from: media.buffer, to: [left], bore: 8 mm }
  drain: { title: Drain, carries: drain, from: waste.drain, to: [left], bore: 12 mm }
`);
}

const LOW = { from: 'module-1.transfer', to: 'module-2.transfer' };
const HIGH = { from: 'module-1.transfer', to: 'module-3.transfer' };

function result({ twin }: ModularTwin, device: string) {
  return twin.runtime(device).operation.result as { distance: number; waited: number };
}

/** Time goes on until a shuttle is in a traffic state. */
function awaitState(bench: ModularTwin, device: string, state: string): void {
  for (let k = 0; k < 4000; k++) {
    if (bench.read(device, 'traffic') === state) return;
    bench.advance(0.1);
  }
  throw new Error(`${device} never is ${state}`);
}

describe('shuttle', () => {
  it('carries a cassette across the aisle and comes home by itself', () => {
    const bench = matrix();
    expect(bench.run('shuttle-1', 'carry', LOW)).toBe('completed');
    expect(bench.read('module-2', 'occupant')).toBe('c1');
    expect(bench.read('module-1', 'occupant')).toBe('');
    // From column 1 to column 3 and the way there: berth, cross rail, head of the aisle, column 1.
    const { distance, waited } = result(bench, 'shuttle-1');
    expect(distance).toBeCloseTo(0.9 + 0.9 + 0.8 + 2 * 0.65, 3);
    expect(waited).toBe(0);
    expect(bench.read('shuttle-1', 'location')).toBe('');
    awaitState(bench, 'shuttle-1', 'parked');
    expect(bench.read('shuttle-1', 'location')).toBe('rails.berth1');
    expect(bench.violations).toEqual([]);
  });

  it('goes up by the lift, which follows it', () => {
    const bench = matrix();
    expect(bench.run('shuttle-1', 'carry', HIGH)).toBe('completed');
    expect(bench.read('module-3', 'occupant')).toBe('c1');
    expect(bench.read('shuttle-1', 'z')).toBeCloseTo(1.15, 6);
    expect(bench.read('lift-1', 'height')).toBeCloseTo(1.15, 3);
    expect(bench.run('shuttle-1', 'moveHome')).toBe('completed');
    expect(bench.read('shuttle-1', 'z')).toBeCloseTo(0, 6);
    expect(bench.read('rails', 'waiting')).toBe(0);
  });

  it('holds what it carries at every instant, without a jump', () => {
    const bench = matrix();
    const { plant } = bench.twin;
    expect(bench.give('shuttle-1', 'carry', LOW)).toBe('');
    const pose = () => plant.locations.vesselPose(plant.vessel('c1'));
    let before = pose();
    for (let k = 0; k < 2000; k++) {
      bench.advance(0.02);
      const now = pose();
      const d = [0, 1, 2].map((i) => now.position[i as 0] - before.position[i as 0]);
      // 1.2 m/s on the rail; the fork may be a little faster than that at its height of speed.
      expect(Math.hypot(...d)).toBeLessThan(0.02 * 1.8);
      const turn = now.orientation.reduce((sum, q, i) => sum + q * (before.orientation[i] ?? 0), 0);
      expect(Math.abs(turn)).toBeGreaterThan(0.995);
      before = now;
    }
    // The racks face one another, so the cassette came to stand turned by half a turn.
    expect(pose()).toEqual(plant.locations.placePose('module-2.transfer'));
    expect(Math.abs(pose().orientation[2])).toBeCloseTo(1, 6);
  });

  it('looks the same whether somebody looked before', () => {
    const [a, b] = [matrix(), matrix()];
    for (const bench of [a, b]) bench.give('shuttle-1', 'carry', HIGH);
    for (let k = 0; k < 300; k++) {
      a.advance(0.1);
      a.read('shuttle-1', 'x');
      a.read('lift-1', 'height');
    }
    b.advance(30);
    expect(a.twin.now).toBe(microsFromSeconds(30));
    b.twin.advanceTo(a.twin.now);
    expect(a.read('shuttle-1', 'x')).toBe(b.read('shuttle-1', 'x'));
    expect(a.twin.stateHash()).toBe(b.twin.stateHash());
  });

  it('carries modules to other docks, which lose and find their power', () => {
    const bench = matrix();
    const order = { from: 'right.dock2', to: 'left.dock4' };
    expect(bench.run('shuttle-1', 'carry', order)).toBe('completed');
    expect(bench.read('module-2', 'location')).toBe('left.dock4');
    expect(bench.twin.plant.locations.isPowered('module-2')).toBe(true);
    // Slower than with a cassette: 0.5 m/s at most.
    expect(bench.run('shuttle-1', 'carry', { from: 'left.dock4', to: 'right.dock8' })).toBe(
      'completed',
    );
  });

  it('refuses what cannot be done, with the reason', () => {
    const bench = matrix('  c2: { kind: cassette-s300, place: module-2.transfer }');
    const carry = (from: string, to: string, by = 'shuttle-1') =>
      bench.give(by, 'carry', { from, to });
    expect(carry('module-3.transfer', 'module-2.transfer')).toBe('NO_VESSEL');
    expect(carry(LOW.from, LOW.to)).toBe('PLACE_OCCUPIED');
    expect(carry(LOW.from, LOW.from)).toBe('PLACE_OCCUPIED');
    expect(carry(LOW.from, 'nowhere.place')).toBe('UNKNOWN_PLACE');
    expect(carry(LOW.from, 'module-1.connector')).toBe('UNREACHABLE');
    expect(carry(LOW.from, 'left.dock2')).toBe('WRONG_VESSEL');
    expect(carry(HIGH.from, HIGH.to, 'shuttle-2')).toBe('TOO_HEAVY');
    expect(bench.give('shuttle-1', 'place', { to: HIGH.to })).toBe('GRIPPER_EMPTY');
    expect(bench.give('shuttle-1', 'takeOff')).toBe('WRONG_STATE');
    bench.twin.plant.setCoupling('module-1.transfer', {
      connector: 'none',
      vessel: 'c1',
      ports: 'process',
      open: true,
      sterile: true,
      leak: 0,
    });
    expect(carry(HIGH.from, HIGH.to)).toBe('INTERLOCK');
    bench.twin.plant.setCoupling('module-1.transfer', undefined);
    bench.fault('lift-1', 'breakdown', true);
    expect(carry(HIGH.from, HIGH.to)).toBe('ROUTE_BLOCKED');
  });

  it('finds out with the fork out that its target was taken, and keeps what it holds', () => {
    const bench = matrix('  c2: { kind: cassette-s300, place: module-3.transfer }');
    expect(bench.give('shuttle-1', 'carry', LOW)).toBe('');
    bench.advance(10);
    bench.move('c2', LOW.to);
    while (bench.twin.runtime('shuttle-1').operation.state === 'running') bench.advance(1);
    expect(bench.read('shuttle-1', 'operationError')).toBe('PLACE_OCCUPIED');
    expect(bench.read('shuttle-1', 'heldVessel')).toBe('c1');
    expect(bench.give('shuttle-1', 'carry', HIGH)).toBe('GRIPPER_FULL');
    expect(bench.run('shuttle-1', 'place', { to: HIGH.to })).toBe('completed');
    expect(bench.read('module-3', 'occupant')).toBe('c1');
  });

  it('gives an order up: the fork comes in as it is, the shuttle goes home', () => {
    const bench = matrix();
    expect(bench.give('shuttle-1', 'carry', LOW)).toBe('');
    awaitState(bench, 'shuttle-1', 'working');
    bench.advance(1);
    expect(bench.give('shuttle-1', 'abort')).toBe('');
    awaitState(bench, 'shuttle-1', 'parked');
    expect(bench.read('module-1', 'occupant')).toBe('c1');
    expect(bench.read('shuttle-1', 'heldVessel')).toBe('');
  });

  it('can be given the next order on its way home', () => {
    const bench = matrix();
    expect(bench.run('shuttle-1', 'carry', LOW)).toBe('completed');
    bench.advance(0.5);
    expect(bench.run('shuttle-1', 'carry', { from: LOW.to, to: LOW.from })).toBe('completed');
    expect(bench.read('module-1', 'occupant')).toBe('c1');
  });

  it('breaks down: the order has failed, what it holds stays on it, it goes home once repaired', () => {
    const bench = matrix();
    expect(bench.give('shuttle-1', 'carry', HIGH)).toBe('');
    awaitState(bench, 'shuttle-1', 'working');
    bench.advance(10);
    bench.fault('shuttle-1', 'breakdown', true);
    expect(bench.read('shuttle-1', 'operationError')).toBe('MALFUNCTION');
    bench.advance(60);
    expect(bench.read('shuttle-1', 'traffic')).toBe('stopped');
    expect(bench.read('shuttle-1', 'heldVessel')).toBe('c1');
    expect(bench.give('shuttle-1', 'moveHome')).toBe('DEVICE_ERROR');
    // It stands in the aisle, so the other cannot pass.
    expect(bench.give('shuttle-2', 'carry', { from: 'right.dock2', to: 'left.dock4' })).not.toBe(
      '',
    );
    bench.fault('shuttle-1', 'breakdown', false);
    awaitState(bench, 'shuttle-1', 'parked');
    expect(bench.run('shuttle-1', 'place', { to: LOW.to })).toBe('completed');
    expect(bench.violations).toEqual([]);
  });

  it('stops with the fork half out, and brings it in once it is repaired', () => {
    const bench = matrix();
    const { plant } = bench.twin;
    const x = (): number => plant.locations.vesselPose(plant.vessel('c1')).position[1];
    expect(bench.give('shuttle-1', 'carry', LOW)).toBe('');
    awaitState(bench, 'shuttle-1', 'working');
    bench.advance(4.5);
    const before = x();
    bench.fault('shuttle-1', 'breakdown', true);
    expect(x()).toBeCloseTo(before, 9);
    bench.advance(100);
    expect(x()).toBeCloseTo(before, 9);
    bench.fault('shuttle-1', 'breakdown', false);
    expect(x()).toBeCloseTo(before, 9);
    bench.advance(2.4);
    expect(x()).toBeCloseTo(4.8, 6);
    awaitState(bench, 'shuttle-1', 'parked');
    expect(bench.read('shuttle-1', 'heldVessel')).toBe('c1');
  });

  it('is taken off by hand with what it holds, which frees the rails', () => {
    const bench = matrix();
    expect(bench.give('shuttle-1', 'carry', HIGH)).toBe('');
    awaitState(bench, 'shuttle-1', 'working');
    bench.advance(10);
    bench.fault('shuttle-1', 'breakdown', true);
    expect(bench.give('shuttle-1', 'takeOff')).toBe('');
    expect(bench.read('shuttle-1', 'location')).toBe('rails.berth1');
    expect(bench.read('shuttle-1', 'heldVessel')).toBe('c1');
    expect(bench.read('shuttle-1', 'traffic')).toBe('stopped');
    bench.fault('shuttle-1', 'breakdown', false);
    expect(bench.run('shuttle-1', 'place', { to: HIGH.to })).toBe('completed');
  });

  it('waits with its order while a lift is broken, and goes on by itself', () => {
    const bench = matrix();
    expect(bench.give('shuttle-1', 'carry', HIGH)).toBe('');
    bench.advance(2);
    bench.fault('lift-1', 'breakdown', true);
    expect(bench.alarms('shuttle-1')).toEqual(['blocked']);
    expect(bench.read('rails', 'closedParts')).toBe('lift1near');
    expect(bench.read('rails', 'blocked')).toBe(1);
    bench.advance(120);
    expect(bench.read('shuttle-1', 'location')).toBe('rails.berth1');
    bench.fault('lift-1', 'breakdown', false);
    expect(bench.alarms('shuttle-1')).toEqual([]);
    while (bench.twin.runtime('shuttle-1').operation.state === 'running') bench.advance(1);
    expect(bench.read('shuttle-1', 'operationState')).toBe('completed');
    expect(result(bench, 'shuttle-1').waited).toBeGreaterThan(90);
  });

  it('stands still while all rails are dead', () => {
    const bench = matrix();
    expect(bench.give('shuttle-1', 'carry', LOW)).toBe('');
    bench.advance(4);
    bench.fault('rails', 'breakdown', true);
    bench.advance(5);
    const x = bench.read('shuttle-1', 'x');
    bench.advance(60);
    expect(bench.read('shuttle-1', 'x')).toBe(x);
    bench.fault('rails', 'breakdown', false);
    while (bench.twin.runtime('shuttle-1').operation.state === 'running') bench.advance(1);
    expect(bench.read('shuttle-1', 'operationState')).toBe('completed');
  });

  it('lets people take its load off while it is broken', () => {
    const bench = matrix();
    expect(bench.give('shuttle-1', 'releaseManually', { to: HIGH.to })).toBe('GRIPPER_EMPTY');
    expect(bench.give('shuttle-1', 'carry', HIGH)).toBe('');
    awaitState(bench, 'shuttle-1', 'working');
    bench.advance(10);
    expect(bench.give('shuttle-1', 'releaseManually', { to: HIGH.to })).toBe('BUSY');
    bench.fault('shuttle-1', 'breakdown', true);
    expect(bench.give('shuttle-1', 'releaseManually', { to: 'left.dock2' })).toBe('WRONG_VESSEL');
    const began = bench.twin.now;
    expect(bench.run('shuttle-1', 'releaseManually', { to: HIGH.to })).toBe('completed');
    expect(bench.twin.now - began).toBe(microsFromSeconds(300));
    expect(bench.read('module-3', 'occupant')).toBe('c1');
    expect(bench.read('shuttle-1', 'heldVessel')).toBe('');
    expect(bench.read('shuttle-1', 'traffic')).toBe('stopped');
    bench.fault('shuttle-1', 'breakdown', false);
    expect(bench.run('shuttle-1', 'carry', { from: HIGH.to, to: LOW.to })).toBe('completed');
  });

  it('is repaired while people are at it, and keeps its load', () => {
    const bench = matrix();
    bench.give('shuttle-1', 'carry', HIGH);
    awaitState(bench, 'shuttle-1', 'working');
    bench.advance(10);
    bench.fault('shuttle-1', 'breakdown', true);
    expect(bench.give('shuttle-1', 'releaseManually', { to: HIGH.to })).toBe('');
    bench.advance(60);
    bench.fault('shuttle-1', 'breakdown', false);
    expect(bench.read('shuttle-1', 'operationError')).toBe('ABORTED');
    expect(bench.run('shuttle-1', 'place', { to: HIGH.to })).toBe('completed');
  });

  it('leaves modules in their docks that work or hold what is coupled', () => {
    const bench = matrix(`  bag: { kind: cassette-s300, place: module-4.transfer }`);
    const order = { from: 'left.dock3', to: 'left.dock4' };
    expect(bench.give('module-4', 'mix', { duration: 600 })).toBe('');
    expect(bench.give('shuttle-1', 'carry', order)).toBe('INTERLOCK');
    bench.give('module-4', 'abort');
    const coupling = { connector: 'none', vessel: 'bag', open: true, sterile: true, leak: 0 };
    bench.twin.plant.setCoupling('module-4.transfer', { ...coupling, ports: 'process' });
    expect(bench.give('shuttle-1', 'carry', order)).toBe('INTERLOCK');
    bench.twin.plant.setCoupling('module-4.transfer', undefined);
    expect(bench.run('shuttle-1', 'carry', order)).toBe('completed');
    // What stands in a module goes with it.
    expect(bench.read('module-4', 'location')).toBe('left.dock4');
    expect(bench.read('module-4', 'occupant')).toBe('bag');
  });

  it('refuses places that are under way, and finds out that its target is gone', () => {
    const bench = matrix();
    expect(bench.give('shuttle-1', 'carry', { from: 'right.dock2', to: 'left.dock4' })).toBe('');
    awaitState(bench, 'shuttle-1', 'working');
    bench.advance(5);
    expect(bench.read('module-2', 'location')).toBe('');
    const order = { from: 'module-2.transfer', to: HIGH.to };
    expect(bench.give('shuttle-2', 'carry', order)).toBe('UNREACHABLE');
    while (bench.read('shuttle-1', 'heldVessel') !== '') bench.advance(1);
    awaitState(bench, 'shuttle-1', 'parked');
    expect(bench.give('shuttle-1', 'carry', LOW)).toBe('');
    bench.advance(5);
    bench.move('module-2.frame', 'left.dock2');
    while (bench.twin.runtime('shuttle-1').operation.state === 'running') bench.advance(1);
    expect(bench.read('shuttle-1', 'operationError')).toBe('UNREACHABLE');
    awaitState(bench, 'shuttle-1', 'parked');
    expect(bench.read('shuttle-1', 'heldVessel')).toBe('c1');
    expect(bench.run('shuttle-1', 'place', { to: LOW.to })).toBe('completed');
  });
});
