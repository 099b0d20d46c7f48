import { S, SPECIES_COUNT } from './species.ts';
import { equilibriumCarbon } from './culture/acid-base.ts';
import { OXYGEN_AT_AIR_SATURATION } from './culture/parameters.ts';

/** Composition per volume, SI: mol/m3, kg/m3, IU/m3, TU/m3, 1/m3. */
type Composition = Partial<Readonly<Record<keyof typeof S, number>>>;

/** Strong-ion difference of bicarbonate-buffered medium [mol/m3]: 24 mM, pH 7.44 at 5 % CO2. */
const MEDIUM_SID = 24;

/** Dissolved carbon of medium kept under air or 5 % CO2 [mol/m3]. */
const MEDIUM_CARBON = equilibriumCarbon(MEDIUM_SID, 0.05 * 101_325);

const MEDIUM: Composition = {
  glucose: 25,
  glutamine: 4,
  strongIons: MEDIUM_SID,
  inorganicCarbon: MEDIUM_CARBON,
  oxygen: OXYGEN_AT_AIR_SATURATION,
  il2: 100e6,
  protein: 5,
};

/**
 * Liquids that a vessel can be filled with. Medium: about 25 mM glucose, 4 mM glutamine, 100 IU/ml
 * IL-2 (20 to 500 in use); for NK cells 500 IU/ml IL-2 and 10 ng/ml IL-15, assumed. For stromal
 * cells 5.5 mM glucose and 10 % serum, whose inhibitors bind 3 umol/l of trypsin, to quench twice as much;
 * assumed. Beads, vector, trypsin and DNA stocks are assumed concentrations.
 */
const LIQUIDS: Readonly<Record<string, Composition>> = {
  'expansion-medium': MEDIUM,
  'nk-medium': { ...MEDIUM, il2: 500e6, il15: 1e-5 },
  'msc-medium': {
    ...MEDIUM,
    il2: 0,
    glucose: 5.5,
    trypsinInhibitor: 3e-3,
  },
  // 0.05 % crude trypsin with EDTA, about a tenth of it active enzyme.
  trypsin: { strongIons: 10, inorganicCarbon: 10, oxygen: 0.205, trypsin: 2e-3 },
  'quench-medium': { ...MEDIUM, il2: 0, glucose: 5.5, trypsinInhibitor: 6e-3 },
  'wash-buffer': { strongIons: 10, inorganicCarbon: 10, oxygen: 0.205, protein: 5, glucose: 5 },
  'formulation-buffer': {
    strongIons: 10,
    inorganicCarbon: 10,
    oxygen: 0.205,
    protein: 50,
    glucose: 5,
  },
  cryoprotectant: { strongIons: 10, inorganicCarbon: 10, oxygen: 0.205, dmso: 2816, protein: 50 },
  'selection-beads': { strongIons: 10, inorganicCarbon: 10, selectionBeads: 4e15 },
  'activation-beads': { strongIons: 10, inorganicCarbon: 10, activationBeads: 4e14 },
  'nk-selection-beads': { strongIons: 10, inorganicCarbon: 10, nkSelectionBeads: 4e15 },
  'nk-activation-beads': { strongIons: 10, inorganicCarbon: 10, nkActivationBeads: 4e14 },
  vector: { ...MEDIUM, vector: 1e14 },
  'electroporation-buffer': { strongIons: 10, inorganicCarbon: 10, oxygen: 0.205, glucose: 20 },
  // DNA and transposase messenger RNA at 1 mg/ml of DNA.
  'transposon-dna': { strongIons: 10, inorganicCarbon: 10, oxygen: 0.205, plasmid: 1 },
  // Activated cells at 3e6/ml a day after engagement, with vector at seven per cell.
  'transduced-cells': { ...MEDIUM, tActive: 3e12, stimulus: 3e12, tDead: 1e11, vector: 2.1e13 },
};

export const LIQUID_NAMES: readonly string[] = Object.keys(LIQUIDS);

/** Amounts of `volume` [m3] of a named liquid. Throws RangeError for an unknown name. */
export function liquid(name: string, volume: number): Float64Array {
  const composition = LIQUIDS[name];
  if (composition === undefined) throw new RangeError(`unknown liquid ${name}`);
  const amounts = new Float64Array(SPECIES_COUNT);
  amounts[S.volume] = volume;
  for (const [species, value] of Object.entries(composition)) {
    amounts[S[species as keyof typeof S]] = value * volume;
  }
  return amounts;
}
