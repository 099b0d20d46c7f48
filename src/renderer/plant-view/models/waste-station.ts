import { Group } from 'three';
import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import { appearanceNumber } from '../appearance.ts';
import type { Model, ModelBuilder } from '../model.ts';

const { coat, white, dark, steel, aluminium, accent, rubber, grey } = MATERIALS;
/** Floor of the bin, distance of its places, and the fork, as the twin has them [m]. */
const BIN = 0.6;
const PITCH = 0.14;
const COLUMNS = 6;
const FORK = [-0.3, -0.2] as const;

/** Waste cart: bin on top, a liquid tank below, a fork that pours bottles into the funnel. */
export const wasteStation: ModelBuilder = (equipment): Model => {
  const [w, d, h] = equipment.size;
  const bins = appearanceNumber(equipment, 'bins', 12);
  const rows = Math.ceil(bins / COLUMNS);
  const body = new Assembly();
  body.box(coat, [w, d, BIN - 0.09], [0, 0, 0.06], 0.022);
  body.box(steel, [w - 0.02, d - 0.02, 0.03], [0, 0, BIN - 0.034], 0.008);
  // Rim around the bin and the grid in which bottles stand.
  const depth = rows * PITCH + 0.02;
  const y0 = 0.1 - 0.5 * PITCH - PITCH / 2 - 0.01;
  const y1 = Math.min(d / 2 - 0.012, y0 + depth);
  for (const y of [y0, y1]) body.box(aluminium, [w - 0.03, 0.016, 0.1], [0, y, BIN - 0.006], 0.005);
  for (const x of [-1, 1]) {
    body.box(
      aluminium,
      [0.016, y1 - y0, 0.1],
      [x * (w / 2 - 0.02), (y0 + y1) / 2, BIN - 0.006],
      0.005,
    );
  }
  for (let i = 1; i < COLUMNS; i++) {
    body.box(
      grey,
      [0.006, y1 - y0, 0.04],
      [(i - COLUMNS / 2) * PITCH, (y0 + y1) / 2, BIN - 0.004],
      0.002,
    );
  }
  for (let i = 1; i < rows; i++) {
    body.box(grey, [w - 0.04, 0.006, 0.04], [0, y0 + 0.01 + i * PITCH, BIN - 0.004], 0.002);
  }
  const funnel = [FORK[0] + 0.19, FORK[1]] as const;
  body.lathe(
    steel,
    [
      [0.02, BIN - 0.02],
      [0.03, BIN + 0.02],
      [0.085, BIN + 0.08],
      [0.09, BIN + 0.084],
      [0.086, BIN + 0.086],
      [0.028, BIN + 0.026],
    ],
    [funnel[0], funnel[1], 0],
  );
  body.box(accent, [w - 0.1, 0.006, 0.012], [0, -d / 2, BIN - 0.1], 0.003);
  body.box(dark, [0.006, 0.008, 0.34], [0, -d / 2 + 0.001, 0.12], 0.002);
  for (const x of [-0.03, 0.03]) {
    body.cylinder(steel, 0.006, 0.16, [x, -d / 2 - 0.024, 0.26]);
    for (const z of [0.28, 0.4]) body.cylinder(steel, 0.004, 0.026, [x, -d / 2 - 0.024, z], 'y');
  }
  for (const x of [-1, 1]) {
    for (const y of [-1, 1]) {
      body.cylinder(grey, 0.014, 0.03, [x * (w / 2 - 0.08), y * (d / 2 - 0.08), 0.045]);
      body.cylinder(
        rubber,
        0.034,
        0.03,
        [x * (w / 2 - 0.08) - 0.015, y * (d / 2 - 0.08), 0.034],
        'x',
      );
    }
  }
  body.box(
    white,
    [0.05, 0.05, h - BIN + 0.02],
    [FORK[0] - 0.085, FORK[1] + 0.02, BIN - 0.01],
    0.014,
  );
  const object = body.build();
  const fork = new Group();
  fork.position.set(FORK[0], FORK[1], h + 0.03);
  fork.add(
    new Assembly()
      .cylinder(dark, 0.022, 0.03, [-0.06, 0, 0], 'x')
      .box(aluminium, [0.012, 0.08, 0.03], [-0.052, 0, -0.015], 0.004)
      .ring(steel, 0.046, 0.004, [0, 0, 0.04])
      .ring(steel, 0.046, 0.004, [0, 0, 0])
      .cylinder(aluminium, 0.044, 0.005, [0, 0, -0.036])
      .box(steel, [0.006, 0.02, 0.08], [-0.048, 0, -0.035], 0.002)
      .build(),
  );
  object.add(fork);
  return {
    object,
    places: { fork },
    update: (frame) => {
      fork.rotation.y = 2.2 * frame.channel('tilt', 0);
    },
  };
};
