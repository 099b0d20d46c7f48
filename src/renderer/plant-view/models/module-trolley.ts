import { Assembly } from '../assembly.ts';
import { appearanceNumber } from '../appearance.ts';
import { MATERIALS } from '../materials.ts';
import type { Model, ModelBuilder } from '../model.ts';

const { coat, steel, darkSteel, rubber, grey, aluminium, accent, dark, white } = MATERIALS;
const WHEEL = 0.075;
/** Size of a module's foot [m]. */
const FOOT = 0.6;

/** Lift trolley for modules: platform on a scissor, rails for their feet, bar by which it is pushed. */
export const moduleTrolley: ModelBuilder = (equipment): Model => {
  const [w, d, h] = equipment.size;
  const bays = appearanceNumber(equipment, 'bays', 2);
  const pitch = appearanceNumber(equipment, 'pitch', 0.66);
  const deck = appearanceNumber(equipment, 'deck', 0.32);
  const body = new Assembly();
  for (const x of [-1, 1]) {
    for (const y of [-1, 1]) {
      const at = [x * (w / 2 - 0.09), y * (d / 2 - 0.12)] as const;
      body.cylinder(rubber, WHEEL, 0.04, [at[0] - 0.02, at[1], WHEEL], 'x');
      body.cylinder(grey, WHEEL * 0.45, 0.046, [at[0] - 0.023, at[1], WHEEL], 'x');
      body.box(steel, [0.06, 0.1, 0.05], [at[0], at[1], WHEEL * 2 - 0.02], 0.01);
    }
  }
  const frame = WHEEL * 2 + 0.02;
  body.box(darkSteel, [w, 0.06, 0.05], [0, -d / 2 + 0.08, frame], 0.012);
  body.box(darkSteel, [w, 0.06, 0.05], [0, d / 2 - 0.08, frame], 0.012);
  for (const x of [-1, 1]) {
    body.box(darkSteel, [0.06, d - 0.1, 0.05], [x * (w / 2 - 0.04), 0, frame], 0.012);
  }
  const top = deck - 0.05;
  body.box(
    dark,
    [w - 0.14, d - 0.2, Math.max(0.02, top - frame - 0.05)],
    [0, 0, frame + 0.05],
    0.02,
  );
  body.box(coat, [w, d - 0.05, 0.05], [0, -0.025, top], 0.014);
  body.box(accent, [w - 0.04, 0.006, 0.012], [0, -d / 2, top + 0.02], 0.003);
  for (let bay = 0; bay < bays; bay++) {
    const x = (bay - (bays - 1) / 2) * pitch;
    for (const side of [-1, 1]) {
      body.box(
        steel,
        [0.02, 0.62, 0.006],
        [x + side * (FOOT / 2 - 0.05), -0.02, deck - 0.006],
        0.002,
      );
      body.box(
        grey,
        [0.03, 0.03, 0.03],
        [x + side * (FOOT / 2 - 0.05), -d / 2 + 0.06, deck - 0.006],
        0.006,
      );
    }
    body.box(white, [0.16, 0.004, 0.03], [x, -d / 2 + 0.0005, top + 0.01], 0.002);
  }
  const back = d / 2 - 0.025;
  for (const x of [-1, 1]) {
    body.box(aluminium, [0.04, 0.04, h - deck], [x * (w / 2 - 0.03), back, deck - 0.02], 0.012);
  }
  body.box(aluminium, [w - 0.06, 0.03, 0.03], [0, back, deck + (h - deck) * 0.5], 0.01);
  body.box(rubber, [w - 0.02, 0.045, 0.045], [0, back, h - 0.045], 0.02);
  return { object: body.build() };
};
