import type { Solid } from '../kernel/solid.ts';
import type { Plant } from './plant.ts';
import { bodySolid, zoneSolids } from './scene/zone-solids.ts';

/**
 * What stands still in each zone: what never moves, and movable devices with places where they stand
 * now, as modules in a rack. The array of a zone stays the same until one of these is moved.
 */
export class StandingSolids {
  private readonly plant: Plant;
  private readonly byZone = new Map<string, readonly Solid[]>();

  constructor(plant: Plant) {
    this.plant = plant;
  }

  of(zone: string): readonly Solid[] {
    let solids = this.byZone.get(zone);
    if (solids === undefined) {
      solids = this.gather(zone);
      this.byZone.set(zone, solids);
    }
    return solids;
  }

  /** All may stand somewhere else. */
  forget(): void {
    this.byZone.clear();
  }

  /** A movable device has come to stand somewhere else. */
  moved(device: string): void {
    if (this.plant.locations.placesOf(device).length > 0) this.byZone.clear();
  }

  private gather(id: string): readonly Solid[] {
    const { scene, locations } = this.plant;
    const zone = this.plant.zones.get(id);
    if (zone === undefined) return [];
    const furniture = scene.devices.filter(
      (device) =>
        locations.placesOf(device.id).length > 0 &&
        locations.location(device.id) !== '' &&
        locations.deviceZone(device.id) === id,
    );
    return [
      ...zoneSolids(scene, zone),
      ...furniture.map((device) => bodySolid(device, locations.devicePose(device.id))),
    ];
  }
}
