import { describe, expect, it } from 'vitest';
import type { PlantCommand, Value } from '../../src/kernel/plant-contract.ts';
import type { Twin } from '../../src/twin/twin.ts';
import { expansionSuite } from './support/expansion-suite.ts';

const MINUTE = 60e6;

const plant = (): Twin => expansionSuite(1);

const device = 'bioreactor-1';
const common = { client: 'test', sequence: 0, device };
const force = (signal: string, value: Value | null): PlantCommand => ({
  ...common,
  ...{ kind: 'force', signal, value },
});
const write = (signal: string, value: Value): PlantCommand => ({
  ...common,
  ...{ kind: 'write', signal, value },
});

/** A set-point with a numeric range, and two values in it. */
function setPointOf(twin: Twin): { name: string; low: number; high: number } {
  const found = twin.describe().devices.find(({ id }) => id === device);
  const signal = found?.signals.find(
    ({ direction, kind }) => direction === 'input' && kind === 'number',
  );
  const [low = 0, high = 0] = signal?.range ?? [];
  expect(high).toBeGreaterThan(low);
  return { name: signal?.name ?? '', low: low + (high - low) / 4, high: high - (high - low) / 4 };
}

describe('a measured signal that is forced', () => {
  it('shows what it is forced to, marked, while the plant goes its own way', () => {
    const [twin, free] = [plant(), plant()];
    for (const one of [twin, free]) one.advanceTo(MINUTE);
    const revision = twin.shownRevision(device);
    expect(twin.execute(force('temperature', 999))).toMatchObject({ ok: true });
    expect(twin.shownRevision(device)).toBeGreaterThan(revision);
    expect(twin.read(device, 'temperature')).toEqual({ value: 999, time: MINUTE, quality: 3 });
    for (const one of [twin, free]) one.advanceTo(60 * MINUTE);
    expect(twin.read(device, 'temperature')?.value).toBe(999);
    expect(twin.read(device, 'ph')).toEqual(free.read(device, 'ph'));
    expect(twin.stateHash()).not.toBe(free.stateHash());
    twin.execute(force('temperature', null));
    expect(twin.read(device, 'temperature')?.quality).toBe(0);
    for (const one of [twin, free]) one.advanceTo(61 * MINUTE);
    expect(twin.read(device, 'temperature')).toEqual(free.read(device, 'temperature'));
  });

  it('goes there by a ramp from what it shows, in a twin that takes over the state too', () => {
    const twin = plant();
    twin.advanceTo(MINUTE);
    const before = Number(twin.read(device, 'ph')?.value);
    const ramp = { ...force('ph', 5), ramp: 10 * MINUTE } as PlantCommand;
    expect(twin.execute(ramp)).toMatchObject({ ok: true });
    const other = plant();
    other.restore(twin.save());
    for (const one of [twin, other]) {
      one.advanceTo(6 * MINUTE);
      expect(Number(one.read(device, 'ph')?.value)).toBeCloseTo((before + 5) / 2, 9);
      expect(one.channel(device, 'ph')?.isRestless).toBe(true);
      one.advanceTo(12 * MINUTE);
      expect(one.read(device, 'ph')).toEqual({ value: 5, time: 11 * MINUTE, quality: 3 });
    }
    const { name, high } = setPointOf(twin);
    const refused = twin.execute({ ...force(name, high), ramp: MINUTE } as PlantCommand);
    expect(refused).toMatchObject({ ok: false, error: { code: 'INVALID_PARAMETER' } });
  });

  it('is told of by events, and stays forced in a twin that takes over the state', () => {
    const [twin, other] = [plant(), plant()];
    twin.execute(force('ph', 3));
    expect(twin.takeEvents()).toMatchObject([{ type: 'signal.forced', device, signal: 'ph' }]);
    other.restore(twin.save());
    expect(other.read(device, 'ph')).toEqual(twin.read(device, 'ph'));
    expect(other.stateHash()).toBe(twin.stateHash());
    other.announce();
    expect(other.takeEvents()).toMatchObject([{ type: 'signal.forced', device, signal: 'ph' }]);
    other.execute(force('ph', null));
    expect(other.takeEvents()).toMatchObject([{ type: 'signal.released', device, signal: 'ph' }]);
  });

  it('is refused a value of another kind, and a signal that does not exist', () => {
    const twin = plant();
    expect(twin.execute(force('temperature', 'hot'))).toMatchObject({
      error: { code: 'INVALID_PARAMETER' },
    });
    expect(twin.execute(force('warmth', 5))).toMatchObject({ error: { code: 'UNKNOWN_SIGNAL' } });
    expect(twin.execute(force('warmth', null))).toMatchObject({
      error: { code: 'UNKNOWN_SIGNAL' },
    });
  });
});

describe('a set-point that is forced', () => {
  it('has that value whatever is written, and gets what was written with its release', () => {
    const twin = plant();
    const { name, low, high } = setPointOf(twin);
    const close = (value: number) => ({ value: expect.closeTo(value, 6) });
    expect(twin.execute(write(name, low))).toMatchObject({ ok: true });
    expect(twin.execute(force(name, high))).toMatchObject({ ok: true });
    expect(twin.read(device, name)).toMatchObject({ ...close(high), quality: 3 });
    const middle = (low + high) / 2;
    expect(twin.execute(write(name, middle))).toMatchObject({ ok: true });
    expect(twin.read(device, name)).toMatchObject(close(high));
    twin.execute(force(name, null));
    expect(twin.read(device, name)).toMatchObject({ ...close(middle), quality: 0 });
  });

  it('goes back to what it was when nothing was written, however often it was forced', () => {
    const twin = plant();
    const { name, low, high } = setPointOf(twin);
    const before = Number(twin.read(device, name)?.value);
    twin.execute(force(name, high));
    twin.execute(force(name, low));
    twin.execute(force(name, null));
    expect(Number(twin.read(device, name)?.value)).toBeCloseTo(before, 6);
    expect(twin.execute(force(name, 1e9))).toMatchObject({ error: { code: 'OUT_OF_RANGE' } });
  });
});
