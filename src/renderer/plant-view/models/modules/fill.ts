import { MATERIALS } from '../../materials.ts';
import { addReservoirs } from './liquid.ts';
import { DECK, moduleModel, placeOf, TOWER } from './chassis.ts';

const { white, dark, steel, darkSteel, accent, aluminium } = MATERIALS;

/** Fill module: bag hanger with its filling head and sealing jaws, reservoirs below. */
export const fillModule = moduleModel({
  front: 'panel',
  insert: (body, equipment) => {
    addReservoirs(body, 2);
    const [x, y, z] = placeOf(equipment, 'product') ?? [0.225, -0.2, DECK + 0.02];
    // Gallows from the tower over the place of the bag.
    const top = z + 0.2;
    body.box(white, [0.05, TOWER - y + 0.03, 0.035], [x, (TOWER + y) / 2, top], 0.01);
    body.cylinder(darkSteel, 0.014, 0.03, [x, y, top - 0.026]);
    body.cylinder(steel, 0.005, 0.03, [x, y, top - 0.045]);
    for (const side of [-1, 1]) {
      body.box(aluminium, [0.012, 0.05, 0.03], [x + side * 0.03, y, top - 0.03], 0.004);
      body.cylinder(steel, 0.003, 0.05, [x + side * 0.02, y - 0.025, top - 0.03], 'y');
    }
    body.box(accent, [0.052, 0.012, 0.012], [x, y - 0.02, top + 0.03], 0.003);
    body.box(dark, [0.1, 0.05, 0.012], [x, y, z - 0.014], 0.004);
    // Magazine of bags.
    body.box(white, [0.09, 0.12, 0.07], [-0.23, -0.15, DECK], 0.01);
    for (let i = 0; i < 6; i++)
      body.box(aluminium, [0.07, 0.002, 0.05], [-0.23, -0.2 + i * 0.018, DECK + 0.05], 0.001);
  },
});
