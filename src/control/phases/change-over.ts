import { z } from 'zod';
import { definePhase, type PhaseContext } from '../phase.ts';
import { MICROS_PER_MINUTE } from '../../kernel/time.ts';
import { perform, readText, type Task, wait } from '../task.ts';
import { collect } from './bring-kit.ts';
import { bringCapped, HANDLING_NEEDS } from './handling.ts';
import { deviceOf } from '../places.ts';
import { renewLines } from './line.ts';

/** Places of the bin. */
const BINS = 12;

/** Roles of the devices whose sets touch the product. */
const SETS = ['filler', 'separator', 'liquidHandler'];

/**
 * Exchanges what a batch has touched in the clean zone: devices get new sets, its vessels go into the
 * bin and out of the plant, the lines get new tubing. What waits to be brought in is fetched again.
 */
export const changeOver = definePhase({
  name: 'changeOver',
  title: 'Change over',
  parameters: z.strictObject({
    vessels: z.array(z.string()).min(1),
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
    welder: ['seal', 'renew'],
  },
  facts: [],
  *run(context, { vessels, bag, lines }) {
    // The filler first: what is left of the product in its tube keeps for an hour.
    for (const role of SETS) yield* perform(context.device(role), 'exchangeSet');
    const waste = context.device('waste');
    const names = vessels.map((name) => context.vessel(name));
    const zone = zoneOf(context, context.device('robot'));
    const here = names.filter(
      (vessel) =>
        context.isHere(vessel) && zoneOf(context, deviceOf(context.locate(vessel))) === zone,
    );
    for (let first = 0; first < here.length; first += BINS) {
      const load = here.slice(first, first + BINS);
      for (const [i, vessel] of load.entries()) {
        yield* bringCapped(context, vessel, `${waste}.bin${i + 1}`);
      }
      yield* perform(waste, 'changeBin');
      for (const vessel of load) yield* context.moved(vessel, '');
    }
    if (bag !== undefined) yield* eject(context, context.vessel(bag));
    for (const name of bag === undefined ? vessels : [...vessels, bag]) {
      const vessel = context.vessel(name);
      if (!context.isHere(vessel)) continue;
      if (deviceOf(context.locate(vessel)) === context.device('goods'))
        yield* collect(context, vessel);
    }
    for (const [role, own] of Object.entries(lines)) yield* renewLines(context, own, role);
  },
});

function zoneOf({ plant }: PhaseContext, device: string): string {
  return plant.devices.find(({ id }) => id === device)?.zone ?? '';
}

/** A bag in the thaw unit goes back where it came from. */
function* eject(context: PhaseContext, bag: string): Task<void> {
  const unit = context.device('thawUnit');
  if (context.isHere(bag) && context.locate(bag) === `${unit}.bag`) {
    yield* perform(unit, 'eject');
    yield* context.moved(bag, context.home(bag));
  }
}

/** Time between two looks at whether a zone is aired. */
const AIRING_LOOK = 10 * MICROS_PER_MINUTE;

/** Runs a cycle of the clean zone, in which nothing of the batch stands any more. */
export const decontaminateZone = definePhase({
  name: 'decontaminate',
  title: 'Decontaminate the zone',
  parameters: z.strictObject({}),
  vesselParameters: [],
  needs: { decontaminator: ['decontaminate'] },
  facts: [],
  *run(context) {
    const device = context.device('decontaminator');
    // After a cycle that was cut short, the zone is aired first.
    while ((yield* readText(device, 'state')) === 'airing') yield* wait(AIRING_LOOK);
    yield* perform(device, 'decontaminate');
  },
});

/** Exchanges the vessel of a reactor, and the tubing that the culture has touched. */
export const exchangeReactor = definePhase({
  name: 'exchangeReactor',
  title: 'Exchange reactor and tubing',
  parameters: z.strictObject({
    reactor: z.string(),
    lines: z.array(z.string()).default([]),
  }),
  vesselParameters: [],
  roleParameters: { reactor: ['stop', 'exchangeVessel'] },
  needs: { welder: ['seal', 'renew'] },
  facts: [],
  *run(context, { reactor, lines }) {
    const device = context.device(reactor);
    if ((yield* readText(device, 'state')) !== 'off') yield* perform(device, 'stop');
    yield* perform(device, 'exchangeVessel');
    yield* renewLines(context, lines);
  },
});
