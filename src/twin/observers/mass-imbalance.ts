import { MICROS_PER_HOUR } from '../../kernel/time.ts';
import type { Observer } from '../twin.ts';

/** Largest relative error of a conserved amount that counts as rounding. */
const LIMIT = 1e-9;

/** Amounts appeared or vanished; looked at every simulated hour. Reported once per quantity. */
export function massImbalance(): Observer {
  const reported = new Set<string>();
  let next = MICROS_PER_HOUR;
  return {
    name: 'mass-imbalance',
    look: (twin, t) => {
      if (t < next) return [];
      next = t + MICROS_PER_HOUR;
      const { name, relativeError } = twin.massBalance.worst(twin.plant, t);
      if (relativeError <= LIMIT || reported.has(name)) return [];
      reported.add(name);
      const cause = `${name} is off by ${relativeError.toExponential(1)} of all that was brought in`;
      return [{ place: 'plant', batch: '', cause }];
    },
  };
}
