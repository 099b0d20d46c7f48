import { Group } from 'three';
import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import { appearanceNumber } from '../appearance.ts';
import type { Model, ModelBuilder } from '../model.ts';
import { addScreen } from '../parts/screen.ts';
import { createStackLight } from '../parts/stack-light.ts';

const { coat, white, dark, steel, aluminium, accent, glass, grey, rubber, tray } = MATERIALS;
/** Width of the column over the tip racks [m]. */
const COLUMN = 0.17;
/** Distance of neighbouring pipettes [m]. */
const CHANNEL_PITCH = 0.018;

function pipette(): Group {
  const body = new Assembly();
  body.box(white, [0.015, 0.04, 0.13], [0, 0, 0.06], 0.004);
  body.cylinder(steel, 0.0045, 0.05, [0, 0, 0.014]);
  return body.build();
}

function tip(): Group {
  return new Assembly().cylinder(MATERIALS.film, 0.0016, 0.075, [0, 0, -0.05], 'z', 0.0052).build();
}

/** Gantry with four pipettes over a deck; the head stands where the twin says its tips are. */
export const liquidHandler: ModelBuilder = (equipment): Model => {
  const [w, d, h] = equipment.size;
  const body = new Assembly();
  body.box(coat, [w, d, 0.03], [0, 0, -0.002], 0.008);
  body.box(aluminium, [w - 0.06, d - 0.1, 0.005], [0, 0, 0.026], 0.002);
  // Nests around the places that the twin declares.
  for (const i of [-1, 0, 1]) {
    for (const j of [-0.5, 0.5]) {
      body.ring(dark, 0.048, 0.005, [i * 0.16, j * 0.16, 0.033]);
      body.cylinder(grey, 0.046, 0.004, [i * 0.16, j * 0.16, 0.029]);
    }
  }
  for (const y of [-0.13, 0.02, 0.17]) {
    // Rack of disposable tips, 4 by 6.
    body.box(accent, [0.127, 0.085, 0.07], [-0.41, y, 0.028], 0.006);
    body.box(tray, [0.119, 0.077, 0.004], [-0.41, y, 0.096], 0.002);
    for (let i = 0; i < 24; i++) {
      const at = [
        -0.457 + (i % 6) * 0.0188,
        y - 0.028 + Math.floor(i / 6) * 0.0188,
        0.098,
      ] as const;
      body.cylinder(white, 0.0052, 0.012, at);
    }
  }
  body.box(dark, [0.1, 0.22, 0.09], [0.42, 0, 0.028], 0.01);
  body.box(rubber, [0.07, 0.19, 0.004], [0.42, 0, 0.117], 0.002);
  // Open to the front and above, where the arm comes in: a column over the tip racks, a back wall.
  const left = -w / 2 + COLUMN / 2;
  for (const [x, y] of [
    [-1, -1],
    [-1, 1],
    [1, 1],
  ] as const) {
    const at = [x * (w / 2 - 0.02), y * (d / 2 - 0.02), 0.02] as const;
    body.box(aluminium, [0.035, 0.035, h - 0.03], at, 0.006);
  }
  body.box(coat, [COLUMN, d, 0.05], [left, 0, h - 0.05], 0.016);
  body.box(coat, [COLUMN, 0.02, 0.1], [left, -d / 2 + 0.012, h - 0.12], 0.008);
  body.box(coat, [w, 0.09, 0.05], [0, d / 2 - 0.045, h - 0.05], 0.016);
  body.box(coat, [w - 0.05, 0.02, 0.16], [0, d / 2 - 0.012, h - 0.21], 0.006);
  body.box(aluminium, [w - 0.05, 0.03, 0.045], [0, d / 2 - 0.04, h - 0.14], 0.006);
  body.box(glass, [w - 0.07, 0.005, h - 0.1], [0, d / 2 - 0.018, 0.03], 0.002);
  body.box(glass, [0.005, d - 0.07, h - 0.14], [-w / 2 + 0.018, 0, 0.03], 0.002);
  body.box(accent, [0.24, 0.006, 0.012], [w / 2 - 0.18, -d / 2, 0.006], 0.003);
  const screen = addScreen(body, 0.13, 0.075, [left, -d / 2 - 0.002, h - 0.108]);
  const object = body.build();
  object.add(screen.mesh);

  const bridge = new Group();
  bridge.add(
    new Assembly()
      .box(aluminium, [0.07, d - 0.07, 0.06], [0, 0, h - 0.16], 0.008)
      .box(dark, [0.05, d - 0.12, 0.012], [0, 0, h - 0.166], 0.004)
      .build(),
  );
  const head = new Group();
  head.add(
    new Assembly()
      .box(white, [0.1, 0.09, 0.15], [0, 0, h - 0.29], 0.014)
      .box(accent, [0.06, 0.006, 0.03], [0, -0.045, h - 0.2], 0.003)
      .build(),
  );
  const tool = new Group();
  const count = appearanceNumber(equipment, 'channels', 4);
  const tips: Group[] = [];
  for (let i = 0; i < count; i++) {
    const one = pipette();
    one.position.x = (i - (count - 1) / 2) * CHANNEL_PITCH;
    const cone = tip();
    one.add(cone);
    tips.push(cone);
    tool.add(one);
  }
  tool.add(new Assembly().box(steel, [0.05, 0.012, 0.1], [0, 0.026, 0.09], 0.004).build());
  head.add(tool);
  bridge.add(head);
  object.add(bridge);
  const { object: stack, lamp } = createStackLight([-w / 2 + 0.06, d / 2 - 0.06, h - 0.004]);
  object.add(stack);
  return {
    object,
    screens: [screen],
    lamps: [lamp],
    update: (frame) => {
      bridge.position.x = frame.channel('headX', -0.42);
      head.position.y = frame.channel('headY', 0);
      tool.position.z = frame.channel('headZ', 0.45) + 0.05;
      const on = frame.channel('tipsOn', 0);
      tips.forEach((cone, i) => {
        cone.visible = i < on;
      });
    },
  };
};
