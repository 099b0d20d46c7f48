import { Matrix4 } from 'three';
import { Assembly } from '../../assembly.ts';
import { MATERIALS } from '../../materials.ts';
import { addGrille, DECK, FRONT, moduleModel, placeOf } from './chassis.ts';
import type { ViewEquipment } from '../../../../kernel/view-contract.ts';

const { white, steel, aluminium, darkSteel, dark, accent, grey } = MATERIALS;
const lean = new Matrix4();

function bagPlace(equipment: ViewEquipment): readonly [number, number, number] {
  return placeOf(equipment, 'bag') ?? [0.22, -0.18, DECK + 0.02];
}

/** One heated plate; the pair closes on the bag. */
function plate(side: number): Assembly {
  const body = new Assembly();
  body.box(white, [0.14, 0.02, 0.2], [0, side * 0.014, 0], 0.008);
  body.box(aluminium, [0.12, 0.006, 0.18], [0, side * 0.003, 0.01], 0.002);
  for (let i = 0; i < 3; i++)
    body.box(grey, [0.1, 0.004, 0.004], [0, side * 0.0255, 0.05 + i * 0.045], 0.001);
  return body;
}

/** Thaw module: two plates that warm the bag between them, and the pump to the cassette. */
export const thawModule = moduleModel({
  front: 'panel',
  insert: (body, equipment) => {
    const [x, y] = bagPlace(equipment);
    body.box(dark, [0.15, 0.12, 0.014], [x, y, DECK], 0.005);
    for (const side of [-1, 1])
      body.cylinder(steel, 0.006, 0.13, [x - 0.065, y + side * 0.045, DECK + 0.02], 'x');
    body.ring(darkSteel, 0.07, 0.008, [0, FRONT - 0.004, 0.36], 'y');
    body.cylinder(dark, 0.066, 0.008, [0, FRONT - 0.006, 0.36], 'y');
    for (let i = 0; i < 3; i++) {
      const a = Math.PI / 2 + (i * 2 * Math.PI) / 3;
      body.cylinder(
        steel,
        0.014,
        0.014,
        [0.036 * Math.cos(a), FRONT - 0.018, 0.36 + 0.036 * Math.sin(a)],
        'y',
      );
    }
    body.cylinder(accent, 0.02, 0.012, [0, FRONT - 0.016, 0.36], 'y');
    addGrille(body, 0, 0.1, 0.36, 6);
  },
  parts: (equipment) => {
    const [x, y, z] = bagPlace(equipment);
    return [-1, 1].map((side) => ({
      body: plate(side),
      until: 1 as const,
      move: (frame, to) => {
        const open = 1 - frame.channel('heating', 0);
        to.makeTranslation(x, y + side * (0.018 + 0.024 * open), z - 0.006);
        to.multiply(lean.makeRotationX(-side * 0.12 * open));
      },
    }));
  },
});
