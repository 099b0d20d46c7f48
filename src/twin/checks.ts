import type { Check, Verdict } from '../kernel/check.ts';
import type { PlantEvent } from '../kernel/plant-contract.ts';
import type { Micros } from '../kernel/time.ts';
import type { Twin } from './twin.ts';
import { Watch } from './watch.ts';

interface Failure {
  readonly time: Micros;
  readonly cause: string;
}

/** One check with what it has seen so far. */
interface Course {
  readonly check: Check;
  /** Next instant at which it must look although nothing happens. */
  nextLook(t: Micros): Micros;
  /** Looks at this instant; returns why it has failed, if it has. */
  look(events: readonly PlantEvent[], isDue: boolean): string | undefined;
  /** Why it has failed now that time is over. */
  end(): string | undefined;
  /** What it has had nothing of to look at; undefined when it had. */
  idle(): string | undefined;
  failure: Failure | undefined;
}

/**
 * What somebody wants to be so in a twin, followed while it runs. Looking changes nothing; a check that has
 * failed is over. Broken rules of the plant can be taken for failures, too.
 */
export class Checks {
  private readonly twin: Twin;
  private readonly courses: Course[] = [];
  private readonly failed: () => void;
  /** Observers that may report; undefined when nobody minds them. */
  private allowed: ReadonlySet<string> | undefined;
  private readonly broken = new Map<string, Failure>();

  /** @param failed told at the instant of each failure */
  constructor(twin: Twin, failed: () => void = () => {}) {
    this.twin = twin;
    this.failed = failed;
  }

  add(check: Check): void {
    const known = this.courses.findIndex((other) => other.check.name === check.name);
    this.courses.splice(known < 0 ? this.courses.length : known, known < 0 ? 0 : 1, {
      ...begin(this.twin, check),
      check,
      failure: undefined,
    });
    // What is wrong already is seen at once.
    this.note([], true);
  }

  /** From now on every rule of the plant that is broken is a failure, but these. */
  mindRules(allowed: readonly string[]): void {
    this.allowed = new Set(allowed);
  }

  nextLook(t: Micros): Micros {
    let next = Number.POSITIVE_INFINITY;
    for (const course of this.courses) {
      if (course.failure === undefined) next = Math.min(next, course.nextLook(t));
    }
    return next;
  }

  /** Takes note of this instant and its events. */
  note(events: readonly PlantEvent[], isDue: boolean): void {
    const { now } = this.twin;
    let isWorse = false;
    for (const course of this.courses) {
      if (course.failure !== undefined) continue;
      const cause = course.look(events, isDue);
      if (cause === undefined) continue;
      course.failure = { time: now, cause };
      isWorse = true;
    }
    for (const event of this.allowed === undefined ? [] : events) {
      if (event.type !== 'observer.violation') continue;
      const { observer, place, batch, cause } = event.violation;
      if (this.allowed?.has(observer) === true || this.broken.has(observer)) continue;
      const where = [place, batch].filter((part) => part !== '').join(', ');
      this.broken.set(observer, { time: now, cause: `${where}: ${cause}` });
      isWorse = true;
    }
    if (isWorse) this.failed();
  }

  /** The twin stands at an earlier time: what failed later has not. Checks begin anew there. */
  goBack(t: Micros): void {
    for (const [i, { check, failure }] of this.courses.entries()) {
      if (failure !== undefined && failure.time <= t) continue;
      this.courses[i] = { ...begin(this.twin, check), check, failure: undefined };
    }
    for (const [rule, { time }] of this.broken) if (time > t) this.broken.delete(rule);
  }

  /** @param isOver whether time is over, so that what had to come has not come */
  verdicts(isOver: boolean): readonly Verdict[] {
    const rules = [...this.broken].map(([rule, failure]): Verdict => {
      return {
        name: `rule ${rule}`,
        text: `${rule} is not to be reported`,
        state: 'failed',
        ...failure,
      };
    });
    return [...this.courses.map((course) => this.verdictOf(course, isOver)), ...rules];
  }

  private verdictOf(course: Course, isOver: boolean): Verdict {
    const { name, text, optional } = course.check;
    const { failure } = course;
    if (failure !== undefined) return { name, text, state: 'failed', ...failure };
    const cause = isOver ? course.end() : undefined;
    if (cause !== undefined) return { name, text, state: 'failed', time: this.twin.now, cause };
    const idle = course.idle();
    if (idle === undefined) return { name, text, state: 'held' };
    if (optional || !isOver) return { name, text, state: 'idle', cause: idle };
    return { name, text, state: 'failed', time: this.twin.now, cause: idle };
  }
}

type Begun = Omit<Course, 'check' | 'failure'>;

function begin(twin: Twin, check: Check): Begun {
  switch (check.kind) {
    case 'always':
    case 'never':
      return bound(twin, check);
    case 'response':
      return response(twin, check);
    case 'eventually':
      return goal(twin, check);
    case 'order':
      return sequence(twin, check);
    case 'finally': {
      const watch = new Watch(twin, check.condition);
      return {
        nextLook: () => Number.POSITIVE_INFINITY,
        look: () => undefined,
        end: () => (watch.holds([]) ? undefined : 'it does not hold at the end'),
        idle: () => undefined,
      };
    }
  }
}

