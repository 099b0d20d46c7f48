import { z } from 'zod';
import { definePhase, type PhaseContext } from '../../phase.ts';
import { quantity } from '../../recipe/quantity.ts';
import { perform, readNumber, readText, release, type Task } from '../../task.ts';
import { connected, work } from './at-module.ts';
import { carry } from './carrying.ts';
import { claimOne } from './claiming.ts';
import { deviceOf } from '../../places.ts';
import { cassetteOf, held } from './holding.ts';
import { moveTo, reserve, takeCassette } from './stations.ts';

/** Commands that taking in sends. */
const NEEDS = {
  cassette: ['assign', 'release'],
  thaw: ['thaw', 'transferToCassette'],
  lock: ['receive', 'dispatch'],
} as const;

/**
 * A cassette with a fresh core of the wanted size is labelled for the batch. Batches that have none
 * wait outside: there are never more under way than cassettes, each with a place of its own to wait.
 */
export const admit = definePhase({
  name: 'admit',
  title: 'Get a cassette ready',
  parameters: z.strictObject({
    culture: z.enum(['suspension', 'adherent']).default('suspension'),
    /** Nominal volume of the core. */
    size: z.enum(['100', '300', '1000']).default('1000'),
  }),
  vesselParameters: [],
  needs: { cassette: NEEDS.cassette, disposables: ['fitCore'] },
  facts: [],
  *prepare(context) {
    yield* takeCassette(context, context.candidates('cassette'));
  },
  *run(context, { culture, size: volume }) {
    const size = `${culture === 'adherent' ? 'a' : 's'}${volume}`;
    if (held(context, 'cassette') === '') {
      yield* takeCassette(context, context.candidates('cassette'));
    }
    const cassette = cassetteOf(context);
    const present = yield* readText(cassette, 'coreSize');
    const uses = yield* readNumber(cassette, 'mostUses');
    if (present !== size || uses > 0) {
      yield* context.note(`${cassette} gets a fresh core ${size}`);
      yield* perform(cassette, 'release');
      yield* fitCore(context, size);
    }
    const { patient = context.batch } = context.order;
    yield* perform(cassette, 'assign', { batch: context.batch, patient });
  },
});

function* fitCore(context: PhaseContext, size: string): Task<void> {
  // The label is blank, so the cassette is not verified by it.
  yield* reserve(context, 'disposables');
  const station = held(context, 'reserved');
  yield* moveTo(context, station);
  yield* context.setFact('station', station);
  yield* context.setFact('reserved', '');
  yield* perform(deviceOf(station), 'fitCore', { size });
}

/** Takes the starting material in, thaws it and pumps it into the cassette. */
export const takeIn = definePhase({
  name: 'takeIn',
  title: 'Thaw into the cassette',
  parameters: z.strictObject({
    target: quantity('Cel', 1, 37),
    flow: quantity('mL/min', 1, 200).default(60),
  }),
  vesselParameters: [],
  needs: NEEDS,
  facts: ['thawMinutes'],
  *run(context, { target, flow }) {
    yield* connected(context, 'thaw', ['process'], function* (module) {
      // The frozen bag must not wait: the module that thaws it is there first.
      if ((yield* readText(module, 'bag')) === '') yield* bringBag(context, module);
      const { duration } = yield* perform(module, 'thaw', { target });
      yield* context.setFact('thawMinutes', Number((Number(duration ?? 0) / 60).toFixed(1)));
      yield* work(context, module, 'transferToCassette', { dilution: 0, flow });
      yield* disposeOfBag(context, module);
    });
  },
});

/** Brings the bag with the starting material from where it is into the module. */
function* bringBag(context: PhaseContext, module: string): Task<void> {
  const known = held(context, 'material at') || materialPlace(context);
  if (known !== '') {
    yield* carry(context, known, `${module}.bag`);
    if (context.candidates('lock').includes(deviceOf(known))) yield* release(known);
  } else {
    const lock = yield* claimLock(context);
    const place = `${lock}.bag`;
    const {
      liquid: material = 'apheresis',
      volume = 100,
      temperature = -150,
    } = context.startingMaterial ?? {};
    yield* perform(lock, 'receive', { batch: context.batch, material, volume, temperature });
    yield* carry(context, place, `${module}.bag`);
    yield* release(place);
  }
  yield* context.setFact('material at', `${module}.bag`);
}

/** Place of a bag that is in the plant from the beginning; empty when it comes from outside. */
function materialPlace(context: PhaseContext): string {
  const { material } = context.order;
  return material === undefined ? '' : context.locate(material);
}

/** Hands the empty bag out, so that the module can take the next one. */
function* disposeOfBag(context: PhaseContext, module: string): Task<void> {
  const lock = yield* claimLock(context);
  yield* carry(context, `${module}.bag`, `${lock}.bag`);
  yield* perform(lock, 'dispatch');
  yield* context.setFact('material at', '');
  yield* release(`${lock}.bag`);
}

/** Gets hold of the place for bags of a lock. */
export function* claimLock(context: PhaseContext): Task<string> {
  const options = context.candidates('lock').map((id, cost) => ({ resource: `${id}.bag`, cost }));
  return deviceOf(yield* claimOne(context, options, 'a lock'));
}
