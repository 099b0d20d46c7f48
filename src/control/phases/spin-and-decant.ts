import { z } from 'zod';
import { definePhase, type PhaseContext } from '../phase.ts';
import { millilitres, minutes, quantity } from '../recipe/quantity.ts';
import { perform, type Task } from '../task.ts';
import {
  addBallast,
  BALANCE_TOLERANCE,
  bringCapped,
  bringOpen,
  deck,
  HANDLING_NEEDS,
  measureVolume,
  putBack,
  weigh,
} from './handling.ts';
import { placeName } from '../places.ts';

/** Spins a bottle against a counterbalance and takes the supernatant off. */
export const spinAndDecant = definePhase({
  name: 'spinAndDecant',
  title: 'Spin and decant',
  parameters: z.strictObject({
    vessel: z.string(),
    counterbalance: z.string(),
    /** Where the counterbalance's liquid comes from. */
    ballast: z.string(),
    acceleration: quantity('[g]', 50, 3500),
    duration: minutes(0.1, 120),
    keep: millilitres(1, 100),
    emptyMass: quantity('g', 1, 500).default(48),
  }),
  vesselParameters: ['vessel', 'counterbalance', 'ballast'],
  needs: {
    ...HANDLING_NEEDS,
    balance: ['weigh'],
    centrifuge: ['openLid', 'closeLid', 'spin'],
    liquidHandler: ['transfer', 'discard'],
  },
  facts: ['residual'],
  *run(context, { vessel, counterbalance, ballast, acceleration, duration, keep, emptyMass }) {
    const product = context.vessel(vessel);
    const counter = context.vessel(counterbalance);
    const centrifuge = context.device('centrifuge');
    const volume = yield* measureVolume(context, product, emptyMass);
    yield* bringCapped(context, product, `${centrifuge}.bucket1`);
    yield* balance(context, counter, context.vessel(ballast), volume + emptyMass);
    yield* bringCapped(context, counter, `${centrifuge}.bucket3`);
    yield* perform(centrifuge, 'spin', { acceleration, duration });
    yield* bringOpen(context, product, deck(context, 1));
    const off = Number((volume - keep).toFixed(3));
    if (off >= 0.05) {
      yield* perform(context.device('liquidHandler'), 'discard', {
        from: placeName(deck(context, 1)),
        volume: off,
        layer: 'supernatant',
        untilEmpty: true,
      });
    }
    const left = Math.min(volume, keep);
    yield* context.setFact(`volume of ${product}`, Number(left.toFixed(2)));
    const residual = Number(context.fact('residual') ?? 1) * (left / Math.max(volume, 1e-9));
    yield* context.setFact('residual', Number(residual.toPrecision(6)));
    yield* putBack(context, counter);
  },
});

/** Makes the counterbalance weigh `mass` [g] by adding ballast or taking some off. */
function* balance(
  context: PhaseContext,
  counter: string,
  ballast: string,
  mass: number,
): Task<void> {
  const difference = mass - (yield* weigh(context, counter));
  if (Math.abs(difference) <= BALANCE_TOLERANCE) return;
  if (difference > 0) return yield* addBallast(context, counter, ballast, difference);
  const place = deck(context, 2);
  yield* bringOpen(context, counter, place);
  yield* perform(context.device('liquidHandler'), 'discard', {
    from: placeName(place),
    volume: Number((-difference).toFixed(2)),
    untilEmpty: true,
  });
}
