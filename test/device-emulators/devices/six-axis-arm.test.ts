import { describe, expect, it } from 'vitest';
import { lock } from '../../../src/device-emulators/devices/lock/definition.ts';
import { sixAxisArm } from '../../../src/device-emulators/devices/six-axis-arm/definition.ts';
import { armOn, type ArmState } from '../../../src/device-emulators/devices/six-axis-arm/state.ts';
import { tubeLock } from '../../../src/device-emulators/devices/tube-lock/definition.ts';
import { sampleMotion, sampleMotionVelocity } from '../../../src/physics/trajectory/motion-plan.ts';
import { type DevicePlant, devicePlant } from '../support/device-plant.ts';

function plant(extra = ''): DevicePlant {
  return devicePlant(
    [lock, sixAxisArm, tubeLock],
    `devices:
  robot: { type: six-axis-arm, title: Robot, zone: hall, at: [4 m, 4 m, 0 m] }
  left: { type: tube-lock, title: Left, zone: hall, at: [3 m, 4.9 m, 0.9 m] }
  right: { type: tube-lock, title: Right, zone: hall, at: [5.2 m, 3.1 m, 0.9 m], yaw: 180 deg }
  far: { type: tube-lock, title: Far, zone: hall, at: [8.5 m, 8.5 m, 0.9 m] }
  box: { type: lock, title: Box, zone: hall, at: [4.2 m, 4.9 m, 0.6 m] }
${extra}vessels:
  bottle: { kind: bottle-250, place: left.nozzle, batch: P-1, fill: { liquid: wash-buffer, volume: 100 ml, temperature: 21 degC, lot: P-1 } }
  other: { kind: bottle-500, place: far.nozzle }
  bag: { kind: cryobag, place: box.position1 }
`,
  );
}

const place = (p: DevicePlant, vessel: string): string => {
  const { whereabouts } = p.twin.plant.vessel(vessel);
  return whereabouts.at === 'place' ? whereabouts.place : whereabouts.at;
};

