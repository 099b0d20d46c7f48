import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import type { Model, ModelBuilder } from '../model.ts';
import { placeOf } from './modules/chassis.ts';

const { aluminium, steel, coat, rubber, grey, tray, accent, white } = MATERIALS;
const POST = 0.035;
const SHEET = 0.018;
/** Vessels of different kinds stand on this much of a shelf [m]. */
const NEST = 0.052;

/** Shelf on wheels where goods come in and go out. */
export const goodsStation: ModelBuilder = (equipment): Model => {
  const [w, d, h] = equipment.size;
  const body = new Assembly();
  const heights = new Set<number>();
  for (const name of Object.keys(equipment.places)) {
    const at = placeOf(equipment, name);
    if (at === undefined) continue;
    heights.add(Math.round(at[2] * 1000) / 1000);
    body.ring(grey, NEST, 0.003, [at[0], at[1], at[2] + 0.002]);
  }
  for (const z of heights) {
    body.box(tray, [w - 0.02, d - 0.02, SHEET], [0, 0, z - SHEET], 0.006);
    body.box(steel, [w - 0.02, 0.012, 0.03], [0, -d / 2 + 0.012, z - SHEET - 0.004], 0.004);
    // Edge at the back, and a strip for labels in front.
    body.box(aluminium, [w - 0.04, 0.01, 0.05], [0, d / 2 - 0.016, z], 0.003);
    body.box(white, [w - 0.2, 0.003, 0.02], [0, -d / 2 + 0.005, z - SHEET], 0.001);
  }
  for (const x of [-1, 1]) {
    for (const y of [-1, 1]) {
      const at = [x * (w / 2 - POST / 2), y * (d / 2 - POST / 2)] as const;
      body.box(aluminium, [POST, POST, h - 0.06], [at[0], at[1], 0.06], 0.006);
      body.cylinder(rubber, 0.032, 0.026, [at[0] - 0.013, at[1], 0.032], 'x');
    }
    for (const z of [0.5, 1]) {
      body.box(
        aluminium,
        [0.016, d - POST, 0.03],
        [x * (w / 2 - POST / 2), 0, h * z - 0.05],
        0.004,
      );
    }
  }
  body.box(coat, [w, d, 0.03], [0, 0, h - 0.03], 0.01);
  body.box(accent, [w - 0.06, 0.006, 0.012], [0, -d / 2, h - 0.022], 0.003);
  return { object: body.build() };
};
