import { Group } from 'three';
import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import type { Model, ModelBuilder } from '../model.ts';
import { addScreen } from '../parts/screen.ts';
import { createStackLight } from '../parts/stack-light.ts';

const { coat, dark, steel, accent, grey, rubber, smoked, white, aluminium } = MATERIALS;
/** The bag stands on its edge between two heated plates [m]. */
const FOOT = 0.12;
/** Where the tubing leaves, as the twin has it [m]. */
const PORT = [0, -0.2, 0.1] as const;

/** Two heated plates standing upright around the frozen bag, under a hinged hood. */
export const thawUnit: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  body.box(grey, [w - 0.03, d - 0.03, 0.02], [0, 0, 0], 0.006);
  body.box(coat, [w, d, 0.09], [0, 0, 0.012], 0.022);
  body.box(dark, [0.3, 0.17, 0.012], [0, 0, 0.1], 0.008);
  body.box(accent, [w - 0.08, 0.006, 0.01], [0, -d / 2, 0.04], 0.003);
  for (const side of [-1, 1]) {
    body.box(aluminium, [0.19, 0.018, 0.2], [0, side * 0.034, FOOT - 0.01], 0.006);
    body.box(dark, [0.21, 0.012, 0.21], [0, side * 0.05, FOOT - 0.014], 0.005);
    for (const x of [-0.07, 0.07]) {
      body.cylinder(steel, 0.007, 0.05, [x, side > 0 ? 0.054 : -0.104, FOOT + 0.09], 'y');
    }
  }
  body.box(coat, [w - 0.03, 0.11, h - 0.11], [0, d / 2 - 0.062, 0.09], 0.022);
  body.cylinder(steel, 0.008, 0.03, [PORT[0], PORT[1], PORT[2] - 0.004]);
  body.cylinder(white, 0.012, 0.012, [PORT[0], PORT[1], PORT[2] + 0.02]);
  const screen = addScreen(body, 0.16, 0.1, [w / 2 - 0.14, d / 2 - 0.118, h - 0.16]);
  const object = body.build();
  object.add(screen.mesh);
  const hood = new Group();
  hood.position.set(0, 0.115, FOOT + 0.23);
  hood.add(
    new Assembly()
      .box(smoked, [0.32, 0.23, 0.006], [0, -0.115, 0], 0.002)
      .box(smoked, [0.32, 0.006, 0.23], [0, -0.229, -0.23], 0.002)
      .box(coat, [0.33, 0.026, 0.022], [0, -0.228, -0.008], 0.008)
      .box(coat, [0.33, 0.03, 0.026], [0, 0, -0.012], 0.01)
      .box(rubber, [0.1, 0.014, 0.014], [0, -0.246, -0.004], 0.006)
      .build(),
  );
  const { object: stack, lamp } = createStackLight([-w / 2 + 0.07, d / 2 - 0.06, h - 0.024]);
  object.add(hood, stack);
  return {
    object,
    screens: [screen],
    lamps: [lamp],
    update: (frame) => {
      hood.rotation.x = -1.2 * frame.channel('lid', 0);
    },
  };
};
