import { describe, expect, it } from 'vitest';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE, MICROS_PER_SECOND } from '../../src/kernel/time.ts';
import type { Value } from '../../src/kernel/plant-contract.ts';
import type { Twin } from '../../src/twin/twin.ts';
import { expansionSuite } from './support/expansion-suite.ts';

const SEED = 1;

const plant = (): Twin => expansionSuite(SEED);

const client = { client: 'test', sequence: 0 };

function fault(twin: Twin, device: string, name: string, active = true): void {
  const outcome = twin.execute({ ...client, kind: 'fault', device, fault: name, active });
  expect(outcome).toMatchObject({ ok: true });
}

function give(
  twin: Twin,
  device: string,
  command: string,
  parameters: Readonly<Record<string, Value>> = {},
) {
  return twin.execute({ ...client, kind: 'invoke', device, command, parameters });
}

const value = (twin: Twin, device: string, signal: string): Value | undefined =>
  twin.read(device, signal)?.value;

/** A twin that has taken over the state of another. */
function restored(twin: Twin): Twin {
  const other = plant();
  other.restore(twin.save());
  return other;
}

describe('a sensor', () => {
  it('that is stuck shows the same for ever and calls it good, and measures again afterwards', () => {
    const [twin, free] = [plant(), plant()];
    for (const one of [twin, free]) one.advanceTo(MICROS_PER_MINUTE);
    const shown = value(twin, 'bioreactor-1', 'temperature');
    fault(twin, 'bioreactor-1', 'temperatureStuck');
    for (const one of [twin, free]) one.advanceTo(5 * MICROS_PER_HOUR);
    expect(twin.read('bioreactor-1', 'temperature')).toMatchObject({ value: shown, quality: 0 });
    expect(value(free, 'bioreactor-1', 'temperature')).not.toBe(shown);
    expect(value(restored(twin), 'bioreactor-1', 'temperature')).toBe(shown);
    fault(twin, 'bioreactor-1', 'temperatureStuck', false);
    expect(twin.read('bioreactor-1', 'temperature')).toEqual(
      free.read('bioreactor-1', 'temperature'),
    );
  });

  it('that drifts goes off by a hundredth of its range an hour', () => {
    const [twin, free] = [plant(), plant()];
    fault(twin, 'bioreactor-1', 'phDrift');
    for (const one of [twin, free]) one.advanceTo(10 * MICROS_PER_HOUR);
    const off =
      Number(value(twin, 'bioreactor-1', 'ph')) - Number(value(free, 'bioreactor-1', 'ph'));
    // 10 h of 0.01 times 4 to 10, to the resolution.
    expect(off).toBeCloseTo(0.6, 2);
  });

  it('that is noisy scatters as a function of the instant, whoever looks', () => {
    const [twin, free] = [plant(), plant()];
    fault(twin, 'bioreactor-1', 'temperatureNoisy');
    const [off, again]: number[][] = [[], []];
    const other = restored(twin);
    for (let second = 1; second <= 400; second++) {
      for (const one of [twin, free, other]) one.advanceTo(second * MICROS_PER_SECOND);
      const shown = Number(value(twin, 'bioreactor-1', 'temperature'));
      off?.push(shown - Number(value(free, 'bioreactor-1', 'temperature')));
      again?.push(shown - Number(value(other, 'bioreactor-1', 'temperature')));
    }
    const deviation = Math.sqrt((off ?? []).reduce((sum, x) => sum + x * x, 0) / 400);
    // Two hundredths of 60 K, 1.2 K; four standard errors of 400 samples.
    expect(Math.abs(deviation - 1.2)).toBeLessThan(1.2 * 4 * Math.sqrt(1 / 800));
    expect(again?.every((x) => x === 0)).toBe(true);
  });
});

describe('a pump', () => {
  it('whose tube is clogged moves nothing, says so, and goes on when it is free and asked', () => {
    const twin = plant();
    give(twin, 'pump-feed', 'run', { flow: 10 });
    twin.advanceTo(MICROS_PER_MINUTE);
    fault(twin, 'pump-feed', 'occlusion');
    const moved = value(twin, 'pump-feed', 'totalVolume');
    expect(twin.runtime('pump-feed').alarms.get('occlusion')).toMatchObject({ active: true });
    const { number } = twin.runtime('pump-feed').operation;
    give(twin, 'pump-feed', 'dispense', { volume: 5 });
    expect(twin.runtime('pump-feed').operation).toMatchObject({
      number: number + 1,
      state: 'failed',
      error: 'MALFUNCTION',
    });
    twin.advanceTo(2 * MICROS_PER_MINUTE);
    expect(value(twin, 'pump-feed', 'totalVolume')).toBe(moved);
    fault(twin, 'pump-feed', 'occlusion', false);
    expect(twin.runtime('pump-feed').alarms.get('occlusion')?.active).toBe(false);
    give(twin, 'pump-feed', 'run', { flow: 10 });
    twin.advanceTo(3 * MICROS_PER_MINUTE);
    expect(Number(value(twin, 'pump-feed', 'totalVolume')) - Number(moved)).toBeCloseTo(10, 6);
  });

  it('whose tube is worn counts more than it moves', () => {
    const twin = plant();
    const before = Number(value(twin, 'bioreactor-1', 'volume'));
    fault(twin, 'pump-feed', 'wornTube');
    give(twin, 'pump-feed', 'dispense', { volume: 200, flow: 100 });
    twin.advanceTo(MICROS_PER_HOUR);
    const { operation } = twin.runtime('pump-feed');
    expect(operation).toMatchObject({ state: 'completed', result: { volume: 200 } });
    expect(Number(value(twin, 'bioreactor-1', 'volume')) - before).toBeLessThan(130);
  });

  it('that breaks down while it runs moves nothing more', () => {
    const twin = plant();
    give(twin, 'pump-feed', 'run', { flow: 10 });
    twin.advanceTo(MICROS_PER_MINUTE);
    fault(twin, 'pump-feed', 'breakdown');
    const moved = value(twin, 'pump-feed', 'totalVolume');
    twin.advanceTo(MICROS_PER_HOUR);
    expect(value(twin, 'pump-feed', 'totalVolume')).toBe(moved);
    expect(value(twin, 'pump-feed', 'running')).toBe(false);
  });
});

