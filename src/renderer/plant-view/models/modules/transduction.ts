import { Matrix4 } from 'three';
import { Assembly } from '../../assembly.ts';
import { MATERIALS } from '../../materials.ts';
import { DECK, FRONT, moduleModel, PAD, TRANSFER_Y } from './chassis.ts';

const { aluminium, white, dark, steel, darkSteel, glass, accent, rubber } = MATERIALS;
const tilt = new Matrix4();

function plate(): Assembly {
  const body = new Assembly();
  body.box(aluminium, [0.3, 0.22, 0.014], [0, 0, -0.016], 0.004);
  for (let i = 0; i < 9; i++)
    body.box(darkSteel, [0.27, 0.004, 0.006], [0, -0.09 + i * 0.0225, -0.022], 0.001);
  for (const x of [-1, 1]) body.box(steel, [0.012, 0.2, 0.026], [x * 0.142, 0, -0.014], 0.004);
  return body;
}

/** Transduction module: a tempered plate that rocks the cassette, and a cold place for the vector. */
export const transductionModule = moduleModel({
  front: 'panel',
  insert: (body) => {
    body.box(dark, [0.34, 0.25, 0.006], [0, TRANSFER_Y, DECK], 0.003);
    // Refrigerator for the vector on the left of the front.
    body.box(white, [0.2, 0.02, 0.22], [-0.16, FRONT - 0.002, 0.27], 0.008);
    body.box(dark, [0.14, 0.006, 0.15], [-0.16, FRONT - 0.011, 0.305], 0.004);
    for (let i = 0; i < 3; i++) {
      body.cylinder(white, 0.014, 0.09, [-0.2 + i * 0.04, FRONT - 0.006, 0.325]);
      body.cylinder(accent, 0.015, 0.014, [-0.2 + i * 0.04, FRONT - 0.006, 0.412]);
    }
    body.box(glass, [0.15, 0.006, 0.16], [-0.16, FRONT - 0.024, 0.3], 0.002);
    body.cylinder(steel, 0.006, 0.16, [-0.065, FRONT - 0.03, 0.3]);
    body.box(rubber, [0.18, 0.006, 0.006], [-0.16, FRONT - 0.011, 0.285], 0.002);
    // Tempering unit: fan behind a round grille.
    body.ring(darkSteel, 0.075, 0.006, [0.15, FRONT - 0.002, 0.38], 'y');
    body.cylinder(dark, 0.07, 0.006, [0.15, FRONT - 0.004, 0.38], 'y');
    for (let i = 0; i < 5; i++)
      body.box(steel, [0.15, 0.005, 0.004], [0.15, FRONT - 0.006, 0.322 + i * 0.028], 0.001);
  },
  parts: () => [
    {
      body: plate(),
      until: 1,
      move: (frame, to) => {
        to.makeTranslation(0, TRANSFER_Y, DECK + PAD);
        to.multiply(tilt.makeRotationX(frame.channel('rock', 0)));
      },
    },
  ],
});
