import {
  SHUTTLE_STATES,
  type ShuttleState,
  type ShuttleView,
  type TrafficView,
} from '../../device-emulators/definition/track.ts';
import { MICROS_PER_SECOND, type Micros } from '../../kernel/time.ts';
import { motionAt, stepAt } from '../../physics/traffic/journey.ts';
import { type Network, pointAt } from '../../physics/traffic/network.ts';
import { travelled } from '../../physics/traffic/odometer.ts';
import { isParked } from '../../physics/traffic/orders.ts';
import type { ShuttleTraffic } from '../../physics/traffic/traffic.ts';
import type { Odometer, TrackState } from '../plant-state.ts';

function stateOf(network: Network, record: ShuttleTraffic, now: Micros): ShuttleState {
  if (record.broken) return 'stopped';
  if (isParked(network, record, now)) return 'parked';
  const step = stepAt(network, record.journey, now);
  if (step === undefined) return 'waiting';
  return step.kind === 'task' ? 'working' : 'driving';
}

function isBlocked({ broken, held, suspended }: ShuttleTraffic): boolean {
  return !broken && (held !== undefined || suspended.length > 0);
}

/** An odometer at `now`, of a shuttle that has done its journey since. */
export function readOdometer(
  network: Network,
  { since, distance, idle }: Odometer,
  { journey }: ShuttleTraffic,
  now: Micros,
): Odometer {
  const part = travelled(network, journey, since, now);
  return {
    since: now,
    distance: distance + part.distance,
    idle: idle + (now - since - part.busy),
  };
}

/** A shuttle as its device sees it. */
export function viewShuttle(
  network: Network,
  record: ShuttleTraffic,
  odometer: Odometer,
  now: Micros,
): Omit<ShuttleView, 'rails' | 'berth'> {
  const { line, position, velocity } = motionAt(network, record.journey, now);
  const { distance, idle } = readOdometer(network, odometer, record, now);
  return {
    state: stateOf(network, record, now),
    blocked: isBlocked(record),
    position: pointAt(network, { line, offset: position }),
    speed: Math.abs(velocity),
    distance,
    idle: idle / MICROS_PER_SECOND,
    task: taskAt(network, record, now),
  };
}

/** The task that a shuttle is at, or in which it was stopped. */
function taskAt(
  network: Network,
  { journey, held }: ShuttleTraffic,
  now: Micros,
): ShuttleView['task'] {
  const step = stepAt(network, journey, now);
  if (step?.kind === 'task') {
    const { task, start, done } = step;
    return { name: task.name, progress: (done + now - start) / task.duration };
  }
  const [left] = held?.intent ?? [];
  if (left?.kind !== 'task' || left.done === 0) return undefined;
  return { name: left.task.name, progress: left.done / left.task.duration };
}

/** All traffic of a system. */
export function viewTraffic(
  network: Network,
  { traffic, closed }: TrackState,
  now: Micros,
): TrafficView {
  const records = Object.values(traffic.shuttles);
  const counts = Object.fromEntries(SHUTTLE_STATES.map((state) => [state, 0])) as Record<
    ShuttleState,
    number
  >;
  for (const record of records) counts[stateOf(network, record, now)] += 1;
  return {
    shuttles: records.length,
    counts: { ...counts, blocked: records.filter(isBlocked).length },
    closed,
  };
}