describe('a reactor', () => {
  it('without power cools down, and controls again by itself when power is back', () => {
    const twin = plant();
    give(twin, 'bioreactor-1', 'start');
    twin.advanceTo(MICROS_PER_HOUR);
    fault(twin, 'bioreactor-1', 'powerLoss');
    expect(value(twin, 'bioreactor-1', 'state')).toBe('unpowered');
    const refused = give(twin, 'bioreactor-1', 'start');
    expect(refused).toMatchObject({ ok: false, error: { code: 'NOT_CONNECTED' } });
    twin.advanceTo(9 * MICROS_PER_HOUR);
    expect(Number(value(twin, 'bioreactor-1', 'temperature'))).toBeLessThan(30);
    expect(value(twin, 'bioreactor-1', 'agitation')).toBeLessThan(1);
    expect(twin.runtime('bioreactor-1').alarms.get('temperatureDeviation')?.active).toBe(true);
    fault(twin, 'bioreactor-1', 'powerLoss', false);
    twin.advanceTo(11 * MICROS_PER_HOUR);
    expect(Number(value(twin, 'bioreactor-1', 'temperature'))).toBeGreaterThan(36.5);
  });

  it('that is broken and without power works again only when both are over', () => {
    const twin = plant();
    give(twin, 'bioreactor-1', 'start');
    fault(twin, 'bioreactor-1', 'breakdown');
    fault(twin, 'bioreactor-1', 'powerLoss');
    fault(twin, 'bioreactor-1', 'breakdown', false);
    expect(value(twin, 'bioreactor-1', 'state')).toBe('unpowered');
    fault(twin, 'bioreactor-1', 'powerLoss', false);
    expect(value(twin, 'bioreactor-1', 'state')).toContain('controlling');
  });
});

describe('a device', () => {
  it('that is jammed accepts operations, which fail and have done nothing', () => {
    const twin = plant();
    fault(twin, 'centrifuge-1', 'jam');
    expect(give(twin, 'centrifuge-1', 'openLid')).toMatchObject({ ok: true });
    expect(give(twin, 'centrifuge-1', 'openLid')).toMatchObject({
      ok: false,
      error: { code: 'BUSY' },
    });
    twin.advanceTo(MICROS_PER_MINUTE);
    expect(twin.runtime('centrifuge-1').operation).toMatchObject({
      state: 'failed',
      error: 'MALFUNCTION',
    });
    expect(value(twin, 'centrifuge-1', 'lid')).toBe('closed');
    fault(twin, 'centrifuge-1', 'jam', false);
    give(twin, 'centrifuge-1', 'openLid');
    twin.advanceTo(2 * MICROS_PER_MINUTE);
    expect(value(twin, 'centrifuge-1', 'lid')).toBe('open');
  });

  it('that responds slowly begins a minute later, in a restored twin too', () => {
    const twin = plant();
    fault(twin, 'centrifuge-1', 'slow');
    give(twin, 'centrifuge-1', 'openLid');
    twin.advanceTo(59 * MICROS_PER_SECOND);
    const other = restored(twin);
    for (const one of [twin, other]) {
      expect(value(one, 'centrifuge-1', 'lid')).toBe('closed');
      one.advanceTo(2 * MICROS_PER_MINUTE);
      expect(value(one, 'centrifuge-1', 'lid')).toBe('open');
      expect(one.runtime('centrifuge-1').operation.state).toBe('completed');
    }
    expect(other.stateHash()).toBe(twin.stateHash());
  });

  it('that has not begun yet can be aborted', () => {
    const twin = plant();
    fault(twin, 'centrifuge-1', 'slow');
    give(twin, 'centrifuge-1', 'spin', { acceleration: 100, duration: 1 });
    expect(give(twin, 'centrifuge-1', 'abort')).toMatchObject({ ok: true });
    expect(twin.runtime('centrifuge-1').operation.state).toBe('aborted');
    twin.advanceTo(MICROS_PER_HOUR);
    expect(value(twin, 'centrifuge-1', 'state')).toBe('closed');
  });

  it('whose rotor is out of balance trips, and spins again when it is reset', () => {
    const twin = plant();
    fault(twin, 'centrifuge-1', 'imbalance');
    give(twin, 'centrifuge-1', 'spin', { acceleration: 100, duration: 1 });
    twin.advanceTo(MICROS_PER_HOUR);
    expect(twin.runtime('centrifuge-1').operation).toMatchObject({ error: 'MALFUNCTION' });
    fault(twin, 'centrifuge-1', 'imbalance', false);
    expect(give(twin, 'centrifuge-1', 'reset')).toMatchObject({ ok: true });
    give(twin, 'centrifuge-1', 'spin', { acceleration: 100, duration: 1 });
    twin.advanceTo(2 * MICROS_PER_HOUR);
    expect(twin.runtime('centrifuge-1').operation.state).toBe('completed');
  });
});
