import { describe, expect, it } from 'vitest';
import { holdingState } from '../../src/bio-models/holding.ts';
import { liquid } from '../../src/bio-models/liquids.ts';
import { S } from '../../src/bio-models/species.ts';
import {
  apheresis,
  cordTissueCells,
  nkApheresis,
} from '../../src/bio-models/starting-materials.ts';
import { MICROS_PER_MINUTE } from '../../src/kernel/time.ts';
import { shelfLife, type ShelfLifeRules } from '../../src/twin/observers/shelf-life.ts';
import type { Twin } from '../../src/twin/twin.ts';
import { SCENE_YAML, testTwin } from './support/test-plant.ts';

const YAML = SCENE_YAML.replace('lot: L1', 'lot: P-001');

/** Particles of the test plant keep an hour, unless they are gassed. */
const RULES: ShelfLifeRules = {
  cells: (amounts) => amounts[2] ?? 0,
  holding: (_amounts, _temperature, gassed) =>
    gassed ? undefined : { name: 'waiting cells', seconds: 3600 },
  isCulture: () => true,
};

function run(minutes: number, act: (twin: Twin) => void = () => undefined): string[] {
  const twin = testTwin(1, YAML, [shelfLife(RULES)]);
  twin.advanceTo(40 * MICROS_PER_MINUTE);
  act(twin);
  twin.advanceTo(minutes * MICROS_PER_MINUTE);
  return twin
    .takeEvents()
    .flatMap((e) => (e.type === 'observer.violation' ? [e.violation.cause] : []));
}

const pourOver = ({ plant, now }: Twin, volume: number): void =>
  plant.deposit(
    plant.vessel('bottle-2'),
    plant.withdraw(plant.vessel('bottle-1'), volume, 'mixed', now),
    now,
  );

const gas = ({ plant, now }: Twin, vessel: string): void =>
  plant.setEnvironment(
    plant.vessel(vessel),
    {
      ambientTemperature: 310,
      heatTransfer: 1,
      gas: { kLa: 0, oxygenSetpoint: 1, phSetpoint: 7, pressure: 1e5 },
    },
    now,
  );

describe('shelf life', () => {
  it('is reported once when it is over, not before', () => {
    expect(run(60)).toEqual([]);
    expect(run(300)).toEqual([
      'bottle-1: waiting cells for 1.2 h, they keep 1.0 h; go on with the batch or discard it',
    ]);
  });

  it('goes on when the cells are poured into another vessel', () => {
    const found = run(75, (twin) => pourOver(twin, 1));
    expect(found).toEqual([expect.stringContaining('bottle-2: waiting cells for 1.2 h')]);
  });

  it('does not run in culture, also when something is left over outside', () => {
    expect(run(300, (twin) => gas(twin, 'bottle-1'))).toEqual([]);
    const split = (twin: Twin): void => {
      pourOver(twin, 120e-6);
      gas(twin, 'bottle-2');
    };
    expect(run(300, split)).toEqual([]);
  });
});

describe('the state in which cells wait', () => {
  const cells = apheresis(1, 'P-001', 1e-4);
  const washed = liquid('transduced-cells', 1e-4);
  const carNk = nkApheresis(1, 'D-001', 1e-4);
  carNk[S.nkActiveCar] = 1e8;
  const bank = cordTissueCells(1, 'D-001', 1e-5);
  const harvested = liquid('quench-medium', 1e-4);
  harvested[S.mscSuspended] = 1e8;
  const layer = liquid('msc-medium', 1e-4);
  layer[S.mscAttached] = 1e7;

  it.each([
    ['frozen', cells, 150, false, undefined],
    ['thawed in DMSO', cells, 294, false, 'thawed cells in DMSO'],
    ['washed, cool', washed, 279, false, 'cells out of culture'],
    ['warm', washed, 310, false, undefined],
    ['gassed', washed, 294, true, undefined],
    ['NK product in DMSO', carNk, 294, false, 'product in DMSO'],
    ['bank of stromal cells', bank, 294, false, 'stromal cells in DMSO'],
    ['harvested stromal cells', harvested, 278, false, 'stromal cells in suspension'],
    ['attached stromal cells', layer, 294, false, 'cells out of culture'],
    ['attached stromal cells', layer, 310, false, undefined],
    ['no cells', liquid('wash-buffer', 1e-4), 294, false, undefined],
  ])('%s', (_, amounts, temperature, gassed, name) => {
    expect(holdingState(amounts, temperature, gassed)?.name).toBe(name);
  });
});
