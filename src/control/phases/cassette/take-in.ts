import { z } from 'zod';
import { definePhase } from '../../phase.ts';
import { quantity } from '../../recipe/quantity.ts';
import { perform } from '../../task.ts';
import { carry } from '../handling.ts';
import { CARRYING, CONNECTING, connected, work } from './at-module.ts';

/** Labels the cassette, thaws the patient's bag and pumps it into the cassette. */
export const takeIn = definePhase({
  name: 'takeIn',
  title: 'Thaw into the cassette',
  parameters: z.strictObject({
    bag: z.string(),
    target: quantity('Cel', 1, 37),
    flow: quantity('mL/min', 1, 200).default(60),
  }),
  vesselParameters: ['bag'],
  needs: {
    ...CARRYING,
    cassette: ['assign'],
    thaw: ['thaw', 'transferToCassette'],
    thawConnector: CONNECTING,
  },
  facts: ['thawMinutes'],
  *run(context, { bag, target, flow }) {
    const thaw = context.device('thaw');
    const { batch } = context;
    yield* perform(context.device('cassette'), 'assign', { batch, patient: batch });
    yield* carry(context, context.vessel(bag), `${thaw}.bag`);
    const { duration } = yield* perform(thaw, 'thaw', { target });
    yield* context.setFact('thawMinutes', Number((Number(duration ?? 0) / 60).toFixed(1)));
    yield* connected(context, 'thaw', 'process', (module) =>
      work(context, module, 'transferToCassette', { dilution: 0, flow }),
    );
  },
});
