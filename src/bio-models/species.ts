/**
 * The species of the plant: rows of every vessel's amounts. Amounts are extensive and SI: m3, cells,
 * mol, kg, international units [IU], transducing units [TU], counts. A property that cells carry is
 * stored as property times cells, so that mixing and splitting keep it right.
 */
const NAMES = [
  'volume',
  'tResting',
  'tLag1',
  'tLag2',
  'tLag3',
  'tLag4',
  'tActive',
  'tActiveCar',
  'tDead',
  'otherLive',
  'otherDead',
  'platelets',
  'erythrocytes',
  'stimulus',
  'vectorHits',
  'cryoInjured',
  'selectionBeads',
  'activationBeads',
  'glucose',
  'glutamine',
  'lactate',
  'ammonium',
  'dmso',
  'il2',
  'strongIons',
  'inorganicCarbon',
  'oxygen',
  'vector',
  'protein',
  'cellsBorn',
  'cellsLysed',
  'vectorGone',
  'glucoseUsed',
  'glutamineUsed',
  'il2Used',
] as const;

export type SpeciesName = (typeof NAMES)[number];

/** Index of each species by name. */
export const S = Object.fromEntries(NAMES.map((name, i) => [name, i])) as Readonly<
  Record<SpeciesName, number>
>;

export const SPECIES_COUNT = NAMES.length;
export const SPECIES_NAMES: readonly SpeciesName[] = NAMES;

/** Things that sediment and that a cell filter holds back, with what they carry. */
const PARTICLES = new Set<SpeciesName>([
  'tResting',
  'tLag1',
  'tLag2',
  'tLag3',
  'tLag4',
  'tActive',
  'tActiveCar',
  'tDead',
  'otherLive',
  'otherDead',
  'platelets',
  'erythrocytes',
  'stimulus',
  'vectorHits',
  'cryoInjured',
  'selectionBeads',
  'activationBeads',
  'cellsBorn',
  'cellsLysed',
]);

const LIVING = new Set<SpeciesName>([
  'tResting',
  'tLag1',
  'tLag2',
  'tLag3',
  'tLag4',
  'tActive',
  'tActiveCar',
  'otherLive',
]);

const PARTICLE_FLAGS = NAMES.map((name) => PARTICLES.has(name));
const LIVING_FLAGS = NAMES.map((name) => LIVING.has(name));

/** Whether a species sediments and is held back by a cell filter. */
export function isParticle(species: number): boolean {
  return PARTICLE_FLAGS[species] ?? false;
}

/** Whether a species is a population of living nucleated cells. */
export function isLiving(species: number): boolean {
  return LIVING_FLAGS[species] ?? false;
}

/** Lactate formed per glucose used [mol/mol]; activated T cells are glycolytic, 1.3 to 1.9, assumed. */
export const LACTATE_PER_GLUCOSE = 1.5;

/** Ammonium formed per glutamine used [mol/mol]: 0.67 (CHO cells; doi 10.3390/bioengineering5010025). */
export const AMMONIUM_PER_GLUTAMINE = 0.67;

/** Combinations that neither transfers nor reactions change, by species weights. */
export const CONSERVED: readonly {
  readonly name: string;
  readonly weights: Readonly<Record<number, number>>;
}[] = [
  { name: 'volume', weights: { [S.volume]: 1 } },
  { name: 'dmso', weights: { [S.dmso]: 1 } },
  { name: 'protein', weights: { [S.protein]: 1 } },
  { name: 'strong ions', weights: { [S.strongIons]: 1 } },
  { name: 'selection beads', weights: { [S.selectionBeads]: 1 } },
  { name: 'activation beads', weights: { [S.activationBeads]: 1 } },
  { name: 'vector', weights: { [S.vector]: 1, [S.vectorGone]: 1 } },
  { name: 'interleukin 2', weights: { [S.il2]: 1, [S.il2Used]: 1 } },
  { name: 'glucose', weights: { [S.glucose]: 1, [S.glucoseUsed]: 1 } },
  { name: 'lactate carbon', weights: { [S.lactate]: 1, [S.glucose]: LACTATE_PER_GLUCOSE } },
  { name: 'glutamine', weights: { [S.glutamine]: 1, [S.glutamineUsed]: 1 } },
  { name: 'nitrogen', weights: { [S.ammonium]: 1, [S.glutamine]: AMMONIUM_PER_GLUTAMINE } },
  {
    name: 'cells',
    weights: {
      [S.tResting]: 1,
      [S.tLag1]: 1,
      [S.tLag2]: 1,
      [S.tLag3]: 1,
      [S.tLag4]: 1,
      [S.tActive]: 1,
      [S.tActiveCar]: 1,
      [S.tDead]: 1,
      [S.otherLive]: 1,
      [S.otherDead]: 1,
      [S.cellsLysed]: 1,
      [S.cellsBorn]: -1,
    },
  },
];
