/**
 * What a species is to the rest of the plant. `living`, `attached` and `dead` are nucleated cells, of
 * which attached ones live on the vessel's surface and stay when liquid moves; `small` are platelets
 * and erythrocytes; `carried` is a property of living cells, stored as property times
 * cells, so that mixing and splitting keep it right; `cellRecord` counts cells that came or went.
 * All these move like cells, and so do `beads`. `dissolved` moves with the liquid, `record` counts
 * what reactions of dissolved things used up.
 */
type Role =
  | 'living'
  | 'attached'
  | 'dead'
  | 'small'
  | 'carried'
  | 'beads'
  | 'cellRecord'
  | 'dissolved'
  | 'record';

/**
 * The species of the plant: rows of every vessel's amounts. Amounts are extensive and SI: m3, cells,
 * mol, kg, international units [IU], transducing units [TU], counts.
 */
const ROLES = {
  volume: 'dissolved',
  tResting: 'living',
  tLag1: 'living',
  tLag2: 'living',
  tLag3: 'living',
  tLag4: 'living',
  tActive: 'living',
  tActiveCar: 'living',
  tDead: 'dead',
  nkResting: 'living',
  nkLag1: 'living',
  nkLag2: 'living',
  nkActive: 'living',
  nkActiveCar: 'living',
  nkDead: 'dead',
  mscSuspended: 'living',
  mscSpreading: 'attached',
  mscAttached: 'attached',
  mscDead: 'dead',
  otherLive: 'living',
  otherDead: 'dead',
  platelets: 'small',
  erythrocytes: 'small',
  stimulus: 'carried',
  vectorHits: 'carried',
  nkStimulus: 'carried',
  nkVectorHits: 'carried',
  cryoInjured: 'carried',
  electroInjured: 'carried',
  electroShocked: 'carried',
  transposonPending: 'carried',
  transposonIntegrated: 'carried',
  selectionBeads: 'beads',
  activationBeads: 'beads',
  nkSelectionBeads: 'beads',
  nkActivationBeads: 'beads',
  glucose: 'dissolved',
  glutamine: 'dissolved',
  lactate: 'dissolved',
  ammonium: 'dissolved',
  dmso: 'dissolved',
  il2: 'dissolved',
  il15: 'dissolved',
  strongIons: 'dissolved',
  inorganicCarbon: 'dissolved',
  oxygen: 'dissolved',
  vector: 'dissolved',
  plasmid: 'dissolved',
  protein: 'dissolved',
  trypsin: 'dissolved',
  trypsinInhibitor: 'dissolved',
  cellsBorn: 'cellRecord',
  cellsLysed: 'cellRecord',
  vectorGone: 'record',
  plasmidGone: 'record',
  glucoseUsed: 'record',
  glutamineUsed: 'record',
  il2Used: 'record',
  il15Used: 'record',
  trypsinBound: 'record',
} as const satisfies Record<string, Role>;

export type SpeciesName = keyof typeof ROLES;

const ROWS = Object.entries(ROLES) as readonly (readonly [SpeciesName, Role])[];

export const SPECIES_NAMES: readonly SpeciesName[] = ROWS.map(([name]) => name);
export const SPECIES_COUNT = ROWS.length;

/** Index of each species by name. */
export const S = Object.fromEntries(SPECIES_NAMES.map((name, i) => [name, i])) as Readonly<
  Record<SpeciesName, number>
>;

function withRole(...roles: readonly Role[]): readonly number[] {
  return ROWS.flatMap(([, role], i) => (roles.includes(role) ? [i] : []));
}

/** Populations of living nucleated cells. */
export const LIVING: readonly number[] = withRole('living', 'attached');
/** Those among them that are attached to the vessel. */
export const ATTACHED: readonly number[] = withRole('attached');
/** Populations of dead nucleated cells. */
export const DEAD: readonly number[] = withRole('dead');
/** What living cells carry; it is lost and moved in proportion to them. */
export const CARRIED: readonly number[] = withRole('carried');

/** Magnetic beads. */
export const BEADS: readonly number[] = withRole('beads');

const PARTICLES = withRole('living', 'attached', 'dead', 'small', 'carried', 'beads', 'cellRecord');
const PARTICLE_FLAGS = ROWS.map((_, i) => PARTICLES.includes(i));
const LIVING_FLAGS = ROWS.map((_, i) => LIVING.includes(i));

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
  ...BEADS.map((species) => ({
    name: SPECIES_NAMES[species] as string,
    weights: { [species]: 1 },
  })),
  { name: 'vector', weights: { [S.vector]: 1, [S.vectorGone]: 1 } },
  { name: 'plasmid', weights: { [S.plasmid]: 1, [S.plasmidGone]: 1 } },
  { name: 'interleukin 2', weights: { [S.il2]: 1, [S.il2Used]: 1 } },
  { name: 'interleukin 15', weights: { [S.il15]: 1, [S.il15Used]: 1 } },
  { name: 'trypsin', weights: { [S.trypsin]: 1, [S.trypsinBound]: 1 } },
  { name: 'trypsin inhibitor', weights: { [S.trypsinInhibitor]: 1, [S.trypsinBound]: 1 } },
  { name: 'glucose', weights: { [S.glucose]: 1, [S.glucoseUsed]: 1 } },
  { name: 'lactate carbon', weights: { [S.lactate]: 1, [S.glucose]: LACTATE_PER_GLUCOSE } },
  { name: 'glutamine', weights: { [S.glutamine]: 1, [S.glutamineUsed]: 1 } },
  { name: 'nitrogen', weights: { [S.ammonium]: 1, [S.glutamine]: AMMONIUM_PER_GLUTAMINE } },
  {
    name: 'cells',
    weights: {
      ...Object.fromEntries([...LIVING, ...DEAD].map((species) => [species, 1])),
      [S.cellsLysed]: 1,
      [S.cellsBorn]: -1,
    },
  },
];
