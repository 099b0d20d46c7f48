import { describe, expect, it } from 'vitest';
import { liquid } from '../../../src/bio-models/liquids.ts';
import {
  atOsmoticRest,
  followOsmosis,
  OSMOTIC_STRESS,
  type OsmoticState,
  osmoticSurvival,
} from '../../../src/bio-models/osmotic-shock.ts';
import { livingCells } from '../../../src/bio-models/readouts.ts';
import { S } from '../../../src/bio-models/species.ts';

/** DMSO of a 10 % v/v solution [mol/m3]. */
const TEN_PERCENT = 1408;

/** Dilutes cells at rest in `dmso` by `added` volumes of plain buffer in `seconds`. */
function dilute(dmso: number, added: number, seconds: number): OsmoticState {
  const parts = 40;
  let state = atOsmoticRest(dmso);
  for (let i = 0; i < parts; i++) {
    const at = (k: number): number => dmso / (1 + (added * k) / parts);
    state = followOsmosis(state, at(i), at(i + 1), seconds / parts);
  }
  return state;
}

describe('osmotic shock', () => {
  it('swells to the closed form when the step is sudden', () => {
    const { largest } = dilute(TEN_PERCENT, 1, 0);
    expect(largest).toBeCloseTo(0.4 + (0.6 * (300 + TEN_PERCENT)) / (300 + TEN_PERCENT / 2), 9);
  });

  it('spares cells that are diluted one to one, as practice has it, and bursts them in plain buffer', () => {
    expect(osmoticSurvival(dilute(TEN_PERCENT, 1, 0))).toBe(1);
    expect(osmoticSurvival(dilute(TEN_PERCENT, 9, 0))).toBe(0);
    expect(osmoticSurvival(dilute(TEN_PERCENT, 9, 600))).toBe(1);
  });

  it('is the milder the slower the dilution', () => {
    const swollen = [0, 30, 120, 600].map((seconds) => dilute(TEN_PERCENT, 9, seconds).largest);
    expect([...swollen].sort((a, b) => b - a)).toEqual(swollen);
  });

  it('comes to rest at the concentration outside', () => {
    let state = dilute(TEN_PERCENT, 1, 0);
    for (let i = 0; i < 20; i++) state = followOsmosis(state, 704, 704, 30);
    expect(state.inside).toBeCloseTo(704, 6);
  });

  it('shrinks cells to which cryoprotectant is added, and kills none up to ten percent', () => {
    const at = (dmso: number) => followOsmosis(atOsmoticRest(0), dmso, dmso, 0);
    expect(at(TEN_PERCENT).smallest).toBeCloseTo(0.4 + (0.6 * 300) / (300 + TEN_PERCENT), 9);
    expect(osmoticSurvival(at(TEN_PERCENT))).toBe(1);
    expect(osmoticSurvival(at(2 * TEN_PERCENT))).toBeLessThan(0.9);
  });

  it('bursts cells once, and counts them', () => {
    const amounts = liquid('transduced-cells', 1e-4);
    const before = livingCells(amounts);
    const shocked = followOsmosis(atOsmoticRest(TEN_PERCENT), 480, 480, 0);
    const survival = osmoticSurvival(shocked);
    expect(survival).toBeGreaterThan(0.1);
    expect(survival).toBeLessThan(0.9);
    const rest = atOsmoticRest(TEN_PERCENT);
    OSMOTIC_STRESS.apply(amounts, OSMOTIC_STRESS.survival(rest, shocked));
    expect(OSMOTIC_STRESS.survival(shocked, shocked)).toBe(1);
    expect(livingCells(amounts) / before).toBeCloseTo(survival, 9);
    expect(amounts[S.cellsLysed]).toBeCloseTo(before * (1 - survival), 0);
  });
});
