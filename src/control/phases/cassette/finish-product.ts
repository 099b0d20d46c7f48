import { z } from 'zod';
import { definePhase, type PhaseContext } from '../../phase.ts';
import { millilitres, minutes, quantity } from '../../recipe/quantity.ts';
import { PhaseFailure, perform, readText, release, type Task } from '../../task.ts';
import { connected, ensure, weighed, work } from './at-module.ts';
import { carry } from './carrying.ts';
import { claimOne, giveBack } from './claiming.ts';
import { deviceOf } from '../../places.ts';
import { cassetteOf, held, rounded, volumeIn } from './holding.ts';
import { tellFailure } from './linking.ts';
import { giveCassetteBack, reserve, rest } from './stations.ts';
import { claimLock } from './take-in.ts';

/** Gathers the beads on the magnet and flushes them out. */
export const debeadCassette = definePhase({
  name: 'debeadCassette',
  title: 'Remove the beads from the cassette',
  parameters: z.strictObject({ duration: minutes(0.05, 60) }),
  vesselParameters: [],
  needs: { magnet: ['removeBeads'] },
  facts: [],
  *run(context, { duration }) {
    yield* connected(context, 'magnet', ['process', 'perfusion'], (module) =>
      work(context, module, 'removeBeads', { duration }),
    );
  },
});

/** Adds buffer, then cryoprotectant, up to the volume of the product. */
export const formulateCassette = definePhase({
  name: 'formulateCassette',
  title: 'Formulate in the cassette',
  parameters: z.strictObject({
    volume: millilitres(5, 1000),
    /** Share of cryoprotectant in the product and in its stock. */
    dmso: quantity('%', 0, 20),
    stock: quantity('%', 1, 100),
  }),
  vesselParameters: [],
  needs: { fill: ['addFinal'] },
  facts: ['formulatedMl'],
  prepare: (context) => reserve(context, 'fill'),
  *run(context, { volume, dmso, stock }) {
    const share = rounded((volume * dmso) / stock);
    yield* connected(context, 'fill', ['process'], function* (module) {
      const present = yield* weighed(context, module);
      // The cryoprotectant comes last: what is there beyond the buffer is of it.
      const buffer = rounded(Math.max(0, volume - share - present));
      const cryoprotectant = rounded(Math.min(share, volume - present));
      if (cryoprotectant < share - 0.5 && context.fact('formulatedMl') === undefined) {
        const message = `the cassette holds ${present} mL, too much for ${volume} mL of product; concentrate it`;
        throw new PhaseFailure(module, { code: 'OVERFLOW', message });
      }
      yield* context.setFact('formulatedMl', present);
      yield* ensure(context, module, 'formulationBuffer', buffer);
      yield* ensure(context, module, 'cryoprotectant', cryoprotectant);
      yield* work(context, module, 'addFinal', { buffer, cryoprotectant });
    });
    yield* context.setFact('formulatedMl', volumeIn(context));
  },
});

/** Fills all that the cassette holds into the product's bag and seals it. */
export const fillFromCassette = definePhase({
  name: 'fillFromCassette',
  title: 'Fill from the cassette',
  parameters: z.strictObject({}),
  vesselParameters: [],
  needs: { fill: ['fill', 'seal'] },
  facts: ['filledMl', 'productBag'],
  *run(context) {
    const once = 'a product that is filled in part is lost';
    yield* connected(
      context,
      'fill',
      ['product'],
      function* (module) {
        const volume = rounded(Math.min(100, volumeIn(context)), 1);
        const filled = yield* perform(module, 'fill', { volume, untilEmpty: true });
        const { bag = filled.bag } = yield* perform(module, 'seal');
        yield* context.setFact('filledMl', Number(filled.volume ?? 0));
        yield* context.setFact('productBag', String(bag ?? ''));
        yield* context.setFact('product at', `${module}.product`);
      },
      { once },
    );
  },
});

