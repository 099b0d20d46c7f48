import { MATERIALS } from '../../materials.ts';
import { addGrille, DECK, FRONT, moduleModel, TOWER } from './chassis.ts';

const { white, dark, steel, darkSteel, aluminium, accent, glass, grey, rubber } = MATERIALS;

/** Electroporation module: a flow cuvette between electrodes, and the pulse generator below. */
export const electroporationModule = moduleModel({
  front: 'panel',
  insert: (body) => {
    // Cuvette on the deck, left of the cassette.
    const [x, y] = [-0.225, -0.16];
    body.box(white, [0.08, 0.13, 0.05], [x, y, DECK], 0.01);
    body.box(glass, [0.024, 0.07, 0.07], [x, y, DECK + 0.045], 0.003);
    for (const side of [-1, 1]) {
      body.box(aluminium, [0.008, 0.06, 0.05], [x + side * 0.018, y, DECK + 0.055], 0.002);
      body.cylinder(darkSteel, 0.006, 0.02, [x + side * 0.026, y, DECK + 0.08], 'x');
      body.hose(rubber, 0.0045, [
        [x + side * 0.03, y, DECK + 0.08],
        [x + side * 0.036, y + 0.05, DECK + 0.13],
        [x + side * 0.02, TOWER, DECK + 0.12],
      ]);
    }
    body.box(dark, [0.05, 0.09, 0.008], [x, y, DECK + 0.115], 0.003);
    // Generator: screen with a pulse, knobs, bank of capacitors behind a grille.
    body.box(dark, [0.24, 0.01, 0.13], [-0.12, FRONT - 0.002, 0.36], 0.006);
    const heights = [0.4, 0.4, 0.455, 0.44, 0.425, 0.41, 0.4, 0.4];
    heights.forEach((z, i) =>
      body.box(accent, [0.02, 0.004, 0.006], [-0.2 + i * 0.023, FRONT - 0.008, z], 0.002),
    );
    for (let i = 0; i < 3; i++) {
      body.cylinder(grey, 0.018, 0.02, [0.1 + i * 0.06, FRONT - 0.02, 0.42], 'y');
      body.box(steel, [0.004, 0.006, 0.016], [0.1 + i * 0.06, FRONT - 0.022, 0.42], 0.001);
    }
    addGrille(body, 0, 0.12, 0.42, 9);
  },
});
