import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import type { Model, ModelBuilder } from '../model.ts';
import { addScreen } from '../parts/screen.ts';
import { createStackLight } from '../parts/stack-light.ts';

const { coat, dark, steel, accent, grey, silicone, rubber, darkSteel } = MATERIALS;

/** Sterile tube welder: two grooves for tubing under a clamp with a hot blade. */
export const tubeWelder: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  const deck = h * 0.46;
  body.box(grey, [w - 0.03, d - 0.03, 0.014], [0, 0, 0], 0.005);
  body.box(coat, [w, d, deck - 0.01], [0, 0, 0.01], 0.024);
  body.box(coat, [w * 0.94, d * 0.42, h - deck + 0.03], [0, d * 0.27, deck - 0.03], 0.024);
  body.box(darkSteel, [w * 0.84, 0.1, 0.012], [0, -0.055, deck - 0.004], 0.004);
  for (const y of [-0.075, -0.035]) {
    body.hose(silicone, 0.0035, [
      [-w / 2 - 0.02, y, deck - 0.03],
      [-w / 2 + 0.04, y, deck + 0.01],
      [0, y, deck + 0.011],
      [w / 2 - 0.04, y, deck + 0.01],
      [w / 2 + 0.02, y, deck - 0.03],
    ]);
    for (const x of [-1, 1]) {
      body.box(steel, [0.03, 0.014, 0.022], [x * w * 0.3, y, deck], 0.004);
    }
  }
  body.box(accent, [w - 0.08, 0.006, 0.01], [0, -d / 2, 0.026], 0.003);
  const screen = addScreen(body, 0.14, 0.062, [-w * 0.16, d * 0.06 - 0.004, deck + 0.042]);
  const object = body.build();
  object.add(screen.mesh);
  const hood = new Assembly()
    .box(coat, [w * 0.36, 0.14, 0.03], [0, -0.08, 0], 0.012)
    .box(rubber, [w * 0.2, 0.014, 0.012], [0, -0.15, 0.008], 0.005)
    .box(dark, [w * 0.3, 0.1, 0.01], [0, -0.07, -0.006], 0.004)
    .build([w * 0.08, 0.015, deck + 0.026]);
  const { object: stack, lamp } = createStackLight([w / 2 - 0.05, d / 2 - 0.05, h - 0.014]);
  object.add(hood, stack);
  return {
    object,
    screens: [screen],
    lamps: [lamp],
    update: (frame) => {
      hood.rotation.x = -0.9 * (1 - frame.channel('jaws', 0));
    },
  };
};
