import type { Micros } from '../../kernel/time.ts';
import { firstContact, stretchesOf } from '../../physics/traffic/contacts.ts';
import type { Twin } from '../twin.ts';
import type { Finding, Observer } from './observer.ts';

interface Contact {
  readonly rails: string;
  readonly a: string;
  readonly b: string;
  readonly time: Micros;
}

interface Memory {
  /** Who will touch whom if nobody's way changes. */
  contacts: readonly Contact[];
}

/**
 * Two shuttles touched. It follows from how they move, whatever they reserved, and is foreseen whenever a
 * way changes, so that nobody need look while they move.
 */
export const shuttleCollision = (): Observer<Memory> => ({
  name: 'shuttle-collision',
  watches: ['traffic'],
  memory: () => ({ contacts: [] }),
  due: ({ contacts }, t) =>
    Math.min(Number.POSITIVE_INFINITY, ...contacts.map(({ time }) => time).filter((c) => c > t)),
  find: (twin, t, memory) => {
    memory.contacts = findContacts(twin, t);
    return memory.contacts
      .filter(({ time }) => time <= t)
      .map(({ rails, a, b }): Finding => {
        const batch = batchOn(twin, a) || batchOn(twin, b);
        const cause = `${a} and ${b} touch on ${rails}`;
        return { subject: `${a} ${b}`, place: rails, batch, cause };
      });
  },
});

function findContacts(twin: Twin, t: Micros): readonly Contact[] {
  return twin.rails.all().flatMap(({ id: rails, network, traffic }) => {
    const shuttles = Object.entries(traffic.shuttles).map(([id, { journey }]) => {
      return { id, stretches: stretchesOf(network, journey, t) };
    });
    return shuttles.flatMap((a, k) =>
      shuttles.slice(k + 1).flatMap((b) => {
        const time = firstContact(network, a.stretches, b.stretches);
        return time === undefined ? [] : [{ rails, a: a.id, b: b.id, time }];
      }),
    );
  });
}

/** Batch of what a shuttle carries. */
function batchOn({ plant }: Twin, shuttle: string): string {
  for (const { whereabouts, batch } of plant.state.vessels.values()) {
    if (whereabouts.at === 'gripper' && whereabouts.device === shuttle) return batch;
  }
  return '';
}
