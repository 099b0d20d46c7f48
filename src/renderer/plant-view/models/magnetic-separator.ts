import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import type { Model, ModelBuilder } from '../model.ts';
import { addScreen } from '../parts/screen.ts';
import { createStackLight } from '../parts/stack-light.ts';

const { coat, white, dark, steel, darkSteel, accent, grey, film, silicone, tray } = MATERIALS;
/** Bottles for cells and selected cells, the reservoirs behind, and the ports, as the twin has them [m]. */
const BOTTLES = [-0.2, 0.2] as const;
const BOTTLE_Y = -0.12;
const DECK = 0.06;
const RESERVOIRS = [-0.15, 0, 0.15] as const;
const SHELF = 0.3;
const COLUMNS = [-0.045, 0.045] as const;
const COLUMN_Y = -0.045;

/** Separation columns in a magnet between cells and selected cells; reservoirs on a shelf above. */
export const magneticSeparator: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  body.box(grey, [w - 0.03, d - 0.03, 0.018], [0, 0, 0], 0.006);
  body.box(coat, [w, d, DECK - 0.012], [0, 0, 0.012], 0.018);
  body.box(tray, [w - 0.06, d * 0.48, 0.004], [0, -d * 0.22, DECK - 0.005], 0.002);
  body.box(coat, [w, d * 0.44, SHELF - DECK], [0, d * 0.28, DECK - 0.008], 0.022);
  body.box(coat, [w, 0.04, h - SHELF], [0, d / 2 - 0.02, SHELF - 0.03], 0.016);
  body.box(coat, [0.03, d * 0.42, 0.12], [-w / 2 + 0.015, d * 0.28, SHELF - 0.02], 0.012);
  body.box(coat, [0.03, d * 0.42, 0.12], [w / 2 - 0.015, d * 0.28, SHELF - 0.02], 0.012);
  for (const x of RESERVOIRS) {
    body.ring(dark, 0.064, 0.006, [x, 0.15, SHELF]);
    body.box(steel, [0.1, 0.006, 0.014], [x, d / 2 - 0.044, SHELF + 0.16], 0.003);
    body.hose(silicone, 0.0032, [
      [x, 0.15, SHELF + 0.19],
      [x, 0.1, SHELF + 0.25],
      [x * 0.4, 0.0, SHELF + 0.16],
      [x * 0.2, COLUMN_Y, SHELF + 0.065],
    ]);
  }
  for (const x of BOTTLES) {
    body.cylinder(grey, 0.044, 0.005, [x, BOTTLE_Y, DECK - 0.002]);
    body.ring(dark, 0.044, 0.005, [x, BOTTLE_Y, DECK + 0.012]);
    // A needle over the bottle, carried by an arm of the cabinet.
    body.box(coat, [0.04, 0.2, 0.028], [x, BOTTLE_Y + 0.09, DECK + 0.215], 0.01);
    body.cylinder(steel, 0.0022, 0.11, [x, BOTTLE_Y, DECK + 0.11]);
    body.cylinder(white, 0.009, 0.02, [x, BOTTLE_Y, DECK + 0.205]);
  }
  // Columns stand in the gap of the magnet; a pinch-valve block carries them.
  body.box(darkSteel, [0.2, 0.06, 0.02], [0, COLUMN_Y + 0.02, DECK + 0.045], 0.006);
  body.box(coat, [0.22, 0.1, 0.05], [0, COLUMN_Y + 0.03, DECK - 0.004], 0.012);
  for (const x of COLUMNS) {
    body.cylinder(film, 0.011, 0.16, [x, COLUMN_Y, DECK + 0.085]);
    body.cylinder(darkSteel, 0.0075, 0.1, [x, COLUMN_Y, DECK + 0.11]);
    body.cylinder(white, 0.0135, 0.016, [x, COLUMN_Y, DECK + 0.244]);
    body.cylinder(white, 0.0135, 0.014, [x, COLUMN_Y, DECK + 0.07]);
    const side = Math.sign(x);
    body.hose(silicone, 0.003, [
      [x, COLUMN_Y, DECK + 0.26],
      [x + side * 0.05, COLUMN_Y - 0.01, DECK + 0.3],
      [side * 0.17, BOTTLE_Y + 0.01, DECK + 0.27],
      [side * 0.2, BOTTLE_Y, DECK + 0.225],
    ]);
    body.hose(silicone, 0.003, [
      [x, COLUMN_Y, DECK + 0.07],
      [x, COLUMN_Y - 0.02, DECK + 0.045],
      [side * 0.1, COLUMN_Y - 0.02, DECK + 0.02],
    ]);
  }
  for (const side of [-1, 1]) {
    body.cylinder(steel, 0.007, 0.03, [side * 0.38, 0.2, 0.05]);
  }
  body.box(accent, [w - 0.1, 0.006, 0.01], [0, -d / 2, 0.026], 0.003);
  const screen = addScreen(body, 0.15, 0.09, [w / 2 - 0.12, d * 0.06 - 0.004, DECK + 0.1]);
  const object = body.build();
  object.add(screen.mesh);
  const magnet = new Assembly()
    .box(darkSteel, [0.19, 0.045, 0.1], [0, 0, 0], 0.008)
    .box(dark, [0.2, 0.03, 0.11], [0, 0.025, -0.005], 0.008)
    .box(accent, [0.1, 0.004, 0.01], [0, -0.0235, 0.075], 0.002)
    .build([0, COLUMN_Y, DECK + 0.11]);
  const { object: stack, lamp } = createStackLight([w / 2 - 0.06, d / 2 - 0.02, h - 0.034]);
  object.add(magnet, stack);
  return {
    object,
    screens: [screen],
    lamps: [lamp],
    update: (frame) => {
      magnet.position.y = COLUMN_Y + 0.034 + 0.028 * (1 - frame.channel('magnet', 0));
    },
  };
};
