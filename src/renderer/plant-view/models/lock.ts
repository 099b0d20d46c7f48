import type { Group } from 'three';
import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import { appearanceNumber } from '../appearance.ts';
import type { Model, ModelBuilder } from '../model.ts';
import { addScreen } from '../parts/screen.ts';
import { createStackLight } from '../parts/stack-light.ts';

const { coat, steel, accent, aluminium, glass, rubber, dark, tray, lamp: light } = MATERIALS;
/** Shelf, line and distance of the positions, as the twin has them [m]. */
const SHELF = 0.35;
const LINE = -0.1;
const PITCH = 0.14;
const T = 0.03;
const HEAD = 0.05;

function slidingPane(w: number, height: number, outwards: number): Assembly {
  return new Assembly()
    .box(glass, [w - 2 * T, 0.01, height], [0, 0, 0], 0.003)
    .box(steel, [w - 2 * T, 0.018, 0.022], [0, 0, height - 0.022], 0.005)
    .box(rubber, [w - 2 * T, 0.014, 0.012], [0, 0, 0], 0.003)
    .box(steel, [0.16, 0.016, 0.016], [0, outwards * 0.016, height - 0.05], 0.006);
}

/** Pass box: a lit chamber over its decontamination unit, with an inner (-Y) and an outer (+Y) door. */
export const lock: ModelBuilder = (equipment): Model => {
  const [w, d, h] = equipment.size;
  const body = new Assembly();
  body.box(dark, [w - 0.05, d - 0.05, 0.03], [0, 0, 0], 0.006);
  body.box(coat, [w, d - 0.03, SHELF - 0.05], [0, 0, 0.02], 0.014);
  body.box(steel, [w - 2 * T, d - 0.05, 0.012], [0, 0, SHELF - 0.013], 0.003);
  body.box(coat, [w, d, HEAD], [0, 0, h - HEAD], 0.014);
  for (const x of [-1, 1]) {
    body.box(coat, [T, d, h - 0.02], [x * (w / 2 - T / 2), 0, 0.02], 0.01);
    for (const y of [-1, 1]) {
      body.box(
        aluminium,
        [T + 0.012, 0.022, h - 0.02],
        [x * (w / 2 - T / 2), y * (d / 2), 0.02],
        0.006,
      );
    }
  }
  for (const y of [-1, 1]) {
    body.box(aluminium, [w, 0.022, 0.03], [0, y * (d / 2), h - 0.03], 0.006);
    body.box(aluminium, [w, 0.022, 0.024], [0, y * (d / 2), SHELF - 0.034], 0.006);
    body.box(accent, [w - 0.1, 0.006, 0.01], [0, y * (d / 2 + 0.003), SHELF - 0.06], 0.003);
    for (let i = 0; i < 6; i++) {
      body.box(
        dark,
        [0.22, 0.006, 0.005],
        [w * 0.22, y * (d / 2 - 0.014), 0.09 + i * 0.015],
        0.002,
      );
    }
  }
  body.box(light, [w - 0.2, 0.05, 0.008], [0, 0.12, h - HEAD - 0.007], 0.003);
  const positions = appearanceNumber(equipment, 'positions', 4);
  for (let i = 0; i < positions; i++) {
    const x = (i - (positions - 1) / 2) * PITCH;
    body.cylinder(tray, 0.05, 0.004, [x, LINE, SHELF - 0.005]);
    body.ring(dark, 0.046, 0.005, [x, LINE, SHELF + 0.012]);
  }
  const screen = addScreen(body, 0.17, 0.1, [-w * 0.26, -d / 2 + 0.01, 0.13]);
  const object = body.build();
  object.add(screen.mesh);
  const height = h - HEAD - SHELF + 0.02;
  const foot = SHELF - 0.012;
  const pane = (y: number): Group => slidingPane(w, height, Math.sign(y)).build([0, y, foot]);
  const inner = pane(-d / 2 + 0.004);
  const outer = pane(d / 2 - 0.004);
  const { object: stack, lamp } = createStackLight([-w / 2 + 0.06, -d / 2 + 0.08, h - 0.004]);
  object.add(inner, outer, stack);
  const travel = height - 0.02;
  return {
    object,
    screens: [screen],
    lamps: [lamp],
    update: (frame) => {
      inner.position.z = foot - travel * frame.channel('innerDoor', 0);
      outer.position.z = foot - travel * frame.channel('outerDoor', 0);
    },
  };
};