describe('six-axis arm', () => {
  it('carries a bottle from place to place; it follows the gripper on the way', () => {
    const p = plant();
    const from = p.twin.now;
    expect(p.run('robot', 'pick', { place: 'left.nozzle' })).toBe('completed');
    const seconds = (p.twin.now - from) / 1e6;
    expect(seconds).toBeGreaterThan(3);
    expect(seconds).toBeLessThan(25);
    expect(place(p, 'bottle')).toBe('gripper');
    expect(p.read('robot', 'heldVessel')).toBe('bottle');
    const carried = p.twin.runtime('robot').carryPose('bottle');
    const tcp = ['tcpX', 'tcpY', 'tcpZ'].map((name) => Number(p.read('robot', name)));
    // The bottle hangs upright under the fingers, which grip it 2 cm below its top of 0.15 m.
    expect(carried.position[0]).toBeCloseTo(tcp[0] ?? 0, 3);
    expect(carried.position[1]).toBeCloseTo(tcp[1] ?? 0, 3);
    expect(carried.position[2]).toBeCloseTo((tcp[2] ?? 0) - 0.13, 3);
    expect(Math.hypot(carried.orientation[0], carried.orientation[1])).toBeLessThan(1e-6);
    expect(p.run('robot', 'place', { place: 'right.nozzle' })).toBe('completed');
    expect(place(p, 'bottle')).toBe('right.nozzle');
    expect(p.read('robot', 'heldVessel')).toBe('');
    expect(p.run('robot', 'moveHome')).toBe('completed');
    expect(p.read('robot', 'track')).toBe(2);
  });

  it('moves without jumps: no joint faster than its limit, the vessel at its place when let go', () => {
    const p = plant();
    const channels = sixAxisArm.channels;
    const read = (): number[] =>
      ['track', 'j1', 'j2', 'j3', 'j4', 'j5', 'j6'].map(
        (name) => channels[name]?.(p.twin.runtime('robot').readContext() as never) ?? Number.NaN,
      );
    const limits = [1.2, 150, 130, 160, 220, 220, 300].map((v, i) =>
      i === 0 ? v : (v * Math.PI) / 180,
    );
    let before = read();
    let carried = p.twin.runtime('robot').carryPose('bottle');
    for (const [command, where] of [
      ['pick', 'left.nozzle'],
      ['place', 'right.nozzle'],
    ] as const) {
      expect(p.give('robot', command, { place: where })).toBe('');
      while (p.twin.runtime('robot').operation.state === 'running') {
        if (place(p, 'bottle') === 'gripper') carried = p.twin.runtime('robot').carryPose('bottle');
        p.advance(0.02);
        const now = read();
        now.forEach((q, i) => {
          const speed = Math.abs(q - (before[i] ?? 0)) / 0.02;
          expect(speed, `joint ${i}`).toBeLessThan((limits[i] ?? 0) * 1.001);
        });
        before = now;
      }
    }
    const target = p.twin.plant.locations.placePose('right.nozzle')?.position ?? [0, 0, 0];
    carried.position.forEach((value, i) => expect(value).toBeCloseTo(target[i] ?? 0, 6));
  });

  it('carries a bag by its hanger out of the open lock', () => {
    const p = plant();
    expect(p.give('robot', 'pick', { place: 'box.position1' })).toBe('PLACE_BLOCKED');
    p.run('box', 'openInner');
    expect(p.run('robot', 'pick', { place: 'box.position1' })).toBe('completed');
    expect(p.run('robot', 'place', { place: 'box.position3' })).toBe('completed');
    expect(place(p, 'bag')).toBe('box.position3');
  });

  it('refuses what cannot be', () => {
    const p = plant();
    expect(p.give('robot', 'pick', { place: 'nowhere.x' })).toBe('UNKNOWN_PLACE');
    expect(p.give('robot', 'pick', { place: 'right.nozzle' })).toBe('NO_VESSEL');
    expect(p.give('robot', 'pick', { place: 'far.nozzle' })).toBe('UNREACHABLE');
    expect(p.give('robot', 'place', { place: 'right.nozzle' })).toBe('GRIPPER_EMPTY');
    expect(p.give('robot', 'pick', { place: 'left.nozzle' })).toBe('');
    expect(p.give('robot', 'pick', { place: 'left.nozzle' })).toBe('BUSY');
    p.advance(30);
    expect(p.give('robot', 'pick', { place: 'left.nozzle' })).toBe('GRIPPER_FULL');
    expect(p.give('robot', 'place', { place: 'box.position2' })).toBe('PLACE_BLOCKED');
  });

  it('refuses a place that is built in, naming what is in the way', () => {
    const p = plant('  roof: { type: lock, title: Roof, zone: hall, at: [3 m, 4.9 m, 1.6 m] }\n');
    expect(p.give('robot', 'pick', { place: 'left.nozzle' })).toBe('COLLISION');
  });

  it('a stop holds the arm; after a reset it gets out upwards and goes home', () => {
    const p = plant();
    p.give('robot', 'pick', { place: 'left.nozzle' });
    while (p.read('robot', 'state') === 'approaching') p.advance(0.1);
    expect(p.give('robot', 'abort')).toBe('');
    expect(p.alarms('robot')).toEqual(['stopped']);
    const z = Number(p.read('robot', 'tcpZ'));
    p.advance(60);
    expect(p.read('robot', 'tcpZ')).toBe(z);
    expect(place(p, 'bottle')).toBe('left.nozzle');
    expect(p.give('robot', 'moveHome')).toBe('DEVICE_ERROR');
    expect(p.give('robot', 'reset')).toBe('');
    expect(p.give('robot', 'moveHome')).toBe('');
    const [x, y] = ['tcpX', 'tcpY'].map((name) => Number(p.read('robot', name)));
    p.advance(0.5);
    expect(Number(p.read('robot', 'tcpZ'))).toBeGreaterThan(z);
    expect(Number(p.read('robot', 'tcpX'))).toBeCloseTo(x ?? 0, 3);
    expect(Number(p.read('robot', 'tcpY'))).toBeCloseTo(y ?? 0, 3);
    p.advance(30);
    expect(p.read('robot', 'track')).toBe(2);
    expect(p.run('robot', 'pick', { place: 'left.nozzle' })).toBe('completed');
  });

  it('an abort under way brakes within the limits of the joints, then waits for a reset', () => {
    const p = plant();
    p.give('robot', 'pick', { place: 'left.nozzle' });
    p.advance(1);
    const { motion } = p.twin.runtime('robot').state as unknown as ArmState;
    if (motion === undefined) throw new Error('the arm does not move');
    const before = sampleMotionVelocity(motion.plan, 1);
    expect(before.some((v) => Math.abs(v) > 0.2)).toBe(true);
    expect(p.give('robot', 'abort')).toBe('');
    expect(p.twin.runtime('robot').operation).toMatchObject({ state: 'aborted', error: 'ABORTED' });
    expect(p.read('robot', 'state')).toBe('stopping');
    expect(p.give('robot', 'reset')).toBe('WRONG_STATE');
    const braking = (p.twin.runtime('robot').state as unknown as ArmState).motion?.plan;
    if (braking === undefined) throw new Error('the arm does not brake');
    expect(braking.duration).toBeLessThan(0.6);
    expect(sampleMotion(braking, 0)).toEqual(sampleMotion(motion.plan, 1));
    const { joints } = armOn(4).chain;
    const step = braking.duration / 200;
    for (let k = 0; k < 200; k++) {
      const [v, w] = [k, k + 1].map((i) => sampleMotionVelocity(braking, i * step));
      joints.forEach(({ limits }, i) => {
        expect(Math.abs(v?.[i] ?? 0)).toBeLessThan(limits.velocity * 1.001);
        const acceleration = ((w?.[i] ?? 0) - (v?.[i] ?? 0)) / step;
        expect(Math.abs(acceleration)).toBeLessThan(limits.acceleration * 1.001);
      });
    }
    p.advance(1);
    expect(p.read('robot', 'state')).toBe('error');
    expect(p.read('robot', 'speed')).toBe(0);
    p.give('robot', 'reset');
    expect(p.run('robot', 'moveHome')).toBe('completed');
    expect(p.run('robot', 'pick', { place: 'left.nozzle' })).toBe('completed');
  });

  it('an opened gripper drops the vessel', () => {
    const p = plant();
    p.run('robot', 'pick', { place: 'left.nozzle' });
    expect(p.run('robot', 'openGripper')).toBe('completed');
    expect(place(p, 'bottle')).toBe('floor');
    expect(p.read('robot', 'heldVessel')).toBe('');
  });

  it('a place that closes under the gripper ends in an error', () => {
    const p = plant();
    p.run('box', 'openInner');
    p.give('robot', 'pick', { place: 'box.position1' });
    p.advance(1);
    p.run('box', 'closeInner');
    p.advance(30);
    expect(p.twin.runtime('robot').operation.error).toBe('COLLISION');
    expect(p.read('robot', 'state')).toBe('error');
    expect(p.alarms('robot')).toEqual(['obstructed']);
  });

  it('takes exactly the same time for the same way, in another plant and when planned before', () => {
    const there = (p: DevicePlant): number => {
      p.run('robot', 'moveHome');
      expect(p.give('robot', 'pick', { place: 'left.nozzle' })).toBe('');
      const { motion } = p.twin.runtime('robot').state as unknown as ArmState;
      p.advance(60);
      p.run('robot', 'place', { place: 'left.nozzle' });
      return motion?.plan.duration ?? Number.NaN;
    };
    const p = plant();
    const first = there(p);
    expect(first).toBeGreaterThan(1);
    expect(there(p)).toBe(first);
    expect(there(plant())).toBe(first);
  });
});
