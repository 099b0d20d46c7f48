import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import type { Model, ModelBuilder } from '../model.ts';
import { addScreen } from '../parts/screen.ts';
import { createStackLight } from '../parts/stack-light.ts';

const { coat, white, dark, steel, accent, grey, silicone, tray } = MATERIALS;
/** Where the twin puts the bottle, and where the tubing leaves [m]. */
const PLACE = [0, -0.05, 0.06] as const;
const PORT = [0, 0.14, 0.35] as const;

/** Column whose nozzle goes down into a bottle; the tubing leaves through the wall behind it. */
export const tubeLock: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  const face = d / 2 - 0.11;
  body.box(grey, [w - 0.03, d - 0.03, 0.014], [0, 0, 0], 0.005);
  body.box(coat, [w, d, PLACE[2] - 0.018], [0, 0, 0.01], 0.016);
  body.cylinder(tray, 0.05, 0.008, [PLACE[0], PLACE[1], PLACE[2] - 0.009]);
  body.ring(dark, 0.044, 0.005, [PLACE[0], PLACE[1], PLACE[2] + 0.012]);
  body.box(coat, [w * 0.84, 0.1, h - 0.05], [0, d / 2 - 0.06, 0.04], 0.022);
  body.box(coat, [0.1, 0.19, 0.07], [0, 0, h - 0.09], 0.022);
  body.box(accent, [0.05, 0.006, 0.01], [0, -0.096, h - 0.06], 0.003);
  // Flange in the wall and the hose from it to the nozzle.
  body.cylinder(steel, 0.032, 0.012, [PORT[0], PORT[1] - 0.006, PORT[2]], 'y');
  body.cylinder(white, 0.012, 0.02, [PORT[0], PORT[1], PORT[2]], 'y');
  body.hose(silicone, 0.0035, [
    [0, PLACE[1], h - 0.02],
    [0, -0.02, h + 0.05],
    [0.03, 0.06, h + 0.05],
    [0.06, d / 2 + 0.005, h - 0.02],
    [0.04, d / 2 + 0.01, PORT[2] + 0.06],
    [PORT[0], PORT[1] + 0.015, PORT[2]],
  ]);
  const screen = addScreen(body, 0.12, 0.075, [0, face - 0.004, 0.26]);
  const object = body.build();
  object.add(screen.mesh);
  const nozzle = new Assembly()
    .cylinder(steel, 0.005, 0.17, [0, 0, -0.17])
    .cylinder(white, 0.017, 0.05, [0, 0, -0.03])
    .build([PLACE[0], PLACE[1], h - 0.03]);
  const { object: stack, lamp } = createStackLight([-w * 0.3, d / 2 - 0.06, h - 0.014]);
  object.add(nozzle, stack);
  return {
    object,
    screens: [screen],
    lamps: [lamp],
    update: (frame) => {
      nozzle.position.z = h - 0.03 - 0.14 * frame.channel('nozzle', 0);
    },
  };
};
