import { Assembly } from '../../assembly.ts';
import { MATERIALS } from '../../materials.ts';
import { DECK, moduleModel, PAD, TRANSFER_Y } from './chassis.ts';
import { addReservoirs } from './liquid.ts';

const { dark, darkSteel, steel, grey, accent } = MATERIALS;
/** Way of a pole between rest and the cassette [m]. */
const TRAVEL = 0.06;

/** One pole of the electromagnet: winding on a yoke, its face towards the cassette. */
function pole(side: number): Assembly {
  const body = new Assembly();
  body.box(darkSteel, [0.07, 0.15, 0.075], [0, 0, 0], 0.008);
  body.box(accent, [0.034, 0.162, 0.086], [side * 0.008, 0, -0.005], 0.01);
  body.box(steel, [0.008, 0.12, 0.06], [-side * 0.037, 0, 0.008], 0.003);
  return body;
}

/** Magnet module: two poles that close on the cassette from both sides. */
export const magnetModule = moduleModel({
  front: 'panel',
  insert: (body) => {
    addReservoirs(body, 3);
    for (const x of [-1, 1]) {
      body.box(grey, [0.1, 0.02, 0.012], [x * 0.23, TRANSFER_Y - 0.05, DECK], 0.003);
      body.box(grey, [0.1, 0.02, 0.012], [x * 0.23, TRANSFER_Y + 0.05, DECK], 0.003);
    }
    body.box(dark, [0.5, 0.03, 0.02], [0, -0.062, DECK], 0.005);
  },
  parts: () =>
    [-1, 1].map((side) => ({
      body: pole(side),
      until: 1 as const,
      move: (frame, to) => {
        const x = 0.238 - TRAVEL * frame.channel('magnet', 0);
        to.makeTranslation(side * x, TRANSFER_Y, DECK + PAD - 0.006);
      },
    })),
});
