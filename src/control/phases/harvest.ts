import { z } from 'zod';
import { definePhase, type PhaseContext } from '../phase.ts';
import { count, millilitres, minutes, quantity } from '../recipe/quantity.ts';
import { perform, readNumber, type Task } from '../task.ts';
import {
  addBallast,
  BALANCE_TOLERANCE,
  bringCapped,
  bringOpen,
  deck,
  HANDLING_NEEDS,
  measureVolume,
  putBack,
} from './handling.ts';
import { placeName } from '../places.ts';
import { pumpAtLock, seal, weld } from './line.ts';

/** Fact that names a bottle of which nobody knows how full it is. */
const UNSURE = 'bottle being filled';

/** What is left behind in the reactor at most [mL]. */
const REST = 20;

/**
 * Empties the expansion reactor in rounds: fills the bottles alike, so that they balance each other,
 * spins them, takes the growth medium off; then pools the cells in the first bottle.
 */
export const harvest = definePhase({
  name: 'harvest',
  title: 'Harvest',
  parameters: z.strictObject({
    bottles: z.array(z.string()).min(2).max(4),
    perBottle: millilitres(20, 230),
    rounds: count(1, 6),
    line: z.string(),
    lock: z.string(),
    flow: quantity('mL/min', 1, 400).default(100),
    acceleration: quantity('[g]', 50, 3500),
    duration: minutes(0.1, 120),
    keep: millilitres(1, 50),
    /** Buffer that brings lighter bottles to the weight of the heaviest. */
    ballast: z.string(),
    emptyMass: quantity('g', 1, 500).default(48),
  }),
  vesselParameters: ['bottles', 'ballast'],
  roleParameters: { lock: ['openValve', 'closeValve'] },
  needs: {
    ...HANDLING_NEEDS,
    expansionReactor: ['stop'],
    pumpHarvest: ['dispense'],
    balance: ['weigh'],
    welder: ['weld', 'seal'],
    centrifuge: ['openLid', 'closeLid', 'spin'],
    liquidHandler: ['discard', 'transfer', 'mix'],
  },
  facts: ['harvestedMl'],
  *run(context, plan) {
    const reactor = context.device('expansionReactor');
    const bottles = plan.bottles.map((name) => context.vessel(name));
    yield* weld(context, plan.line);
    for (let round = 1; round <= plan.rounds; round++) {
      const left = yield* readNumber(reactor, 'volume');
      if (left <= REST) break;
      yield* fill(context, bottles, plan, left);
      yield* balanceAll(context, bottles, plan);
      for (const [i, bottle] of bottles.entries()) {
        yield* bringCapped(context, bottle, bucket(context, i));
      }
      const { acceleration, duration } = plan;
      yield* perform(context.device('centrifuge'), 'spin', { acceleration, duration });
      for (const bottle of bottles) {
        yield* decant(context, bottle, plan.keep);
        yield* putBack(context, bottle);
      }
    }
    yield* seal(context, plan.line);
    yield* perform(reactor, 'stop');
    yield* pool(context, bottles, plan.keep);
  },
});

interface Plan {
  readonly perBottle: number;
  readonly lock: string;
  readonly flow: number;
  readonly ballast: string;
  readonly emptyMass: number;
}

/** Shares what is in the reactor among the bottles, up to what each may hold. */
function* fill(
  context: PhaseContext,
  bottles: readonly string[],
  { perBottle, lock, flow, emptyMass }: Plan,
  left: number,
): Task<void> {
  const unsure = String(context.fact(UNSURE) ?? '');
  if (unsure !== '') yield* measureVolume(context, unsure, emptyMass);
  for (const bottle of bottles) {
    const held = Number(context.fact(`volume of ${bottle}`) ?? 0);
    const volume = Number(Math.min(perBottle - held, left / bottles.length).toFixed(1));
    if (volume < 1) continue;
    const how = { volume, flow, untilEmpty: true };
    // Until the end of that, nobody knows how much has arrived.
    yield* context.setFact(UNSURE, bottle);
    const moved = yield* pumpAtLock(context, bottle, lock, 'pumpHarvest', how);
    yield* context.setFact(UNSURE, '');
    yield* context.setFact(`volume of ${bottle}`, Number((held + moved).toFixed(1)));
    const total = Number(context.fact('harvestedMl') ?? 0) + moved;
    yield* context.setFact('harvestedMl', Number(total.toFixed(1)));
    yield* putBack(context, bottle);
  }
}

/** Weighs the bottles and brings the lighter ones to the weight of the heaviest. */
function* balanceAll(
  context: PhaseContext,
  bottles: readonly string[],
  { ballast, emptyMass }: Plan,
): Task<void> {
  for (const bottle of bottles) {
    yield* measureVolume(context, bottle, emptyMass);
    yield* putBack(context, bottle);
  }
  const volumeOf = (bottle: string): number => Number(context.fact(`volume of ${bottle}`) ?? 0);
  const most = Math.max(...bottles.map(volumeOf));
  for (const bottle of bottles) {
    const lack = most - volumeOf(bottle);
    if (lack <= BALANCE_TOLERANCE) continue;
    yield* addBallast(context, bottle, context.vessel(ballast), lack);
    yield* context.setFact(`volume of ${bottle}`, Number(most.toFixed(1)));
    yield* putBack(context, bottle);
  }
}

/** Opposite buckets one after another: 1 and 3, then 2 and 4. */
function bucket(context: PhaseContext, index: number): string {
  return `${context.device('centrifuge')}.bucket${[1, 3, 2, 4][index]}`;
}

/** Takes the supernatant off but for `keep` [mL]. */
function* decant(context: PhaseContext, bottle: string, keep: number): Task<void> {
  const place = deck(context, 1);
  yield* bringOpen(context, bottle, place);
  const volume = Number(context.fact(`volume of ${bottle}`) ?? 0);
  if (volume - keep >= 0.05) {
    yield* perform(context.device('liquidHandler'), 'discard', {
      from: placeName(place),
      volume: Number((volume - keep).toFixed(2)),
      layer: 'supernatant',
      untilEmpty: true,
    });
  }
  yield* context.setFact(`volume of ${bottle}`, Math.min(volume, keep));
}

/** Brings the cells of all bottles into the first. */
function* pool(context: PhaseContext, bottles: readonly string[], keep: number): Task<void> {
  const [first = '', ...others] = bottles;
  const handler = context.device('liquidHandler');
  const [to, from] = [deck(context, 1), deck(context, 3)];
  yield* bringOpen(context, first, to);
  let volume = keep;
  for (const bottle of others) {
    yield* bringOpen(context, bottle, from);
    yield* perform(handler, 'mix', { place: placeName(from), cycles: 10 });
    const { volume: moved } = yield* perform(handler, 'transfer', {
      from: placeName(from),
      to: placeName(to),
      volume: 2 * keep,
      untilEmpty: true,
    });
    volume += typeof moved === 'number' ? moved : keep;
    yield* putBack(context, bottle);
  }
  yield* perform(handler, 'mix', { place: placeName(to), cycles: 10 });
  yield* context.setFact(`volume of ${first}`, Number(volume.toFixed(1)));
}
