import { type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import type { ReadContext } from '../../definition/device.ts';
import type { VesselView } from '../../definition/plant-port.ts';
import type { MagneticSeparatorConfig, MagneticSeparatorState } from './effects.ts';

type Context = ReadContext<MagneticSeparatorConfig, MagneticSeparatorState>;

function openVessel({ id, plant }: Context, place: string): VesselView | Refusal {
  const vessel = plant.vesselAt(place);
  if (vessel === undefined) return refusal('NO_VESSEL', `there is no vessel in ${id}.${place}`);
  if (!vessel.capped) return vessel;
  return refusal('VESSEL_CAPPED', `${vessel.id} in ${id}.${place} is capped; uncap it first`);
}

function reagent({ id, plant }: Context, name: string, volume: number): Refusal | undefined {
  if ((plant.vessel(name)?.volume ?? 0) >= volume) return undefined;
  return refusal('INSUFFICIENT_VOLUME', `reservoir ${id}.${name} holds too little; refill it`);
}

function room(vessel: VesselView | undefined, volume: number): Refusal | undefined {
  if (vessel === undefined || vessel.volume + volume <= vessel.capacity) return undefined;
  return refusal('OVERFLOW', `${vessel.id} has not enough room; empty it or use another one`);
}

/** Refuses to add beads when bottle, beads or room are missing. */
export function checkBeads(
  context: Context,
  place: string,
  beads: string,
  volume: number,
): Refusal | undefined {
  const vessel = openVessel(context, place);
  if ('code' in vessel) return vessel;
  return reagent(context, beads, volume) ?? room(vessel, volume);
}

/** Refuses a separation without two open bottles, a label, buffer or room. */
export function checkSeparation(context: Context): Refusal | undefined {
  const { id, state, config, plant } = context;
  const input = openVessel(context, 'input');
  if ('code' in input) return input;
  const target = openVessel(context, 'target');
  if ('code' in target) return target;
  if (state.labelledVessel !== input.id) {
    return refusal('INTERLOCK', `${input.id} has not been labelled in ${id}; label it first`);
  }
  const { washVolume, elutionVolume } = config;
  return (
    reagent(context, 'buffer', washVolume + elutionVolume) ??
    // A few percent of the load come along with the cells.
    room(target, elutionVolume + 0.05 * input.volume) ??
    room(plant.vessel('waste'), input.volume + washVolume)
  );
}

/** Refuses to work on the target bottle when it is missing or capped. */
export function checkTarget(context: Context): Refusal | undefined {
  const vessel = openVessel(context, 'target');
  return 'code' in vessel ? vessel : undefined;
}
