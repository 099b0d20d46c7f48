import {
  type AlarmTerm,
  compares,
  type Condition,
  matches,
  type Term,
} from '../kernel/condition.ts';
import type { PlantEvent } from '../kernel/plant-contract.ts';
import { MICROS_PER_SECOND, type Micros } from '../kernel/time.ts';
import type { StopRule, Twin } from './twin.ts';

/** Time between two looks at a signal that has no sampling period of its own; assumed. */
const PERIOD: Micros = MICROS_PER_SECOND;

/**
 * Watches a twin for a condition: at every instant at which something happens, and at the sampling
 * instants of the signals in between. Looking changes nothing.
 */
export class Watch implements StopRule {
  private readonly twin: Twin;
  private readonly condition: Condition;
  private readonly periods: readonly Micros[];

  /** @param every least time between two looks at signals */
  constructor(twin: Twin, condition: Condition, every: Micros = 0) {
    this.twin = twin;
    this.condition = condition;
    const periods = condition.flat().flatMap((term) => {
      if (!('signal' in term)) return [];
      const period = twin.channel(term.device, term.signal)?.period ?? 0;
      return [Math.max(every, period === 0 ? PERIOD : period)];
    });
    this.periods = [...new Set(periods)];
  }

  /** Next instant after `t` at which a signal may show something else although nothing happens. */
  nextLook(t: Micros): Micros {
    return this.periods.reduce(
      (next, period) => Math.min(next, (Math.floor(t / period) + 1) * period),
      Number.POSITIVE_INFINITY,
    );
  }

  isMet(events: readonly PlantEvent[], isDue: boolean): boolean {
    // Other watches' looks do not count: where this one is met must not depend on them.
    return (isDue || this.isLooking) && this.holds(events);
  }

  /** Whether this is an instant at which it looks although nothing happens. */
  get isLooking(): boolean {
    return this.periods.some((period) => this.twin.now % period === 0);
  }

  /** Whether the condition holds at this instant. */
  holds(events: readonly PlantEvent[]): boolean {
    return this.condition.some((terms) => terms.every((term) => this.isTrue(term, events)));
  }

  private isTrue(term: Term, events: readonly PlantEvent[]): boolean {
    if ('event' in term) return events.some((event) => matches(event, term));
    if ('alarm' in term) return this.isAlarmed(term, events);
    const reading = this.twin.read(term.device, term.signal);
    return reading !== undefined && compares(reading.value, term);
  }

  private isAlarmed(term: AlarmTerm, events: readonly PlantEvent[]): boolean {
    const { alarm: state, device, name } = term;
    const devices = device === '' ? [...this.twin.devices.values()] : [this.twin.runtime(device)];
    const alarms = devices
      .flatMap(({ alarms: all }) => [...all.values()])
      .filter((other) => name === '' || other.alarm === name);
    if (state === 'acknowledged') return alarms.some(({ acknowledged }) => acknowledged);
    const isActive = alarms.some(({ active }) => active);
    if (state === 'cleared') return !isActive;
    // One that came and went within the instant was raised all the same.
    return (
      isActive || events.some((event) => matches(event, { event: 'alarm.raised', device, name }))
    );
  }
}
