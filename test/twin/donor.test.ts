import { describe, expect, it } from 'vitest';
import { createTwin } from '../../src/twin/create-twin.ts';
import { MassBalance } from '../../src/twin/mass-balance.ts';
import { microsFromSeconds } from '../../src/kernel/time.ts';
import type { VesselDynamics } from '../../src/twin/vessel-dynamics.ts';
import { DOUBLING, SPECIES, testScene } from './support/test-plant.ts';

describe('the donor of a culture', () => {
  it('is the lot that most of its cells came from, wherever they are', () => {
    const donors: string[] = [];
    const dynamics: VesselDynamics = {
      ...DOUBLING,
      begin: (amounts, temperature, environment, donor) => {
        donors.push(donor);
        return DOUBLING.begin(amounts, temperature, environment, donor);
      },
    };
    const twin = createTwin({
      scene: testScene(),
      seed: 1,
      species: SPECIES,
      dynamics,
      massBalance: new MassBalance([{ name: 'volume', weights: { 0: 1 } }]),
      observers: [],
      fill: ({ volume }) => Float64Array.of(volume, 0, 1e6),
    });
    const { plant } = twin;
    const [from, to] = [plant.vessel('bottle-1'), plant.vessel('bottle-2')];
    const hour = microsFromSeconds(3600);
    twin.advanceTo(hour);
    plant.project(from, hour, new Float64Array(SPECIES.count));
    expect(donors.at(-1)).toBe('L1');
    // Into a vessel without a label: the cells take their donor along.
    plant.deposit(to, plant.withdraw(from, 50e-6, 'mixed', hour), hour);
    twin.advanceTo(2 * hour);
    plant.project(to, 2 * hour, new Float64Array(SPECIES.count));
    expect(to.batch).toBe('');
    expect(donors.at(-1)).toBe('L1');
  });
});
