import { z } from 'zod';
import { MICROS_PER_MINUTE } from '../../kernel/time.ts';
import { definePhase } from '../phase.ts';
import { minutes } from '../recipe/quantity.ts';
import { perform, wait } from '../task.ts';

/** Takes vessels in through the material lock: decontaminated, and thawed where they were frozen. */
export const importVessels = definePhase({
  name: 'importVessels',
  title: 'Take vessels in',
  parameters: z.strictObject({
    vessels: z.array(z.string()).min(1).max(4),
    /** Time at room temperature before use. */
    thaw: minutes(0, 600).default(0),
  }),
  vesselParameters: ['vessels'],
  needs: {
    materialLock: ['openOuter', 'closeOuter', 'closeInner', 'decontaminate', 'load'],
  },
  facts: [],
  *run(context, { vessels, thaw }) {
    const lock = context.device('materialLock');
    const names = vessels.map((vessel) => context.vessel(vessel));
    yield* perform(lock, 'closeInner');
    yield* perform(lock, 'openOuter');
    for (const [i, vessel] of names.entries()) {
      const place = `${lock}.position${i + 1}`;
      if (context.locate(vessel) === place) continue;
      yield* perform(lock, 'load', { vessel, position: i + 1 });
      yield* context.moved(vessel, place);
      yield* context.setFact(`home of ${vessel}`, place);
    }
    yield* perform(lock, 'closeOuter');
    yield* perform(lock, 'decontaminate');
    if (thaw > 0) yield* wait(thaw * MICROS_PER_MINUTE);
  },
});
