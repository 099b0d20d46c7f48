import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import type { Model, ModelBuilder } from '../model.ts';
import { addScreen } from '../parts/screen.ts';
import { createStackLight } from '../parts/stack-light.ts';

/** Any device without a model of its own: a cabinet of its size with a display. */
export const generic: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const { coat, dark, accent } = MATERIALS;
  const body = new Assembly();
  body.box(dark, [w - 0.03, d - 0.03, 0.02], [0, 0, 0], 0.006);
  body.box(coat, [w, d, h - 0.014], [0, 0, 0.014], 0.02);
  body.box(accent, [w * 0.8, 0.006, 0.01], [0, -d / 2 - 0.001, h * 0.16], 0.002);
  const width = Math.min(0.18, w * 0.6);
  const screen = addScreen(body, width, width * 0.62, [0, -d / 2 - 0.005, h - width * 0.62 - 0.05]);
  const object = body.build();
  const { object: stack, lamp } = createStackLight([w * 0.34, d * 0.34, h - 0.004]);
  object.add(screen.mesh, stack);
  return { object, screens: [screen], lamps: [lamp] };
};
