import type { Micros } from '../../kernel/time.ts';
import type { TrackLoad } from '../../kernel/track.ts';
import { findWay } from './find-way.ts';
import {
  continueJourney,
  endOfJourney,
  type Journey,
  loadAfter,
  stepAt,
  type Task,
} from './journey.ts';
import { isSameSpot, type Network, type Spot } from './network.ts';
import { platformAt } from './platform.ts';
import { timetableFor } from './timetable.ts';
import type { Platform, ShuttleTraffic, Traffic } from './traffic.ts';

/** Shuttles at rest in their berths, all lifts at their lowest stop, nothing closed. */
export function createTraffic(network: Network, homes: Readonly<Record<string, Spot>>): Traffic {
  const shuttles = Object.entries(homes).map(([id, home]) => [id, parkedAt(home)] as const);
  const shafts = network.blocks.flatMap((name, block) => {
    if (network.isShaft[block] !== true) return [];
    const stops = network.nodes.filter((node) => node.block === block);
    const height = Math.min(...stops.map(({ position }) => position[2]));
    return [[name, { from: height, to: height, start: 0 }] as const];
  });
  return {
    shuttles: Object.fromEntries(shuttles),
    platforms: Object.fromEntries(shafts),
    closed: [],
    disturbances: 0,
  };
}

/** A shuttle at rest in its berth, with nothing to do. */
export function parkedAt(home: Spot): ShuttleTraffic {
  return {
    home,
    journey: { origin: home, load: 'empty', steps: [] },
    suspended: [],
    broken: false,
  };
}

/** The traffic with what the platforms of lifts have done until `now` written down. */
export function settlePlatforms(network: Network, traffic: Traffic, now: Micros): Traffic {
  const platforms: Record<string, Platform> = {};
  network.blocks.forEach((name, block) => {
    if (network.isShaft[block]) platforms[name] = platformAt(network, traffic, block, now);
  });
  return { ...traffic, platforms };
}

/** The traffic with another record of one shuttle. */
export function withShuttle(traffic: Traffic, id: string, record: ShuttleTraffic): Traffic {
  return { ...traffic, shuttles: { ...traffic.shuttles, [id]: record } };
}

/** Tasks of a journey that are not done at `now`, in their order. */
export function tasksLeft(network: Network, journey: Journey, now: Micros): Task[] {
  return continueJourney(network, journey, now).steps.flatMap((step) =>
    step.kind === 'task' ? [step.task] : [],
  );
}

/** What stays of a journey when all is planned anew at `now`: where it stands, or the step under way. */
export function leadOf(network: Network, journey: Journey, now: Micros): Journey {
  const rest = continueJourney(network, journey, now);
  const step = stepAt(network, rest, now);
  return { ...rest, steps: step === undefined ? [] : [step] };
}

/** The journey that goes on after `lead` with the tasks and then home; undefined without a free way. */
export function extendJourney(
  network: Network,
  traffic: Traffic,
  shuttle: string,
  lead: Journey,
  tasks: readonly Task[],
  now: Micros,
): Journey | undefined {
  const record = traffic.shuttles[shuttle];
  if (record === undefined) return undefined;
  const { spot, time } = endOfJourney(network, lead);
  const steps = findWay(timetableFor(network, traffic, shuttle, lead, now), {
    start: spot,
    time: Math.max(now, time),
    load: lead.steps.reduce(loadAfter, lead.load),
    tasks,
    home: record.home,
  });
  return steps === undefined ? undefined : { ...lead, steps: [...lead.steps, ...steps] };
}

/**
 * Gives a shuttle tasks instead of those it has, or sends it home with none: from the end of the motion
 * or task under way, or, when it is on its way home and there is no free way from there, after it has come
 * home. Undefined when no way leads to the tasks, or the shuttle is unknown, broken or held up; the
 * others' journeys stay as they are.
 *
 * `load` is what the shuttle carries when the task under way, if any, is over; it need not be what that
 * task was to bring.
 *
 * From its berth a shuttle always finds a way that exists on the empty network, as long as nothing is
 * broken or closed: all journeys end in private berths, so after the last of them the whole network is
 * free, and until then it can wait. So no set of journeys that was accepted can lock itself up.
 */
export function assignTasks(
  network: Network,
  before: Traffic,
  shuttle: string,
  tasks: readonly Task[],
  now: Micros,
  load?: TrackLoad,
): Traffic | undefined {
  const record = before.shuttles[shuttle];
  if (record === undefined || record.broken || record.held !== undefined) return undefined;
  const traffic = settlePlatforms(network, before, now);
  const isBusy = tasksLeft(network, record.journey, now).length > 0;
  const journey = turnRound(network, traffic, shuttle, { tasks, load, mayGoHome: !isBusy }, now);
  return journey && withShuttle(traffic, shuttle, { ...record, journey, suspended: [] });
}

/** Other work for a shuttle. */
export interface Turnabout {
  readonly tasks: readonly Task[];
  /** What it carries after the step under way; as planned where undefined. */
  readonly load: TrackLoad | undefined;
  /** Whether it may come home first. */
  readonly mayGoHome: boolean;
}

/**
 * The journey of a shuttle with other tasks: from the end of the motion or task under way, or, when there
 * is no free way from there and it may do so, after it has come home.
 */
export function turnRound(
  network: Network,
  traffic: Traffic,
  shuttle: string,
  { tasks, load, mayGoHome }: Turnabout,
  now: Micros,
): Journey | undefined {
  const journey = traffic.shuttles[shuttle]?.journey;
  if (journey === undefined) return undefined;
  const rest = continueJourney(network, journey, now);
  for (const lead of [leadOf(network, rest, now), ...(mayGoHome ? [rest] : [])]) {
    const loaded = load === undefined ? lead : withLoad(lead, load);
    const next = extendJourney(network, traffic, shuttle, loaded, tasks, now);
    if (next !== undefined) return next;
  }
  return undefined;
}

/** A journey after whose one task, or from now on if it has none, this is the load. */
function withLoad(journey: Journey, load: TrackLoad): Journey {
  const { origin, steps } = journey;
  if (!steps.some(({ kind }) => kind === 'task')) return { origin, load, steps };
  const corrected = steps.map((step) =>
    step.kind === 'task' ? { ...step, task: { ...step.task, load } } : step,
  );
  return { ...journey, steps: corrected };
}

/** Whether a shuttle stands in its berth at `now`, with nothing to do. */
export function restsAtHome(
  network: Network,
  { home, journey }: ShuttleTraffic,
  now: Micros,
): boolean {
  const { spot, time } = endOfJourney(network, journey);
  return time <= now && isSameSpot(network, spot, home);
}

/** Whether a shuttle stands in its berth at `now` and can be sent out. */
export function isParked(network: Network, record: ShuttleTraffic, now: Micros): boolean {
  return record.held === undefined && restsAtHome(network, record, now);
}
