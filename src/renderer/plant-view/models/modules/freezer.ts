import { Assembly } from '../../assembly.ts';
import { MATERIALS } from '../../materials.ts';
import { addGrille, DECK, FRONT, moduleModel, placeOf } from './chassis.ts';

const { white, steel, darkSteel, rubber, accent, grey, dark } = MATERIALS;

/** Controlled-rate freezer: insulated chamber under the deck, with the slot for the bag on top. */
export const freezerModule = moduleModel({
  front: 'panel',
  transfer: false,
  insert: (body, equipment) => {
    const [x, y] = placeOf(equipment, 'bag') ?? [0, -0.18];
    for (const side of [-1, 1]) {
      body.box(white, [0.22, 0.04, 0.05], [x, y + side * 0.06, DECK], 0.014);
      body.box(rubber, [0.2, 0.006, 0.02], [x, y + side * 0.038, DECK + 0.028], 0.002);
    }
    for (const side of [-1, 1])
      body.box(white, [0.03, 0.15, 0.05], [x + side * 0.11, y, DECK], 0.01);
    body.box(white, [0.46, 0.05, 0.36], [0, FRONT - 0.01, 0.11], 0.022);
    body.box(rubber, [0.44, 0.008, 0.34], [0, FRONT + 0.004, 0.12], 0.004);
    body.cylinder(steel, 0.009, 0.24, [0.18, FRONT - 0.062, 0.17]);
    for (const z of [0.19, 0.39]) body.cylinder(steel, 0.007, 0.034, [0.18, FRONT - 0.062, z], 'y');
    body.box(accent, [0.08, 0.006, 0.03], [-0.14, FRONT - 0.036, 0.4], 0.003);
    for (let i = 0; i < 6; i++)
      body.box(
        grey,
        [0.03, 0.004, 0.004 + 0.008 * i],
        [-0.17 + i * 0.012, FRONT - 0.037, 0.2],
        0.001,
      );
    addGrille(body, 0, 0.06, 0.36, 2);
    // Nitrogen: insulated pipe on the tower.
    body.hose(darkSteel, 0.016, [
      [-0.22, -0.06, DECK],
      [-0.22, -0.07, 0.7],
      [-0.16, -0.06, 0.8],
      [-0.1, 0.02, 0.83],
    ]);
    body.box(dark, [0.05, 0.03, 0.05], [-0.22, -0.07, DECK + 0.01], 0.008);
  },
  parts: (equipment) => {
    const [x, y] = placeOf(equipment, 'bag') ?? [0, -0.18];
    const cover = new Assembly()
      .box(white, [0.24, 0.16, 0.05], [0, 0, 0], 0.016)
      .box(rubber, [0.2, 0.1, 0.008], [0, 0, -0.006], 0.003)
      .box(steel, [0.1, 0.014, 0.014], [0, -0.06, 0.05], 0.005);
    return [
      {
        body: cover,
        until: 1,
        // Slides back towards the tower, above the slot.
        move: (frame, to) => {
          const open = frame.channel('hood', 1);
          to.makeTranslation(x, y + 0.115 * open, DECK + 0.052 + 0.17 * open);
        },
      },
    ];
  },
});
