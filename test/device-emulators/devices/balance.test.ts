import { initialTransition, transition } from 'xstate';
import { describe, expect, it } from 'vitest';
import { liquid } from '../../../src/bio-models/liquids.ts';
import { balance } from '../../../src/device-emulators/devices/balance/definition.ts';
import { balanceMachine } from '../../../src/device-emulators/devices/balance/machine.ts';
import { benchDevice } from '../support/device-bench.ts';

describe('balance machine', () => {
  it('waits again while the load moves', () => {
    const [idle] = initialTransition(balanceMachine, { config: { settleTime: 2 } });
    const [settling] = transition(balanceMachine, idle, { type: 'weigh' });
    const [again, actions] = transition(balanceMachine, settling, { type: 'weight.moving' });
    expect(again.value).toBe('settling');
    expect(actions.map(({ type }) => type)).toContain('xstate.raise');
    const [done] = transition(balanceMachine, again, { type: 'weight.stable' });
    expect(done.value).toBe('idle');
  });
});

describe('balance', () => {
  it('weighs vessel and contents within its repeatability', () => {
    const bench = benchDevice(balance);
    const fill = liquid('wash-buffer', 100e-6);
    bench.plant.addVessel({ id: 'b1', kind: 'bottle-250', place: 'pan', fill });
    expect(bench.run('weigh')).toBe('completed');
    // 48 g bottle and 100 ml at 1005 kg/m3; five standard deviations of 10 mg.
    expect(Math.abs(Number(bench.operation.result.net) - 148.5)).toBeLessThan(0.05);
    expect(bench.operation.result.net).not.toBe(148.5);
    expect(bench.now()).toBe(1.5e6);
  });

  it('tares and zeroes', () => {
    const bench = benchDevice(balance, { repeatability: '0 mg' });
    const fill = liquid('wash-buffer', 100e-6);
    bench.plant.addVessel({ id: 'b1', kind: 'bottle-250', place: 'pan', fill });
    expect(bench.give('zero')).toBe('PLACE_OCCUPIED');
    expect(bench.run('tare')).toBe('completed');
    expect(bench.read('weight')).toBeCloseTo(0, 9);
    bench.plant.port.withdraw('b1', 40e-6, 'mixed');
    expect(bench.read('weight')).toBeCloseTo(-40.2, 6);
    bench.plant.port.grasp('b1');
    expect(bench.run('zero')).toBe('completed');
    expect(bench.read('tare')).toBe(0);
    expect(bench.read('weight')).toBe(0);
  });

  it('waits for a steady load and gives up when it never is', () => {
    const bench = benchDevice(balance);
    bench.plant.addVessel({
      id: 'b1',
      kind: 'bottle-500',
      place: 'pan',
      fill: liquid('wash-buffer', 400e-6),
    });
    expect(bench.give('weigh')).toBe('');
    for (let i = 0; i < 4; i++) {
      bench.plant.port.withdraw('b1', 10e-6, 'mixed');
      bench.advance(1.5);
    }
    expect(bench.operation.state).toBe('running');
    bench.advance(1.5);
    expect(bench.operation.state).toBe('completed');

    expect(bench.give('weigh')).toBe('');
    for (let i = 0; i < 12; i++) {
      bench.plant.port.withdraw('b1', 10e-6, 'mixed');
      bench.advance(1.5);
    }
    expect(bench.operation.error).toBe('MALFUNCTION');
    expect(bench.alarms).toEqual(['unsteady']);
  });

  it('fails and warns when overloaded', () => {
    const bench = benchDevice(balance, { capacity: '100 g' });
    bench.plant.addVessel({
      id: 'b1',
      kind: 'bottle-250',
      place: 'pan',
      fill: liquid('wash-buffer', 200e-6),
    });
    expect(bench.run('weigh')).toBe('failed');
    expect(bench.alarms).toEqual(['overload']);
  });
});
