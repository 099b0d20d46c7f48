import { Assembly } from '../../assembly.ts';
import { MATERIALS } from '../../materials.ts';
import { DECK, FRONT, moduleModel, PAD, placeOf, TRANSFER_Y } from './chassis.ts';

const { white, steel, dark, darkSteel, accent, grey, aluminium } = MATERIALS;
/** Way of the press down to the cassette [m]. */
const STROKE = 0.1;

/** Disposables module: drawers with cores of all sizes, a press that fits them, bags at the side. */
export const disposablesModule = moduleModel({
  front: 'panel',
  insert: (body, equipment) => {
    for (let row = 0; row < 3; row++) {
      for (const side of [-1, 1]) {
        const [x, z] = [side * 0.137, 0.075 + row * 0.152];
        body.box(white, [0.262, 0.016, 0.142], [x, FRONT - 0.004, z], 0.008);
        body.box(steel, [0.12, 0.014, 0.012], [x, FRONT - 0.018, z + 0.1], 0.005);
        body.box(grey, [0.07, 0.004, 0.026], [x - 0.07, FRONT - 0.013, z + 0.03], 0.001);
        body.box(
          side < 0 ? accent : darkSteel,
          [0.012, 0.004, 0.026],
          [x - 0.026, FRONT - 0.013, z + 0.03],
          0.001,
        );
      }
    }
    for (const x of [-1, 1]) {
      body.box(white, [0.03, 0.05, 0.28], [x * 0.175, TRANSFER_Y + 0.11, DECK], 0.01);
    }
    body.box(white, [0.38, 0.07, 0.04], [0, TRANSFER_Y + 0.1, DECK + 0.25], 0.012);
    const bag = placeOf(equipment, 'bag');
    if (bag !== undefined)
      body.box(dark, [0.09, 0.05, 0.014], [bag[0], bag[1], bag[2] - 0.015], 0.004);
  },
  parts: () => {
    const press = new Assembly()
      .cylinder(steel, 0.012, 0.1, [0, 0.04, 0.03])
      .box(aluminium, [0.22, 0.15, 0.016], [0, 0, 0.012], 0.005)
      .box(dark, [0.2, 0.13, 0.014], [0, 0, 0], 0.004);
    return [
      {
        body: press,
        until: 1,
        move: (frame, to) => {
          const z = DECK + PAD + 0.2 - STROKE * frame.channel('press', 0);
          to.makeTranslation(0, TRANSFER_Y + 0.03, z);
        },
      },
    ];
  },
});
