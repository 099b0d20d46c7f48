import type { Layer, Parcel, PlantPort } from './plant-port.ts';

/** Volume of a parcel [m3]. */
export function volumeOf({ portions }: Parcel): number {
  return portions.reduce((sum, { amounts }) => sum + (amounts[0] ?? 0), 0);
}

/** Parts a parcel: `share` (0..1) of every amount, and exactly what remains. */
export function divideParcel(
  { portions, temperature }: Parcel,
  share: number,
): readonly [taken: Parcel, rest: Parcel] {
  const taken = portions.map(({ lot, amounts }) => ({
    lot,
    amounts: amounts.map((amount) => amount * share),
  }));
  const rest = portions.map(({ lot, amounts }, i) => ({
    lot,
    amounts: amounts.map((amount, s) => amount - (taken[i]?.amounts[s] ?? 0)),
  }));
  return [
    { portions: taken, temperature },
    { portions: rest, temperature },
  ];
}

/**
 * What of a parcel gets through the connection to the cassette in a place, in either direction: the
 * fraction that the coupling leaks runs out into the zone.
 */
export function throughCoupling(plant: PlantPort, place: string, parcel: Parcel): Parcel {
  const leak = plant.coupling(place)?.leak ?? 0;
  if (leak <= 0 || volumeOf(parcel) <= 0) return parcel;
  const [lost, kept] = divideParcel(parcel, leak);
  plant.spill(lost);
  return kept;
}

/** Takes up to `volume` [m3] out of the cassette in a place; returns what arrives. */
export function takeFromCassette(
  plant: PlantPort,
  place: string,
  volume: number,
  layer: Layer = 'mixed',
): Parcel {
  const cassette = plant.vesselAt(place);
  if (cassette === undefined) return { portions: [], temperature: plant.zoneAir().temperature };
  return throughCoupling(plant, place, plant.withdraw(cassette.id, volume, layer));
}

/** Brings a parcel into the cassette in a place; where none is, it runs out. `gently` leaves a pellet. */
export function giveToCassette(
  plant: PlantPort,
  place: string,
  parcel: Parcel,
  gently = false,
): void {
  const cassette = plant.vesselAt(place);
  if (cassette === undefined) plant.spill(parcel);
  else plant.deposit(cassette.id, throughCoupling(plant, place, parcel), gently);
}
