import type { Plant } from '../plant.ts';
import type { VesselState } from '../plant-state.ts';
import type { Aspect, Follower } from '../revisions.ts';

/** Vessels by some key, each with a value. */
export type VesselGroups<V> = ReadonlyMap<string, ReadonlyMap<string, V>>;

/** Keeps vessels in groups: only those that have changed are sorted anew. */
export class VesselGrouping<V> {
  private readonly aspects: readonly (Aspect | 'contents')[];
  private readonly entriesOf: (
    plant: Plant,
    vessel: VesselState,
  ) => readonly (readonly [string, V])[];
  private readonly groups = new Map<string, Map<string, V>>();
  private readonly keys = new Map<string, readonly string[]>();
  private known: { readonly plant: Plant; readonly follower: Follower } | undefined;

  /**
   * @param aspects whose change may put a vessel into other groups
   * @param entriesOf keys of the groups to which a vessel belongs, with its value in each
   */
  constructor(
    aspects: readonly (Aspect | 'contents')[],
    entriesOf: (plant: Plant, vessel: VesselState) => readonly (readonly [string, V])[],
  ) {
    this.aspects = aspects;
    this.entriesOf = entriesOf;
  }

  /** The groups of the present instant, and the keys of those with vessels that changed since the last call. */
  of(plant: Plant): { readonly groups: VesselGroups<V>; readonly changed: ReadonlySet<string> } {
    if (this.known?.plant !== plant) {
      this.known = { plant, follower: plant.revisions.follow(this.aspects) };
    }
    const { follower } = this.known;
    const changed = new Set<string>();
    if (follower.everything) {
      for (const key of this.groups.keys()) changed.add(key);
      this.groups.clear();
      this.keys.clear();
      for (const id of plant.state.vessels.keys()) this.sort(plant, id, changed);
    } else for (const id of follower.subjects) this.sort(plant, id, changed);
    follower.clear();
    return { groups: this.groups, changed };
  }

  private sort(plant: Plant, id: string, changed: Set<string>): void {
    for (const key of this.keys.get(id) ?? []) {
      changed.add(key);
      const group = this.groups.get(key);
      group?.delete(id);
      if (group?.size === 0) this.groups.delete(key);
    }
    const vessel = plant.state.vessels.get(id);
    const entries = vessel === undefined ? [] : this.entriesOf(plant, vessel);
    if (entries.length === 0) {
      this.keys.delete(id);
      return;
    }
    this.keys.set(
      id,
      entries.map(([key]) => key),
    );
    for (const [key, value] of entries) {
      changed.add(key);
      const group = this.groups.get(key) ?? new Map<string, V>();
      this.groups.set(key, group.set(id, value));
    }
  }
}
