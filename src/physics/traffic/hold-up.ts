import type { Micros } from '../../kernel/time.ts';
import {
  continueJourney,
  endOfJourney,
  type Hold,
  holdsOf,
  type Journey,
  stepAt,
  type Step,
  type Task,
} from './journey.ts';
import type { Network } from './network.ts';
import { extendJourney, leadOf, withShuttle } from './orders.ts';
import { areApart } from './platform.ts';
import type { ShuttleTraffic, Traffic } from './traffic.ts';

/** Tasks among steps. */
export function tasksOf(steps: readonly Step[]): Task[] {
  return steps.flatMap((step) => (step.kind === 'task' ? [step.task] : []));
}

/** The part of a journey that a shuttle cannot help doing when it stops at `now`: it brakes, if it moves. */
export function stopJourney(network: Network, journey: Journey, now: Micros): Journey {
  const lead = leadOf(network, journey, now);
  const [step] = lead.steps;
  if (step?.kind !== 'leg') return lead;
  const { line, from, to, load, start } = step;
  const brake: Step = { kind: 'brake', start: now, elapsed: now - start, line, from, to, load };
  return { ...lead, steps: [brake] };
}

/** Steps of a journey that a stop at `now` keeps it from: also the rest of the motion it breaks off. */
function stepsLost(network: Network, journey: Journey, now: Micros): readonly Step[] {
  const { steps } = continueJourney(network, journey, now);
  const [first] = steps;
  const isKept = first !== undefined && first.kind !== 'leg' && first.start <= now;
  return isKept ? steps.slice(1) : steps;
}

/** A shuttle that stops where it is because the way is not free; `record` says what it had in mind. */
function haltShuttle(
  network: Network,
  record: ShuttleTraffic,
  now: Micros,
  disturbance: number,
): ShuttleTraffic {
  const { journey } = record;
  return {
    ...record,
    journey: stopJourney(network, journey, now),
    held: { disturbance, intent: stepsLost(network, journey, now) },
  };
}

/**
 * Whether all that a journey holds until its end is free: apart from what other shuttles hold, and not
 * closed. Where it rests afterwards is another question.
 */
export function isLeadFree(
  network: Network,
  { shuttles, closed }: Traffic,
  shuttle: string,
  lead: Journey,
  now: Micros,
): boolean {
  const time = Math.max(now, endOfJourney(network, lead).time);
  const holds = holdsOf(network, lead)
    .filter(({ until }) => until > now)
    .map((hold) => ({ ...hold, until: Math.min(hold.until, time) }));
  if (holds.some(({ block }) => closed.includes(network.blocks[block] as string))) return false;
  return Object.entries(shuttles).every(
    ([id, { journey }]) =>
      id === shuttle || areHoldsApart(network, holds, holdsOf(network, journey)),
  );
}

/** Whether no hold of one list meets one of the other. */
export function areHoldsApart(network: Network, a: readonly Hold[], b: readonly Hold[]): boolean {
  return a.every((hold) => b.every((other) => areApart(network, hold, other)));
}

/** Whether what a shuttle has before it meets one that stands on the track, or a closed block. */
function isHit(
  network: Network,
  { shuttles, closed }: Traffic,
  { journey }: ShuttleTraffic,
  now: Micros,
): boolean {
  const holds = holdsOf(network, journey).filter(({ until }) => until > now);
  if (holds.some(({ block }) => closed.includes(network.blocks[block] as string))) return true;
  return Object.values(shuttles).some(
    ({ held, journey: other }) =>
      held !== undefined && !areHoldsApart(network, holds, holdsOf(network, other)),
  );
}

/**
 * Journeys that agree with the shuttles that stand on the track and with what is closed. Who runs into
 * them finds another way, from the end of its motion or by braking, with its tasks or at least home; who
 * finds none stops where it is and may hit others in turn, until nothing changes any more.
 *
 * A consistent set always exists: at every instant each shuttle holds all blocks up to where it would
 * come to rest (see {@link LegShape}), no two share one, so in the worst case all stop at once. Each turn
 * of the loop either stops one shuttle more or gives one a way past all that stand, so it ends.
 */
export function settleHoldUps(
  network: Network,
  before: Traffic,
  now: Micros,
  disturbance: number,
): Traffic {
  let traffic = before;
  const ids = Object.keys(before.shuttles).sort();
  for (;;) {
    const id = ids.find((name) => {
      const record = traffic.shuttles[name] as ShuttleTraffic;
      return record.held === undefined && isHit(network, traffic, record, now);
    });
    if (id === undefined) return traffic;
    const detour = findDetour(network, traffic, id, now);
    const record = before.shuttles[id] as ShuttleTraffic;
    const next = detour ?? haltShuttle(network, record, now, disturbance);
    traffic = withShuttle(traffic, id, next);
  }
}

/** Another way for a shuttle, with all its tasks or else home; undefined when there is none. */
function findDetour(
  network: Network,
  traffic: Traffic,
  id: string,
  now: Micros,
): ShuttleTraffic | undefined {
  const record = traffic.shuttles[id] as ShuttleTraffic;
  const { journey, suspended } = record;
  const left = continueJourney(network, journey, now).steps;
  const isMoving = stepAt(network, journey, now)?.kind === 'leg';
  for (const lead of [
    leadOf(network, journey, now),
    ...(isMoving ? [stopJourney(network, journey, now)] : []),
  ]) {
    if (!isLeadFree(network, traffic, id, lead, now)) continue;
    const tasks = [...tasksOf(left.slice(lead.steps.length)), ...suspended];
    const way = goOn(network, traffic, id, lead, tasks, now);
    if (way !== undefined) return { ...record, ...way };
  }
  return undefined;
}

/** The journey after `lead` with all tasks; if there is no way, home with all of them suspended. */
export function goOn(
  network: Network,
  traffic: Traffic,
  id: string,
  lead: Journey,
  tasks: readonly Task[],
  now: Micros,
): Pick<ShuttleTraffic, 'journey' | 'suspended'> | undefined {
  const whole = extendJourney(network, traffic, id, lead, tasks, now);
  if (whole !== undefined) return { journey: whole, suspended: [] };
  if (tasks.length === 0) return undefined;
  const home = extendJourney(network, traffic, id, lead, [], now);
  return home && { journey: home, suspended: tasks };
}
