import { Group } from 'three';
import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import { appearanceNumber, type Model, type ModelBuilder } from '../model.ts';
import { addScreen } from '../parts/screen.ts';

const { coat, white, dark, steel, aluminium, accent, grey, rubber, glass } = MATERIALS;

/** Rack with round nests on a steel plate. */
export const bottleRack: ModelBuilder = (equipment): Model => {
  const [w, d] = equipment.size;
  const positions = appearanceNumber(equipment, 'positions', 8);
  const columns = appearanceNumber(equipment, 'columns', 4);
  const pitch = appearanceNumber(equipment, 'pitch', 0.13);
  const body = new Assembly();
  body.box(aluminium, [w, d, 0.018], [0, 0, 0], 0.006);
  for (let i = 0; i < positions; i++) {
    const x = ((i % columns) - (columns - 1) / 2) * pitch;
    const y = (Math.floor(i / columns) - 0.5) * pitch;
    body.lathe(
      grey,
      [
        [0.04, 0.018],
        [0.047, 0.018],
        [0.046, 0.044],
        [0.041, 0.045],
        [0.04, 0.02],
      ],
      [x, y, 0],
    );
    body.cylinder(dark, 0.004, 0.003, [x + pitch * 0.42, y - pitch * 0.36, 0.017]);
  }
  body.box(accent, [w - 0.06, 0.004, 0.006], [0, -d / 2, 0.006], 0.002);
  return { object: body.build() };
};

/** Cooled cabinet with a glass door and a large bag on a load cell. */
export const bagStand: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  const t = 0.03;
  for (const x of [-1, 1]) body.box(coat, [t, d, h - 0.06], [x * (w / 2 - t / 2), 0, 0.06], 0.012);
  body.box(coat, [w, t, h - 0.06], [0, d / 2 - t / 2, 0.06], 0.012);
  body.box(coat, [w, d, 0.22], [0, 0, 0.06], 0.014);
  body.box(coat, [w, d, 0.14], [0, 0, h - 0.14], 0.018);
  body.box(glass, [w - 0.04, 0.012, h - 0.43], [0, -d / 2 + 0.01, 0.285], 0.004);
  body.box(steel, [0.016, 0.016, 0.3], [w / 2 - 0.06, -d / 2 - 0.016, 0.45], 0.007);
  body.box(steel, [w - 0.12, d - 0.12, 0.012], [0, 0, 0.32], 0.005);
  body.box(accent, [w - 0.1, 0.006, 0.012], [0, -d / 2 - 0.001, h - 0.122], 0.003);
  for (const x of [-1, 1])
    for (const y of [-1, 1]) {
      body.cylinder(rubber, 0.034, 0.06, [x * (w / 2 - 0.06), y * (d / 2 - 0.06), 0]);
    }
  const screen = addScreen(body, 0.15, 0.075, [w / 2 - 0.14, -d / 2 - 0.004, h - 0.105]);
  const object = body.build();
  object.add(screen.mesh);
  return { object, screens: [screen], standsAlone: true };
};

/** Waste cart: bins on top, a liquid tank below, a fork that pours bottles out. */
export const wasteStation: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  body.box(coat, [w, d, 0.52], [0, 0, 0.05], 0.02);
  body.box(steel, [w - 0.04, d - 0.04, 0.03], [0, 0, 0.562], 0.008);
  body.box(coat, [w, 0.04, 0.2], [0, d / 2 - 0.02, 0.56], 0.012);
  for (const x of [-1, 1]) body.box(coat, [0.03, d, 0.06], [x * (w / 2 - 0.015), 0, 0.56], 0.01);
  body.lathe(
    dark,
    [
      [0.02, 0.5],
      [0.06, 0.6],
      [0.12, 0.66],
      [0.115, 0.662],
      [0.05, 0.61],
    ],
    [-0.3, -0.2, 0],
  );
  body.box(accent, [w - 0.1, 0.006, 0.014], [0, -d / 2 - 0.001, 0.51], 0.003);
  body.box(dark, [w * 0.36, 0.012, 0.3], [w * 0.22, -d / 2 + 0.001, 0.14], 0.008);
  body.box(steel, [w * 0.2, 0.014, 0.014], [w * 0.22, -d / 2 - 0.012, 0.4], 0.006);
  for (const x of [-1, 1])
    for (const y of [-1, 1]) {
      body.cylinder(rubber, 0.036, 0.05, [x * (w / 2 - 0.07), y * (d / 2 - 0.07), 0]);
    }
  const object = body.build();
  const fork = new Group();
  fork.position.set(-0.3, -0.11, h);
  fork.add(
    new Assembly()
      .box(aluminium, [0.024, 0.04, 0.05], [0, 0.02, -0.025], 0.006)
      .ring(steel, 0.046, 0.005, [0, -0.09, 0.02])
      .cylinder(steel, 0.042, 0.006, [0, -0.09, -0.008])
      .box(steel, [0.03, 0.05, 0.008], [0, -0.02, -0.008], 0.003)
      .build(),
  );
  object.add(
    fork,
    new Assembly().box(white, [0.05, 0.05, h - 0.54], [-0.3, -0.06, 0.56], 0.012).build(),
  );
  return {
    object,
    standsAlone: true,
    update: (frame) => {
      fork.rotation.y = 2.2 * frame.channel('tilt', 0);
    },
  };
};
