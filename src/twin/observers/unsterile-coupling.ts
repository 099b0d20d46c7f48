import type { Finding, Observer } from './observer.ts';

/** A connection opened without having been both sterilised and found tight. */
export const unsterileCoupling = (): Observer => ({
  name: 'unsterile-coupling',
  watches: ['couplings'],
  find: ({ plant }) => {
    const found: Finding[] = [];
    for (const { vessel, connector, open, sterile } of plant.state.couplings.values()) {
      if (!open || sterile) continue;
      const coupled = plant.vessel(vessel);
      const cause = `${vessel} was opened to ${connector} without sterilisation or leak test`;
      const place = plant.zoneOf(coupled);
      found.push({ subject: `${connector} ${vessel}`, place, batch: coupled.batch, cause });
    }
    return found;
  },
});
