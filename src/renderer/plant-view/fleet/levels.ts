/** Heights on screen from which a body is drawn near, across the room, and at all [px]. */
const NEAR = 190;
const MIDDLE = 44;
const SEEN = 2;
/** A body keeps its level until it is this much beyond the limit, so that nothing flickers. */
const SLACK = 1.12;
/** Triangles that the bodies of fleets may have together. */
const MOST_TRIANGLES = 1_600_000;

/** Level of what is too small to be drawn. */
export const HIDDEN = 3;

/** Chooses how much of each body is drawn: by its size on screen, and less of all when it is too much. */
export class Levels {
  /** Share of its size by which everything counts smaller. */
  private bias = 1;
  private triangles = 0;

  /** Begins to choose for all bodies. */
  begin(): void {
    this.triangles = 0;
  }

  /** Level for a body of this size on screen [px] that had level `now` before. */
  choose(pixels: number, now: number): number {
    const size = pixels * this.bias;
    const keeps = (limit: number, level: number): number => (now <= level ? limit / SLACK : limit);
    if (size > keeps(NEAR, 0)) return 0;
    if (size > keeps(MIDDLE, 1)) return 1;
    return size > keeps(SEEN, 2) ? 2 : HIDDEN;
  }

  count(triangles: number): void {
    this.triangles += triangles;
  }

  /** Whether all have to be chosen again, with less or more detail. */
  end(): boolean {
    if (this.triangles > MOST_TRIANGLES) this.bias *= 0.85;
    else if (this.bias < 1 && this.triangles < 0.6 * MOST_TRIANGLES)
      this.bias = Math.min(1, this.bias * 1.1);
    else return false;
    return true;
  }
}
