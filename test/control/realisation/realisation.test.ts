import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PlantDescription } from '../../../src/kernel/plant-contract.ts';
import { PHASE_LIBRARY } from '../../../src/control/phase-library.ts';
import { loadRealisation } from '../../../src/control/realisation/load-realisation.ts';
import { ownRealisations } from '../../../src/control/realisation/own-realisations.ts';
import { realise, UnsuitablePlantError } from '../../../src/control/realisation/realise.ts';
import { loadRecipe } from '../../../src/control/recipe/load-recipe.ts';
import type { Recipe } from '../../../src/control/recipe/schema.ts';
import { buildTwin } from '../../../src/main/plant-assembly.ts';
import { productionOf } from '../../../src/main/production.ts';
import { readRecipe } from '../../../src/main/control-files.ts';
import { readScene } from '../../../src/main/scene-files.ts';

const ENCLOSED = readFileSync('src/control/realisations/enclosed-plant.yaml', 'utf8');

const problemsOf = (text: string): string => {
  const result = loadRealisation(text, 'r.yaml', PHASE_LIBRARY);
  return 'realisation' in result
    ? ''
    : result.problems.map((p) => `${p.file}:${p.line} ${p.message} | ${p.remedy}`).join('\n');
};

describe('realisation of the enclosed plant', () => {
  it('is valid', () => expect(problemsOf(ENCLOSED)).toBe(''));

  const cases: readonly (readonly [string, string, string, RegExp])[] = [
    ['an unknown key', 'title: Enclosed', 'titel: x\ntitle: Enclosed', /unknown key "titel"/],
    ['an unknown function', '\n  thaw:\n', '\n  thwa:\n', /unknown function "thwa".*thaw,/],
    ['an unknown phase', 'phase: thawBag', 'phase: thawBags', /unknown phase "thawBags".*thawBag,/],
    ['a wrong unit', 'flow: 100 ml/min', 'flow: 100 ml', /"ml" \(volume\).*mL\/min/],
    ['an unknown vessel', 'to: culture,', 'to: cultrue,', /no vessel "cultrue"/],
    ['an unknown product', 'into: selected\n', 'into: elsewhere\n', /no vessel "elsewhere"/],
    ['an unknown reference', 'cells: =cells }', 'cells: =cels }', /has no parameter "cels"/],
    ['an unknown parameter', 'titre: 1.0e+8', 'titer: 1.0e+8', /unknown parameter "titer"/],
    ['missing equipment', '  welder: { device: tube-welder }\n', '', /equipment "welder"/],
    ['a role found twice', '{ type: decapper }', '{ type: a, device: b }', /one of type, device/],
    ['a foreign specification', '{ rate: freezer', '{ rat: freezer', /no specification "rat"/],
    ['a cover that is none', 'rate: freezer.freeze.rate', 'rate: freezer', /nothing that covers/],
  ];
  it.each(cases)('reports %s with line and remedy', (_name, passage, replacement, expected) => {
    const at = ENCLOSED.indexOf(passage);
    expect(at).toBeGreaterThan(0);
    const problems = problemsOf(ENCLOSED.replace(passage, replacement));
    expect(problems).toMatch(expected);
    expect(problems.split('\n').every((line) => / \| \S.{8}/.test(line))).toBe(true);
  });
});

function carT(change: (text: string) => string = (text) => text): Recipe {
  const read = readRecipe('car-t');
  const result = loadRecipe(change(read.text ?? ''), 'car-t.yaml');
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.recipe;
}

function plantOf(file: string) {
  const read = readScene(file);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return { plant: buildTwin(read.scene, 1).describe(), scene: read.scene };
}

