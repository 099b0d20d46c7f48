import { initialTransition, transition } from 'xstate';
import { describe, expect, it } from 'vitest';
import { decapper } from '../../../src/device-emulators/devices/decapper/definition.ts';
import { decapperMachine } from '../../../src/device-emulators/devices/decapper/machine.ts';
import { benchDevice, type DeviceBench } from '../support/device-bench.ts';

function withBottle(capped = true, config: Record<string, unknown> = {}): DeviceBench {
  const bench = benchDevice(decapper, config);
  bench.plant.addVessel({ id: 'b1', kind: 'bottle-250', place: 'head', capped });
  return bench;
}

describe('decapper machine', () => {
  const input = { config: { turnTime: 6 } };

  it('turns for the time of a turn, in milliseconds', () => {
    const [idle] = initialTransition(decapperMachine, input);
    const [turning, actions] = transition(decapperMachine, idle, { type: 'uncap' });
    expect(turning.value).toBe('uncapping');
    const timer = actions.find(({ type }) => type === 'xstate.raise');
    expect((timer?.params as { delay: number } | undefined)?.delay).toBe(6000);
    expect(turning.can({ type: 'cap' })).toBe(false);
  });

  it('takes nothing but a reset after a jam', () => {
    const [idle] = initialTransition(decapperMachine, input);
    const [turning] = transition(decapperMachine, idle, { type: 'cap' });
    const [error] = transition(decapperMachine, turning, { type: 'cap.jammed' });
    expect(error.value).toBe('error');
    expect(error.can({ type: 'uncap' })).toBe(false);
    const [ready] = transition(decapperMachine, error, { type: 'reset' });
    expect(ready.value).toBe('idle');
  });
});

describe('decapper', () => {
  it('takes the cap off, keeps it, and puts the same one on again', () => {
    const bench = withBottle();
    expect(bench.run('uncap')).toBe('completed');
    expect(bench.now()).toBe(6e6);
    expect(bench.read('capOn')).toBe(false);
    expect(bench.read('heldCaps')).toBe(1);
    expect(bench.plant.particles).toBeGreaterThan(0);
    expect(bench.run('cap')).toBe('completed');
    expect(bench.read('capOn')).toBe(true);
    expect(bench.read('heldCaps')).toBe(0);
    expect(bench.read('freshCaps')).toBe(24);
  });

  it('is done at once when the vessel is already so', () => {
    const bench = withBottle(false);
    expect(bench.run('uncap')).toBe('completed');
    expect(bench.now()).toBe(0);
    expect(bench.read('heldCaps')).toBe(0);
  });

  it('gives a fresh cap to a vessel whose cap it does not hold, as long as there are some', () => {
    const bench = withBottle(false, { freshCaps: 1 });
    expect(bench.run('cap')).toBe('completed');
    expect(bench.read('freshCaps')).toBe(0);
    bench.plant.port.setCapped('b1', false);
    expect(bench.give('cap')).toBe('INTERLOCK');
  });

  it('locks the clamp while it turns and opens it after an abort', () => {
    const bench = withBottle();
    expect(bench.give('uncap')).toBe('');
    expect(bench.plant.port.isPlaceOpen('head')).toBe(false);
    bench.advance(3);
    expect(bench.channel('spindle')).toBeCloseTo(2 * Math.PI);
    expect(bench.give('abort')).toBe('');
    expect(bench.operation.state).toBe('aborted');
    expect(bench.plant.port.isPlaceOpen('head')).toBe(true);
    bench.advance(10);
    expect(bench.read('capOn')).toBe(true);
  });

  it('jams, raises its alarm and needs a reset', () => {
    const bench = withBottle(true, { jamRate: '100 %' });
    expect(bench.run('uncap')).toBe('failed');
    expect(bench.operation.error).toBe('MALFUNCTION');
    expect(bench.alarms).toEqual(['jam']);
    expect(bench.give('uncap')).toBe('DEVICE_ERROR');
    expect(bench.give('reset')).toBe('');
    expect(bench.alarms).toEqual([]);
    expect(bench.machineState).toBe('idle');
  });

  it('refuses without a vessel', () => {
    const bench = benchDevice(decapper);
    expect(bench.give('uncap')).toBe('NO_VESSEL');
    expect(bench.give('cap')).toBe('NO_VESSEL');
  });
});
