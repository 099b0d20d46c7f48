import { MICROS_PER_HOUR } from '../../kernel/time.ts';
import type { Observer } from './observer.ts';

/** Largest relative error of a conserved amount that counts as rounding. */
const LIMIT = 1e-9;

/** Amounts appeared or vanished; looked at every simulated hour, by what vessels held when last touched. */
export const massImbalance = (): Observer => ({
  name: 'mass-imbalance',
  watches: [],
  period: MICROS_PER_HOUR,
  find: (twin) => {
    const { name, relativeError } = twin.massBalance.worst(twin.plant);
    if (relativeError <= LIMIT) return [];
    const cause = `${name} is off by ${relativeError.toExponential(1)} of all that was brought in`;
    return [{ subject: name, place: 'plant', batch: '', cause }];
  },
});
