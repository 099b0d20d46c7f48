import type { ViewEquipment, ViewSupply } from '../../../kernel/view-contract.ts';
import { appearanceNumber } from '../appearance.ts';

/** Depth of a rack, and distance of its pipes from its back [m]. */
export const RACK_DEPTH = 0.75;
const BEHIND = 0.035;

/** Pipes behind the docks of a rack: radius and height over the floor of each level [m]. */
export const RACK_PIPES = [
  { carries: 'medium', radius: 0.016, height: 0.66 },
  { carries: 'buffer', radius: 0.016, height: 0.6 },
  { carries: 'gas', radius: 0.01, height: 0.55 },
  { carries: 'drain', radius: 0.022, height: -0.09 },
] as const satisfies readonly {
  readonly carries: ViewSupply['carries'];
  readonly radius: number;
  readonly height: number;
}[];

/** How far pipes reach in a rack's frame [m]; undefined for what is no rack. */
export function rackPipes(
  equipment: ViewEquipment,
): { readonly width: number; readonly back: number; readonly floor: number } | undefined {
  if (equipment.type !== 'module-rack') return undefined;
  return {
    width: appearanceNumber(equipment, 'columns', 4) * appearanceNumber(equipment, 'pitch', 0.65),
    back: RACK_DEPTH / 2 + BEHIND,
    floor: appearanceNumber(equipment, 'floor', 0.1),
  };
}
