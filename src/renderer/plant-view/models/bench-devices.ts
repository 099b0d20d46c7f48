import { Group } from 'three';
import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import type { Model, ModelBuilder } from '../model.ts';
import { addScreen } from '../parts/screen.ts';
import { createStackLight } from '../parts/stack-light.ts';

const { coat, white, dark, steel, darkSteel, accent, grey, rubber, smoked, silicone, aluminium } =
  MATERIALS;

/** Two heated plates standing upright around the frozen bag, under a hinged hood. */
export const thawUnit: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  body.box(coat, [w, d, 0.11], [0, 0, 0], 0.024);
  body.box(accent, [w - 0.08, 0.006, 0.012], [0, -d / 2 - 0.001, 0.082], 0.003);
  for (const y of [-0.05, 0.05]) {
    body.box(aluminium, [0.2, 0.02, 0.19], [0, y, 0.112], 0.006);
    body.box(dark, [0.22, 0.012, 0.2], [0, y * 1.35, 0.11], 0.006);
  }
  body.box(coat, [w - 0.04, 0.1, h - 0.12], [0, d / 2 - 0.06, 0.1], 0.02);
  const screen = addScreen(body, 0.16, 0.1, [w / 2 - 0.13, d / 2 - 0.113, h - 0.17]);
  body.hose(silicone, 0.004, [
    [-0.12, 0, 0.3],
    [-0.2, -0.02, 0.3],
    [-w / 2 - 0.01, -0.05, 0.16],
  ]);
  const object = body.build();
  object.add(screen.mesh);
  const hood = new Group();
  hood.position.set(-0.02, 0.12, 0.36);
  hood.add(
    new Assembly()
      .box(smoked, [0.3, 0.26, 0.008], [0, -0.13, 0], 0.003)
      .box(smoked, [0.3, 0.008, 0.22], [0, -0.258, -0.22], 0.003)
      .box(coat, [0.31, 0.03, 0.024], [0, -0.254, -0.01], 0.008)
      .build(),
  );
  const { object: stack, lamp } = createStackLight([-w / 2 + 0.07, d / 2 - 0.06, h - 0.024]);
  object.add(hood, stack);
  return {
    object,
    screens: [screen],
    lamps: [lamp],
    update: (frame) => {
      hood.rotation.x = -1.1 * frame.channel('lid', 0);
    },
  };
};

/** Column magnets on a tower over a deck of bottles. */
export const magneticSeparator: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  body.box(coat, [w, d, 0.06], [0, 0, 0], 0.018);
  body.box(coat, [w * 0.86, d * 0.34, h - 0.05], [0, d / 2 - d * 0.19, 0.04], 0.024);
  const reach = -d * 0.02;
  for (let i = -1; i <= 1; i += 2) {
    const x = i * w * 0.2;
    body.box(darkSteel, [w * 0.22, d * 0.22, h * 0.2], [x, reach, h * 0.55], 0.012);
    body.cylinder(MATERIALS.film, 0.012, h * 0.26, [x, reach - d * 0.12, h * 0.52]);
    body.cylinder(white, 0.016, 0.018, [x, reach - d * 0.12, h * 0.52 + h * 0.26]);
    body.hose(silicone, 0.003, [
      [x, reach - d * 0.12, h * 0.82],
      [x * 0.7, reach, h * 0.94],
      [x * 0.3, d * 0.18, h * 0.88],
    ]);
    body.hose(silicone, 0.003, [
      [x, reach - d * 0.12, h * 0.52],
      [x, reach - d * 0.16, h * 0.4],
      [x * 1.2, -d * 0.2, h * 0.32],
    ]);
  }
  body.box(accent, [w * 0.6, 0.006, 0.012], [0, -d / 2 - 0.001, 0.03], 0.003);
  const screen = addScreen(body, 0.14, 0.085, [0, d / 2 - d * 0.36 - 0.006, h * 0.8]);
  const object = body.build();
  object.add(screen.mesh);
  const magnet = new Assembly()
    .box(grey, [w * 0.66, d * 0.1, h * 0.16], [0, 0, 0], 0.012)
    .box(accent, [w * 0.3, 0.006, 0.012], [0, -d * 0.05, h * 0.07], 0.003)
    .build([0, reach - d * 0.06, h * 0.57]);
  const { object: stack, lamp } = createStackLight([w * 0.36, d / 2 - 0.06, h - 0.014]);
  object.add(magnet, stack);
  return {
    object,
    screens: [screen],
    lamps: [lamp],
    update: (frame) => {
      magnet.position.y = reach - d * (0.02 + 0.05 * frame.channel('magnet', 1));
    },
  };
};

