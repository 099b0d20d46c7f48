import { type Refusal, refusal } from '../../kernel/error-catalogue.ts';
import type { PlantReader, VesselView } from './plant-port.ts';

/**
 * Why what stands in a place cannot be taken away now: nothing stands there, it is closed off, coupled,
 * at work or heavier than `maximumLoad` [kg].
 *
 * @param carrier device that would carry it
 */
export function refuseTaking(
  plant: PlantReader,
  carrier: string,
  place: string,
  maximumLoad: number,
): Refusal | undefined {
  const vessel = plant.vesselAt(place);
  if (vessel === undefined) return refusal('NO_VESSEL', `nothing stands in ${place}`);
  if (!plant.isPlaceOpen(place)) return closedOff(place);
  if (plant.coupling(place) !== undefined) {
    return refusal('INTERLOCK', `${vessel.id} is coupled in ${place}; decouple it first`);
  }
  const bond = plant.bond(vessel.id);
  if (bond !== undefined) {
    return refusal('INTERLOCK', `${bond}; it must stay in ${place} until then`);
  }
  if (vessel.mass <= maximumLoad) return undefined;
  const why = `${vessel.id} weighs ${vessel.mass.toFixed(1)} kg, ${carrier} carries ${maximumLoad} kg`;
  return refusal('TOO_HEAVY', why);
}

/** Why a vessel cannot be put into a place now: it does not fit, or the place is taken or closed off. */
export function refusePutting(
  plant: PlantReader,
  vessel: VesselView,
  place: string,
): Refusal | undefined {
  const accepts = plant.placeView(place)?.accepts ?? [];
  if (!accepts.includes(vessel.kind)) {
    const fits = accepts.join(', ');
    return refusal('WRONG_VESSEL', `${place} takes ${fits}, not a ${vessel.kind}`);
  }
  const there = plant.vesselAt(place);
  if (there !== undefined) return refusal('PLACE_OCCUPIED', `${there.id} stands in ${place}`);
  return plant.isPlaceOpen(place) ? undefined : closedOff(place);
}

function closedOff(place: string): Refusal {
  return refusal('PLACE_BLOCKED', `${place} is closed off; open its lid or door first`);
}
