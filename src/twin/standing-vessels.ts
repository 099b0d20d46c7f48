import type { Pose, Vec3 } from '../kernel/pose.ts';
import type { Solid } from '../kernel/solid.ts';
import { vesselMiddle, vesselShape } from '../device-emulators/definition/solids.ts';
import { volumeOf } from '../physics/fluids/contents.ts';
import type { Plant } from './plant.ts';
import type { VesselState } from './plant-state.ts';

/**
 * Vessels in places and lying about whose middle is within `distance` [m] of a point, as solids; bodies
 * of devices that hold others stand among the solids of their zone.
 */
export function vesselsAround(plant: Plant, [x, y, z]: Vec3, distance: number): Solid[] {
  return [...plant.state.vessels.values()].flatMap((vessel) => {
    const X_WV = standingPose(plant, vessel);
    if (X_WV === undefined || isFurniture(plant, vessel)) return [];
    const kind = plant.kindOf(vessel);
    const pose = vesselMiddle(X_WV, kind);
    const [px, py, pz] = pose.position;
    if (Math.hypot(px - x, py - y, pz - z) > distance) return [];
    return [{ id: vessel.id, parts: [{ shape: vesselShape(kind), pose }] }];
  });
}

/** X_WV of a vessel that stands in a place or lies about. */
function standingPose(plant: Plant, { whereabouts }: VesselState): Pose | undefined {
  if (whereabouts.at === 'floor') return whereabouts.pose;
  return whereabouts.at === 'place' ? plant.locations.placePose(whereabouts.place) : undefined;
}

/** Vessels of a zone that hold something and can be spoilt: neither capped nor sealed. */
export function openVessels(plant: Plant, zone: string): string[] {
  return [...plant.state.vessels.values()]
    .filter(
      (vessel) =>
        !vessel.capped &&
        !vessel.sealed &&
        plant.kindOf(vessel).cappable &&
        plant.zoneOf(vessel) === zone &&
        volumeOf(vessel.contents.lots) > 0,
    )
    .map(({ id }) => id);
}

/** Whether a vessel is the body of a device with places. */
function isFurniture({ locations }: Plant, { id }: VesselState): boolean {
  const owner = locations.ownerOf(id);
  return owner !== undefined && locations.placesOf(owner).length > 0;
}