describe('realise', () => {
  const { plant, scene } = plantOf('scenes/enclosed-plant.yaml');
  const bind = (recipe: Recipe, to: PlantDescription = plant) =>
    realise(recipe, ownRealisations(), to, productionOf(scene, recipe).configuration).realised;
  const problems = (recipe: Recipe, to?: PlantDescription): readonly string[] => {
    try {
      bind(recipe, to);
      return [];
    } catch (error) {
      if (error instanceof UnsuitablePlantError) return error.problems;
      throw error;
    }
  };

  it('chooses by what the plant has', () => {
    expect(bind(carT()).realisation).toBe('enclosed-plant');
    const suite = plantOf('scenes/expansion-suite.yaml');
    const incubate = readRecipe('test/main/fixtures/incubate.yaml');
    if (!('recipe' in incubate)) throw new Error('broken fixture');
    expect(bind(incubate.recipe, suite.plant).realisation).toBe('reactor-suite');
  });

  it('hands the values of the recipe on to the phases, in their units', () => {
    const [wash] = bind(carT()).steps[1]?.entries[1]?.repeat ?? [];
    expect(wash?.specifications).toEqual({ acceleration: '400 xg' });
    expect(wash?.phases[0]?.with).toMatchObject({
      vessel: 'cells',
      acceleration: 400,
      duration: 10,
      keep: 10,
    });
    expect(wash?.covering).toEqual({ centrifuge: ['centrifuge'] });
  });

  it('follows the cells from vessel to vessel', () => {
    const counted = bind(carT()).steps.flatMap(({ entries }) =>
      entries.filter((e) => e.function === 'count').map((e) => e.phases[0]?.with.vessel),
    );
    expect(counted).toEqual(['cells', 'selected', 'culture', 'harvest1', 'harvest1']);
  });

  it('refuses a function that nothing in the plant can do, where the recipe asks for it', () => {
    const electric = carT((text) =>
      text.replace(
        '- { function: addVector, with: { multiplicity: 8.5 } }',
        `- function: electroporate
        with: { spin: 10 min, keep: 10 ml, volume: 40 ml, pulseDuration: 20 ms, pulses: 1, reagent: 1 }
        require: { acceleration: 300 xg, voltage: 400 V }`,
      ),
    );
    expect(problems(electric)).toEqual([
      expect.stringMatching(
        /^enclosed-plant has nothing that can electroporate: needed by step 7 Genetic modification \(car-t\.yaml:70\): /,
      ),
    ]);
  });

  it('refuses what the equipment does not cover', () => {
    const fast = carT((text) => text.replaceAll('400 xg', '3400 xg'));
    const slow = structuredClone(plant);
    const spin = slow.devices.find(({ id }) => id === 'centrifuge')?.commands;
    const range = spin?.find(({ name }) => name === 'spin')?.parameters[0];
    expect(range?.name).toBe('acceleration');
    Object.assign(range ?? {}, { range: [100, 2000] });
    expect(problems(fast)).toEqual([]);
    expect(problems(fast, slow)[0]).toMatch(
      /nothing that can wash: .*: spin of centrifuge takes acceleration of 100 to 2000 \[g\], not the acceleration of 3400 xg/,
    );
    const fine = carT((text) =>
      text.replace('glucoseResolution: 0.1 mM', 'glucoseResolution: 0.001 mM'),
    );
    expect(problems(fine)[0]).toMatch(
      /nothing that can expand: .*: bioreactor-1 shows glucose to 0.\d+ mmol\/L, not to the glucoseResolution of 0.001 mM/,
    );
  });

  it('names a missing device with its role and a missing vessel with its name', () => {
    const poor = { ...plant, devices: plant.devices.filter(({ id }) => id !== 'welder-aisle') };
    expect(problems(carT(), poor)).toEqual([
      expect.stringMatching(/can thaw: .*: it has no welder-aisle for the role welderAisle$/),
    ]);
    const recipe = carT();
    const { vessels, ...rest } = productionOf(scene, recipe).configuration;
    const others = { ...vessels };
    delete others['vector-vial'];
    const realised = (without: readonly string[]) => {
      const offers = ownRealisations().map((offer) => {
        const kits = Object.entries(offer.realisation.kits).map(([kit, items]) => [
          kit,
          without.includes(kit) ? {} : items,
        ]);
        const realisation = { ...offer.realisation, kits: Object.fromEntries(kits) };
        return { ...offer, realisation };
      });
      return realise(recipe, offers, plant, { ...rest, vessels: others });
    };
    // What a kit brings need not stand in the scene.
    expect(() => realised([])).not.toThrow();
    expect(() => realised(['vector'])).toThrow(
      /can addVector: .*: the scene has no vessel vector-vial \(vector of the realisation\)/,
    );
  });
});