function bound(twin: Twin, check: Extract<Check, { kind: 'always' | 'never' }>): Begun {
  const { kind, condition, every, tolerance } = check;
  const watch = new Watch(twin, condition, every);
  const during = check.while && new Watch(twin, check.while, every);
  let since: Micros | undefined;
  let isIdle = during !== undefined;
  return {
    nextLook: (t) => {
      const limit = since === undefined ? Number.POSITIVE_INFINITY : since + tolerance;
      const look = Math.min(watch.nextLook(t), during?.nextLook(t) ?? Number.POSITIVE_INFINITY);
      return limit > t ? Math.min(look, limit) : look;
    },
    look: (events, isDue) => {
      const isLate = since !== undefined && twin.now >= since + tolerance;
      if (!isDue && !isLate && !watch.isLooking && during?.isLooking !== true) return undefined;
      const counts = during?.holds(events) ?? true;
      if (counts) isIdle = false;
      const isWrong = counts && watch.holds(events) === (kind === 'never');
      since = isWrong ? (since ?? twin.now) : undefined;
      if (since === undefined || twin.now - since < tolerance) return undefined;
      const what = kind === 'never' ? 'it held' : 'it did not hold';
      return tolerance === 0 ? what : `${what} for longer than ${inWords(tolerance)}`;
    },
    end: () => undefined,
    idle: () => (isIdle ? 'the time in which it counts never came' : undefined),
  };
}

function response(twin: Twin, check: Extract<Check, { kind: 'response' }>): Begun {
  const { every, within } = check;
  const when = new Watch(twin, check.when, every);
  const then = new Watch(twin, check.then, every);
  /** When the oldest answer that is still awaited is due. */
  let due: Micros | undefined;
  // Each event is one of its own; what holds for a while counts once.
  const isMomentary = check.when.some((terms) => terms.some((term) => 'event' in term));
  let held = false;
  let isIdle = true;
  return {
    nextLook: (t) => {
      const answer = due === undefined ? Number.POSITIVE_INFINITY : then.nextLook(t);
      const limit = due !== undefined && due > t ? due : Number.POSITIVE_INFINITY;
      return Math.min(when.nextLook(t), answer, limit);
    },
    look: (events, isDue) => {
      const isLate = due !== undefined && twin.now >= due;
      if (!isDue && !isLate && !when.isLooking && !then.isLooking) return undefined;
      const holds = when.holds(events);
      if (holds && (isMomentary || !held)) {
        isIdle = false;
        due ??= twin.now + within;
      }
      held = holds;
      if (due === undefined) return undefined;
      if (then.holds(events)) due = undefined;
      else if (twin.now >= due) return `no answer within ${inWords(within)}`;
      return undefined;
    },
    end: () => undefined,
    idle: () => (isIdle ? 'what it is about never came to hold' : undefined),
  };
}

function goal(twin: Twin, check: Extract<Check, { kind: 'eventually' }>): Begun {
  const { by, every } = check;
  const watch = new Watch(twin, check.condition, every);
  let isMet = false;
  return {
    nextLook: (t) => {
      if (isMet) return Number.POSITIVE_INFINITY;
      const look = watch.nextLook(t);
      // What comes at that very instant is in time.
      return by !== undefined && by >= t ? Math.min(look, by + 1) : look;
    },
    look: (events, isDue) => {
      if (isMet) return undefined;
      const isLate = by !== undefined && twin.now > by;
      if (!isDue && !isLate && !watch.isLooking) return undefined;
      isMet = watch.holds(events);
      return isLate && !isMet ? `it did not come to hold by ${inWords(by)}` : undefined;
    },
    end: () => (isMet ? undefined : 'it never came to hold'),
    idle: () => undefined,
  };
}

function sequence(twin: Twin, check: Extract<Check, { kind: 'order' }>): Begun {
  const watches = check.conditions.map((condition) => new Watch(twin, condition, check.every));
  let next = 0;
  return {
    nextLook: (t) =>
      watches.slice(next).reduce((least, watch) => Math.min(least, watch.nextLook(t)), Infinity),
    look: (events, isDue) => {
      if (!isDue && !watches.slice(next).some(({ isLooking }) => isLooking)) return undefined;
      while (watches[next]?.holds(events) === true) next += 1;
      if (next >= watches.length) return undefined;
      const early = watches.findIndex((watch, i) => i > next && watch.holds(events));
      return early < 0 ? undefined : `number ${early + 1} came before number ${next + 1}`;
    },
    end: () => (next < watches.length ? `number ${next + 1} never came` : undefined),
    idle: () => undefined,
  };
}

function inWords(duration: Micros): string {
  const seconds = duration / 1e6;
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Number((seconds / 60).toFixed(1))} min`;
  if (seconds < 172_800) return `${Number((seconds / 3600).toFixed(2))} h`;
  return `${Number((seconds / 86_400).toFixed(3))} d`;
}
