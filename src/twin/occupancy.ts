import { InvariantError } from '../kernel/error-catalogue.ts';
import type { VesselState } from './plant-state.ts';

/** Who stands in which place and who is in whose gripper, found from where the vessels say that they are. */
export class Occupancy {
  private readonly occupants = new Map<string, string>();
  private readonly held = new Map<string, Set<string>>();

  /** Vessel in a place, if there is one. */
  occupant(place: string): string | undefined {
    return this.occupants.get(place);
  }

  /** Vessels in a device's gripper. */
  heldBy(device: string): ReadonlySet<string> {
    return this.held.get(device) ?? NOTHING;
  }

  clear(): void {
    this.occupants.clear();
    this.held.clear();
  }

  /** @throws InvariantError when another vessel stands in its place */
  add({ id, whereabouts }: VesselState): void {
    if (whereabouts.at === 'place') {
      const { place } = whereabouts;
      const other = this.occupants.get(place);
      if (other !== undefined) throw new InvariantError(`${place} already holds ${other}`);
      this.occupants.set(place, id);
    } else if (whereabouts.at === 'gripper') {
      const { device } = whereabouts;
      this.held.set(device, (this.held.get(device) ?? new Set<string>()).add(id));
    }
  }

  remove({ id, whereabouts }: VesselState): void {
    if (whereabouts.at === 'place') this.occupants.delete(whereabouts.place);
    else if (whereabouts.at === 'gripper') this.held.get(whereabouts.device)?.delete(id);
  }
}

const NOTHING: ReadonlySet<string> = new Set();
