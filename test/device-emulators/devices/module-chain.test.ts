import { describe, expect, it } from 'vitest';
import { carPositive, livingCells, purity, viability } from '../../../src/bio-models/readouts.ts';
import type { PortSet } from '../../../src/device-emulators/definition/coupling.ts';
import type { Value } from '../../../src/kernel/plant-contract.ts';
import type { DevicePlant } from '../support/device-plant.ts';
import { MODULES, moduleLab } from '../support/module-lab.ts';

/** All modules with connectors, a frozen bag and an empty cassette. */
function lab(): DevicePlant {
  const links = MODULES.filter((name) => name !== 'freezer').map(
    (name) => `  link-${name}: { type: sterile-connector, title: Link, in: ${name}.connector }`,
  );
  const p = moduleLab(
    '  bag: { kind: cryobag, place: thaw.bag, batch: P-001, fill: { liquid: apheresis, volume: 100 ml, temperature: -80 degC, lot: P-001 } }',
    [
      ...links,
      '  cassette: { type: cell-cassette, title: Cassette, in: thaw.transfer, config: { core: s1000 } }',
    ].join('\n'),
  );
  expect(p.give('cassette', 'assign', { batch: 'P-001' })).toBe('');
  return p;
}

/** Carries the cassette to a module and connects it. */
function bring(p: DevicePlant, module: (typeof MODULES)[number], ports: PortSet): void {
  const { plant } = p.twin;
  const place = `${module}.transfer`;
  const cassette = plant.vessel('cassette.core');
  if (plant.occupant(place) === undefined) {
    const from = String(p.read('cassette', 'location')).split('.')[0] ?? '';
    run(p, `link-${from}`, 'disconnect');
    plant.move(cassette, { at: 'place', place }, p.twin.now);
  }
  run(p, `link-${module}`, 'connect', { ports });
}

function run(
  p: DevicePlant,
  module: string,
  command: string,
  parameters: Readonly<Record<string, Value>> = {},
): Readonly<Record<string, Value>> {
  const refused = p.give(module, command, parameters);
  expect(refused, `${module}.${command}`).toBe('');
  const runtime = p.twin.runtime(module);
  while (runtime.operation.state === 'running') p.twin.advanceTo(p.twin.nextEventTime);
  expect(runtime.operation.state, `${module}.${command} ${runtime.operation.message}`).toBe(
    'completed',
  );
  return runtime.operation.result;
}

function amounts(p: DevicePlant, vessel = 'cassette.core'): Float64Array {
  const out = new Float64Array(p.twin.plant.speciesCount);
  p.twin.plant.project(p.twin.plant.vessel(vessel), p.twin.now, out);
  return out;
}

/** Millions of living cells per millilitre. */
function measure(p: DevicePlant): number {
  bring(p, 'measuring', 'sample');
  expect(p.give('cassette', 'openSamplingValve')).toBe('');
  const { viableDensity } = run(p, 'measuring', 'measure');
  p.give('cassette', 'closeSamplingValve');
  return Number(viableDensity);
}

/** Takes cells out in the magnet module until `millions` are left. */
function limitCells(p: DevicePlant, millions: number): void {
  const density = measure(p);
  bring(p, 'magnet', 'process');
  const held = Number(p.read('magnet', 'volume'));
  run(p, 'magnet', 'mix');
  run(p, 'magnet', 'remove', { volume: Math.max(0.05, held - millions / density) });
}

/** From the frozen apheresis to activated cells in medium. */
function activate(p: DevicePlant): void {
  run(p, 'thaw', 'thaw', { target: 15 });
  bring(p, 'thaw', 'process');
  run(p, 'thaw', 'transferToCassette', { dilution: 1 });
  bring(p, 'centrifuge', 'process');
  run(p, 'centrifuge', 'wash', { cycles: 2, keep: 10, volume: 150 });
  run(p, 'centrifuge', 'concentrate', { keep: 20 });
  bring(p, 'magnet', 'process');
  run(p, 'magnet', 'select', { beads: 5, duration: 30, keep: 40 });
  limitCells(p, 350);
  run(p, 'magnet', 'add', { liquid: 'medium', volume: 90 });
  run(p, 'magnet', 'addBeads', { volume: 2.6 });
  bring(p, 'transduction', 'perfusion');
  run(p, 'transduction', 'temper', { temperature: 37, agitation: 10, duration: 36 });
}

