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

/**
 * Counts the changes of each part of the plant, so that whoever watches a part looks at it only when
 * it has changed. Counts are no state: after a restore everything is looked at once more.
 */
export class Revisions {
  /** Changes of any part. */
  total = 0;
  private readonly counts = new Map<Aspect, number>();

  changed(aspect: Aspect): void {
    this.total += 1;
    this.counts.set(aspect, (this.counts.get(aspect) ?? 0) + 1);
  }

  /** Changes of these parts together. */
  of(aspects: readonly Aspect[]): number {
    let sum = 0;
    for (const aspect of aspects) sum += this.counts.get(aspect) ?? 0;
    return sum;
  }
}
