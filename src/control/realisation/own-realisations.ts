import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { abandonBatch } from '../phases/cassette/finish-product.ts';
import { PHASE_LIBRARY } from '../phase-library.ts';
import { loadRealisation } from './load-realisation.ts';
import { careServices } from '../services/care.ts';
import { exchangeServices } from '../services/exchange.ts';
import { healthServices } from '../services/health.ts';
import { sharedPlaceServices } from '../services/shared-places.ts';
import { stopPumps } from '../recovery.ts';
import type { RealisationOffer } from './realise.ts';

/** In the order in which they are tried. */
const FILES = ['enclosed-plant.yaml', 'modular-plant.yaml', 'reactor-suite.yaml'];
/** What a kind of plant needs besides phases. */
const EXTRAS: Readonly<Record<string, Pick<RealisationOffer, 'abandon' | 'services'>>> = {
  'modular-plant.yaml': {
    abandon: abandonBatch,
    services: (plant) =>
      new Map([...healthServices(plant), ...careServices(plant), ...exchangeServices(plant)]),
  },
  'enclosed-plant.yaml': {
    abandon: (context, devices) => stopPumps(context.plant, devices),
    services: (plant, recipes) =>
      new Map([...careServices(plant), ...sharedPlaceServices(plant, recipes, PHASE_LIBRARY)]),
  },
};
const FOLDER = fileURLToPath(new URL('../realisations/', import.meta.url));

/** The realisations that come with Doppel. Throws when one is wrong, which its test rules out. */
export function ownRealisations(): readonly RealisationOffer[] {
  return FILES.map((file) => {
    const path = `${FOLDER}${file}`;
    const read = loadRealisation(readFileSync(path, 'utf8'), path, PHASE_LIBRARY);
    if ('problems' in read) throw new Error(JSON.stringify(read.problems));
    return { realisation: read.realisation, library: PHASE_LIBRARY, ...EXTRAS[file] };
  });
}
