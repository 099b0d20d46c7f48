import type { ViewScene } from '../../kernel/view-contract.ts';
import { frameStore } from './frame-store.ts';
import { IndexSet } from './index-set.ts';

/** Numbers per pose: position, then quaternion. */
export const POSE_STRIDE = 7;

/** Where every device is in the present picture: movable ones follow the vessels that are their bodies. */
class DevicePoses {
  /** Position and quaternion of each device, in the order of the scene. */
  values = new Float32Array(0);
  /** Devices that moved since the last picture. */
  readonly moved = new IndexSet();
  /** Rises whenever a device has come into another one or has left it. */
  holdersRevision = 0;
  private holders = new Int32Array(0);
  private indices = new Map<string, number>();
  /** Device of each slot of vessels, -1 for vessels that are no bodies. */
  private owners = new Int32Array(0);

  begin({ equipment, vessels }: ViewScene): void {
    this.indices = new Map(equipment.map(({ id }, i) => [id, i]));
    this.values = new Float32Array(equipment.length * POSE_STRIDE);
    this.moved.reset(equipment.length);
    this.holders = new Int32Array(equipment.length).fill(-1);
    this.holdersRevision++;
    this.owners = new Int32Array(vessels.length).fill(-1);
    const slots = new Map(vessels.map(({ id }, slot) => [id, slot]));
    equipment.forEach(({ pose, body }, i) => {
      this.values.set([...pose.position, ...pose.orientation], i * POSE_STRIDE);
      const slot = body === undefined ? undefined : slots.get(body);
      if (slot !== undefined) this.owners[slot] = i;
    });
  }

  /** Takes over what the blended frame says; called once per picture, after the blend. */
  picture(): void {
    this.moved.clear();
    for (let k = 0; k < frameStore.vessels.size; k++) {
      const slot = frameStore.vessels.at(k);
      const owner = this.owners[slot] ?? -1;
      if (owner < 0) continue;
      if (this.take(slot, owner * POSE_STRIDE)) this.moved.add(owner);
      const holder = frameStore.vessel(slot, 'holder');
      if (holder === this.holders[owner]) continue;
      this.holders[owner] = holder;
      this.holdersRevision++;
    }
  }

  /** Number of a device by its name; -1 when there is none. */
  indexOf(id: string): number {
    return this.indices.get(id) ?? -1;
  }

  /** Device whose body has a slot; -1 when it is no body. */
  ownerOf(slot: number): number {
    return this.owners[slot] ?? -1;
  }

  /** Device in which a movable one stands or that carries it; -1 when there is none. */
  holderOf(index: number): number {
    const holder = this.holders[index] ?? -1;
    return holder === index ? -1 : holder;
  }

  /** Where a device is [m], Z up. */
  positionOf(id: string): readonly [number, number, number] | undefined {
    const at = this.indexOf(id) * POSE_STRIDE;
    if (at < 0) return undefined;
    const { values } = this;
    return [values[at] ?? 0, values[at + 1] ?? 0, values[at + 2] ?? 0];
  }

  private take(slot: number, at: number): boolean {
    const from = frameStore.poseOffset(slot);
    let differs = false;
    for (let i = 0; i < POSE_STRIDE; i++) {
      const value = frameStore.current[from + i] ?? 0;
      if (this.values[at + i] !== value) differs = true;
      this.values[at + i] = value;
    }
    return differs;
  }
}

export const devicePoses = new DevicePoses();
