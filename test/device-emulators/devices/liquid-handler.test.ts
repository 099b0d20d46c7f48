import { initialTransition, transition } from 'xstate';
import { describe, expect, it } from 'vitest';
import { liquid } from '../../../src/bio-models/liquids.ts';
import { pelletFractions } from '../../../src/bio-models/sedimentation.ts';
import { S } from '../../../src/bio-models/species.ts';
import { liquidHandler } from '../../../src/device-emulators/devices/liquid-handler/definition.ts';
import { liquidHandlerMachine } from '../../../src/device-emulators/devices/liquid-handler/machine.ts';
import { planStrokes } from '../../../src/device-emulators/devices/liquid-handler/plan.ts';
import { benchDevice, type DeviceBench } from '../support/device-bench.ts';

const RATES = { channelFlow: 2e-6, moveTime: 2 };

function withBottles(config: Record<string, unknown> = {}, seed = 1): DeviceBench {
  const bench = benchDevice(liquidHandler, config, seed);
  const fill = liquid('transduced-cells', 150e-6);
  bench.plant.addVessel({ id: 'a', kind: 'bottle-250', place: 'deck1', fill, lot: 'P-001' });
  bench.plant.addVessel({ id: 'b', kind: 'bottle-250', place: 'deck2' });
  return bench;
}

describe('stroke plan', () => {
  it('takes small tips for small volumes and no more channels than needed', () => {
    expect(planStrokes(0.8e-6, RATES)).toMatchObject({ channels: 1, strokes: 1 });
    expect(planStrokes(3.5e-6, RATES)).toMatchObject({ channels: 4, strokes: 1 });
    expect(planStrokes(15e-6, RATES)).toMatchObject({ channels: 2, strokes: 1 });
    expect(planStrokes(40e-6, RATES)).toMatchObject({ channels: 4, strokes: 1 });
    expect(planStrokes(150e-6, RATES)).toMatchObject({ channels: 4, strokes: 4 });
  });

  it('takes the time that the pipettes need', () => {
    // 10 ml at 2 ml/s is 5 s in and 5 s out, and 2 s of travel each way.
    expect(planStrokes(40e-6, RATES).strokeTime).toBeCloseTo(14, 9);
  });
});

describe('liquid handler machine', () => {
  it('strokes as often as planned, then drops the tips', () => {
    const input = { config: { ...RATES, tipTime: 6 } };
    let [state] = initialTransition(liquidHandlerMachine, input);
    [state] = transition(liquidHandlerMachine, state, { type: 'transfer', volume: 80e-6 });
    expect(state.value).toBe('fetching');
    expect(state.context.strokesLeft).toBe(2);
    expect(state.can({ type: 'mix', cycles: 2 })).toBe(false);
    [state] = transition(liquidHandlerMachine, state, { type: 'abort' });
    expect(state.value).toBe('retracting');
  });
});

