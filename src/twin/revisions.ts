/** Parts of the plant that change by events. */
export const ASPECTS = [
  'lots',
  'whereabouts',
  'closures',
  'joints',
  'air',
  'alarms',
  'couplings',
  'inventory',
  'traffic',
] as const;

/**
 * `lots`: which lots a vessel holds; `whereabouts`: where vessels are; `closures`: caps and seals;
 * `joints`: tubing joined or renewed; `air`: doors and the pressures behind them; `alarms`; `couplings`:
 * sterile connections; `inventory`: which vessels there are, and of which kind.
 */
export type Aspect = (typeof ASPECTS)[number];

/** Collects what has changed since its owner looked last. */
export class Follower {
  /** Names of what has changed, as given to `changed` and `touched`. */
  readonly subjects = new Set<string>();
  /** Whether something changed that has no name: all must be looked at. */
  everything = true;

  /** The owner has seen all. */
  clear(): void {
    this.subjects.clear();
    this.everything = false;
  }
}

/**
 * Counts the changes of each part of the plant, so that whoever watches a part looks at it only when
 * it has changed, and tells followers what did. None of it is state: after a restore everything is
 * looked at once more.
 */
export class Revisions {
  /** Changes of any part. */
  total = 0;
  private readonly counts = new Map<Aspect, number>();
  private readonly followers = new Map<Aspect | 'contents', Follower[]>();

  /** @param subject vessel, zone of a spill or device of an alarm; without one all may have changed */
  changed(aspect: Aspect, subject?: string): void {
    this.total += 1;
    this.counts.set(aspect, (this.counts.get(aspect) ?? 0) + 1);
    this.tell(aspect, subject);
  }

  /** A vessel's stored contents or surroundings have changed, which happens too often to count. */
  touched(vessel: string): void {
    this.tell('contents', vessel);
  }

  /** Changes of these parts together. */
  of(aspects: readonly Aspect[]): number {
    let sum = 0;
    for (const aspect of aspects) sum += this.counts.get(aspect) ?? 0;
    return sum;
  }

  /** Follows some parts; at first everything counts as changed. */
  follow(aspects: readonly (Aspect | 'contents')[]): Follower {
    const follower = new Follower();
    for (const aspect of aspects) {
      this.followers.set(aspect, [...(this.followers.get(aspect) ?? []), follower]);
    }
    return follower;
  }

  private tell(aspect: Aspect | 'contents', subject: string | undefined): void {
    const followers = this.followers.get(aspect);
    if (followers === undefined) return;
    for (const follower of followers) {
      if (subject === undefined) follower.everything = true;
      else follower.subjects.add(subject);
    }
  }
}
