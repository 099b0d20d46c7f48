import { Group, PlaneGeometry } from 'three';
import type { ViewZone } from '../../../kernel/view-contract.ts';
import { Assembly } from '../assembly.ts';
import { MATERIALS, ROOM } from '../materials.ts';

/** HEPA filter with its frame, a usual size [m]. */
const FILTER = [1.22, 0.61] as const;
const PLENUM = 0.16;
const BAR = 0.045;

/** Rows of filters from south to north; a section of them stays when the rest would hide the room. */
export interface BuiltCeiling {
  readonly zone: ViewZone;
  readonly group: Group;
  readonly rows: readonly Group[];
}

function row(zone: ViewZone, y: number, depth: number, columns: number): Group {
  const { min, max } = zone;
  const width = max[0] - min[0];
  const w = width / columns;
  const z = max[2];
  const body = new Assembly();
  for (let i = 0; i < columns; i++) {
    const face = new PlaneGeometry(w - BAR, depth - BAR).rotateX(Math.PI);
    body.add(MATERIALS.lamp, face.translate(min[0] + (i + 0.5) * w, y, z - 0.004));
    body.box(
      ROOM.profile,
      [w - 0.012, depth - 0.012, PLENUM],
      [min[0] + (i + 0.5) * w, y, z],
      0.012,
    );
  }
  for (let i = 0; i <= columns; i++) {
    const x = Math.min(max[0] - BAR / 2, Math.max(min[0] + BAR / 2, min[0] + i * w));
    body.box(ROOM.profile, [BAR, depth, 0.02], [x, y, z - 0.014], 0.004);
  }
  for (const side of [-1, 1]) {
    body.box(
      ROOM.profile,
      [width, BAR / 2, 0.02],
      [(min[0] + max[0]) / 2, y + (side * (depth - BAR / 2)) / 2, z - 0.014],
      0.004,
    );
  }
  const group = body.build();
  group.traverse((object) => {
    object.castShadow = false;
  });
  return group;
}

/** Field of filters with light in their faces. */
export function buildCeiling(zone: ViewZone): BuiltCeiling {
  const { min, max } = zone;
  const rows = Math.max(1, Math.round((max[1] - min[1]) / FILTER[1]));
  const columns = Math.max(1, Math.round((max[0] - min[0]) / FILTER[0]));
  const depth = (max[1] - min[1]) / rows;
  const built = Array.from({ length: rows }, (_, i) =>
    row(zone, min[1] + (i + 0.5) * depth, depth, columns),
  );
  const group = new Group();
  group.add(...built);
  return { zone, group, rows: built };
}
