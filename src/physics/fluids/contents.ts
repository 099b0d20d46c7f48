/**
 * Contents of a vessel: conserved amounts per species and lot. Concentrations are never stored.
 * Species are rows of a table kept elsewhere; here they are indices, and index 0 is volume [m3].
 * Other amounts are in whatever extensive unit the table gives (mol, cells, IU).
 */
export interface LotAmounts {
  readonly lot: string;
  readonly amounts: Float64Array;
}

export interface Contents {
  /** One entry per lot, in order of first arrival. */
  lots: LotAmounts[];
  /** [K] */
  temperature: number;
  /** Fraction of each species that lies in a pellet; absent when all is suspended. */
  pellet: Float64Array | undefined;
}

/** Liquid on its way between two vessels. */
export interface LiquidParcel {
  readonly portions: readonly LotAmounts[];
  readonly temperature: number;
}

export const VOLUME = 0;

export function emptyContents(temperature: number): Contents {
  return { lots: [], temperature, pellet: undefined };
}

/** Volume [m3]. */
export function volumeOf(parts: readonly LotAmounts[]): number {
  let sum = 0;
  for (const part of parts) sum += part.amounts[VOLUME] ?? 0;
  return sum;
}

/** Amounts of all lots together, into `out` (overwritten). */
export function totalInto(out: Float64Array, parts: readonly LotAmounts[]): Float64Array {
  out.fill(0);
  for (const { amounts } of parts) {
    for (let s = 0; s < out.length; s++) out[s] = (out[s] ?? 0) + (amounts[s] ?? 0);
  }
  return out;
}

/**
 * Removes a fraction of each species of every lot and returns it. Exactly what is returned is what
 * is missing afterwards.
 *
 * @param fractions one number in 0..1 per species
 */
export function takeFractions(contents: Contents, fractions: Float64Array): LiquidParcel {
  const portions: LotAmounts[] = [];
  for (const { lot, amounts } of contents.lots) {
    const taken = new Float64Array(amounts.length);
    for (let s = 0; s < amounts.length; s++) {
      const amount = amounts[s] ?? 0;
      const fraction = fractions[s] ?? 0;
      const part = fraction >= 1 ? amount : amount * fraction;
      taken[s] = part;
      amounts[s] = fraction >= 1 ? 0 : amount - part;
    }
    portions.push({ lot, amounts: taken });
  }
  return { portions, temperature: contents.temperature };
}

/** Whether a lot has left anything in a vessel: liquid, or particles without it. */
export function isPresent({ amounts }: LotAmounts): boolean {
  return (amounts[VOLUME] ?? 0) > 0 || amounts.some((amount) => amount > 0);
}

/**
 * Removes `volume` [m3] of what is suspended (`mixed` resuspends the pellet in thought, so it takes
 * all species in proportion; `supernatant` leaves the pellet lying).
 *
 * @param mobility share of each species that moves with the liquid at all, 0..1; without it, all do
 */
export function takeVolume(
  contents: Contents,
  volume: number,
  layer: 'mixed' | 'supernatant',
  speciesCount: number,
  mobility?: Float64Array,
): LiquidParcel {
  const present = volumeOf(contents.lots);
  const fraction = present <= 0 ? 0 : Math.min(1, Math.max(0, volume / present));
  const fractions = new Float64Array(speciesCount).fill(fraction);
  if (mobility !== undefined) {
    for (let s = 0; s < speciesCount; s++) fractions[s] = fraction * (mobility[s] ?? 1);
  }
  const pellet = contents.pellet;
  if (layer === 'supernatant' && pellet !== undefined) {
    for (let s = 0; s < speciesCount; s++) {
      const lying = pellet[s] ?? 0;
      const taken = (fractions[s] ?? 0) * (1 - lying);
      fractions[s] = taken;
      pellet[s] = taken < 1 ? Math.min(1, lying / (1 - taken)) : 0;
    }
  }
  return takeFractions(contents, fractions);
}

/** Adds a parcel, mixing heat by volume; `gently` leaves a pellet lying. */
export function addParcel(contents: Contents, parcel: LiquidParcel, gently = false): void {
  const added = volumeOf(parcel.portions);
  const before = volumeOf(contents.lots);
  if (added > 0) {
    contents.temperature =
      (contents.temperature * before + parcel.temperature * added) / (before + added);
  }
  let pelletBefore: Float64Array | undefined;
  if (gently && contents.pellet !== undefined) {
    const size = contents.pellet.length;
    pelletBefore = totalInto(new Float64Array(size), contents.lots);
    for (let s = 0; s < size; s++) {
      pelletBefore[s] = (pelletBefore[s] ?? 0) * (contents.pellet[s] ?? 0);
    }
  }
  for (const { lot, amounts } of parcel.portions) {
    const own = contents.lots.find((entry) => entry.lot === lot);
    if (own === undefined) contents.lots.push({ lot, amounts: amounts.slice() });
    else
      for (let s = 0; s < amounts.length; s++)
        own.amounts[s] = (own.amounts[s] ?? 0) + (amounts[s] ?? 0);
  }
  if (pelletBefore === undefined) {
    contents.pellet = undefined;
  } else {
    const after = totalInto(new Float64Array(pelletBefore.length), contents.lots);
    contents.pellet = pelletBefore.map((lying, s) =>
      (after[s] ?? 0) > 0 ? lying / (after[s] ?? 1) : 0,
    );
  }
}

/**
 * Replaces the totals of a vessel after a reaction. What a species lost, every lot loses in
 * proportion; what it gained is credited to lots by their share of `carrier` (living cells), or by
 * volume when there is none, so a lot's products stay its own.
 */
export function applyTotals(
  contents: Contents,
  before: Float64Array,
  after: Float64Array,
  isCarrier: (species: number) => boolean,
): void {
  if (contents.lots.length === 1) {
    contents.lots[0]?.amounts.set(after);
    return;
  }
  const shares = carrierShares(contents, isCarrier);
  for (let s = 0; s < after.length; s++) {
    const was = before[s] ?? 0;
    const is = after[s] ?? 0;
    if (is === was) continue;
    if (is < was && was > 0) {
      const keep = is / was;
      for (const { amounts } of contents.lots) amounts[s] = (amounts[s] ?? 0) * keep;
    } else {
      contents.lots.forEach(({ amounts }, i) => {
        amounts[s] = (amounts[s] ?? 0) + (is - was) * (shares[i] ?? 0);
      });
    }
  }
}

function carrierShares(contents: Contents, isCarrier: (species: number) => boolean): number[] {
  const carried = contents.lots.map(({ amounts }) => {
    let sum = 0;
    for (let s = 1; s < amounts.length; s++) if (isCarrier(s)) sum += amounts[s] ?? 0;
    return sum;
  });
  let total = carried.reduce((a, b) => a + b, 0);
  if (total > 0) return carried.map((c) => c / total);
  const volumes = contents.lots.map(({ amounts }) => amounts[VOLUME] ?? 0);
  total = volumes.reduce((a, b) => a + b, 0);
  return volumes.map((v) => (total > 0 ? v / total : 1 / volumes.length));
}
