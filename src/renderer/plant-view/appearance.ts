import type { ViewEquipment } from '../../kernel/view-contract.ts';

/** A number of the appearance, or its fallback. */
export function appearanceNumber(
  { appearance }: ViewEquipment,
  name: string,
  fallback: number,
): number {
  const value = appearance[name];
  return typeof value === 'number' ? value : fallback;
}
