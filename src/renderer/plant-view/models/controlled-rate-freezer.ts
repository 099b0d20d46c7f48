import { Group } from 'three';
import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import { appearanceNumber } from '../appearance.ts';
import type { Model, ModelBuilder } from '../model.ts';
import { hingedDoor, insulatedShell } from '../parts/cabinet.ts';
import { addScreen } from '../parts/screen.ts';
import { createStackLight } from '../parts/stack-light.ts';

const { coat, dark, steel, accent, grey, silicone } = MATERIALS;
/** Shelf of the chamber, distance and line of the bags on it, as the twin has them [m]. */
const SHELF = 0.65;
const PITCH = 0.15;
const LINE = -0.15;
const HEAD = 0.032;
const WALL = 0.045;

function fanWheel(): Group {
  const wheel = new Assembly().cylinder(dark, 0.02, 0.02, [0, -0.01, 0], 'y');
  for (let i = 0; i < 5; i++) {
    const a = (i * 2 * Math.PI) / 5;
    for (const [r, size] of [
      [0.036, 0.018],
      [0.056, 0.022],
    ] as const) {
      wheel.box(
        dark,
        [size, 0.004, size],
        [r * Math.cos(a), -0.004, r * Math.sin(a) - size / 2],
        0.0015,
      );
    }
  }
  return wheel.build();
}

/** Insulated chamber with a front door over the nitrogen supply; a fan behind the rack. */
export const controlledRateFreezer: ModelBuilder = (equipment): Model => {
  const [w, d, h] = equipment.size;
  const body = new Assembly();
  const foot = SHELF - 0.05;
  insulatedShell(body, [w, d, h], foot, HEAD, WALL);
  body.box(steel, [w - 2 * WALL, d - 0.1, 0.012], [0, 0, SHELF - 0.013], 0.004);
  const places = appearanceNumber(equipment, 'places', 2);
  for (let i = 0; i < places; i++) {
    const x = (i - (places - 1) / 2) * PITCH;
    for (const y of [-0.022, 0.022]) {
      body.box(steel, [0.11, 0.003, 0.06], [x, LINE + y, SHELF], 0.001);
    }
  }
  body.box(coat, [w - 0.016, 0.02, foot - 0.05], [0, -d / 2 - 0.004, 0.03], 0.01);
  for (let i = 0; i < 9; i++) {
    body.box(dark, [w * 0.5, 0.008, 0.005], [-w * 0.14, -d / 2 - 0.012, 0.1 + i * 0.015], 0.002);
  }
  body.box(accent, [w - 0.1, 0.006, 0.01], [0, -d / 2 - 0.014, foot - 0.05], 0.003);
  const screen = addScreen(body, 0.2, 0.12, [w / 2 - 0.17, -d / 2 - 0.012, 0.38]);
  // Nitrogen comes through an insulated hose at the back.
  body.cylinder(grey, 0.03, 0.02, [-w / 2 + 0.12, d / 2 - 0.004, 0.5], 'y');
  body.hose(silicone, 0.016, [
    [-w / 2 + 0.12, d / 2 + 0.01, 0.5],
    [-w / 2 + 0.12, d / 2 + 0.05, 0.46],
    [-w / 2 + 0.12, d / 2 + 0.05, 0.02],
  ]);
  const object = body.build();
  object.add(screen.mesh);
  const fan = fanWheel();
  fan.position.set(0, d / 2 - WALL - 0.02, SHELF + 0.11);
  const leaf = hingedDoor(w - 0.014, h - foot - 0.008, 'solid');
  leaf.position.set(-w / 2 + 0.007, -d / 2 - 0.004, foot + 0.004);
  const { object: stack, lamp } = createStackLight([-w / 2 + 0.07, d / 2 - 0.07, h - 0.014]);
  const moving = new Group();
  moving.add(fan, leaf, stack);
  object.add(moving);
  return {
    object,
    screens: [screen],
    lamps: [lamp],
    update: (frame) => {
      leaf.rotation.z = -1.75 * frame.channel('door', 0);
      fan.rotation.y = (fan.rotation.y + frame.channel('fan', 0) * 18 * frame.dt) % (2 * Math.PI);
    },
  };
};
