import type { JourneyRequest, Visit } from '../../kernel/bridge-contract.ts';
import { lotOf } from '../../kernel/batch-label.ts';
import type { PlantEvent } from '../../kernel/plant-contract.ts';
import type { Micros } from '../../kernel/time.ts';

/** Vessels that are followed at most, and stays that are kept of each; the oldest are forgotten. */
const MOST_VESSELS = 5000;
const MOST_VISITS = 500;

type Move = Extract<PlantEvent, { type: 'vessel.placed' | 'vessel.taken' }>;
/** A stay, the label that the vessel bore, and where it stands among all. */
interface Stay {
  visit: Visit;
  batch: string;
  readonly order: number;
}

/** Where vessels have been, followed from the plant's events. */
export class JourneyBoard {
  private readonly stays = new Map<string, Stay[]>();
  private count = 0;

  follow(event: PlantEvent): void {
    if (event.type === 'vessel.placed' || event.type === 'vessel.taken') this.move(event);
    if (event.type === 'time.jumped') this.undo(event.time);
  }

  /** Forgets what came after `t`. */
  private undo(t: Micros): void {
    for (const [vessel, stays] of this.stays) {
      const kept = stays.filter(({ visit }) => (visit.came ?? 0) <= t);
      for (const stay of kept) {
        const { left = 0, ...visit } = stay.visit;
        if (left > t) stay.visit = visit;
      }
      this.stays.set(vessel, kept);
    }
  }

  private move({ type, vessel, place, batch, time }: Move): void {
    const stays = this.staysOf(vessel);
    const last = stays.at(-1);
    if (type === 'vessel.placed') {
      stays.push({ visit: { vessel, place, came: time }, batch, order: this.count++ });
    } else if (last === undefined || last.visit.left !== undefined) {
      // It stood there from the beginning.
      stays.push({ visit: { vessel, place, left: time }, batch, order: this.count++ });
    } else {
      last.visit = { ...last.visit, left: time };
      if (last.batch === '') last.batch = batch;
    }
    if (stays.length > MOST_VISITS) stays.shift();
  }

  private staysOf(vessel: string): Stay[] {
    const known = this.stays.get(vessel);
    if (known !== undefined) return known;
    const stays: Stay[] = [];
    this.stays.set(vessel, stays);
    const [oldest] = this.stays.keys();
    if (this.stays.size > MOST_VESSELS && oldest !== undefined) this.stays.delete(oldest);
    return stays;
  }

  /** Stays in the order in which they began. */
  journey(request: JourneyRequest): readonly Visit[] {
    const found: Stay[] = [];
    for (const [vessel, stays] of this.stays) {
      if ('device' in request) {
        if (vessel.startsWith(`${request.device}.`)) found.push(...stays);
      } else {
        const { batch } = request;
        found.push(...stays.filter((stay) => stay.batch === batch || lotOf(stay.batch) === batch));
      }
    }
    return found.sort((a, b) => a.order - b.order).map(({ visit }) => visit);
  }
}
