import { volumeOf } from '../../physics/fluids/contents.ts';
import type { Finding, Observer } from './observer.ts';

/** Liquid lies on the floor of a zone or on its furniture. */
export const spill = (): Observer => ({
  name: 'spill',
  watches: ['lots'],
  find: ({ plant }) => {
    const found: Finding[] = [];
    for (const [zone, { lots }] of plant.state.spills) {
      for (const portion of lots) {
        const millilitres = volumeOf([portion]) * 1e6;
        if (millilitres <= 0) continue;
        const { lot } = portion;
        const cause = `${millilitres.toFixed(1)} ml of ${lot} were spilled`;
        found.push({ subject: `${zone}.${lot}`, place: zone, batch: '', cause });
      }
    }
    return found;
  },
});
