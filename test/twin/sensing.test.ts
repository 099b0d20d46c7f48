import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { microsFromSeconds } from '../../src/kernel/time.ts';
import type { PlantCommand, Value } from '../../src/kernel/plant-contract.ts';
import { lagged } from '../../src/twin/lag.ts';
import type { Twin } from '../../src/twin/twin.ts';
import { testTwin } from './support/test-plant.ts';

const SEED = 20_261_124;

function invoke(
  twin: Twin,
  device: string,
  command: string,
  parameters: Readonly<Record<string, Value>> = {},
): void {
  const plain: PlantCommand = {
    kind: 'invoke',
    client: 'test',
    sequence: 0,
    device,
    command,
    parameters,
  };
  twin.execute(plain);
}

const weight = (twin: Twin): number => Number(twin.read('kettle-1', 'weight')?.value);

function swapBottles(twin: Twin): void {
  const { plant } = twin;
  const [one, two] = [plant.vessel('bottle-1'), plant.vessel('bottle-2')];
  plant.move(one, { at: 'gripper', device: 'kettle-2' }, twin.now);
  plant.move(two, { at: 'place', place: 'kettle-1.slot' }, twin.now);
}

describe('a first-order lag', () => {
  const since = { since: 0, output: 0 };
  const at = (seconds: number, truth: (s: number) => number, lag: number): number =>
    lagged(since, (t) => truth(t / 1e6), microsFromSeconds(seconds), lag);

  it('has reached 1 - 1/e of a step after one lag', () => {
    expect(at(5, () => 10, 5)).toBeCloseTo(10 * (1 - Math.exp(-1)), 9);
  });

  it('follows a ramp one lag behind', () => {
    // What was 12 lags ago still weighs exp(-12).
    expect(at(400, (s) => 2 * s, 5)).toBeCloseTo(2 * (400 - 5), 3);
  });

  it('follows an exponential to a thousandth of its height', () => {
    // y = x - e^(-t/T) terms: with time constant 30 s, lag 5 s, y = 1 - (30 e^(-t/30) - 5 e^(-t/5))/25.
    for (const t of [1, 5, 20, 50, 90]) {
      const exact = 1 - (30 * Math.exp(-t / 30) - 5 * Math.exp(-t / 5)) / 25;
      expect(Math.abs(at(t, (s) => 1 - Math.exp(-s / 30), 5) - exact)).toBeLessThan(1e-3);
    }
  });
});

describe('a lagging sensor', () => {
  it('follows what is put on and taken off', () => {
    const twin = testTwin();
    const full = weight(twin);
    twin.advanceTo(microsFromSeconds(100));
    expect(weight(twin)).toBe(full);
    swapBottles(twin);
    expect(weight(twin)).toBe(full);
    const empty = twin.plant.view(twin.plant.vessel('bottle-2'), twin.now).mass * 1000;
    twin.advanceTo(microsFromSeconds(104));
    expect(weight(twin)).toBeCloseTo(empty + (full - empty) * Math.exp(-1), 5);
    twin.advanceTo(microsFromSeconds(300));
    expect(weight(twin)).toBeCloseTo(empty, 5);
  });

  it('is behind by one lag while the pump takes 1 g/s', () => {
    const twin = testTwin();
    invoke(twin, 'kettle-1', 'pump', { volume: 150 });
    twin.advanceTo(microsFromSeconds(101));
    const mass = twin.plant.view(twin.plant.vessel('bottle-1'), twin.now).mass * 1000;
    expect(weight(twin)).toBeCloseTo(mass + 4 * 1.005, 4);
  });

  it('shows its latest sample until the next, or until something about its device changes', () => {
    const twin = testTwin();
    invoke(twin, 'kettle-1', 'pump', { volume: 150 });
    twin.advanceTo(microsFromSeconds(101));
    const sampled = weight(twin);
    twin.advanceTo(microsFromSeconds(101.4));
    expect(weight(twin)).toBe(sampled);
    invoke(twin, 'kettle-1', 'openLid');
    expect(weight(twin)).toBeCloseTo(sampled - 0.4 * 1.005, 4);
  });
});

type Act = { readonly at: number; readonly what: number };

describe(`readers (seed ${SEED})`, () => {
  const act: fc.Arbitrary<Act> = fc.record({
    at: fc.integer({ min: 0, max: 60_000_000 }),
    what: fc.integer({ min: 0, max: 3 }),
  });
  const acts = fc.array(act, { maxLength: 6 });
  const looks = fc.array(fc.integer({ min: 0, max: 70_000_000 }), { maxLength: 12 });

  function run(plan: readonly Act[], reads: readonly number[]): unknown {
    const twin = testTwin(3);
    const all = [
      ...plan.map(({ at, what }) => ({ at, what })),
      ...reads.map((at) => ({ at, what: -1 })),
    ].sort((a, b) => a.at - b.at);
    const shown = (): unknown =>
      [...twin.devices.keys()].flatMap((id) =>
        ['volume', 'weight', 'lid', 'setpoint', 'state'].map((name) => twin.read(id, name)),
      );
    for (const { at, what } of all) {
      twin.advanceTo(Math.max(twin.now, at));
      if (what === -1) shown();
      else if (what === 0) invoke(twin, 'kettle-1', 'pump', { volume: 20 });
      else if (what === 1) invoke(twin, 'kettle-1', 'abort');
      else if (what === 2) invoke(twin, 'kettle-1', 'openLid');
      else if (twin.plant.occupant('kettle-2.slot') !== undefined) swapBottles(twin);
    }
    twin.advanceTo(microsFromSeconds(75));
    return { shown: shown(), hash: twin.stateHash() };
  }

  it('never change what is shown later, nor the state', () => {
    fc.assert(
      fc.property(acts, looks, (plan, reads) => {
        expect(run(plan, reads)).toEqual(run(plan, []));
      }),
      { seed: SEED, numRuns: 60 },
    );
  });
});
