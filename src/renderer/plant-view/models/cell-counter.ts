import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import type { Model, ModelBuilder } from '../model.ts';
import { addScreen } from '../parts/screen.ts';
import { createStackLight } from '../parts/stack-light.ts';

const { coat, dark, steel, accent, grey, smoked, tray } = MATERIALS;
/** Where the twin puts the sample [m]. */
const PLACE = [0, -0.12, 0.04] as const;

/** Image cytometer with a sampling needle over the sample place. */
export const cellCounter: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  const front = 0.005;
  body.box(grey, [w - 0.03, d - 0.03, 0.014], [0, 0, 0], 0.005);
  body.box(coat, [w, d, 0.03], [0, 0, 0.008], 0.013);
  body.box(coat, [w, d / 2 - front, h - 0.02], [0, (d / 2 + front) / 2, 0.012], 0.028);
  body.box(coat, [w * 0.46, 0.2, 0.085], [0, -0.075, h - 0.115], 0.026);
  body.cylinder(tray, 0.052, 0.006, [PLACE[0], PLACE[1], PLACE[2] - 0.005]);
  body.ring(dark, 0.047, 0.005, [PLACE[0], PLACE[1], PLACE[2] + 0.012]);
  body.box(smoked, [w * 0.8, 0.006, 0.1], [0, front - 0.003, 0.06], 0.003);
  body.box(accent, [w - 0.08, 0.006, 0.008], [0, -d / 2, 0.018], 0.003);
  const screen = addScreen(body, 0.2, 0.105, [0, front - 0.002, 0.178]);
  const object = body.build();
  object.add(screen.mesh);
  const needle = new Assembly()
    .cylinder(steel, 0.002, 0.16, [0, 0, -0.16])
    .cylinder(dark, 0.011, 0.05, [0, 0, -0.01])
    .build([PLACE[0], PLACE[1], h - 0.1]);
  const { object: stack, lamp } = createStackLight([-w / 2 + 0.05, d / 2 - 0.06, h - 0.014]);
  object.add(needle, stack);
  return {
    object,
    screens: [screen],
    lamps: [lamp],
    update: (frame) => {
      needle.position.z = h - 0.055 - 0.1 * frame.channel('needle', 0);
    },
  };
};
