import { Group } from 'three';
import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import type { Model, ModelBuilder } from '../model.ts';
import { addScreen } from '../parts/screen.ts';
import { createStackLight } from '../parts/stack-light.ts';

const { coat, dark, steel, accent, glass, rubber, white, aluminium, grey } = MATERIALS;
const DOOR_SWING = 1.75;

/** Open-fronted insulated box: walls, back, floor, top with its machine compartment. */
function shell(body: Assembly, w: number, d: number, h: number, head: number): void {
  const t = 0.035;
  body.box(coat, [t, d, h], [-w / 2 + t / 2, 0, 0], 0.012);
  body.box(coat, [t, d, h], [w / 2 - t / 2, 0, 0], 0.012);
  body.box(coat, [w, t, h], [0, d / 2 - t / 2, 0], 0.012);
  body.box(coat, [w, d, t], [0, 0, 0], 0.012);
  body.box(coat, [w, d, head], [0, 0, h - head], 0.016);
  body.box(white, [w - 2 * t, 0.006, h - head - t], [0, d / 2 - t - 0.004, t], 0.002);
  body.box(dark, [w - 0.06, d - 0.06, 0.02], [0, 0, -0.01], 0.006);
}

function door(w: number, h: number, window: boolean): Group {
  const body = new Assembly();
  const frame = 0.05;
  if (window) {
    for (const x of [frame / 2, w - frame / 2]) body.box(coat, [frame, 0.032, h], [x, 0, 0], 0.01);
    for (const z of [0, h - frame]) body.box(coat, [w, 0.032, frame], [w / 2, 0, z], 0.01);
    body.box(glass, [w - 2 * frame, 0.012, h - 2 * frame], [w / 2, 0, frame], 0.003);
  } else {
    body.box(coat, [w, 0.04, h], [w / 2, 0, 0], 0.014);
  }
  body.box(steel, [0.016, 0.016, h * 0.5], [w - 0.03, -0.036, h * 0.25], 0.007);
  for (const z of [h * 0.25, h * 0.75 - 0.016])
    body.box(steel, [0.014, 0.03, 0.016], [w - 0.03, -0.022, z], 0.004);
  body.box(rubber, [w - 0.02, 0.008, 0.012], [w / 2, 0.018, 0.004], 0.003);
  return body.build();
}

/** Glass-doored refrigerator for media. */
export const mediaFridge: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  const head = 0.09;
  shell(body, w, d, h, head);
  for (const z of [0.34]) {
    body.box(steel, [w - 0.08, d - 0.06, 0.006], [0, -0.005, z + 0.012], 0.002);
    for (let i = -6; i <= 6; i++)
      body.box(steel, [0.004, d - 0.07, 0.01], [i * 0.045, -0.005, z], 0.001);
  }
  body.box(accent, [w - 0.08, 0.006, 0.008], [0, -d / 2 - 0.001, h - head + 0.012], 0.002);
  const screen = addScreen(body, 0.12, 0.05, [w / 2 - 0.11, -d / 2 + 0.002, h - 0.072]);
  const object = body.build();
  object.add(screen.mesh);
  const leaf = door(w - 0.02, h - head - 0.012, true);
  leaf.position.set(-w / 2 + 0.01, -d / 2 - 0.018, 0.006);
  object.add(leaf);
  return {
    object,
    screens: [screen],
    update: (frame) => {
      leaf.rotation.z = -DOOR_SWING * frame.channel('door', 0);
    },
  };
};

