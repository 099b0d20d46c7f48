import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PHASE_LIBRARY } from '../phase-library.ts';
import { loadRealisation } from './load-realisation.ts';
import type { RealisationOffer } from './realise.ts';

/** In the order in which they are tried. */
const FILES = ['enclosed-plant.yaml', 'modular-plant.yaml', 'reactor-suite.yaml'];
const FOLDER = fileURLToPath(new URL('../realisations/', import.meta.url));

/** The realisations that come with Doppel. Throws when one is wrong, which its test rules out. */
export function ownRealisations(): readonly RealisationOffer[] {
  return FILES.map((file) => {
    const path = `${FOLDER}${file}`;
    const read = loadRealisation(readFileSync(path, 'utf8'), path, PHASE_LIBRARY);
    if ('problems' in read) throw new Error(JSON.stringify(read.problems));
    return { realisation: read.realisation, library: PHASE_LIBRARY };
  });
}
