import type { Finding, Observer } from './observer.ts';

/**
 * An open sterile connection that leaks in a room of a lower grade than A; a tight one may be anywhere.
 */
export const leakingCoupling = (): Observer => ({
  name: 'leaking-coupling',
  watches: ['couplings', 'whereabouts'],
  find: ({ plant }) => {
    const found: Finding[] = [];
    for (const { vessel, connector, open, leak } of plant.state.couplings.values()) {
      if (!open || leak <= 0) continue;
      const coupled = plant.vessel(vessel);
      const place = plant.zoneOf(coupled);
      const { grade } = plant.zone(place);
      if (grade === 'A') continue;
      const lost = (100 * leak).toFixed(1);
      const cause = `${vessel} is open to ${connector}, which leaks ${lost} % in grade ${grade}; close it`;
      found.push({ subject: `${connector} ${vessel}`, place, batch: coupled.batch, cause });
    }
    return found;
  },
});
