import type { Group } from 'three';
import type { Vec3 } from '../../../kernel/pose.ts';
import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';

/** Stainless table from the floor to a device that stands at `height`; drawn below the device. */
export function createTable(size: Vec3, height: number): Group {
  const width = size[0] + 0.08;
  const depth = size[1] + 0.08;
  const body = new Assembly();
  const { steel, coat, rubber } = MATERIALS;
  body.box(steel, [width, depth, 0.028], [0, 0, -0.03], 0.006);
  if (width < 0.3) {
    body.box(coat, [width * 0.62, depth * 0.62, height - 0.09], [0, 0, 0.06 - height], 0.012);
    body.box(steel, [width, depth, 0.03], [0, 0, 0.012 - height], 0.01);
    return body.build();
  }
  const x = width / 2 - 0.035;
  const y = depth / 2 - 0.035;
  for (const [sx, sy] of [
    [-1, -1],
    [1, -1],
    [-1, 1],
    [1, 1],
  ] as const) {
    body.box(steel, [0.04, 0.04, height - 0.06], [sx * x, sy * y, 0.03 - height], 0.006);
    body.cylinder(rubber, 0.022, 0.03, [sx * x, sy * y, -height]);
  }
  body.box(coat, [width - 0.09, depth - 0.09, height * 0.5], [0, 0, -0.06 - height * 0.5], 0.01);
  body.box(steel, [width - 0.07, 0.012, 0.03], [0, -y, -0.09], 0.004);
  body.box(MATERIALS.grey, [0.16, 0.014, 0.014], [0, -depth / 2 + 0.036, -0.14], 0.006);
  return body.build();
}
