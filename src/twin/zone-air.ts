import type { ZoneAirView } from '../device-emulators/definition/plant-port.ts';
import type { Micros } from '../kernel/time.ts';
import type { Plant } from './plant.ts';
import type { SceneZone } from './scene/scene.ts';

/**
 * Particles [1/m3] of at least 0.5 um and 5 um in a zone at work without disturbance: a tenth of the
 * Annex 1 (2022) limit in operation of the grade (D: at rest, as none is set in operation). Assumed.
 */
const BACKGROUND = {
  A: [352, 3],
  B: [35_200, 293],
  C: [352_000, 2_930],
  D: [352_000, 2_930],
  unclassified: [20_000_000, 150_000],
} as const;

/** Share of particles of at least 5 um among those of at least 0.5 um that handling emits; assumed. */
const COARSE_SHARE = 0.008;

/** Volume of a zone [m3]. */
function zoneVolume(zone: SceneZone): number {
  return (zone.max[0] - zone.min[0]) * (zone.max[1] - zone.min[1]) * (zone.max[2] - zone.min[2]);
}

/** Air of a zone at `t`: emitted particles decay with the air changes, C' = -ACH C. */
export function zoneAirAt(plant: Plant, id: string, t: Micros): ZoneAirView {
  const zone = plant.zone(id);
  const air = plant.state.air.get(id);
  const [fine, coarse] = BACKGROUND[zone.grade];
  const left = air === undefined ? 0 : Math.exp((-zone.airChanges * (t - air.since)) / 1e6);
  return {
    grade: zone.grade,
    pressure: zone.pressure,
    particles05: fine + (air?.particles05 ?? 0) * left,
    particles5: coarse + (air?.particles5 ?? 0) * left,
    temperature: zone.temperature,
    humidity: zone.humidity,
  };
}

/** Adds `count` particles to the air of a zone at `t`. */
export function addParticles(plant: Plant, id: string, count: number, t: Micros): void {
  const zone = plant.zone(id);
  const air = plant.state.air.get(id);
  if (air === undefined) return;
  const left = Math.exp((-zone.airChanges * (t - air.since)) / 1e6);
  const added = count / zoneVolume(zone);
  air.particles05 = air.particles05 * left + added;
  air.particles5 = air.particles5 * left + added * COARSE_SHARE;
  air.since = t;
}
