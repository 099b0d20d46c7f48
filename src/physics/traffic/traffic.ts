import type { Micros } from '../../kernel/time.ts';
import type { Journey, Step, Task } from './journey.ts';
import type { Spot } from './network.ts';

/** One shuttle in the traffic. */
export interface ShuttleTraffic {
  /** Its private berth, at a node that no other shuttle ever goes to. */
  readonly home: Spot;
  /** What it does; ends at home unless it is `held`. */
  readonly journey: Journey;
  /** Tasks still wanted that no way leads to at present. */
  readonly suspended: readonly Task[];
  /** Whether it cannot move by itself. */
  readonly broken: boolean;
  /** It stands where its journey ends and waits there for the way to become free. */
  readonly held?: Halt;
}

/** Why a shuttle stands on the track, and what it would have done. */
export interface Halt {
  /** Number of the disturbance by which it was stopped. */
  readonly disturbance: number;
  /** Steps that it did not come to, at the times at which it would have done them. */
  readonly intent: readonly Step[];
}

/** Where the platform of a lift goes by itself: from a height to a height [m], since `start`. */
export interface Platform {
  readonly from: number;
  readonly to: number;
  readonly start: Micros;
}

/**
 * All traffic on a network: plain data. Reservations are not a thing of their own but follow from the
 * journeys, so that both can never disagree.
 */
export interface Traffic {
  readonly shuttles: Readonly<Record<string, ShuttleTraffic>>;
  /** Platforms of the lifts by block. */
  readonly platforms: Readonly<Record<string, Platform>>;
  /** Blocks that nobody may enter or go on in. */
  readonly closed: readonly string[];
  /** Number of disturbances so far. */
  readonly disturbances: number;
}
