import { z } from 'zod';
import { definePhase } from '../../phase.ts';
import { millilitres, minutes, quantity } from '../../recipe/quantity.ts';
import { PhaseFailure, perform } from '../../task.ts';
import { carry } from '../handling.ts';
import {
  CARRYING,
  CONNECTING,
  cassetteOf,
  connected,
  rounded,
  volumeIn,
  work,
} from './at-module.ts';

/** Gathers the beads on the magnet and flushes them out. */
export const debeadCassette = definePhase({
  name: 'debeadCassette',
  title: 'Remove the beads from the cassette',
  parameters: z.strictObject({ duration: minutes(0.05, 60) }),
  vesselParameters: [],
  needs: { ...CARRYING, magnet: ['removeBeads'], magnetConnector: CONNECTING },
  facts: [],
  *run(context, { duration }) {
    yield* connected(context, 'magnet', 'process', (module) =>
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
  needs: { ...CARRYING, fill: ['addFinal'], fillConnector: CONNECTING },
  facts: ['formulatedMl'],
  *run(context, { volume, dmso, stock }) {
    const cryoprotectant = rounded((volume * dmso) / stock);
    const held = volumeIn(context);
    const buffer = rounded(volume - cryoprotectant - held);
    if (buffer < -0.5) {
      const message = `the cassette holds ${held} mL, too much for ${volume} mL of product; concentrate it`;
      throw new PhaseFailure(context.device('fill'), { code: 'OVERFLOW', message });
    }
    yield* connected(context, 'fill', 'process', (module) =>
      work(context, module, 'addFinal', { buffer: Math.max(0, buffer), cryoprotectant }),
    );
    yield* context.setFact('formulatedMl', volumeIn(context));
  },
});

/** Fills all that the cassette holds into the product's bag and seals it. */
export const fillFromCassette = definePhase({
  name: 'fillFromCassette',
  title: 'Fill from the cassette',
  parameters: z.strictObject({}),
  vesselParameters: [],
  needs: { ...CARRYING, fill: ['fill', 'seal'], fillConnector: CONNECTING },
  facts: ['filledMl', 'productBag'],
  *run(context) {
    const held = volumeIn(context);
    const filled = yield* connected(context, 'fill', 'product', (module) =>
      perform(module, 'fill', { volume: rounded(Math.min(100, held), 1), untilEmpty: true }),
    );
    const module = context.device('fill');
    const { bag } = yield* perform(module, 'seal');
    yield* context.setFact('filledMl', Number(filled.volume ?? 0));
    yield* context.setFact('productBag', String(bag ?? filled.bag ?? ''));
    yield* context.moved(String(bag ?? filled.bag ?? ''), `${module}.product`);
  },
});

/** Freezes the product's bag at a controlled rate. */
export const freezeProduct = definePhase({
  name: 'freezeProduct',
  title: 'Freeze the product',
  parameters: z.strictObject({
    rate: quantity('K/min', 0.1, 10),
    target: quantity('Cel', -150, -20),
  }),
  vesselParameters: [],
  needs: { ...CARRYING, freezer: ['freeze'] },
  facts: ['coolingRate'],
  *run(context, { rate, target }) {
    const freezer = context.device('freezer');
    yield* carry(context, String(context.fact('productBag')), `${freezer}.bag`);
    const { coolingRate } = yield* perform(freezer, 'freeze', { rate, target });
    yield* context.setFact('coolingRate', Number(coolingRate ?? 0));
  },
});

/** Hands the product out, and the used cassette back to where it waits for a fresh core. */
export const handOut = definePhase({
  name: 'handOut',
  title: 'Hand the product out',
  parameters: z.strictObject({}),
  vesselParameters: [],
  needs: { ...CARRYING, lock: ['dispatch'], cassette: ['release'] },
  facts: [],
  *run(context) {
    const lock = context.device('lock');
    yield* carry(context, String(context.fact('productBag')), `${lock}.bag`);
    yield* perform(lock, 'dispatch');
    yield* perform(context.device('cassette'), 'release');
    const cassette = cassetteOf(context);
    yield* carry(context, cassette, context.home(cassette));
  },
});
