import type { CleanroomGrade } from '../../kernel/view-contract.ts';
import type { SceneZone } from '../scene/scene.ts';
import type { Finding, Observer } from './observer.ts';

/** Least pressure difference between adjacent rooms of different grades, EU GMP Annex 1 (2022) [Pa]. */
const LEAST = 10;

const CLEANLINESS: Readonly<Record<CleanroomGrade, number>> = {
  unclassified: 0,
  D: 1,
  C: 2,
  B: 3,
  A: 4,
};

/**
 * A cleaner zone not far enough above a less clean one, or above the surroundings. It is judged by the
 * pressures to which the rooms tend with their doors as they are; a door that opens counts at once.
 */
export const pressureCascade = (): Observer => ({
  name: 'pressure-cascade-lost',
  watches: ['air'],
  find: ({ plant, scene }) => {
    const found: Finding[] = [];
    const check = (zone: SceneZone, other: SceneZone | undefined): void => {
      const above = plant.air.steadyPressure(zone.id) - plant.air.steadyPressure(other?.id ?? '');
      if (above >= LEAST) return;
      const name = other === undefined ? 'the surroundings' : other.id;
      const cause = `${zone.id} (grade ${zone.grade}) is ${above.toFixed(1)} Pa above ${name}, at least ${LEAST} Pa are required; look for open doors`;
      found.push({ subject: `${zone.id} ${name}`, place: zone.id, batch: '', cause });
    };
    for (const zone of scene.zones) {
      const cleanliness = CLEANLINESS[zone.grade];
      if (cleanliness === 0) continue;
      const lower = scene.zones.filter(({ grade }) => CLEANLINESS[grade] < cleanliness);
      for (const other of lower) check(zone, other);
      if (lower.length === 0) check(zone, undefined);
    }
    return found;
  },
});
