import { ATTACHED, CARRIED, LIVING, S, SPECIES_COUNT } from './species.ts';

/** Cells of one kind: its living populations, from rest to division, and its dead ones. */
interface Lineage {
  readonly living: readonly number[];
  readonly dead: number;
  /** What only cells of this kind carry. */
  readonly carried: readonly number[];
}

export const LINEAGES = {
  t: {
    living: [S.tResting, S.tLag1, S.tLag2, S.tLag3, S.tLag4, S.tActive, S.tActiveCar],
    dead: S.tDead,
    carried: [S.stimulus, S.vectorHits],
  },
  nk: {
    living: [S.nkResting, S.nkLag1, S.nkLag2, S.nkActive, S.nkActiveCar],
    dead: S.nkDead,
    carried: [S.nkStimulus, S.nkVectorHits],
  },
  msc: {
    living: [S.mscSuspended, S.mscSpreading, S.mscAttached],
    dead: S.mscDead,
    carried: [],
  },
  other: { living: [S.otherLive], dead: S.otherDead, carried: [] },
} as const satisfies Record<string, Lineage>;

export type LineageName = keyof typeof LINEAGES;

export const LINEAGE_NAMES = Object.keys(LINEAGES) as readonly LineageName[];

const OF_ONE_KIND = new Set<number>(LINEAGE_NAMES.flatMap((name) => LINEAGES[name].carried));

/** What cells of every kind carry. */
export const CARRIED_BY_ALL: readonly number[] = CARRIED.filter((s) => !OF_ONE_KIND.has(s));

/** Living cells that carry the receptor. */
export const CAR: readonly number[] = [S.tActiveCar, S.nkActiveCar];

/** Living cells at rest of kinds that get a receptor. */
export const RESTING: readonly number[] = [S.tResting, S.nkResting];

/** Sum over populations. */
export function sumOf(amounts: Float64Array, populations: readonly number[]): number {
  let sum = 0;
  for (const species of populations) sum += amounts[species] as number;
  return sum;
}

/**
 * Lets a share of all living nucleated cells go: of those lost, `lysedShare` burst at once and the
 * others stay as dead cells. Keeps every conserved combination.
 *
 * @param survival fraction that stays alive, 0..1
 * @param lysedShare fraction of the lost cells that burst, 0..1
 */
export function loseCells(amounts: Float64Array, survival: number, lysedShare: number): void {
  const lost = 1 - survival;
  const lose = (species: number): number => {
    const gone = (amounts[species] as number) * lost;
    amounts[species] = (amounts[species] as number) - gone;
    return gone;
  };
  let lysed = 0;
  for (const name of LINEAGE_NAMES) {
    const { living, dead } = LINEAGES[name];
    let gone = 0;
    for (const species of living) gone += lose(species);
    amounts[dead] = (amounts[dead] as number) + gone * (1 - lysedShare);
    lysed += gone * lysedShare;
  }
  CARRIED.forEach(lose);
  amounts[S.cellsLysed] = (amounts[S.cellsLysed] as number) + lysed;
}

/**
 * Share of each species that moves with the liquid, 0..1: attached cells stay, and with them their
 * part of what cells carry. Undefined when everything moves.
 */
export function mobility(amounts: Float64Array): Float64Array | undefined {
  const attached = sumOf(amounts, ATTACHED);
  if (attached <= 0) return undefined;
  const shares = new Float64Array(SPECIES_COUNT).fill(1);
  for (const species of ATTACHED) shares[species] = 0;
  const afloat = 1 - attached / sumOf(amounts, LIVING);
  for (const species of CARRIED_BY_ALL) shares[species] = Math.max(0, afloat);
  return shares;
}
