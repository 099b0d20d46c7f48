import type { MachineEvent } from '../../device-emulators/definition/device.ts';
import type { Micros } from '../../kernel/time.ts';
import { endOfJourney, endOfStep } from '../../physics/traffic/journey.ts';
import type { Network } from '../../physics/traffic/network.ts';
import type { ShuttleTraffic } from '../../physics/traffic/traffic.ts';

/** An instant of a journey of which the shuttle's machine hears. */
interface Milestone {
  readonly time: Micros;
  readonly event: MachineEvent;
}

/** Milestones of a shuttle in the order of time. */
function listMilestones(
  network: Network,
  { journey, held }: Pick<ShuttleTraffic, 'journey' | 'held'>,
): readonly Milestone[] {
  const milestones: Milestone[] = [];
  for (const step of journey.steps) {
    if (step.kind !== 'task') continue;
    const { name, duration } = step.task;
    const middle = Math.round(duration / 2);
    const end = endOfStep(network, step);
    const add = (type: string, time: Micros): void => {
      milestones.push({ time, event: { type, name } });
    };
    if (step.done === 0) add('task.began', step.start);
    if (step.done < middle) add('task.middle', end - duration + middle);
    add('task.ended', end);
  }
  if (held === undefined && journey.steps.length > 0) {
    milestones.push({
      time: endOfJourney(network, journey).time,
      event: { type: 'came.home' },
    });
  }
  return milestones;
}

/** What happens at `now`. */
export function milestonesAt(
  network: Network,
  record: ShuttleTraffic,
  now: Micros,
): readonly MachineEvent[] {
  return listMilestones(network, record)
    .filter(({ time }) => time === now)
    .map(({ event }) => event);
}

/** When something happens next, at `from` or later; undefined when nothing does. */
export function nextMilestone(
  network: Network,
  record: ShuttleTraffic,
  from: Micros,
): Micros | undefined {
  return listMilestones(network, record).find(({ time }) => time >= from)?.time;
}
