import type { Matrix4 } from 'three';
import { Assembly } from '../../assembly.ts';
import { MATERIALS } from '../../materials.ts';
import { DECK, FRONT, moduleModel, placeOf, WIDTH } from './chassis.ts';

const { white, dark, steel, aluminium, rubber, glass, grey, lamp, darkSteel } = MATERIALS;
const SLOTS = 8;
const SHELF = { width: 0.252, depth: 0.2, thickness: 0.006 };

/** Incubator: eight slots behind a heated glass front, with the lift that serves them. */
export const incubationModule = moduleModel({
  front: 'open',
  insert: (body, equipment) => {
    const frame = 0.028;
    const [low, high] = [0.062, DECK - 0.045];
    for (const x of [-1, 1]) {
      body.box(
        white,
        [frame, 0.022, high - low],
        [x * (WIDTH / 2 - 0.03), FRONT + 0.012, low],
        0.006,
      );
    }
    for (const z of [low, high - frame]) {
      body.box(white, [WIDTH - 0.04, 0.022, frame], [0, FRONT + 0.012, z], 0.006);
    }
    body.box(rubber, [WIDTH - 0.1, 0.006, 0.006], [0, FRONT + 0.022, low + frame], 0.002);
    body.box(
      glass,
      [WIDTH - 0.09, 0.008, high - low - 2 * frame + 0.01],
      [0, FRONT + 0.012, low + frame - 0.005],
      0.002,
    );
    body.cylinder(steel, 0.006, 0.26, [WIDTH / 2 - 0.03, FRONT - 0.018, 0.17]);
    for (const z of [0.185, 0.415]) {
      body.cylinder(steel, 0.005, 0.02, [WIDTH / 2 - 0.03, FRONT - 0.018, z], 'y');
    }
    for (const x of [-0.24, 0.24])
      body.box(lamp, [0.012, 0.01, 0.42], [x, FRONT + 0.04, 0.09], 0.003);
    for (let i = 1; i <= SLOTS; i++) {
      const at = placeOf(equipment, `slot${i}`);
      if (at === undefined) continue;
      const [x, y, z] = at;
      body.box(
        aluminium,
        [SHELF.width, SHELF.depth, SHELF.thickness],
        [x, y, z - SHELF.thickness],
        0.002,
      );
      body.box(grey, [0.03, 0.004, 0.012], [x, y - SHELF.depth / 2 - 0.001, z - 0.014], 0.002);
    }
    // Humidity pan and fan at the bottom.
    body.box(darkSteel, [0.4, 0.3, 0.012], [0, 0, 0.064], 0.003);
    body.box(dark, [0.16, 0.01, 0.03], [0, FRONT + 0.002, 0.046], 0.004);
  },
  parts: () => {
    const lift = new Assembly()
      .box(steel, [0.02, 0.02, 0.04], [0, 0, 0], 0.004)
      .box(aluminium, [0.2, 0.012, 0.01], [0, -0.012, 0.012], 0.003);
    return [
      {
        body: lift,
        until: 0,
        move: (frame, to: Matrix4) => {
          to.makeTranslation(0, 0.02, 0.1 + 0.42 * frame.channel('lift', 0));
        },
      },
    ];
  },
});
