import type { Finding, Observer } from './observer.ts';

/** Tubing joined more often than it stands, whoever joined it. */
export const wornJoint = (): Observer => ({
  name: 'connector-use-exceeded',
  watches: ['joints'],
  find: ({ plant, scene }) => {
    const found: Finding[] = [];
    for (const { id, from, maximumJoints } of scene.lines) {
      const { joints } = plant.line(id);
      if (joints <= maximumJoints) continue;
      const place = plant.ports.get(from)?.device.zone ?? '';
      const batch = plant.vesselBehind(from)?.batch ?? '';
      const cause = `${id} was joined ${joints} times, allowed are ${maximumJoints}; put in new tubing`;
      found.push({ subject: id, place, batch, cause });
    }
    return found;
  },
});
