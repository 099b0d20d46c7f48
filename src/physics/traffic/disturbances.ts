import type { Micros } from '../../kernel/time.ts';
import type { TrackLoad } from '../../kernel/track.ts';
import { settleHoldUps, stopJourney } from './hold-up.ts';
import { continueJourney, holdsOf, type Journey, stepAt, type Step } from './journey.ts';
import { blocksAt, type Network, type Spot } from './network.ts';
import { parkedAt, settlePlatforms, withShuttle } from './orders.ts';
import { platformHeight } from './platform.ts';
import { resumeTraffic } from './resume.ts';
import type { ShuttleTraffic, Traffic } from './traffic.ts';

/** Finds ways for all after something has changed for the worse, and then for the better. */
function settle(network: Network, traffic: Traffic, now: Micros, disturbances: number): Traffic {
  const settled = settleHoldUps(network, { ...traffic, disturbances }, now, disturbances);
  return resumeTraffic(network, settled, now);
}

/**
 * A shuttle can no longer move by itself: it brakes, stands with what it holds, and whoever planned to
 * pass there is planned anew. A task that it was doing stays half done.
 */
export function breakDown(
  network: Network,
  before: Traffic,
  shuttle: string,
  now: Micros,
): Traffic {
  const record = before.shuttles[shuttle];
  if (record === undefined || record.broken) return before;
  const disturbances = before.disturbances + 1;
  const traffic = settlePlatforms(network, before, now);
  if (record.held !== undefined) {
    return withShuttle(traffic, shuttle, { ...interrupt(network, record, now), broken: true });
  }
  const held = { disturbance: disturbances, intent: [] };
  const broken = { ...interrupt(network, { ...record, held }, now), broken: true };
  return settle(network, withShuttle(traffic, shuttle, broken), now, disturbances);
}

/** A held shuttle that also leaves off the task or turn it is at. */
function interrupt(network: Network, record: ShuttleTraffic, now: Micros): ShuttleTraffic {
  const { held, journey } = record;
  if (held === undefined) return record;
  const { steps, ...place } = continueJourney(network, journey, now);
  const under = stepAt(network, journey, now);
  const stopped: Journey =
    under?.kind === 'leg' || under?.kind === 'brake'
      ? stopJourney(network, journey, now)
      : { ...place, steps: [] };
  // What a shuttle is doing while it is held was never part of what it has in mind for later.
  const lost = under?.kind === 'brake' ? steps.slice(1) : steps;
  const left = lost.map((step) => (step === under ? leaveOff(step, now) : step));
  return { ...record, journey: stopped, held: { ...held, intent: [...left, ...held.intent] } };
}

/** What is left of a task; other steps begin anew. */
function leaveOff(step: Step, now: Micros): Step {
  if (step.kind !== 'task') return step;
  return { ...step, start: now, done: step.done + now - step.start };
}

/**
 * A shuttle that was stopped has nothing to do any more but to come home, with `load`. A task that it had
 * begun is still ended, since the fork is out.
 */
export function dropTasks(before: Traffic, shuttle: string, load: TrackLoad): Traffic {
  const record = before.shuttles[shuttle];
  if (record?.held === undefined) return before;
  const { journey, held } = record;
  const intent = held.intent.flatMap((step, k): Step[] => {
    if (step.kind !== 'task') return [step];
    return k === 0 && step.done > 0 ? [{ ...step, task: { ...step.task, load } }] : [];
  });
  return withShuttle(before, shuttle, {
    ...record,
    journey: { ...journey, load },
    suspended: [],
    held: { ...held, intent },
  });
}

/** A broken shuttle works again; it and those who waited go on. */
export function repairShuttle(
  network: Network,
  before: Traffic,
  shuttle: string,
  now: Micros,
): Traffic {
  const record = before.shuttles[shuttle];
  if (record?.broken !== true) return before;
  const traffic = settlePlatforms(network, before, now);
  return resumeTraffic(network, withShuttle(traffic, shuttle, { ...record, broken: false }), now);
}

/** A shuttle is taken off the track; those who waited for it go on. */
export function removeShuttle(
  network: Network,
  before: Traffic,
  shuttle: string,
  now: Micros,
): Traffic {
  const record = before.shuttles[shuttle];
  if (record === undefined) return before;
  const shuttles = Object.fromEntries(
    Object.entries(before.shuttles).filter(([id]) => id !== shuttle),
  );
  const platforms = { ...settlePlatforms(network, before, now).platforms };
  for (const { block, from, until } of holdsOf(network, record.journey)) {
    if (network.isShaft[block] !== true || from > now || until <= now) continue;
    const height = platformHeight(network, before, block, now);
    platforms[network.blocks[block] as string] = { from: height, to: height, start: now };
  }
  return resumeTraffic(network, { ...before, platforms, shuttles }, now);
}

/**
 * A new shuttle is put into its berth; undefined when its name is known, or others are in that berth or
 * plan to come there.
 */
export function insertShuttle(
  network: Network,
  before: Traffic,
  shuttle: string,
  home: Spot,
  now: Micros,
): Traffic | undefined {
  if (before.shuttles[shuttle] !== undefined) return undefined;
  const berth = blocksAt(network, home);
  const isTaken = Object.values(before.shuttles).some(({ journey }) =>
    holdsOf(network, journey).some(({ block, until }) => until > now && berth.includes(block)),
  );
  return isTaken ? undefined : withShuttle(before, shuttle, parkedAt(home));
}

/**
 * Blocks are closed: a lift or a piece of track fails. Who is in one stops and waits in it, whoever
 * planned to come there is planned anew. The platform of a closed lift stops at once.
 */
export function closeBlocks(
  network: Network,
  before: Traffic,
  names: readonly string[],
  now: Micros,
): Traffic {
  const added = names.filter((name) => !before.closed.includes(name));
  if (added.length === 0) return before;
  const { platforms, ...traffic } = settlePlatforms(network, before, now);
  const stopped = { ...platforms };
  for (const name of added.filter((block) => platforms[block] !== undefined)) {
    const height = platformHeight(network, before, network.blocks.indexOf(name), now);
    stopped[name] = { from: height, to: height, start: now };
  }
  const closed = [...before.closed, ...added].sort();
  const disturbances = before.disturbances + 1;
  return settle(network, { ...traffic, platforms: stopped, closed }, now, disturbances);
}

/** Closed blocks are open again; those who waited go on. */
export function openBlocks(
  network: Network,
  before: Traffic,
  names: readonly string[],
  now: Micros,
): Traffic {
  if (!names.some((name) => before.closed.includes(name))) return before;
  const closed = before.closed.filter((name) => !names.includes(name));
  return resumeTraffic(network, { ...settlePlatforms(network, before, now), closed }, now);
}
