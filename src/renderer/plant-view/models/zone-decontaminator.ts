import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import type { Model, ModelBuilder } from '../model.ts';
import { addScreen } from '../parts/screen.ts';

const { coat, white, dark, steel, accent, rubber, grey, aluminium, film } = MATERIALS;

/** Generator of hydrogen-peroxide vapour: cabinet on wheels, nozzle that turns while vapour comes. */
export const zoneDecontaminator: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  const top = h - 0.14;
  body.box(dark, [w - 0.06, d - 0.06, 0.05], [0, 0, 0.045], 0.008);
  body.box(coat, [w, d, top - 0.09], [0, 0, 0.09], 0.03);
  body.box(white, [w - 0.05, 0.012, top - 0.32], [0, -d / 2 - 0.002, 0.13], 0.008);
  body.box(accent, [w - 0.08, 0.006, 0.01], [0, -d / 2 - 0.008, top - 0.175], 0.003);
  for (let i = 0; i < 8; i++) {
    body.box(dark, [w - 0.16, 0.008, 0.006], [0, -d / 2 - 0.008, 0.16 + i * 0.018], 0.002);
  }
  // Bottle of peroxide behind a window, and the grip by which it is pushed.
  body.cylinder(film, 0.04, 0.16, [w * 0.24, -d / 2 - 0.012, 0.32]);
  body.cylinder(white, 0.018, 0.03, [w * 0.24, -d / 2 - 0.012, 0.48]);
  body.box(steel, [w - 0.12, 0.016, 0.016], [0, d / 2 + 0.03, top - 0.04], 0.006);
  for (const x of [-1, 1]) {
    body.box(steel, [0.014, 0.04, 0.014], [x * (w / 2 - 0.07), d / 2 + 0.014, top - 0.04], 0.004);
    for (const y of [-1, 1]) {
      body.cylinder(
        rubber,
        0.032,
        0.024,
        [x * (w / 2 - 0.06) - 0.012, y * (d / 2 - 0.06), 0.032],
        'x',
      );
      body.cylinder(grey, 0.012, 0.03, [x * (w / 2 - 0.06), y * (d / 2 - 0.06), 0.04]);
    }
  }
  body.cylinder(aluminium, 0.06, 0.03, [0, 0.02, top]);
  const screen = addScreen(body, 0.15, 0.085, [-w * 0.16, -d / 2 - 0.006, top - 0.14]);
  const object = body.build();
  object.add(screen.mesh);
  const nozzle = new Assembly()
    .cylinder(steel, 0.03, 0.07, [0, 0, 0])
    .cylinder(dark, 0.016, 0.07, [0, -0.075, 0.045], 'y', 0.022)
    .box(steel, [0.05, 0.05, 0.016], [0, 0, 0.068], 0.007)
    .build([0, 0.02, top + 0.03]);
  object.add(nozzle);
  return {
    object,
    screens: [screen],
    update: (frame) => {
      nozzle.rotation.z += frame.channel('vapour', 0) > 0.05 ? TURNS * frame.dt : 0;
    },
  };
};

/** How fast the nozzle turns while vapour comes [rad/s]. */
const TURNS = 0.8;
