import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import type { Model, ModelBuilder } from '../model.ts';
import { hingedDoor, insulatedShell } from '../parts/cabinet.ts';
import { addScreen } from '../parts/screen.ts';

const { coat, dark, steel, accent, rubber, lamp: light } = MATERIALS;
/** Wire shelf that the bottles stand on [m]. */
const SHELF = 0.36;
const HEAD = 0.032;
const WALL = 0.03;

/** Glass-doored refrigerator over its machine compartment. */
export const mediaFridge: ModelBuilder = ({ size: [w, d, h] }): Model => {
  const body = new Assembly();
  const foot = SHELF - 0.04;
  insulatedShell(body, [w, d, h], foot, HEAD, WALL);
  body.box(steel, [w - 2 * WALL, d - 0.06, 0.005], [0, -0.005, SHELF - 0.016], 0.002);
  for (let i = -8; i <= 8; i++) {
    body.box(steel, [0.004, d - 0.07, 0.01], [i * 0.037, -0.005, SHELF - 0.011], 0.001);
  }
  for (const y of [-0.13, 0, 0.13]) {
    body.box(steel, [w - 2 * WALL - 0.01, 0.004, 0.004], [0, y, SHELF + 0.09], 0.001);
  }
  body.box(light, [w - 0.16, 0.012, 0.006], [0, -d / 2 + 0.05, h - HEAD - 0.006], 0.002);
  body.box(coat, [w - 0.016, 0.02, foot - 0.04], [0, -d / 2 - 0.004, 0.02], 0.01);
  for (let i = 0; i < 7; i++) {
    body.box(dark, [0.2, 0.008, 0.005], [-w * 0.22, -d / 2 - 0.012, 0.07 + i * 0.014], 0.002);
  }
  body.box(accent, [w - 0.08, 0.006, 0.008], [0, -d / 2 - 0.014, foot - 0.045], 0.002);
  const screen = addScreen(body, 0.15, 0.085, [w * 0.24, -d / 2 - 0.012, 0.12]);
  const object = body.build();
  object.add(screen.mesh);
  const leaf = hingedDoor(w - 0.014, h - foot - 0.008, 'glass');
  leaf.position.set(-w / 2 + 0.007, -d / 2 - 0.004, foot + 0.004);
  object.add(
    leaf,
    new Assembly().box(rubber, [w - 0.03, 0.006, 0.006], [0, -d / 2, foot], 0.002).build(),
  );
  return {
    object,
    screens: [screen],
    update: (frame) => {
      leaf.rotation.z = -1.75 * frame.channel('door', 0);
    },
  };
};
