import { Assembly, type Point } from '../assembly.ts';
import type { FleetModelBuilder } from '../fleet/fleet-model.ts';
import { MATERIALS, PIPES } from '../materials.ts';
import { appearanceNumber } from '../appearance.ts';
import { RACK_DEPTH, RACK_PIPES } from './rack-pipes.ts';

const { steel, coat, dark, grey, aluminium, white, accent, darkSteel } = MATERIALS;
const DEPTH = RACK_DEPTH;
const SHEET = 0.05;
const POST = 0.05;
/** One dock: floor with guides, the plate with its couplings, a stretch of piping and a post. */
function bay(body: Assembly, pitch: number, floor: number, level: number): Assembly {
  const back = DEPTH / 2;
  body.box(coat, [pitch - 0.002, DEPTH - 0.02, SHEET], [0, 0, -SHEET], 0.008);
  body.box(grey, [pitch - 0.02, 0.012, SHEET - 0.014], [0, -back + 0.012, -SHEET + 0.006], 0.003);
  for (const x of [-1, 1]) {
    body.box(steel, [0.02, 0.56, 0.014], [x * (pitch / 2 - 0.018), -0.04, 0], 0.004);
    body.box(darkSteel, [0.02, 0.05, 0.03], [x * (pitch / 2 - 0.018), -0.31, 0], 0.006);
    body.box(
      coat,
      [POST / 2, POST, level],
      [x * (pitch / 2 - POST / 4), back - POST / 2, -floor],
      0.006,
    );
  }
  body.box(white, [0.44, 0.014, 0.2], [0, back - 0.008, 0.03], 0.006);
  for (let i = 0; i < 5; i++)
    body.cylinder(aluminium, 0.017, 0.012, [-0.16 + i * 0.08, back - 0.026, 0.14], 'y');
  body.box(dark, [0.12, 0.01, 0.05], [0.1, back - 0.016, 0.05], 0.004);
  RACK_PIPES.forEach(({ carries, radius, height: z }, i) => {
    body.cylinder(PIPES[carries], radius, pitch, [-pitch / 2, back + 0.035, z], 'x');
    if (i === 3) return;
    body.cylinder(accent, radius * 1.35, 0.03, [-0.2 + i * 0.12, back + 0.035, z], 'x');
    body.cylinder(steel, 0.007, z - 0.16, [-0.16 + i * 0.08, back + 0.03, 0.15]);
  });
  return body;
}

/** Rack of docks, or a laboratory bench when it has one level. */
export const moduleRack: FleetModelBuilder = (equipment) => {
  const columns = appearanceNumber(equipment, 'columns', 4);
  const levels = appearanceNumber(equipment, 'levels', 1);
  const pitch = appearanceNumber(equipment, 'pitch', 0.65);
  const level = appearanceNumber(equipment, 'level', 1.15);
  const floor = appearanceNumber(equipment, 'floor', 0.1);
  const copies: Point[] = [];
  for (let z = 0; z < levels; z++) {
    for (let x = 0; x < columns; x++) {
      copies.push([(x - (columns - 1) / 2) * pitch, 0, floor + z * level]);
    }
  }
  return {
    // Posts reach from the floor below; those of the lowest level stand in it.
    body: (detail) =>
      bay(new Assembly(detail), pitch, Math.min(floor, SHEET), levels > 1 ? level : 0.75),
    copies,
    boxes: [
      [
        [-pitch / 2, -DEPTH / 2, -SHEET],
        [pitch / 2, DEPTH / 2, 0],
      ],
    ],
  };
};
