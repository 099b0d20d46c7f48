import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/control/journal.ts';
import { readRecipe } from '../../src/main/control-files.ts';
import { productionOf } from '../../src/main/production.ts';
import { runDirect } from '../../src/main/run/run-direct.ts';
import { parseScene, readScene } from '../../src/main/scene-files.ts';
import { runScene } from './support/run-scene.ts';

/** What a laboratory has in its free dock, what its medium main and the patient's bag hold. */
interface Lab {
  readonly module: string;
  readonly medium: string;
  readonly material: string;
  readonly volume: string;
}

const SEED = 1;
const FILE = fileURLToPath(new URL('../../scenes/modular-lab.yaml', import.meta.url));

/** The modular laboratory set up for another product, and a batch of it. */
async function make(recipe: string, lab: Lab) {
  const { text = '' } = readScene(FILE);
  const scene = text
    .replace(
      'devices:\n',
      `devices:
  extra: { type: ${lab.module}, title: Extra, in: bench-south.dock1 }
  connector-extra: { type: sterile-connector, title: Connector, in: extra.connector }
`,
    )
    .replace('liquid: expansion-medium', `liquid: ${lab.medium}`)
    .replace('liquid: apheresis, volume: 100 ml', `liquid: ${lab.material}, volume: ${lab.volume}`);
  const read = parseScene(scene, FILE);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const found = readRecipe(recipe);
  if ('problems' in found) throw new Error(JSON.stringify(found.problems));
  return runDirect({
    scene: read.scene,
    sceneFile: FILE,
    sceneText: scene,
    seed: SEED,
    mode: { kind: 'max' },
    production: productionOf(read.scene, found.recipe),
    until: undefined,
    signal: new AbortController().signal,
    journal: undefined,
    onProgress: () => undefined,
  });
}

describe('products beside CAR-T by virus, in a laboratory set up for each', () => {
  it.each([
    {
      recipe: 'car-t-transposon',
      lab: {
        module: 'electroporation-module',
        medium: 'expansion-medium',
        material: 'apheresis',
        volume: '100 ml',
      },
      // 51 +- 14 % by Sleeping Beauty in patients' cells (doi 10.1016/j.omtm.2017.12.003); two deviations.
      carPositive: [0.23, 0.79],
      cells: 4e8,
    },
    {
      recipe: 'car-nk',
      lab: {
        module: 'liquid-module',
        medium: 'nk-medium',
        material: 'nk-apheresis',
        volume: '100 ml',
      },
      // Published range of transduction of NK cells, assumed 10 to 40 %.
      carPositive: [0.1, 0.4],
      cells: 8e8,
    },
    {
      recipe: 'msc',
      lab: {
        module: 'liquid-module',
        medium: 'msc-medium',
        material: 'cord-tissue-cells',
        volume: '20 ml',
      },
      carPositive: [0, 0],
      // A dose of 1e6 per kg for an adult of 70 kg.
      cells: 7e7,
    },
  ])(
    '$recipe: completes, is a dose, breaks no rule',
    async ({ recipe, lab, carPositive, cells }) => {
      const { batches, report, violations } = await make(recipe, lab);
      expect(batches[0]?.reason).toBeUndefined();
      expect(batches[0]?.outcome).toBe('complete');
      const product = report.products['P-001'];
      expect(product?.viableCells).toBeGreaterThan(cells);
      expect(product?.viability).toBeGreaterThan(0.7);
      expect(product?.carPositive).toBeGreaterThanOrEqual(carPositive[0] ?? 0);
      expect(product?.carPositive).toBeLessThanOrEqual(carPositive[1] ?? 0);
      expect(violations).toEqual([]);
      expect(report.worstRelativeError).toBeLessThan(1e-9);
    },
  );

  it('a module that is supplied with another medium is not used', async () => {
    const lab: Lab = {
      module: 'liquid-module',
      medium: 'expansion-medium',
      material: 'cord-tissue-cells',
      volume: '20 ml',
    };
    const { batches } = await make('msc', lab);
    expect(batches[0]?.outcome).toBe('failed');
    expect(batches[0]?.reason).toMatch(/no module for liquid is supplied with msc-medium/);
  });
});

describe('a large batch of stromal cells in the matrix', () => {
  it('is made in sublots of one donor, each with bag, cassette and label of its own', async () => {
    const record: JournalEntry[] = [];
    const { batches, report, violations } = await runScene('farming-matrix', 'msc', SEED, {
      batches: 2,
      onEntry: (entry) => record.push(entry),
    });
    expect(batches.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
      'P-001 complete',
      'P-002 complete',
    ]);
    const parts = batches.flatMap(({ sublots = [] }) => sublots.map(({ id }) => id));
    expect(parts).toEqual([
      'P-001/1',
      'P-001/2',
      'P-001/3',
      'P-001/4',
      'P-002/1',
      'P-002/2',
      'P-002/3',
      'P-002/4',
    ]);
    const cells = (lot: string): number[] =>
      parts.filter((id) => id.startsWith(lot)).map((id) => report.products[id]?.viableCells ?? 0);
    for (const lot of ['P-001', 'P-002']) {
      // Four doses of 1e6 per kg for an adult of 70 kg.
      expect(cells(lot).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(4 * 7e7);
    }
    // Parts of a lot are of one donor and differ by their bags and times only.
    const spread = (values: readonly number[]): number => Math.max(...values) / Math.min(...values);
    expect(spread(cells('P-001'))).toBeLessThan(2);
    expect(
      record.filter((entry) => entry.type === 'operation' && entry.command === 'receive'),
    ).toHaveLength(8);
    expect(violations).toEqual([]);
    expect(report.worstRelativeError).toBeLessThan(1e-9);
  });
});
