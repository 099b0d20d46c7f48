import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import { appearanceNumber } from '../appearance.ts';
import type { Model, ModelBuilder } from '../model.ts';

const { aluminium, accent, grey, dark, tray } = MATERIALS;
/** Height of the places, as the twin has it [m]. */
const FOOT = 0.02;

/** Rack with round nests on an anodised plate. */
export const bottleRack: ModelBuilder = (equipment): Model => {
  const [w, d] = equipment.size;
  const positions = appearanceNumber(equipment, 'positions', 8);
  const columns = appearanceNumber(equipment, 'columns', 4);
  const pitch = appearanceNumber(equipment, 'pitch', 0.13);
  const body = new Assembly();
  body.box(aluminium, [w, d, FOOT - 0.002], [0, 0, 0], 0.006);
  body.box(tray, [w - 0.014, d - 0.014, 0.004], [0, 0, FOOT - 0.005], 0.002);
  for (let i = 0; i < positions; i++) {
    const x = ((i % columns) - (columns - 1) / 2) * pitch;
    const y = (Math.floor(i / columns) - 0.5) * pitch;
    body.lathe(
      grey,
      [
        [0.041, FOOT - 0.002],
        [0.05, FOOT - 0.002],
        [0.05, FOOT + 0.028],
        [0.048, FOOT + 0.03],
        [0.043, FOOT + 0.03],
        [0.041, FOOT + 0.027],
        [0.041, FOOT - 0.002],
      ],
      [x, y, 0],
    );
    body.cylinder(dark, 0.04, 0.002, [x, y, FOOT - 0.0015]);
    body.cylinder(accent, 0.005, 0.003, [x + pitch * 0.42, y - pitch * 0.4, FOOT - 0.002]);
  }
  return { object: body.build() };
};
