import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import { appearanceNumber } from '../appearance.ts';
import type { Model, ModelBuilder } from '../model.ts';
import { addScreen } from '../parts/screen.ts';

const { coat, dark, steel, accent, rubber, glass, white, silicone, tray, lamp: light } = MATERIALS;
/** Foot of the bag, and the manifold with its branches, as the twin has them [m]. */
const BAG_FOOT = 0.35;
const MANIFOLD = [-0.31, 1] as const;
const BRANCH_PITCH = 0.06;

/** Cooled cabinet with a glass door and a large bag that hangs over a load cell. */
export const bagStand: ModelBuilder = (equipment): Model => {
  const [w, d, h] = equipment.size;
  const outlets = appearanceNumber(equipment, 'outlets', 1);
  const body = new Assembly();
  const t = 0.03;
  const front = -d / 2;
  for (const x of [-1, 1]) {
    body.box(coat, [t, d - 0.02, h - 0.06], [x * (w / 2 - t / 2), 0.01, 0.06], 0.012);
    for (const y of [-1, 1]) {
      body.cylinder(rubber, 0.032, 0.06, [x * (w / 2 - 0.06), y * (d / 2 - 0.07), 0]);
    }
  }
  body.box(coat, [w, t, h - 0.06], [0, d / 2 - t / 2, 0.06], 0.012);
  body.box(coat, [w, d - 0.02, 0.22], [0, 0.01, 0.06], 0.014);
  body.box(coat, [w, d - 0.02, 0.2], [0, 0.01, h - 0.2], 0.018);
  body.box(white, [w - 2 * t, 0.006, h - 0.46], [0, d / 2 - t - 0.004, 0.28], 0.002);
  for (let i = 0; i < 6; i++) {
    body.box(dark, [0.24, 0.008, 0.005], [0, front + 0.018, 0.12 + i * 0.016], 0.002);
  }
  body.box(glass, [w - 2 * t, 0.01, h - 0.49], [0, front + 0.02, 0.285], 0.004);
  body.cylinder(steel, 0.008, 0.26, [w / 2 - 0.06, front - 0.014, 0.5]);
  for (const z of [0.52, 0.74]) {
    body.cylinder(steel, 0.005, 0.03, [w / 2 - 0.06, front - 0.014, z], 'y');
  }
  body.box(tray, [w - 0.12, d - 0.14, 0.012], [0, 0, BAG_FOOT - 0.02], 0.005);
  body.cylinder(steel, 0.006, w - 2 * t, [-w / 2 + t, 0, BAG_FOOT + 0.53], 'x');
  for (const x of [-0.12, 0.12]) body.cylinder(steel, 0.003, 0.05, [x, 0, BAG_FOOT + 0.485]);
  body.box(light, [w - 0.2, 0.012, 0.006], [0, front + 0.06, h - 0.208], 0.002);
  body.box(accent, [w - 0.1, 0.006, 0.01], [0, front + 0.008, h - 0.19], 0.003);
  // Manifold in front: one pipe, a valve and a fitting per branch.
  const width = (outlets - 1) * BRANCH_PITCH + 0.06;
  const [y, z] = MANIFOLD;
  body.cylinder(steel, 0.008, width, [-width / 2, y + 0.035, z + 0.05], 'x');
  body.cylinder(steel, 0.006, 0.05, [0, y + 0.035, z + 0.05], 'y');
  for (let i = 0; i < outlets; i++) {
    const x = (i - (outlets - 1) / 2) * BRANCH_PITCH;
    body.box(dark, [0.022, 0.026, 0.026], [x, y + 0.02, z + 0.02], 0.005);
    body.cylinder(steel, 0.005, 0.02, [x, y, z]);
    body.hose(silicone, 0.003, [
      [x, y + 0.03, z + 0.05],
      [x, y + 0.01, z + 0.045],
      [x, y, z + 0.015],
    ]);
  }
  const screen = addScreen(body, 0.18, 0.09, [w / 2 - 0.15, front + 0.008, h - 0.11]);
  const object = body.build();
  object.add(screen.mesh);
  return { object, screens: [screen] };
};
