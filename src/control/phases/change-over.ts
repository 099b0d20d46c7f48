import { z } from 'zod';
import { definePhase, type PhaseContext } from '../phase.ts';
import { perform, type Task } from '../task.ts';
import { collect } from './bring-kit.ts';
import { bringCapped, HANDLING_NEEDS } from './handling.ts';
import { renewLines } from './line.ts';

/** Roles of the devices whose sets touch the product. */
const SETS = ['filler', 'separator', 'liquidHandler'];

/**
 * Exchanges what a batch has touched in the clean zone: devices get new sets, its vessels go into the
 * bin and out of the plant, the lines get new tubing.
 */
export const changeOver = definePhase({
  name: 'changeOver',
  title: 'Change over',
  parameters: z.strictObject({
    vessels: z.array(z.string()).min(1).max(12),
    /** Bag in the thaw unit. */
    bag: z.string().optional(),
    /** Lines by the role of the welder that reaches them. */
    lines: z.record(z.string(), z.array(z.string())).default({}),
  }),
  vesselParameters: ['vessels', 'bag'],
  needs: {
    ...HANDLING_NEEDS,
    waste: ['changeBin'],
    liquidHandler: ['exchangeSet'],
    separator: ['exchangeSet'],
    filler: ['exchangeSet'],
    thawUnit: ['eject'],
    goods: ['collect'],
    welder: ['renew'],
  },
  facts: [],
  *run(context, { vessels, bag, lines }) {
    // The filler first: what is left of the product in its tube keeps for an hour.
    for (const role of SETS) yield* perform(context.device(role), 'exchangeSet');
    const waste = context.device('waste');
    const names = vessels.map((name) => context.vessel(name));
    for (const [i, vessel] of names.entries()) {
      if (!context.isHere(vessel)) continue;
      yield* bringCapped(context, vessel, `${waste}.bin${i + 1}`);
    }
    yield* perform(waste, 'changeBin');
    for (const vessel of names) if (context.isHere(vessel)) yield* context.moved(vessel, '');
    if (bag !== undefined) yield* takeBagAway(context, context.vessel(bag));
    for (const [role, own] of Object.entries(lines)) yield* renewLines(context, own, role);
  },
});

/** The empty bag goes back where it came from; what was delivered is fetched. */
function* takeBagAway(context: PhaseContext, bag: string): Task<void> {
  const unit = context.device('thawUnit');
  if (context.isHere(bag) && context.locate(bag) === `${unit}.bag`) {
    yield* perform(unit, 'eject');
    yield* context.moved(bag, context.home(bag));
  }
  const goods = `${context.device('goods')}.`;
  if (context.isHere(bag) && context.locate(bag).startsWith(goods)) yield* collect(context, bag);
}

/** Runs a cycle of the clean zone, in which nothing of the batch stands any more. */
export const decontaminateZone = definePhase({
  name: 'decontaminate',
  title: 'Decontaminate the zone',
  parameters: z.strictObject({}),
  vesselParameters: [],
  needs: { decontaminator: ['decontaminate'] },
  facts: [],
  *run(context) {
    yield* perform(context.device('decontaminator'), 'decontaminate');
  },
});

/** Exchanges the vessel of a reactor that has been stopped, and the tubing that the culture has touched. */
export const exchangeReactor = definePhase({
  name: 'exchangeReactor',
  title: 'Exchange reactor and tubing',
  parameters: z.strictObject({
    reactor: z.string(),
    lines: z.array(z.string()).default([]),
  }),
  vesselParameters: [],
  roleParameters: { reactor: ['exchangeVessel'] },
  needs: { welder: ['renew'] },
  facts: [],
  *run(context, { reactor, lines }) {
    yield* perform(context.device(reactor), 'exchangeVessel');
    yield* renewLines(context, lines);
  },
});