/** Brings the product's bag to a freezer, and the cassette home, and freezes at a controlled rate. */
export const freezeProduct = definePhase({
  name: 'freezeProduct',
  title: 'Freeze the product',
  parameters: z.strictObject({
    rate: quantity('K/min', 0.1, 10),
    target: quantity('Cel', -150, -20),
  }),
  vesselParameters: [],
  needs: { freezer: ['freeze'] },
  facts: ['coolingRate'],
  *run(context, { rate, target }) {
    const tried = new Set<string>();
    for (;;) {
      const freezer = yield* bringToFreezer(context, tried);
      if (held(context, 'at') !== held(context, 'berth')) yield* rest(context);
      try {
        const { coolingRate } = yield* perform(freezer, 'freeze', { rate, target });
        yield* context.setFact('coolingRate', Number(coolingRate ?? 0));
        return;
      } catch (error) {
        if (!(error instanceof PhaseFailure)) throw error;
        if (error.hasBegun) {
          const { device, code, message } = error;
          const why = 'a product that has begun to freeze cannot be frozen again';
          throw new PhaseFailure(device, { code, message: `${message}; ${why}` }, true);
        }
        yield* tellFailure(context, error, 'elsewhere');
        tried.add(freezer);
        if (context.candidates('freezer').every((id) => tried.has(id))) throw error;
      }
    }
  },
});

function* bringToFreezer(context: PhaseContext, tried: ReadonlySet<string>): Task<string> {
  const options = context
    .candidates('freezer')
    .filter((id) => !tried.has(id))
    .map((id, cost) => ({ resource: `${id}.bag`, cost }));
  const before = held(context, 'product at');
  const place = yield* claimOne(context, options, 'a freezer');
  yield* carry(context, before, place);
  yield* context.setFact('product at', place);
  // The module that filled it keeps its claim with the cassette.
  if (deviceOf(before) !== deviceOf(held(context, 'station'))) yield* release(before);
  return deviceOf(place);
}

/** Hands the product out, and gives the used cassette back: it gets a fresh core for the next batch. */
export const handOut = definePhase({
  name: 'handOut',
  title: 'Hand the product out',
  parameters: z.strictObject({}),
  vesselParameters: [],
  needs: { lock: ['dispatch'], cassette: ['release'] },
  facts: [],
  *run(context) {
    yield* sendOut(context);
    if (held(context, 'at') !== held(context, 'berth')) yield* rest(context);
    yield* perform(cassetteOf(context), 'release');
    yield* giveCassetteBack(context);
  },
});

/** Brings the bag that the batch has to a lock and hands it out. */
export function* sendOut(context: PhaseContext): Task<void> {
  const place = held(context, 'product at');
  if (place === '') return;
  const lock = yield* claimLock(context);
  yield* carry(context, place, `${lock}.bag`);
  if (deviceOf(place) !== deviceOf(held(context, 'station'))) yield* release(place);
  yield* perform(lock, 'dispatch');
  yield* context.setFact('product at', '');
  yield* release(`${lock}.bag`);
}

/** Ends a batch that cannot go on: its bag leaves, its cassette goes home and is released. */
export function* abandonBatch(context: PhaseContext): Task<void> {
  if (held(context, 'cassette') === '') return;
  yield* giveBack(context, 'reserved');
  yield* giveBack(context, 'nextSlot');
  const bag = yield* bagAtStation(context);
  if (bag !== '') yield* context.setFact('product at', bag);
  yield* sendOut(context);
  yield* rest(context);
  yield* perform(cassetteOf(context), 'release');
  yield* giveCassetteBack(context);
}

/** Place of a bag in the module at which the cassette stands; empty when there is none. */
function* bagAtStation(context: PhaseContext): Task<string> {
  const known = held(context, 'product at') || held(context, 'material at');
  const module = deviceOf(known);
  if (known === '' || !context.has(module, 'abort')) return '';
  return (yield* readText(module, 'bag')) === '' ? '' : known;
}
