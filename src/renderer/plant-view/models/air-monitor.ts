import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import type { Model, ModelBuilder } from '../model.ts';
import { addScreen } from '../parts/screen.ts';

const { white, steel, grey, rubber } = MATERIALS;

/** Small sensor head on the wall with a sampling probe. */
export const airMonitor: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  body.box(grey, [w - 0.02, 0.02, h - 0.02], [0, d / 2 - 0.012, 0.01], 0.006);
  body.box(white, [w, d * 0.6, h], [0, d * 0.12, 0], 0.016);
  const probe = [-w * 0.26, 0, h] as const;
  body.cylinder(steel, 0.01, 0.05, probe);
  body.lathe(
    steel,
    [
      [0.006, 0],
      [0.022, 0.03],
      [0.02, 0.032],
      [0, 0.008],
    ],
    [probe[0], probe[1], h + 0.048],
  );
  for (let i = 0; i < 4; i++) {
    body.box(rubber, [0.05, 0.006, 0.004], [w * 0.16, -d * 0.18, h * 0.12 + i * 0.009], 0.001);
  }
  const screen = addScreen(body, w * 0.76, h * 0.4, [0, -d * 0.18, h * 0.46]);
  const object = body.build();
  object.add(screen.mesh);
  return { object, screens: [screen], hangs: true };
};
