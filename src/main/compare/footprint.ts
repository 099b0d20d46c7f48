import type { CleanroomGrade } from '../../kernel/view-contract.ts';
import type { Scene } from '../../twin/scene/scene.ts';

/** Floor of a plant [m2]. */
export interface Footprint {
  readonly total: number;
  /** By cleanroom grade. */
  readonly grades: Readonly<Partial<Record<CleanroomGrade, number>>>;
}

/** Floor of a scene's zones. */
export function footprintOf({ zones }: Pick<Scene, 'zones'>): Footprint {
  const grades: Partial<Record<CleanroomGrade, number>> = {};
  let total = 0;
  for (const { grade, min, max } of zones) {
    const area = (max[0] - min[0]) * (max[1] - min[1]);
    grades[grade] = Number(((grades[grade] ?? 0) + area).toFixed(2));
    total += area;
  }
  return { total: Number(total.toFixed(2)), grades };
}
