import { Group } from 'three';
import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import type { Model, ModelBuilder } from '../model.ts';
import { addScreen } from '../parts/screen.ts';
import { createStackLight } from '../parts/stack-light.ts';

const { coat, steel, dark, accent, grey, rubber, white } = MATERIALS;
/** Where the twin puts the bottle [m]. */
const PLACE = [0, -0.06, 0.08] as const;
/** The chuck comes down to the cap while the bottle is clamped [m]. */
const DESCENT = 0.035;

/** Column with a turning chuck above a two-jaw clamp, and a magazine for the caps. */
export const decapper: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  body.box(coat, [w, d, 0.06], [0, 0, 0], 0.016);
  body.cylinder(grey, 0.06, 0.022, [PLACE[0], PLACE[1], PLACE[2] - 0.022]);
  body.box(coat, [w - 0.04, 0.11, h - 0.04], [0, d / 2 - 0.065, 0.04], 0.02);
  body.box(coat, [0.13, 0.22, 0.08], [0, -0.02, h - 0.085], 0.02);
  body.box(accent, [0.08, 0.006, 0.014], [0, -0.13, h - 0.052], 0.003);
  for (let i = 0; i < 5; i++)
    body.cylinder(accent, 0.022, 0.016, [w / 2 - 0.035, 0.02, 0.062 + i * 0.019]);
  body.box(steel, [0.004, 0.05, 0.12], [w / 2 - 0.008, 0.02, 0.06], 0.001);
  const screen = addScreen(body, 0.11, 0.075, [-0.01, d / 2 - 0.124, 0.2]);
  const object = body.build();
  object.add(screen.mesh);
  const chuck = new Group();
  chuck.position.set(PLACE[0], PLACE[1], h - 0.09);
  const head = new Assembly();
  head.cylinder(steel, 0.016, 0.05, [0, 0, -0.04]);
  head.lathe(
    dark,
    [
      [0.018, -0.075],
      [0.034, -0.072],
      [0.036, -0.045],
      [0.028, -0.036],
      [0, -0.034],
    ],
    [0, 0, 0],
  );
  for (let i = 0; i < 3; i++) {
    const a = (i * 2 * Math.PI) / 3;
    head.box(
      white,
      [0.012, 0.014, 0.022],
      [0.029 * Math.cos(a), 0.029 * Math.sin(a), -0.078],
      0.003,
    );
  }
  chuck.add(head.build());
  const jaws = [-1, 1].map((side) => {
    const jaw = new Assembly()
      .box(steel, [0.03, 0.06, 0.05], [side * 0.016, 0, 0], 0.006)
      .box(rubber, [0.006, 0.05, 0.044], [side * -0.001, 0, 0.003], 0.002)
      .build([0, PLACE[1], 0.09]);
    return { jaw, side };
  });
  object.add(chuck, ...jaws.map(({ jaw }) => jaw));
  const { object: stack, lamp } = createStackLight([-w / 2 + 0.05, d / 2 - 0.05, h - 0.004]);
  object.add(stack);
  return {
    object,
    screens: [screen],
    lamps: [lamp],
    update: (frame) => {
      chuck.rotation.z = frame.channel('spindle', 0);
      chuck.position.z = h - 0.09 - DESCENT * frame.channel('clamp', 0);
      const gap = 0.048 - 0.012 * frame.channel('clamp', 0);
      for (const { jaw, side } of jaws) jaw.position.x = side * gap;
    },
  };
};
