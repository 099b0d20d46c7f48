import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import type { Model, ModelBuilder } from '../model.ts';
import { addScreen } from '../parts/screen.ts';
import { createStackLight } from '../parts/stack-light.ts';

const { coat, dark, steel, accent, grey, aluminium, silicone, tray, white } = MATERIALS;
/** Where the twin puts bottle and bag [m]. */
const SOURCE = [-0.15, -0.1, 0.1] as const;
const BAG = [0.15, -0.1, 0.12] as const;
/** Height of a product bag, and where it is sealed [m]. */
const BAG_HEIGHT = 0.14;

/** Draws a bottle into a bag that leans on a scale, then seals the bag's tube. */
export const bagFiller: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  const face = 0.03;
  body.box(grey, [w - 0.03, d - 0.03, 0.018], [0, 0, 0], 0.006);
  body.box(coat, [w, d, SOURCE[2] - 0.018], [0, 0, 0.012], 0.022);
  body.box(coat, [w, d / 2 - face, h - 0.06], [0, (d / 2 + face) / 2, 0.05], 0.024);
  body.box(coat, [w * 0.92, 0.15, 0.09], [0, -0.035, h - 0.1], 0.026);
  body.cylinder(tray, 0.05, 0.01, [SOURCE[0], SOURCE[1], SOURCE[2] - 0.01]);
  body.ring(dark, 0.044, 0.005, [SOURCE[0], SOURCE[1], SOURCE[2] + 0.014]);
  // Scale with a leaning board for the bag.
  body.box(tray, [0.16, 0.13, 0.012], [BAG[0], BAG[1], BAG[2] - 0.014], 0.004);
  body.box(aluminium, [0.13, 0.006, 0.17], [BAG[0], BAG[1] + 0.022, BAG[2]], 0.003);
  for (const x of [-0.05, 0.05]) {
    body.box(dark, [0.016, 0.02, 0.012], [BAG[0] + x, BAG[1] + 0.014, BAG[2] + 0.155], 0.004);
    body.box(aluminium, [0.012, 0.03, 0.012], [BAG[0] + x, BAG[1] - 0.012, BAG[2]], 0.003);
  }
  // Dip tube, pump head behind the front, fill tube.
  body.cylinder(steel, 0.0024, 0.15, [SOURCE[0], SOURCE[1], SOURCE[2] + 0.12]);
  body.cylinder(white, 0.01, 0.02, [SOURCE[0], SOURCE[1], SOURCE[2] + 0.262]);
  body.hose(silicone, 0.0035, [
    [SOURCE[0], SOURCE[1], SOURCE[2] + 0.28],
    [SOURCE[0] + 0.05, SOURCE[1] - 0.02, SOURCE[2] + 0.33],
    [0, -0.13, SOURCE[2] + 0.29],
    [BAG[0] - 0.06, BAG[1] - 0.02, BAG[2] + 0.3],
    [BAG[0], BAG[1], BAG[2] + 0.24],
    [BAG[0], BAG[1], BAG[2] + BAG_HEIGHT - 0.004],
  ]);
  body.box(accent, [w - 0.1, 0.006, 0.01], [0, -d / 2, 0.04], 0.003);
  const screen = addScreen(body, 0.16, 0.095, [0, face - 0.004, 0.2]);
  const object = body.build();
  object.add(screen.mesh);
  const sealer = new Assembly()
    .box(dark, [0.07, 0.05, 0.03], [0, 0.03, 0], 0.008)
    .box(steel, [0.05, 0.012, 0.012], [0, 0.002, 0.009], 0.003)
    .box(accent, [0.05, 0.004, 0.006], [0, 0.006, 0.024], 0.002)
    .build([BAG[0], 0, BAG[2] + BAG_HEIGHT + 0.05]);
  const { object: stack, lamp } = createStackLight([-w / 2 + 0.06, d / 2 - 0.05, h - 0.024]);
  object.add(sealer, stack);
  return {
    object,
    screens: [screen],
    lamps: [lamp],
    update: (frame) => {
      sealer.position.y = BAG[1] + 0.012 + 0.07 * (1 - frame.channel('sealBar', 0));
    },
  };
};
