import type { Micros } from '../kernel/time.ts';

/** What devices take for the present, and whether anybody has asked for it. */
export class Clock {
  /** Differs from the twin's time only while somebody looks back. */
  present: Micros = 0;
  private asked = false;

  /** The present, for whoever depends on it. */
  now(): Micros {
    this.asked = true;
    return this.present;
  }

  /** Whether the time was asked for in the course of some work: if not, its outcome stays as it is. */
  isAskedBy(work: () => void): boolean {
    const before = this.asked;
    this.asked = false;
    work();
    const asked = this.asked;
    this.asked = before || asked;
    return asked;
  }

  /** Turns the clock back to `t` while `look` is done. */
  lookBack<T>(t: Micros, look: () => T): T {
    const { present } = this;
    this.present = t;
    try {
      return look();
    } finally {
      this.present = present;
    }
  }
}
