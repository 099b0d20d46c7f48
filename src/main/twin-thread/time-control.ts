import { MICROS_PER_SECOND, type Micros } from '../../kernel/time.ts';
import type { StopRule } from '../../twin/twin.ts';
import type { Effort, EffortReport } from './effort.ts';

/** How simulated time follows the wall clock. */
export type TimeMode =
  | { readonly kind: 'scaled'; readonly factor: number }
  | { readonly kind: 'max' }
  | { readonly kind: 'lockstep' };

export interface TimeStatus {
  readonly time: Micros;
  readonly mode: 'realtime' | 'scaled' | 'max' | 'lockstep';
  readonly running: boolean;
  /** Simulated seconds per second asked for; Infinity in `max`, 0 in `lockstep`. */
  readonly askedSpeed: number;
  readonly achievedSpeed: number;
  /** How far simulated time is behind the asked pace [s of wall clock]. */
  readonly lateness: number;
  /** How the twin's thread does. */
  readonly effort: EffortReport;
}

/** Reads `realtime`, `max`, `lockstep` or a factor from 0.1 to 1 000 000. */
export function parseTimeMode(text: string): TimeMode | undefined {
  if (text === 'realtime') return { kind: 'scaled', factor: 1 };
  if (text === 'max' || text === 'lockstep') return { kind: text };
  const factor = Number(text);
  return factor >= 0.1 && factor <= 1e6 ? { kind: 'scaled', factor } : undefined;
}

/** What the pacer moves. */
export interface Advanceable {
  readonly now: Micros;
  readonly nextEventTime: Micros;
  /** Events fired so far. */
  readonly fired: number;
  advanceTo(t: Micros, rule?: StopRule): Micros;
}

/** Up to where a paced twin runs before it is frozen. */
export interface Goal {
  readonly until: Micros;
  readonly rule: StopRule;
  /** Called once; `met` tells whether the rule was, and not only the time reached. */
  reached(time: Micros, met: boolean): void;
}

/** Longest stretch without an answer to commands [ms of wall clock]. */
const SLICE_MS = 8;
/** Longest rest while time is paced by the wall clock [ms]. */
const REST_MS = 10;
/** Fastest pace at which the thread wakes for each event when it is due. */
const PUNCTUAL_FACTOR = 10;
/** Longest stretch of simulated time between two looks at the wall clock. */
const STRIDE: Micros = 60 * MICROS_PER_SECOND;

/**
 * Paces a twin by the wall clock. It only ever calls `advanceTo`; how often and how far changes
 * nothing in what happens.
 */
export class Pacer {
  mode: TimeMode;
  running: boolean;
  private readonly twin: Advanceable;
  private readonly wall: () => number;
  private anchorWall: number;
  private anchorTime: Micros;
  private readonly history: { wall: number; time: Micros }[] = [];
  private lateness = 0;
  private goal: Goal | undefined;
  private readonly effort: Effort;

  /** @param wall monotonic wall clock [ms] */
  constructor(
    twin: Advanceable,
    mode: TimeMode,
    running: boolean,
    wall: () => number,
    effort: Effort,
  ) {
    this.twin = twin;
    this.effort = effort;
    this.mode = mode;
    this.running = running;
    this.wall = wall;
    this.anchorWall = wall();
    this.anchorTime = twin.now;
  }

  set(mode: TimeMode, running: boolean): void {
    this.mode = mode;
    this.running = running;
    this.anchorWall = this.wall();
    this.anchorTime = this.twin.now;
    this.history.length = 0;
    this.lateness = 0;
    this.effort.restart(this.twin.fired);
    if (!running) this.drop(false);
  }

  /** Runs up to a goal and is frozen there; an earlier goal is given up where it is. */
  runTo(goal: Goal): void {
    this.drop(false);
    const { now } = this.twin;
    if (goal.rule.isMet([], true)) goal.reached(now, true);
    else if (goal.until <= now) goal.reached(now, false);
    else {
      this.set(this.mode, true);
      this.goal = goal;
    }
  }

