import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import type { Model, ModelBuilder } from '../model.ts';
import { addScreen } from '../parts/screen.ts';

const { coat, white, dark, steel, darkSteel, accent, rubber, grey, silicone } = MATERIALS;

/** Nitrogen vapour vessel: steel tank with a lid, its controller beside it on the rim. */
export const cryoStore: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  const r = d / 2 - 0.015;
  const x = -w / 2 + r + 0.015;
  body.lathe(
    steel,
    [
      [0, 0.09],
      [r - 0.05, 0.09],
      [r - 0.012, 0.105],
      [r, 0.14],
      [r, h - 0.24],
      [r - 0.02, h - 0.2],
      [r - 0.06, h - 0.185],
      [0, h - 0.185],
    ],
    [x, 0, 0],
    'z',
    64,
  );
  for (const z of [0.2, h - 0.3]) body.ring(darkSteel, r + 0.001, 0.004, [x, 0, z]);
  body.lathe(
    white,
    [
      [r - 0.075, h - 0.188],
      [r - 0.05, h - 0.18],
      [r - 0.045, h - 0.13],
      [r - 0.06, h - 0.108],
      [0, h - 0.1],
    ],
    [x, 0, 0],
    'z',
    64,
  );
  body.cylinder(dark, 0.03, 0.02, [x, 0, h - 0.106]);
  body.cylinder(steel, 0.008, 0.16, [x - 0.08, -r + 0.1, h - 0.085], 'x');
  for (const dx of [-0.07, 0.06]) {
    body.cylinder(steel, 0.006, 0.04, [x + dx, -r + 0.1, h - 0.12]);
  }
  for (let i = 0; i < 4; i++) {
    const a = Math.PI / 4 + (i * Math.PI) / 2;
    const at = [x + (r - 0.06) * Math.cos(a), (r - 0.06) * Math.sin(a)] as const;
    body.cylinder(grey, 0.012, 0.03, [at[0], at[1], 0.065]);
    body.cylinder(rubber, 0.036, 0.026, [at[0] - 0.013, at[1], 0.036], 'x');
  }
  // Controller column with display, and the filling line.
  body.box(coat, [0.17, 0.3, h - 0.2], [w / 2 - 0.09, 0.02, 0.1], 0.024);
  body.box(coat, [0.17, 0.12, 0.18], [w / 2 - 0.09, 0.05, h - 0.18], 0.022);
  body.box(accent, [0.11, 0.006, 0.01], [w / 2 - 0.09, -0.131, h - 0.14], 0.003);
  body.hose(silicone, 0.014, [
    [w / 2 - 0.09, 0.14, h - 0.14],
    [w / 2 - 0.13, 0.16, h - 0.06],
    [x + 0.1, 0.14, h - 0.05],
    [x + 0.06, 0.12, h - 0.11],
  ]);
  for (const y of [-0.1, 0.14]) body.cylinder(rubber, 0.03, 0.1, [w / 2 - 0.09, y, 0]);
  const screen = addScreen(body, 0.13, 0.09, [w / 2 - 0.09, -0.012, h - 0.12]);
  const object = body.build();
  object.add(screen.mesh);
  return { object, screens: [screen] };
};
