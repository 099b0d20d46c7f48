import { z } from 'zod';
import { MICROS_PER_MINUTE } from '../../../kernel/time.ts';
import { definePhase } from '../../phase.ts';
import { millilitres, minutes } from '../../recipe/quantity.ts';
import { wait } from '../../task.ts';
import { connected, ensure, fillUp, weighed, work } from './at-module.ts';
import { reserve } from './stations.ts';

/** Least that stays over the layer when liquid is taken off [mL]: what wets it. */
const FILM = 2;

/**
 * Takes the medium off, rinses its inhibitors out, lets trypsin loosen the layer, and stops it. Cells
 * that come off are in suspension afterwards.
 */
export const detachCassette = definePhase({
  name: 'detachCassette',
  title: 'Detach the cells',
  parameters: z.strictObject({
    /** Of the buffer to rinse, of trypsin, and of the medium that stops it. */
    volume: millilitres(10, 400),
    duration: minutes(1, 60),
    /** Reservoirs of the module. */
    trypsin: z.string(),
    quench: z.string(),
  }),
  vesselParameters: [],
  needs: { detaching: ['add', 'remove', 'mix'] },
  facts: [],
  prepare: (context) => reserve(context, 'detaching'),
  *run(context, { volume, duration, trypsin, quench }) {
    const once = 'the layer was partly detached and cannot be treated again';
    yield* connected(
      context,
      'detaching',
      ['process', 'perfusion'],
      function* (module) {
        yield* ensure(context, module, trypsin, volume);
        yield* ensure(context, module, quench, volume);
        for (let rinse = 0; rinse <= 2; rinse++) {
          const held = yield* weighed(context, module);
          if (held > FILM) yield* work(context, module, 'remove', { volume: held });
          if (rinse < 2) yield* fillUp(context, module, volume, { liquid: 'buffer' });
        }
        yield* fillUp(context, module, volume, { liquid: trypsin });
        yield* wait(duration * MICROS_PER_MINUTE);
        yield* fillUp(context, module, 2 * volume, { liquid: quench, mix: true });
      },
      { once },
    );
  },
});
