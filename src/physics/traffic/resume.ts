import type { Micros } from '../../kernel/time.ts';
import { goOn, isLeadFree, tasksOf } from './hold-up.ts';
import { continueJourney, endOfJourney, type Journey, type Step } from './journey.ts';
import type { Network } from './network.ts';
import { turnRound, withShuttle } from './orders.ts';
import { rejoin } from './rejoin.ts';
import type { Halt, ShuttleTraffic, Traffic } from './traffic.ts';

/**
 * Lets all go on who can: shuttles that stand on the track, one by one as soon as a way is free, and
 * those that came home with suspended tasks. Who is still in the way of one another goes on by
 * {@link rejoin}.
 */
export function resumeTraffic(network: Network, before: Traffic, now: Micros): Traffic {
  let traffic = before;
  for (;;) {
    const next = resumeOne(network, traffic, now) ?? resumeTogether(network, traffic, now);
    if (next === undefined) break;
    traffic = next;
  }
  for (const id of Object.keys(traffic.shuttles).sort()) {
    const record = traffic.shuttles[id] as ShuttleTraffic;
    const { held, suspended } = record;
    if (held !== undefined || suspended.length === 0) continue;
    const journey = turnRound(
      network,
      traffic,
      id,
      { tasks: suspended, load: undefined, mayGoHome: true },
      now,
    );
    if (journey === undefined) continue;
    traffic = withShuttle(traffic, id, { ...record, journey, suspended: [] });
  }
  return traffic;
}

/** Shuttles that only wait, the latest stopped first: those before them may stand in their plans. */
function waiting({ shuttles }: Traffic): (readonly [string, ShuttleTraffic, Halt])[] {
  return Object.keys(shuttles)
    .sort()
    .flatMap((id) => {
      const record = shuttles[id] as ShuttleTraffic;
      const { held, broken } = record;
      return held === undefined || broken ? [] : [[id, record, held] as const];
    })
    .sort(([, , a], [, , b]) => b.disturbance - a.disturbance);
}

/** The part of its journey to which a waiting shuttle is bound, and the steps that should follow. */
function takeUp(
  network: Network,
  { journey }: ShuttleTraffic,
  { intent }: Halt,
  now: Micros,
): { readonly lead: Journey; readonly steps: readonly Step[] } {
  const lead = continueJourney(network, journey, now);
  const [first] = intent;
  // A task that was begun is ended first: the fork is still out.
  if (first?.kind !== 'task' || first.done === 0) return { lead, steps: intent };
  const start = Math.max(now, endOfJourney(network, lead).time);
  return {
    lead: { ...lead, steps: [...lead.steps, { ...first, start }] },
    steps: intent.slice(1),
  };
}

function resumeOne(network: Network, traffic: Traffic, now: Micros): Traffic | undefined {
  for (const [id, record, halt] of waiting(traffic)) {
    const { lead, steps } = takeUp(network, record, halt, now);
    if (!isLeadFree(network, traffic, id, lead, now)) continue;
    const tasks = [...tasksOf(steps), ...record.suspended];
    const way = goOn(network, traffic, id, lead, tasks, now);
    if (way === undefined) continue;
    return withShuttle(traffic, id, goFree(record, way));
  }
  return undefined;
}

function goFree(
  { home, broken }: ShuttleTraffic,
  { journey, suspended }: Pick<ShuttleTraffic, 'journey' | 'suspended'>,
): ShuttleTraffic {
  return { home, broken, journey, suspended };
}

/** Lets those go on together that were stopped by one disturbance, if they can. */
function resumeTogether(network: Network, traffic: Traffic, now: Micros): Traffic | undefined {
  const all = waiting(traffic);
  for (const disturbance of new Set(all.map(([, , halt]) => halt.disturbance))) {
    const group = all.filter(([, , halt]) => halt.disturbance === disturbance);
    const journeys = rejoin(
      network,
      traffic,
      group.map(([id, record, halt]) => ({ id, ...takeUp(network, record, halt, now) })),
      now,
    );
    if (journeys === undefined) continue;
    return group.reduce(
      (result, [id, record]) =>
        withShuttle(
          result,
          id,
          goFree(record, { ...record, journey: journeys.get(id) as Journey }),
        ),
      traffic,
    );
  }
  return undefined;
}