  private drop(met: boolean): void {
    const { goal } = this;
    this.goal = undefined;
    goal?.reached(this.twin.now, met);
  }

  /** Advances as far as the mode allows within one slice; returns the rest until work is due [ms]. */
  slice(): number {
    const start = this.wall();
    if (!this.running || this.mode.kind === 'lockstep') {
      this.remember(start);
      return 50;
    }
    const { mode } = this;
    const target = Math.min(this.target(start), this.goal?.until ?? Number.MAX_SAFE_INTEGER);
    while (this.twin.now < target) {
      const due = this.twin.nextEventTime;
      if (mode.kind === 'scaled' && due <= target) {
        this.effort.late(this.wall() - this.wallOf(due, mode.factor));
      }
      const stride = mode.kind === 'scaled' ? due : Math.max(due, this.twin.now + STRIDE);
      if (this.advance(Math.min(target, stride)) || this.wall() - start >= SLICE_MS) break;
    }
    if (this.goal !== undefined && this.twin.now >= this.goal.until) this.end(false);
    this.lateness = 0;
    if (mode.kind === 'scaled' && this.running) {
      const behind = this.target(this.wall()) - this.twin.now;
      this.lateness = Math.max(0, behind / MICROS_PER_SECOND / mode.factor);
      // Behind by more than a second: take the present pace as the new start instead of racing.
      if (this.lateness > 1) {
        this.anchorWall = this.wall();
        this.anchorTime = this.twin.now;
      }
    }
    this.remember(this.wall());
    if (this.twin.now < target || mode.kind === 'max') return 0;
    if (mode.kind !== 'scaled' || mode.factor > PUNCTUAL_FACTOR) return REST_MS;
    const wait = this.wallOf(this.twin.nextEventTime, mode.factor) - this.wall();
    return Math.min(REST_MS, Math.max(0, wait));
  }

  /** Advances towards the goal, if there is one; whether it was met. */
  private advance(t: Micros): boolean {
    const { goal } = this;
    if (goal === undefined) {
      this.twin.advanceTo(t);
      return false;
    }
    let met = false;
    this.twin.advanceTo(t, {
      nextLook: (now) => goal.rule.nextLook(now),
      isMet: (events, isDue) => {
        met = goal.rule.isMet(events, isDue);
        return met;
      },
    });
    if (met) this.end(true);
    return met;
  }

  private end(met: boolean): void {
    const { goal } = this;
    this.goal = undefined;
    this.set(this.mode, false);
    goal?.reached(this.twin.now, met);
  }

  /** Wall clock at which simulated time `t` is due [ms]. */
  private wallOf(t: Micros, factor: number): number {
    return this.anchorWall + (t - this.anchorTime) / 1000 / factor;
  }

  private target(wall: number): Micros {
    if (this.mode.kind !== 'scaled') return Number.MAX_SAFE_INTEGER;
    return Math.floor(this.anchorTime + (wall - this.anchorWall) * 1000 * this.mode.factor);
  }

  private remember(wall: number): void {
    this.history.push({ wall, time: this.twin.now });
    while ((this.history[0]?.wall ?? wall) < wall - 1000) this.history.shift();
  }

  status(): TimeStatus {
    const first = this.history[0];
    const last = this.history.at(-1);
    const elapsed = first === undefined || last === undefined ? 0 : last.wall - first.wall;
    const achievedSpeed =
      elapsed > 0 && first !== undefined && last !== undefined
        ? (last.time - first.time) / 1000 / elapsed
        : 0;
    const { mode } = this;
    return {
      time: this.twin.now,
      mode: mode.kind === 'scaled' ? (mode.factor === 1 ? 'realtime' : 'scaled') : mode.kind,
      running: this.running,
      askedSpeed: mode.kind === 'scaled' ? mode.factor : mode.kind === 'max' ? Infinity : 0,
      achievedSpeed: this.running || mode.kind === 'lockstep' ? achievedSpeed : 0,
      lateness: this.lateness,
      effort: this.effort.report(this.twin.fired),
    };
  }
}
