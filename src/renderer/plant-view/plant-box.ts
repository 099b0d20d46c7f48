import { Box3, Vector3 } from 'three';
import type { ViewScene } from '../../kernel/view-contract.ts';

/** Box of the whole plant in the canvas's Y-up frame. */
export function plantBox(zones: ViewScene['zones'], equipment: ViewScene['equipment']): Box3 {
  const all = new Box3();
  const add = (x: number, y: number, z: number): void => {
    all.expandByPoint(new Vector3(x, z, -y));
  };
  for (const { min, max, grade } of zones) {
    if (grade === 'unclassified') continue;
    add(...min);
    add(...max);
  }
  for (const { pose, size } of equipment) {
    const [x, y, z] = pose.position;
    // The arm's footprint is that of its longest track; others reach no further than this.
    const reach = Math.min(0.5, Math.max(size[0], size[1]) / 2);
    add(x - reach, y - reach, z);
    add(x + reach, y + reach, z + size[2]);
  }
  return all;
}
