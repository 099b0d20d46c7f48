import { describe, expect, it } from 'vitest';
import { rotate } from '../../src/kernel/pose.ts';
import { modularTwin, type ModularTwin } from '../device-emulators/support/modular-twin.ts';

/** An arm before a one-level rack with a module and a cold parking module. */
function plant(): ModularTwin {
  return modularTwin(`devices:
  robot: { type: six-axis-arm, title: Robot, zone: hall, at: [5 m, 3.88 m, 0 m] }
  rack-1: { type: module-rack, title: Rack, zone: hall, at: [5 m, 5 m, 0 m] }
  module-1: { type: plain-module, title: Module, in: rack-1.dock2 }
  parking: { type: parking-module, title: Parking, in: rack-1.dock3, config: { temperature: 4 degC } }
  link: { type: sterile-connector, title: Link, in: module-1.connector }
  cassette-1: { type: cell-cassette, title: Cassette, in: module-1.transfer }
`);
}

const poseOf = ({ twin }: ModularTwin) => twin.plant.locations.devicePose('cassette-1');

/** How far the cassette leans [rad]. */
function tilt(bench: ModularTwin): number {
  const [, , z] = rotate(poseOf(bench).orientation, [0, 0, 1]);
  return Math.acos(Math.min(1, z));
}

describe('six-axis arm before modules', () => {
  it('carries a cassette level from module to module; pose and surroundings follow', () => {
    const bench = plant();
    const start = poseOf(bench).position;
    expect(bench.give('robot', 'pick', { place: 'module-1.transfer' })).toBe('');
    const runtime = bench.twin.runtime('robot');
    let highest = 0;
    const carry = (): void => {
      while (runtime.operation.state === 'running') {
        bench.advance(0.25);
        expect(tilt(bench)).toBeLessThan((5.01 * Math.PI) / 180);
        highest = Math.max(highest, poseOf(bench).position[2]);
      }
      expect(runtime.operation.state).toBe('completed');
    };
    carry();
    expect(bench.read('cassette-1', 'location')).toBe('');
    expect(bench.read('robot', 'heldVessel')).toBe('cassette-1.core');
    expect(bench.give('robot', 'place', { place: 'parking.park1' })).toBe('');
    carry();
    expect(highest).toBeGreaterThan(start[2] + 0.1);
    const { plant: graph } = bench.twin;
    expect(bench.read('cassette-1', 'location')).toBe('parking.park1');
    const place = graph.locations.placePose('parking.park1')?.position ?? [0, 0, 0];
    poseOf(bench).position.forEach((x, axis) => expect(x).toBeCloseTo(place[axis] ?? 0, 9));
    const { ambientTemperature } = graph.environmentOf(graph.vessel('cassette-1.core'));
    expect(ambientTemperature).toBeCloseTo(277.15, 9);
  });

  it('leaves a cassette to which a connector holds on', () => {
    const bench = plant();
    bench.run('link', 'couple');
    expect(bench.give('robot', 'pick', { place: 'module-1.transfer' })).toBe('INTERLOCK');
    bench.run('link', 'decouple');
    bench.give('robot', 'pick', { place: 'module-1.transfer' });
    // The head comes while the arm is on its way.
    bench.give('link', 'couple');
    const arm = bench.twin.runtime('robot');
    while (arm.operation.state === 'running') bench.advance(1);
    const coupling = bench.twin.plant.state.couplings.get('module-1.transfer');
    expect(coupling === undefined).toBe(arm.operation.state === 'completed');
  });
});
