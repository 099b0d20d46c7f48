import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { carPositive, livingCells, viability } from '../../src/bio-models/readouts.ts';
import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE } from '../../src/kernel/time.ts';
import type { PlantCommand, Value } from '../../src/kernel/plant-contract.ts';
import { buildTwin } from '../../src/main/plant-assembly.ts';
import { parseScene } from '../../src/main/scene-files.ts';
import type { Twin } from '../../src/twin/twin.ts';

const PATH = fileURLToPath(new URL('../../scenes/expansion-suite.yaml', import.meta.url));

function suite(seed: number): Twin {
  const loaded = parseScene(readFileSync(PATH, 'utf8'), PATH);
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  return buildTwin(loaded.scene, seed);
}

function invoke(
  twin: Twin,
  device: string,
  command: string,
  parameters: Record<string, Value> = {},
) {
  const plain: PlantCommand = {
    kind: 'invoke',
    client: 'test',
    sequence: 0,
    device,
    command,
    parameters,
  };
  const outcome = twin.execute(plain);
  if (!outcome.ok) throw new Error(outcome.error.message);
}

/** A day of transduction, transfer to the large bioreactor, and perfusion for nine days. */
function expand(twin: Twin, look: (twin: Twin) => void, stride: number): void {
  const run = (until: number): void => {
    for (let t = twin.now + stride; t < until; t += stride) {
      twin.advanceTo(t);
      look(twin);
    }
    twin.advanceTo(until);
  };
  invoke(twin, 'transduction-1', 'start');
  invoke(twin, 'bioreactor-1', 'start');
  run(MICROS_PER_DAY);
  invoke(twin, 'pump-transfer', 'dispense', { volume: 200, flow: 50, untilEmpty: true });
  run(MICROS_PER_DAY + 10 * MICROS_PER_MINUTE);
  invoke(twin, 'pump-feed', 'run', { flow: 0.35 });
  invoke(twin, 'pump-permeate', 'run', { flow: 0.35 });
  run(10 * MICROS_PER_DAY);
  invoke(twin, 'pump-feed', 'stop');
  invoke(twin, 'pump-permeate', 'stop');
}

describe('an expansion in the suite', () => {
  it('gives more than 1e9 living, CAR+ cells and breaks no rule', () => {
    const twin = suite(1);
    expand(twin, () => undefined, 10 * MICROS_PER_DAY);
    const amounts = new Float64Array(twin.plant.speciesCount);
    twin.plant.project(twin.plant.vessel('bioreactor-1.culture'), twin.now, amounts);
    expect(livingCells(amounts)).toBeGreaterThan(1e9);
    expect(viability(amounts)).toBeGreaterThan(0.8);
    expect(carPositive(amounts)).toBeGreaterThan(0.2);
    expect(carPositive(amounts)).toBeLessThan(0.6);
    expect(twin.massBalance.worst(twin.plant, twin.now).relativeError).toBeLessThan(1e-9);
    expect(twin.takeEvents().filter((e) => e.type === 'observer.violation')).toEqual([]);
  });

  it('ends in the same state however often it is looked at, and in another for another donor', () => {
    const hash = (seed: number, look: (twin: Twin) => void, stride: number): string => {
      const twin = suite(seed);
      expand(twin, look, stride);
      return twin.stateHash();
    };
    const nothing = (): void => undefined;
    const everything = (twin: Twin): void => {
      for (const { id, definition } of twin.scene.devices) {
        for (const name of Object.keys(definition.signals)) twin.read(id, name);
      }
    };
    const once = hash(1, nothing, 10 * MICROS_PER_DAY);
    expect(hash(1, everything, 3.7 * MICROS_PER_HOUR)).toBe(once);
    expect(hash(2, nothing, 10 * MICROS_PER_DAY)).not.toBe(once);
  });

  it('an unbalanced rotor is refused, a balanced one spins', () => {
    const twin = suite(1);
    const spin = (): void =>
      invoke(twin, 'centrifuge-1', 'spin', { acceleration: 300, duration: 10 });
    const bottle = twin.plant.vessel('bottle-2');
    const taken = twin.plant.withdraw(bottle, 10e-6, 'mixed', twin.now);
    expect(spin).toThrow(/opposite buckets.*differ by 10/);
    twin.plant.deposit(bottle, taken, twin.now);
    spin();
    twin.advanceTo(MICROS_PER_HOUR);
    expect(twin.read('centrifuge-1', 'operationState')?.value).toBe('completed');
    expect(bottle.contents.pellet).toBeDefined();
  });
});
