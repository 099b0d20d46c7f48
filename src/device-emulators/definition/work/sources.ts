import type { Refusal } from '../../../kernel/error-catalogue.ts';
import { fromSi } from '../../../kernel/units.ts';
import type { PortSet } from '../coupling.ts';
import type { EffectContext } from '../device.ts';
import { needsFromSupply, needsVolume } from '../module-checks.ts';
import type { ModuleReader } from '../module-frame.ts';
import { type Parcel, type PlantPort, SUPPLIES, type SupplyKind } from '../plant-port.ts';

/** Couplings through which liquid can come into a cassette, and out of it. */
export const INWARD: readonly PortSet[] = ['process', 'perfusion', 'product'];
export const OUTWARD: readonly PortSet[] = ['process', 'perfusion'];

function isSupply(source: string): source is SupplyKind {
  return (SUPPLIES as readonly string[]).includes(source);
}

/** Draws from a supply network or an own reservoir [m3]; less comes when less is there. */
export function drawFrom(plant: PlantPort, source: string, volume: number): Parcel {
  return isSupply(source)
    ? plant.drawSupply(source, volume)
    : plant.withdraw(source, volume, 'mixed');
}

/** Why a volume [m3] cannot be drawn from a supply network or an own reservoir. */
export function checkSource(
  context: Pick<ModuleReader, 'id' | 'plant'>,
  source: string,
  volume: number,
): Refusal | undefined {
  return isSupply(source)
    ? needsFromSupply(context, source, volume)
    : needsVolume(context, source, volume);
}

/** Standard deviation of the scale under a cassette, as volume [m3]; assumed, 0.1 g. */
const SCALE_NOISE = 0.1e-6;

/** What the module's scale makes of the contents of the cassette, in mL; 0 without one. */
export function weighedVolume<C, S>({ plant, random }: EffectContext<C, S>): number {
  const vessel = plant.vesselAt('transfer');
  if (vessel === undefined) return 0;
  const volume = vessel.volume + SCALE_NOISE * random('scale').normal();
  return Number(Math.max(0, fromSi(volume, 'mL')).toFixed(2));
}