/** Controlled-rate freezer: insulated chamber with a front door and a fan behind the rack. */
export const controlledRateFreezer: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  const head = 0.14;
  shell(body, w, d, h, head);
  body.box(coat, [w - 0.04, d - 0.06, 0.42], [0, 0.01, 0.03], 0.012);
  body.box(steel, [w - 0.1, d - 0.16, 0.02], [0, -0.02, 0.468], 0.004);
  for (let i = 0; i < 6; i++)
    body.box(grey, [w * 0.6, 0.006, 0.008], [0, -d / 2 + 0.03, 0.12 + i * 0.022], 0.002);
  body.box(accent, [w - 0.1, 0.006, 0.012], [0, -d / 2 - 0.001, h - head + 0.014], 0.003);
  const screen = addScreen(body, 0.17, 0.085, [w / 2 - 0.15, -d / 2 - 0.002, h - 0.118]);
  const object = body.build();
  object.add(screen.mesh);
  const fan = new Group();
  fan.position.set(0, d / 2 - 0.06, 0.62);
  const blades = new Assembly().cylinder(dark, 0.02, 0.02, [0, -0.01, 0], 'y');
  for (let i = 0; i < 5; i++) {
    const a = (i * 2 * Math.PI) / 5;
    blades.box(
      dark,
      [0.02, 0.004, 0.02],
      [0.04 * Math.cos(a), -0.004, 0.04 * Math.sin(a) - 0.01],
      0.002,
    );
    blades.box(
      dark,
      [0.024, 0.004, 0.024],
      [0.062 * Math.cos(a), -0.004, 0.062 * Math.sin(a) - 0.012],
      0.002,
    );
  }
  fan.add(blades.build());
  const leaf = door(w - 0.02, h - head - 0.43, false);
  leaf.position.set(-w / 2 + 0.01, -d / 2 - 0.02, 0.425);
  const { object: stack, lamp } = createStackLight([-w / 2 + 0.07, d / 2 - 0.07, h - 0.004]);
  object.add(fan, leaf, stack);
  return {
    object,
    screens: [screen],
    lamps: [lamp],
    update: (frame) => {
      leaf.rotation.z = -DOOR_SWING * frame.channel('door', 0);
      fan.rotation.y += frame.channel('fan', 0) * 18 * frame.dt;
    },
  };
};

/** Pass box in a wall: a chamber with an inner (-Y) and an outer (+Y) sliding door. */
export const lock: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  const t = 0.03;
  body.box(steel, [w, d, 0.045], [0, 0, 0], 0.008);
  body.box(coat, [w, d, 0.08], [0, 0, h - 0.08], 0.014);
  for (const x of [-1, 1]) body.box(coat, [t, d, h], [x * (w / 2 - t / 2), 0, 0], 0.01);
  for (const y of [-1, 1]) {
    body.box(aluminium, [w + 0.04, 0.03, 0.04], [0, y * (d / 2), h - 0.03], 0.008);
    body.box(aluminium, [w + 0.04, 0.03, 0.04], [0, y * (d / 2), -0.005], 0.008);
    for (const x of [-1, 1])
      body.box(aluminium, [0.04, 0.03, h], [x * (w / 2), y * (d / 2), 0], 0.008);
    body.box(accent, [w - 0.1, 0.006, 0.01], [0, y * (d / 2 + 0.015), h - 0.016], 0.003);
  }
  body.box(MATERIALS.lamp, [w - 0.2, 0.05, 0.01], [0, 0, h - 0.088], 0.004);
  const screen = addScreen(body, 0.1, 0.06, [w / 2 - 0.09, -d / 2 - 0.012, h + 0.03]);
  const object = body.build();
  object.add(screen.mesh);
  const pane = (y: number): Group =>
    new Assembly()
      .box(glass, [w - 2 * t, 0.012, h - 0.13], [0, 0, 0], 0.004)
      .box(steel, [w - 2 * t, 0.02, 0.03], [0, 0, 0], 0.006)
      .box(steel, [w - 2 * t, 0.02, 0.024], [0, 0, h - 0.154], 0.006)
      .box(rubber, [0.14, 0.014, 0.014], [0, y > 0 ? 0.014 : -0.014, 0.03], 0.006)
      .build([0, y, 0.046]);
  const inner = pane(-d / 2 + 0.004);
  const outer = pane(d / 2 - 0.004);
  const { object: stack, lamp } = createStackLight([-w / 2 + 0.07, 0, h - 0.004]);
  object.add(inner, outer, stack);
  const travel = h - 0.13;
  return {
    object,
    screens: [screen],
    lamps: [lamp],
    update: (frame) => {
      inner.position.z = 0.046 + travel * frame.channel('innerDoor', 0);
      outer.position.z = 0.046 + travel * frame.channel('outerDoor', 0);
    },
  };
};
