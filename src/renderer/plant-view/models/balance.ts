import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import type { Model, ModelBuilder } from '../model.ts';
import { addScreen } from '../parts/screen.ts';

const { coat, steel, dark, rubber, accent } = MATERIALS;

/** Precision balance: low body, round pan, display in front. */
export const balance: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  for (const x of [-1, 1])
    for (const y of [-1, 1]) {
      body.cylinder(rubber, 0.014, 0.014, [x * (w / 2 - 0.03), y * (d / 2 - 0.03), 0]);
    }
  body.box(coat, [w, d, h - 0.04], [0, 0, 0.012], 0.02);
  body.cylinder(dark, 0.035, 0.02, [0, -0.05, h - 0.032]);
  body.cylinder(steel, 0.075, 0.008, [0, -0.05, h - 0.008]);
  body.ring(dark, 0.088, 0.004, [0, -0.05, h - 0.026]);
  body.box(coat, [w - 0.01, 0.05, 0.14], [0, d / 2 - 0.03, 0.03], 0.014);
  body.box(accent, [w - 0.08, 0.006, 0.008], [0, -d / 2, 0.03], 0.002);
  const screen = addScreen(body, 0.15, 0.07, [0, d / 2 - 0.054, 0.098]);
  const object = body.build();
  object.add(screen.mesh);
  return { object, screens: [screen] };
};
