import { isLiving, S, type SpeciesName } from '../species.ts';

/**
 * Unknowns of a culture's equations: the species that change by themselves. The others stay, or follow
 * from these by conservation. Those that follow the gas within minutes come first. Of a block that is
 * empty at the start nothing ever comes, so it is left out.
 */
const BLOCKS = [
  ['oxygen', 'inorganicCarbon'],
  ['glucose', 'glutamine', 'cellsBorn', 'cellsLysed'],
  ['il2'],
  ['il15'],
  [
    'tResting',
    'tLag1',
    'tLag2',
    'tLag3',
    'tLag4',
    'tActive',
    'tActiveCar',
    'tDead',
    'stimulus',
    'vectorHits',
  ],
  [
    'nkResting',
    'nkLag1',
    'nkLag2',
    'nkActive',
    'nkActiveCar',
    'nkDead',
    'nkStimulus',
    'nkVectorHits',
  ],
  ['mscSuspended', 'mscSpreading', 'mscAttached', 'mscDead'],
  ['otherLive', 'otherDead'],
  ['vector'],
  ['cryoInjured'],
  ['electroInjured', 'electroShocked'],
  ['plasmid'],
  ['transposonPending', 'transposonIntegrated'],
] as const satisfies readonly (readonly SpeciesName[])[];

/** Blocks whose equations have sources outside the block. */
const ALWAYS = 2;

const NAMES = BLOCKS.flat();

export type UnknownName = (typeof NAMES)[number];

/** Index of each unknown. */
export const U = Object.fromEntries(NAMES.map((name, i) => [name, i])) as Readonly<
  Record<UnknownName, number>
>;

export const UNKNOWN_COUNT = NAMES.length;

/** Leading unknowns that gas transfer makes stiff. */
export const STIFF_COUNT = BLOCKS[0].length;

/** Species of each unknown. */
export const SPECIES_OF: readonly number[] = NAMES.map((name) => S[name]);

/** The unknowns among the amounts of all species. */
export function unknownsOf(amounts: Float64Array): Float64Array {
  const y = new Float64Array(UNKNOWN_COUNT);
  for (let i = 0; i < UNKNOWN_COUNT; i++) y[i] = amounts[SPECIES_OF[i] as number] as number;
  return y;
}

/** Unknowns that are living cells. */
export const LIVING_UNKNOWNS: readonly number[] = SPECIES_OF.flatMap((species, i) =>
  isLiving(species) ? [i] : [],
);

/** Indices of the unknowns that take part in a solution from `y`, ascending. */
export function presentUnknowns(y: Float64Array): Int32Array {
  const present: number[] = [];
  BLOCKS.forEach((names, block) => {
    if (block < ALWAYS || names.some((name) => y[U[name]] !== 0)) {
      for (const name of names) present.push(U[name]);
    }
  });
  return Int32Array.from(present);
}