/** Image cytometer with a sampling needle over the sample place. */
export const cellCounter: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  const place = -0.12;
  body.box(coat, [w, d, 0.04], [0, 0, 0], 0.014);
  body.box(coat, [w, d * 0.56, h - 0.03], [0, d * 0.22, 0.02], 0.03);
  body.box(coat, [w * 0.5, d * 0.4, 0.08], [0, place + 0.03, h - 0.1], 0.024);
  body.cylinder(grey, 0.044, 0.006, [0, place, 0.036]);
  body.box(
    smoked,
    [w * 0.36, 0.006, h * 0.3],
    [-w * 0.22, d * 0.22 - d * 0.28 - 0.002, 0.07],
    0.003,
  );
  body.box(accent, [w - 0.08, 0.006, 0.01], [0, -d / 2 - 0.001, 0.016], 0.003);
  const screen = addScreen(body, 0.14, 0.1, [w * 0.2, d * 0.22 - d * 0.28 - 0.008, h * 0.42]);
  const object = body.build();
  object.add(screen.mesh);
  const needle = new Assembly()
    .cylinder(steel, 0.0018, 0.17, [0, 0, -0.16])
    .cylinder(dark, 0.011, 0.05, [0, 0, 0])
    .build([0, place, h - 0.11]);
  const { object: stack, lamp } = createStackLight([-w / 2 + 0.06, d / 2 - 0.06, h - 0.014]);
  object.add(needle, stack);
  return {
    object,
    screens: [screen],
    lamps: [lamp],
    update: (frame) => {
      needle.position.z = h - 0.09 - 0.13 * frame.channel('needle', 0);
    },
  };
};

/** Sterile tube welder: two clamping jaws and a hot blade. */
export const tubeWelder: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  body.box(coat, [w, d, h * 0.52], [0, 0, 0], 0.024);
  body.box(coat, [w * 0.9, d * 0.44, h * 0.46], [0, d * 0.22, h * 0.44], 0.022);
  for (const y of [-0.07, -0.03])
    body.hose(silicone, 0.0035, [
      [-w / 2 - 0.05, y, h * 0.5],
      [-w / 4, y, h * 0.56],
      [w / 4, y, h * 0.56],
      [w / 2 + 0.05, y, h * 0.5],
    ]);
  body.box(accent, [w - 0.08, 0.006, 0.01], [0, -d / 2 - 0.001, 0.03], 0.003);
  const screen = addScreen(body, 0.12, 0.06, [-w * 0.2, -d * 0.008, h * 0.68]);
  const object = body.build();
  object.add(screen.mesh);
  const hood = new Assembly()
    .box(dark, [w * 0.5, d * 0.34, 0.03], [0, -d * 0.17, 0], 0.01)
    .box(steel, [w * 0.3, 0.012, 0.014], [0, -d * 0.36, 0.008], 0.005)
    .build([0, 0, h * 0.63]);
  const { object: stack, lamp } = createStackLight([w / 2 - 0.06, d / 2 - 0.06, h * 0.9 - 0.006]);
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

