import { composePose, type Pose } from '../kernel/pose.ts';
import type { Plant } from './plant.ts';
import type { VesselState, Whereabouts } from './plant-state.ts';

interface Entry {
  whereabouts: Whereabouts | undefined;
  /** Pose of the device that it belongs to or stands in, as it was made from. */
  base: Pose | undefined;
  /** In the frame of that device; undefined where the device says it itself. */
  local: Pose | undefined;
  device: string;
  holder: number;
  pose: Pose;
  pass: number;
}

const NO_POSE: Pose = { position: [0, 0, 0], orientation: [0, 0, 0, 1] };

/**
 * Poses of vessels for whoever looks at all of them again and again: what neither moved nor stands on
 * anything that moved keeps the very same pose object.
 */
export class VesselPoses {
  private readonly plant: Plant;
  private readonly indexOf: (device: string) => number;
  private readonly entries = new Map<string, Entry>();
  private pass = 0;

  /** @param indexOf number that stands for a device; -1 for none */
  constructor(plant: Plant, indexOf: (device: string) => number) {
    this.plant = plant;
    this.indexOf = indexOf;
  }

  /** Begins a look at the present instant. */
  begin(): void {
    this.pass++;
    for (const id of this.entries.keys()) {
      if (!this.plant.state.vessels.has(id)) this.entries.delete(id);
    }
  }

  of(vessel: VesselState): { readonly pose: Pose; readonly holder: number } {
    const entry = this.entry(vessel.id);
    if (entry.pass === this.pass) return entry;
    entry.pass = this.pass;
    const { whereabouts } = vessel;
    if (entry.whereabouts !== whereabouts) this.settle(entry, vessel);
    if (whereabouts.at === 'gripper') entry.pose = this.plant.locations.vesselPose(vessel);
    if (entry.local === undefined) return entry;
    const base = this.deviceOf(vessel, entry.device);
    if (base === entry.base) return entry;
    entry.base = base;
    entry.pose = composePose(base, entry.local);
    return entry;
  }

  private entry(id: string): Entry {
    let entry = this.entries.get(id);
    if (entry === undefined) {
      entry = {
        whereabouts: undefined,
        base: undefined,
        local: undefined,
        device: '',
        holder: -1,
        pose: NO_POSE,
        pass: 0,
      };
      this.entries.set(id, entry);
    }
    return entry;
  }

  /** Finds what a vessel stands on, after it was moved. */
  private settle(entry: Entry, vessel: VesselState): void {
    const { locations } = this.plant;
    const { whereabouts } = vessel;
    entry.whereabouts = whereabouts;
    entry.base = undefined;
    entry.local = undefined;
    entry.device = '';
    if (whereabouts.at === 'floor') entry.pose = whereabouts.pose;
    else if (whereabouts.at === 'place') {
      const info = locations.places.get(whereabouts.place);
      entry.device = info?.device.id ?? '';
      entry.local = info?.declaration.pose;
    } else {
      entry.device = whereabouts.device;
      if (whereabouts.at === 'own') entry.local = locations.ownPose(vessel.id);
    }
    entry.holder = this.indexOf(entry.device);
  }

  /** Pose of a device; that of its body, unless it is this vessel, in the place where the scene put it. */
  private deviceOf(vessel: VesselState, device: string): Pose {
    const id = this.plant.locations.bodyOf(device);
    const body = id === undefined ? undefined : this.plant.vessel(id);
    if (body === undefined || body === vessel || body.whereabouts.at === 'own') {
      return this.plant.locations.devicePose(device);
    }
    return this.of(body).pose;
  }
}
