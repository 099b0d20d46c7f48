import type { Plant } from '../plant.ts';
import type { VesselState } from '../plant-state.ts';
import type { Aspect, Follower } from '../revisions.ts';
import type { Finding, Observer } from './observer.ts';

/** A rule that each vessel keeps or breaks by itself. */
interface VesselRule {
  readonly name: string;
  readonly watches: readonly Aspect[];
  /** What is wrong with one vessel; a vessel touched in any way is asked about at the next look. */
  judge(plant: Plant, vessel: VesselState): readonly Finding[];
}

/** Observes a rule about single vessels: only those that have changed are judged anew. */
export function vesselRule({ name, watches, judge }: VesselRule): Observer {
  let known: { readonly plant: Plant; readonly follower: Follower } | undefined;
  const findings = new Map<string, readonly Finding[]>();
  const judgeOne = (plant: Plant, id: string): void => {
    const vessel = plant.state.vessels.get(id);
    const found = vessel === undefined ? [] : judge(plant, vessel);
    if (found.length > 0) findings.set(id, found);
    else findings.delete(id);
  };
  return {
    name,
    watches,
    find: ({ plant }) => {
      if (known?.plant !== plant) {
        known = { plant, follower: plant.revisions.follow([...watches, 'contents']) };
      }
      const { follower } = known;
      if (follower.everything) {
        findings.clear();
        for (const id of plant.state.vessels.keys()) judgeOne(plant, id);
      } else for (const id of follower.subjects) judgeOne(plant, id);
      follower.clear();
      if (findings.size === 0) return [];
      return [...findings.keys()].sort().flatMap((id) => findings.get(id) ?? []);
    },
  };
}
