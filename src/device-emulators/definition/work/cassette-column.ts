import type { VesselView } from '../plant-port.ts';

/** Inner height of a cassette's core [m]; assumed, the same for all sizes, which differ in area. */
const CORE_HEIGHT = 0.06;

/** Height of the liquid in a cassette [m], through which cells settle. */
export function liquidColumn({ volume, capacity }: VesselView): number {
  return (CORE_HEIGHT * volume) / capacity;
}