describe('liquid handler', () => {
  it('moves the volume it was told within its pipettes’ errors, and loses nothing', () => {
    const bench = withBottles();
    const before = bench.plant.total();
    expect(bench.run('transfer', { from: 'deck1', to: 'deck2', volume: 100 })).toBe('completed');
    expect(bench.operation.result.volume).toBe(100);
    const moved = bench.plant.port.volume('b') * 1e6;
    // ISO 8655: 60 ul systematic, 30 ul random per channel and stroke, 4 channels, 3 strokes.
    expect(Math.abs(moved - 100)).toBeLessThan(12 * 0.09);
    expect(moved).not.toBe(100);
    // 12 s for tips and 3 strokes of 25/3 ml per channel.
    expect(bench.now() / 1e6).toBeCloseTo(12 + 3 * (25 / 3 + 4), 4);
    expect(bench.read('tips')).toBe(380);
    bench.plant.total().forEach((amount, s) => {
      const was = before[s] ?? 0;
      expect(Math.abs(amount - was)).toBeLessThanOrEqual(1e-12 * was);
    });
  });

  it('differs by device and seed, and repeats with the same seed', () => {
    const volumes = [1, 1, 2].map((seed) => {
      const bench = withBottles({}, seed);
      bench.run('transfer', { from: 'deck1', to: 'deck2', volume: 100 });
      return bench.plant.port.volume('b');
    });
    expect(volumes[0]).toBe(volumes[1]);
    expect(volumes[0]).not.toBe(volumes[2]);
  });

  it('leaves a pellet lying when it discards the supernatant, and mixing resuspends it', () => {
    const bench = withBottles();
    const { port } = bench.plant;
    const cells = port.amounts('a')[S.tActive] ?? 0;
    port.settle('a', pelletFractions(3000, 600, 0.05));
    expect(bench.run('discard', { from: 'deck1', volume: 140, layer: 'supernatant' })).toBe(
      'completed',
    );
    expect(bench.read('waste')).toBeCloseTo(0.14, 2);
    expect((port.amounts('a')[S.tActive] ?? 0) / cells).toBeGreaterThan(0.94);
    expect(port.pellet('a')).toBeGreaterThan(0.9);
    bench.plant.addVessel({
      id: 'buffer',
      kind: 'bottle-500',
      place: 'deck3',
      fill: liquid('wash-buffer', 400e-6),
    });
    expect(bench.run('transfer', { from: 'deck3', to: 'deck1', volume: 100 })).toBe('completed');
    expect(port.pellet('a')).toBeGreaterThan(0.9);
    expect(bench.run('mix', { place: 'deck1', cycles: 2 })).toBe('completed');
    expect(port.pellet('a')).toBeGreaterThan(0.9);
    expect(bench.run('mix', { place: 'deck1' })).toBe('completed');
    expect(port.pellet('a')).toBe(0);
    expect(bench.operation.result.strokes).toBe(10);
  });

  it('ends early when less is there and that is fine', () => {
    const bench = withBottles();
    const asked = { from: 'deck1', to: 'deck2', volume: 240 };
    expect(bench.give('transfer', asked)).toBe('INSUFFICIENT_VOLUME');
    expect(bench.run('transfer', { ...asked, untilEmpty: true })).toBe('completed');
    expect(bench.plant.port.volume('a')).toBe(0);
    expect(Math.abs(Number(bench.operation.result.volume) - 150)).toBeLessThan(1.5);
  });

  it('refuses what vessels and tips do not allow', () => {
    const bench = withBottles({ tips: 4 });
    const ask = (from: string, to: string, volume: number): string =>
      bench.give('transfer', { from, to, volume });
    expect(ask('deck1', 'deck1', 10)).toBe('INVALID_PARAMETER');
    expect(ask('deck4', 'deck1', 10)).toBe('NO_VESSEL');
    expect(ask('deck1', 'deck9', 10)).toBe('INVALID_PARAMETER');
    bench.plant.addVessel({ id: 't', kind: 'tube-50', place: 'deck3' });
    expect(ask('deck1', 'deck3', 60)).toBe('OVERFLOW');
    bench.plant.port.setCapped('b', true);
    expect(ask('deck1', 'deck2', 10)).toBe('VESSEL_CAPPED');
    expect(bench.run('transfer', { from: 'deck1', to: 'deck3', volume: 40 })).toBe('completed');
    expect(bench.alarms).toEqual(['tipsLow']);
    expect(ask('deck1', 'deck3', 5)).toBe('INTERLOCK');
    expect(bench.give('loadTips')).toBe('');
    expect(bench.give('discard', { from: 'deck1', volume: 5 })).toBe('');
    expect(bench.give('mix', { place: 'deck1' })).toBe('BUSY');
  });

  it('keeps whole strokes when aborted and opens the deck again', () => {
    const bench = withBottles();
    bench.give('transfer', { from: 'deck1', to: 'deck2', volume: 120 });
    expect(bench.plant.port.isPlaceOpen('deck1')).toBe(false);
    bench.advance(6 + 14 + 7);
    expect(bench.give('abort')).toBe('');
    expect(bench.operation.state).toBe('aborted');
    expect(bench.plant.port.volume('b') * 1e6).toBeCloseTo(40, 0);
    bench.advance(20);
    expect(bench.machineState).toBe('idle');
    expect(bench.plant.port.isPlaceOpen('deck1')).toBe(true);
    expect(bench.channel('headX')).toBeCloseTo(-0.42);
  });

  it('fails with a clot and recovers by reset', () => {
    const bench = withBottles({ clotRate: '100 %' });
    expect(bench.run('transfer', { from: 'deck1', to: 'deck2', volume: 40 })).toBe('failed');
    expect(bench.alarms).toEqual(['clot']);
    expect(bench.give('mix', { place: 'deck1' })).toBe('DEVICE_ERROR');
    bench.give('reset');
    bench.advance(10);
    expect(bench.machineState).toBe('idle');
    expect(bench.alarms).toEqual([]);
  });

  it('has its head over the source while it draws', () => {
    const bench = withBottles();
    bench.give('transfer', { from: 'deck1', to: 'deck2', volume: 40 });
    bench.advance(6 + 3);
    expect(bench.channel('headX')).toBeCloseTo(-0.16);
    expect(bench.channel('headZ')).toBeLessThan(0.2);
    bench.advance(4 + 3);
    expect(bench.channel('headX')).toBeCloseTo(0);
  });
});
