import { describe, expect, it } from 'vitest';
import { liquid } from '../../../src/bio-models/liquids.ts';
import { livingOf, livingTCells, purity } from '../../../src/bio-models/readouts.ts';
import { S } from '../../../src/bio-models/species.ts';
import { apheresis, nkApheresis } from '../../../src/bio-models/starting-materials.ts';
import { magnetModule } from '../../../src/device-emulators/devices/magnet-module/definition.ts';
import type { DeviceBench } from '../support/device-bench.ts';
import { benchModule, couple, expectConserved, ml, pour } from '../support/module-bench.ts';

/** Cells from which a wash has taken all but a hundredth of the cryoprotectant. */
function washed(amounts: Float64Array): Float64Array {
  amounts[S.dmso] = 0.01 * (amounts[S.dmso] ?? 0);
  return amounts;
}

function ready(amounts = washed(apheresis(1, 'P-001', 100e-6))): DeviceBench {
  const bench = benchModule(magnetModule, { cassette: { amounts } });
  pour(bench, 'selectionBeads', 'selection-beads', 100);
  pour(bench, 'nkSelectionBeads', 'nk-selection-beads', 100);
  pour(bench, 'activationBeads', 'activation-beads', 100);
  pour(bench, 'nkActivationBeads', 'nk-activation-beads', 100);
  return bench;
}

const amounts = (bench: DeviceBench): Float64Array => bench.plant.port.amounts('cassette');

describe('magnet module', () => {
  it('selects T cells as a column does, into a small volume of buffer', () => {
    const bench = ready();
    const before = bench.plant.total();
    expect(bench.run('select', { beads: 5, duration: 30, keep: 40 })).toBe('completed');
    const recovery = livingTCells(amounts(bench)) / livingTCells(before);
    // Published for a clinical selection: recovery 0.55 +- 0.06, purity 0.98 +- 0.04 (PMID 29287970).
    expect(recovery).toBeGreaterThan(0.43);
    expect(recovery).toBeLessThan(0.67);
    expect(purity(amounts(bench), 't')).toBeGreaterThan(0.9);
    expect(Math.abs(Number(bench.operation.result.volume) - 41)).toBeLessThan(2);
    // A hundredth of the liquid stays, and with it of what is dissolved.
    expect((amounts(bench)[S.dmso] ?? 0) / (before[S.dmso] ?? 1)).toBeCloseTo(0.01, 6);
    // 5 mL of beads at 30 mL/min; 105, 60 and 40 mL at 5 mL/min.
    expect(bench.now() / 1e6).toBeCloseTo(10 + 1800 + (205 / 5) * 60 + 15, 3);
    expectConserved(bench, before);
  });

  it('selects NK cells with their own beads', () => {
    const bench = ready(washed(nkApheresis(1, 'P-001', 100e-6)));
    const before = bench.plant.total();
    bench.run('select', { reagent: 'nkSelectionBeads', beads: 20, keep: 40 });
    expect(livingOf(amounts(bench), 'nk') / livingOf(before, 'nk')).toBeGreaterThan(0.1);
    expect(livingTCells(amounts(bench)) / livingTCells(before)).toBeLessThan(1e-3);
    expectConserved(bench, before);
  });

  it('an aborted selection has lost the share of the liquid that had passed', () => {
    const bench = ready();
    const before = bench.plant.total();
    bench.give('select', { beads: 5, duration: 30, keep: 40 });
    bench.advance(10 + 1800 + (105 / 5) * 30);
    expect(bench.channel('magnet')).toBe(1);
    bench.give('abort');
    bench.advance(0);
    expect(bench.machineState).toBe('idle');
    expect(ml(bench, 'cassette')).toBeCloseTo(105 * (1 - 0.99 / 2), 1);
    expectConserved(bench, before);
    expect(bench.run('select', { beads: 0, duration: 5, keep: 40 })).toBe('completed');
  });

  it('a weak field holds fewer cells and leaves more beads', () => {
    const [strong, weak] = [false, true].map((fault) => {
      const bench = ready();
      bench.runtime.setFault('weakField', fault);
      bench.run('select', { beads: 5 });
      bench.run('addBeads', { volume: 10 });
      expect(bench.alarms.includes('weakField')).toBe(fault);
      const beads = amounts(bench)[S.activationBeads] ?? 0;
      bench.run('removeBeads', { duration: 3 });
      bench.runtime.setFault('weakField', false);
      expect(bench.alarms).not.toContain('weakField');
      return {
        cells: livingTCells(amounts(bench)),
        left: (amounts(bench)[S.activationBeads] ?? 0) / beads,
      };
    });
    expect(weak?.cells ?? 0).toBeLessThan(0.6 * (strong?.cells ?? 0));
    expect(strong?.left ?? 1).toBeLessThan(0.01);
    expect(weak?.left ?? 0).toBeGreaterThan(0.1);
  });

  it('adds activation beads by volume and takes 99 to 99.9 percent of them away', () => {
    const bench = ready(liquid('expansion-medium', 60e-6));
    expect(bench.run('addBeads', { reagent: 'nkActivationBeads', volume: 10 })).toBe('completed');
    const added = amounts(bench)[S.nkActivationBeads] ?? 0;
    expect(Math.abs(added / 4e9 - 1)).toBeLessThan(0.02);
    const before = bench.plant.total();
    expect(bench.run('removeBeads', { duration: 10 })).toBe('completed');
    expect((amounts(bench)[S.nkActivationBeads] ?? 0) / added).toBeLessThan(0.01);
    expectConserved(bench, before);
  });

  it('a removal cut short takes nothing away', () => {
    const bench = ready();
    bench.run('addBeads', { volume: 10 });
    const before = amounts(bench);
    bench.give('removeBeads', { duration: 10 });
    bench.advance(300);
    bench.give('abort');
    expect(amounts(bench)).toEqual(before);
  });

  it('refuses what cassette, reservoirs and supplies do not allow', () => {
    const bench = ready(liquid('wash-buffer', 298e-6));
    expect(bench.give('select')).toBe('OVERFLOW');
    expect(bench.give('select', { beads: 0, keep: 400 })).toBe('OVERFLOW');
    bench.plant.port.refill('selectionBeads', undefined);
    expect(bench.give('select', { beads: 1 })).toBe('INSUFFICIENT_VOLUME');
    bench.plant.supplies.delete('drain');
    expect(bench.give('select', { beads: 0 })).toBe('NOT_CONNECTED');
    expect(bench.give('removeBeads')).toBe('NOT_CONNECTED');
    bench.plant.port.refill('cassette', undefined);
    expect(bench.give('select')).toBe('INSUFFICIENT_VOLUME');
    couple(bench, 'sample');
    expect(bench.give('addBeads', { volume: 1 })).toBe('NOT_CONNECTED');
  });
});
