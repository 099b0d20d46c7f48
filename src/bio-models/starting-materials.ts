import { openStream } from '../kernel/random.ts';
import { liquid, LIQUID_NAMES } from './liquids.ts';
import { LINEAGES, type LineageName } from './populations.ts';
import { S } from './species.ts';

/** Makes a donor's material, which differs by seed and batch. */
type Material = (seed: number, batch: string, volume: number) => Float64Array;

/** DMSO of a 10 % v/v solution [mol/m3]. */
const TEN_PERCENT_DMSO = 1408;
/** Protein of plasma in a frozen apheresis [kg/m3]. */
const PLASMA_PROTEIN = 40;

/** Puts `count` cells of a lineage at rest, a share of them alive. */
function putCells(amounts: Float64Array, name: LineageName, count: number, alive: number): void {
  const { living, dead } = LINEAGES[name];
  amounts[living[0]] = count * alive;
  amounts[dead] = count * (1 - alive);
}

/**
 * A patient's frozen leukapheresis: T cells median 2.6e9 of 5.6e9 nucleated cells (tisa-cel patients,
 * doi 10.1038/s41408-024-01038-2), viability about 0.97, 10 % v/v DMSO.
 *
 * @param volume of the bag's contents [m3]
 */
export function apheresis(seed: number, batch: string, volume: number): Float64Array {
  const stream = openStream(seed, batch, 'apheresis');
  const amounts = liquid('wash-buffer', volume);
  const tCells = stream.logNormal(2.6e9, 0.35);
  const others = stream.logNormal(3e9, 0.35);
  const alive = 0.955 + 0.03 * stream.uniform();
  putCells(amounts, 't', tCells, alive);
  putCells(amounts, 'other', others, alive);
  amounts[S.platelets] = stream.logNormal(1e11, 0.4);
  amounts[S.erythrocytes] = stream.logNormal(2e10, 0.5);
  amounts[S.dmso] = TEN_PERCENT_DMSO * volume;
  amounts[S.protein] = PLASMA_PROTEIN * volume;
  return amounts;
}

/**
 * A healthy donor's frozen leukapheresis for NK cells: 2.4e10 nucleated cells with coefficient of
 * variation 0.29, of which 12 +- 6 % NK cells (doi 10.1111/trf.14564 table 1); 60 % T cells, assumed;
 * 10 % v/v DMSO.
 *
 * @param volume of the bag's contents [m3]
 */
export function nkApheresis(seed: number, batch: string, volume: number): Float64Array {
  const stream = openStream(seed, batch, 'nk-apheresis');
  const amounts = liquid('wash-buffer', volume);
  const cells = stream.logNormal(2.4e10, 0.29);
  const nk = Math.min(0.3, stream.logNormal(0.12, 0.5));
  const alive = 0.955 + 0.03 * stream.uniform();
  putCells(amounts, 'nk', nk * cells, alive);
  putCells(amounts, 't', 0.6 * cells, alive);
  putCells(amounts, 'other', (0.4 - nk) * cells, alive);
  amounts[S.platelets] = stream.logNormal(3e11, 0.4);
  amounts[S.erythrocytes] = stream.logNormal(6e10, 0.5);
  amounts[S.dmso] = TEN_PERCENT_DMSO * volume;
  amounts[S.protein] = PLASMA_PROTEIN * volume;
  return amounts;
}

/**
 * A bag of frozen umbilical-cord stromal cells of an early passage, from a donor's bank: 2e7 cells,
 * viability 0.9 before freezing damage shows, 10 % v/v DMSO; assumed.
 *
 * @param volume of the bag's contents [m3]
 */
export function cordTissueCells(seed: number, batch: string, volume: number): Float64Array {
  const stream = openStream(seed, batch, 'cord-tissue-cells');
  const amounts = liquid('wash-buffer', volume);
  const cells = stream.logNormal(2e7, 0.1);
  const alive = 0.9 + 0.06 * stream.uniform();
  putCells(amounts, 'msc', cells, alive);
  amounts[S.dmso] = TEN_PERCENT_DMSO * volume;
  amounts[S.protein] = PLASMA_PROTEIN * volume;
  return amounts;
}

const MATERIALS: Readonly<Record<string, Material>> = {
  apheresis,
  'nk-apheresis': nkApheresis,
  'cord-tissue-cells': cordTissueCells,
};

/** All that a vessel can be filled with. */
export const FILL_NAMES: readonly string[] = [...LIQUID_NAMES, ...Object.keys(MATERIALS)];

/** Amounts of `volume` [m3] of a liquid or of a donor's material. Throws RangeError for another name. */
export function fillWith(name: string, volume: number, seed: number, batch: string): Float64Array {
  return MATERIALS[name]?.(seed, batch, volume) ?? liquid(name, volume);
}
