import { describe, expect, it } from 'vitest';
import { liquid } from '../../src/bio-models/liquids.ts';
import { attachedCells, confluence, livingOf, viability } from '../../src/bio-models/readouts.ts';
import { S, SPECIES_COUNT } from '../../src/bio-models/species.ts';
import { fillWith } from '../../src/bio-models/starting-materials.ts';
import { bottleRack } from '../../src/device-emulators/devices/bottle-rack/definition.ts';
import { IDENTITY_POSE } from '../../src/kernel/pose.ts';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE } from '../../src/kernel/time.ts';
import { emptyContents } from '../../src/physics/fluids/contents.ts';
import { batchesIn } from '../../src/twin/observers/batch-mixing.ts';
import type { VesselState } from '../../src/twin/plant-state.ts';
import { VESSEL_KINDS } from '../../src/twin/vessel-kinds.data.ts';
import { devicePlant } from '../device-emulators/support/device-plant.ts';

const KIND = 'cassette-a1000';
const SURFACE = VESSEL_KINDS[KIND]?.surface ?? 0;
const GAS = { kLa: 1 / 3600, oxygenSetpoint: 0.9, phSetpoint: 7.35, pressure: 101_325 };

/** A plant with an adherent cassette in the hands of the test. */
function bench() {
  const { twin } = devicePlant(
    [bottleRack],
    'devices:\n  rack: { type: bottle-rack, title: Rack, zone: hall, at: [1 m, 1 m, 0 m] }\nvessels: {}\nlines: {}',
  );
  const { plant } = twin;
  const empty = (id: string, kind: string, batch: string): VesselState => {
    plant.addVessel({
      id,
      kind,
      batch,
      waste: false,
      contents: emptyContents(310.15),
      since: 0,
      environment: { ambientTemperature: 310.15, heatTransfer: 5, gas: GAS },
      whereabouts: { at: 'floor', zone: 'hall', pose: IDENTITY_POSE },
      capped: false,
      sealed: true,
    });
    return plant.vessel(id);
  };
  const cassette = empty('cassette', KIND, 'D-001');
  const drain = empty('drain', 'tank-200l', '');
  plant.state.batches.add('D-001');
  const pour = (lot: string, amounts: Float64Array): void => {
    plant.deposit(cassette, { portions: [{ lot, amounts }], temperature: 310.15 }, twin.now);
    twin.massBalance.bring(amounts);
  };
  const remove = (): void => {
    const all = plant.withdraw(cassette, 1, 'mixed', twin.now);
    plant.deposit(drain, all, twin.now);
  };
  const amounts = (): Float64Array => {
    const out = new Float64Array(SPECIES_COUNT);
    plant.project(cassette, twin.now, out);
    return out;
  };
  const wait = (minutes: number): void => {
    twin.advanceTo(twin.now + minutes * MICROS_PER_MINUTE);
  };
  return { twin, cassette, drain, pour, remove, amounts, wait };
}

describe('stromal cells in an adherent cassette', () => {
  it('attach, keep through changes of medium, and come off with trypsin', () => {
    const { twin, cassette, pour, remove, amounts, wait } = bench();
    const cells = fillWith('cord-tissue-cells', 10e-6, 1, 'D-001');
    pour('D-001', cells);
    pour('medium', liquid('msc-medium', 0.99e-3));
    wait(24 * 60);
    const attached = attachedCells(amounts());
    expect(attached).toBeGreaterThan(0.8 * (cells[S.mscSuspended] ?? 0));

    // Dead and loose cells, DMSO and medium go, the layer stays, also without liquid for a moment.
    remove();
    expect(attachedCells(amounts())).toBeCloseTo(attached, -3);
    expect(amounts()[S.mscDead]).toBe(0);
    expect(batchesIn(twin.plant, cassette)).toEqual(['D-001']);
    pour('medium', liquid('msc-medium', 1e-3));
    expect(viability(amounts())).toBeGreaterThan(0.999);
    wait(3 * 24 * 60);
    expect(confluence(amounts(), SURFACE)).toBeGreaterThan(0.4);

    remove();
    pour('buffer', liquid('electroporation-buffer', 0.2e-3));
    remove();
    pour('trypsin', liquid('trypsin', 0.2e-3));
    wait(6);
    const grown = livingOf(amounts(), 'msc');
    pour('quench', liquid('quench-medium', 0.2e-3));
    remove();
    expect(attachedCells(amounts())).toBeLessThan(0.15 * grown);
    expect(twin.massBalance.worst(twin.plant, twin.now).relativeError).toBeLessThan(1e-9);
  });

  it('die when the cassette stays without liquid', () => {
    const { pour, remove, amounts, wait } = bench();
    const layer = liquid('msc-medium', 1e-3);
    layer[S.mscAttached] = 1e8;
    pour('D-001', layer);
    remove();
    wait(60);
    expect(amounts()[S.mscAttached]).toBeLessThan(0.01 * 1e8);
    expect(amounts()[S.mscDead]).toBeGreaterThan(0.98 * 1e8);
  });

  it('a day of culture goes on where it was, however often somebody looks', () => {
    const [seen, unseen] = [bench(), bench()];
    for (const { pour } of [seen, unseen]) {
      const layer = liquid('msc-medium', 1e-3);
      layer[S.mscAttached] = 2e7;
      pour('D-001', layer);
    }
    for (let hour = 0; hour < 24; hour++) {
      seen.wait(60);
      seen.amounts();
    }
    unseen.twin.advanceTo(24 * MICROS_PER_HOUR);
    expect(seen.amounts()).toEqual(unseen.amounts());
  });
});