/** Bag filler: bags hang on a bar under a fill head, a sealer closes them. */
export const bagFiller: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  body.box(coat, [w, d, 0.06], [0, 0, 0], 0.018);
  body.box(coat, [w * 0.9, d * 0.3, h - 0.05], [0, d / 2 - d * 0.17, 0.04], 0.022);
  body.box(aluminium, [w * 0.84, 0.03, 0.03], [0, -0.02, h - 0.1], 0.008);
  for (const x of [-1, 1])
    body.box(aluminium, [0.024, d * 0.34, 0.024], [x * w * 0.38, d * 0.1, h - 0.098], 0.006);
  for (const x of [-0.3, 0, 0.3]) body.cylinder(steel, 0.004, 0.04, [x * w, -0.035, h - 0.12]);
  body.box(accent, [w - 0.1, 0.006, 0.012], [0, -d / 2 - 0.001, 0.03], 0.003);
  const screen = addScreen(body, 0.14, 0.085, [w * 0.22, d / 2 - d * 0.33, h * 0.62]);
  const object = body.build();
  object.add(screen.mesh);
  const sealer = new Assembly()
    .box(dark, [w * 0.22, 0.05, 0.04], [0, 0, 0], 0.01)
    .box(accent, [w * 0.2, 0.01, 0.01], [0, -0.026, 0.012], 0.003)
    .build([0, 0.03, h - 0.19]);
  const { object: stack, lamp } = createStackLight([-w * 0.38, d / 2 - 0.06, h - 0.014]);
  object.add(sealer, stack);
  return {
    object,
    screens: [screen],
    lamps: [lamp],
    update: (frame) => {
      sealer.position.y = 0.03 - 0.03 * frame.channel('sealer', frame.channel('seal', 0));
    },
  };
};

/** Tube lock: a column whose nozzle goes down into a bottle. */
export const tubeLock: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  body.box(coat, [w, d, 0.05], [0, 0, 0], 0.016);
  body.cylinder(grey, 0.045, 0.014, [0, -0.05, 0.048]);
  body.box(coat, [w * 0.8, d * 0.34, h - 0.04], [0, d / 2 - d * 0.19, 0.03], 0.022);
  body.box(coat, [w * 0.44, d * 0.66, 0.07], [0, 0, h - 0.08], 0.02);
  body.box(accent, [w * 0.3, 0.006, 0.012], [0, -d * 0.33 - 0.001, h - 0.05], 0.003);
  body.hose(silicone, 0.0035, [
    [0, -0.05, h - 0.02],
    [0, 0.02, h + 0.04],
    [0, d / 2, h - 0.06],
  ]);
  const screen = addScreen(body, 0.11, 0.065, [0, d / 2 - d * 0.36 - 0.01, h * 0.5]);
  const object = body.build();
  object.add(screen.mesh);
  const nozzle = new Assembly()
    .cylinder(steel, 0.006, 0.16, [0, 0, -0.16])
    .cylinder(white, 0.018, 0.04, [0, 0, -0.01])
    .build([0, -0.05, h - 0.1]);
  object.add(nozzle);
  return {
    object,
    screens: [screen],
    update: (frame) => {
      nozzle.position.z = h - 0.09 - 0.12 * frame.channel('nozzle', 0);
    },
  };
};

/** Small sensor head on the wall with a sampling probe. */
export const airMonitor: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  body.box(white, [w, d * 0.6, h], [0, d * 0.2, 0], 0.014);
  body.cylinder(steel, 0.012, 0.05, [-w * 0.26, -d * 0.05, h]);
  body.lathe(
    steel,
    [
      [0.006, 0],
      [0.02, 0.026],
      [0.018, 0.028],
      [0, 0.006],
    ],
    [-w * 0.26, -d * 0.05, h + 0.048],
  );
  body.box(rubber, [0.04, 0.01, 0.04], [w * 0.24, -d * 0.1, h * 0.14], 0.01);
  const screen = addScreen(body, w * 0.72, h * 0.42, [0, -d * 0.1, h * 0.48]);
  const object = body.build();
  object.add(screen.mesh);
  return { object, screens: [screen], standsAlone: true };
};
