import { MICROS_PER_SECOND, type Micros } from '../../kernel/time.ts';

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
  advanceTo(t: Micros): Micros;
}

/** Longest stretch without an answer to commands [ms of wall clock]. */
const SLICE_MS = 8;
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

  /** @param wall monotonic wall clock [ms] */
  constructor(twin: Advanceable, mode: TimeMode, running: boolean, wall: () => number) {
    this.twin = twin;
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
  }

  /** Advances as far as the mode allows within one slice; returns the rest until work is due [ms]. */
  slice(): number {
    const start = this.wall();
    if (!this.running || this.mode.kind === 'lockstep') {
      this.remember(start);
      return 50;
    }
    const target = this.target(start);
    while (this.twin.now < target) {
      const next = Math.min(target, Math.max(this.twin.nextEventTime, this.twin.now + STRIDE));
      this.twin.advanceTo(next);
      if (this.wall() - start >= SLICE_MS) break;
    }
    this.lateness = 0;
    if (this.mode.kind === 'scaled') {
      const behind = this.target(this.wall()) - this.twin.now;
      this.lateness = Math.max(0, behind / MICROS_PER_SECOND / this.mode.factor);
      // Behind by more than a second: take the present pace as the new start instead of racing.
      if (this.lateness > 1) {
        this.anchorWall = this.wall();
        this.anchorTime = this.twin.now;
      }
    }
    this.remember(this.wall());
    return this.twin.now < target ? 0 : this.mode.kind === 'max' ? 0 : 10;
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
    };
  }
}