describe('process modules one after another', () => {
  it('make transduced cells of an apheresis, losing nothing and mixing nobody', () => {
    const p = lab();
    const start = livingCells(amounts(p, 'bag'));
    activate(p);
    expect(purity(amounts(p), 't')).toBeGreaterThan(0.9);
    // 350 million were left, which double once in 36 h, the first day being their lag.
    expect(livingCells(amounts(p))).toBeGreaterThan(3e8);
    expect(livingCells(amounts(p))).toBeLessThan(1e9);
    expect(livingCells(amounts(p))).toBeLessThan(0.3 * start);
    const density = measure(p);
    bring(p, 'transduction', 'perfusion');
    const cells = density * Number(p.read('transduction', 'volume'));
    run(p, 'transduction', 'addVector', { volume: Number(((8.5 * cells) / 100).toFixed(2)) });
    run(p, 'transduction', 'temper', { temperature: 37, agitation: 10, duration: 24 });
    // Mean 37 % at nominal MOI 5 to 10; donors and doses scatter.
    expect(carPositive(amounts(p))).toBeGreaterThan(0.2);
    bring(p, 'magnet', 'process');
    run(p, 'magnet', 'removeBeads', { duration: 5 });
    bring(p, 'centrifuge', 'process');
    run(p, 'centrifuge', 'wash', { keep: 10, volume: 100 });
    run(p, 'centrifuge', 'concentrate', { keep: 20 });
    bring(p, 'fill', 'product');
    const held = Number(p.read('fill', 'volume'));
    run(p, 'fill', 'addFinal', { buffer: Math.max(0, 25 - held), cryoprotectant: 25 });
    const { bag } = run(p, 'fill', 'fill', { volume: 60, untilEmpty: true });
    run(p, 'fill', 'seal');
    const product = p.twin.plant.vessel(String(bag));
    expect(product.batch).toBe('P-001');
    expect(viability(amounts(p, product.id))).toBeGreaterThan(0.8);
    p.twin.plant.move(product, { at: 'place', place: 'freezer.bag' }, p.twin.now);
    const { coolingRate } = run(p, 'freezer', 'freeze', { rate: 1, target: -80 });
    expect(Number(coolingRate)).toBeCloseTo(1, 0);
    expect(livingCells(amounts(p, product.id))).toBeGreaterThan(1e8);

    const { relativeError } = p.twin.massBalance.worst(p.twin.plant, p.twin.now);
    expect(relativeError).toBeLessThan(1e-9);
    const seen = p.twin
      .takeEvents()
      .flatMap((event) => (event.type === 'observer.violation' ? [event.violation] : []));
    expect(seen).toEqual([]);
  });

  it('bring genes in by pulses as well', () => {
    const p = lab();
    activate(p);
    bring(p, 'centrifuge', 'process');
    run(p, 'centrifuge', 'concentrate', { keep: 20 });
    bring(p, 'electroporation', 'process');
    run(p, 'electroporation', 'electroporate', { voltage: 400, pulseDuration: 0.5, reagent: 2 });
    bring(p, 'transduction', 'perfusion');
    run(p, 'transduction', 'add', { liquid: 'medium', volume: 200 });
    run(p, 'transduction', 'temper', { temperature: 37, agitation: 10, duration: 96 });
    expect(carPositive(amounts(p))).toBeGreaterThan(0.2);
    const { relativeError } = p.twin.massBalance.worst(p.twin.plant, p.twin.now);
    expect(relativeError).toBeLessThan(1e-9);
  });
});
