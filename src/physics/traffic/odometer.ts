import type { Micros } from '../../kernel/time.ts';
import { endOfStep, type Journey, motionAt } from './journey.ts';
import type { Network } from './network.ts';

/** What a shuttle did in a time. */
export interface Travelled {
  /** Way that it went [m], lifts included. */
  readonly distance: number;
  /** Time that it moved, changed wheels or did a task; the rest it stood. */
  readonly busy: Micros;
}

/** What a shuttle does on a journey from `from` to `until`. */
export function travelled(
  network: Network,
  journey: Journey,
  from: Micros,
  until: Micros,
): Travelled {
  let distance = 0;
  let busy = 0;
  for (const step of journey.steps) {
    const [begin, end] = [Math.max(from, step.start), Math.min(until, endOfStep(network, step))];
    if (end <= begin) continue;
    busy += end - begin;
    if (step.kind !== 'leg' && step.kind !== 'brake') continue;
    const alone: Journey = { ...journey, steps: [step] };
    const [a, b] = [motionAt(network, alone, begin), motionAt(network, alone, end)];
    distance += Math.abs(b.position - a.position);
  }
  return { distance, busy };
}
