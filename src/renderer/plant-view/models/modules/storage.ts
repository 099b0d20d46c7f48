import { Assembly } from '../../assembly.ts';
import { MATERIALS } from '../../materials.ts';
import { appearanceNumber } from '../../appearance.ts';
import { addGrille, DECK, FRONT, moduleModel, PAD, placeOf, TOWER, WIDTH } from './chassis.ts';

const { white, steel, dark, aluminium, accent, grey, glass, lamp, coat, rubber, darkSteel } =
  MATERIALS;
/** Way of the shutters of a lock [m]. */
const SHUTTER = 0.19;

/** Parking: a tempered plate with places for waiting cassettes. */
export const parkingModule = moduleModel({
  front: 'panel',
  transfer: false,
  tower: false,
  insert: (body, equipment) => {
    const count = appearanceNumber(equipment, 'positions', 6);
    const isCold = equipment.appearance.cold === true;
    body.box(isCold ? aluminium : grey, [WIDTH - 0.05, 0.66, 0.008], [0, 0, DECK], 0.003);
    for (let i = 1; i <= count; i++) {
      const at = placeOf(equipment, `park${i}`);
      if (at === undefined) continue;
      const [x, y] = at;
      for (const side of [-1, 1]) {
        body.box(dark, [0.02, 0.17, PAD - 0.009], [x + side * 0.1, y, DECK + 0.008], 0.003);
        body.box(darkSteel, [0.012, 0.014, PAD + 0.014], [x + side * 0.138, y, DECK], 0.004);
      }
    }
    for (const x of [-1, 1])
      body.box(coat, [0.016, 0.66, 0.07], [x * (WIDTH / 2 - 0.008), 0, DECK - 0.01], 0.006);
    // Tempering unit.
    body.box(dark, [0.16, 0.01, 0.09], [0.17, FRONT - 0.002, 0.42], 0.005);
    body.box(isCold ? accent : grey, [0.1, 0.004, 0.012], [0.15, FRONT - 0.009, 0.47], 0.002);
    body.box(white, [0.05, 0.004, 0.02], [0.12, FRONT - 0.009, 0.435], 0.002);
    addGrille(body, 0, 0.1, 0.42, isCold ? 10 : 5);
  },
});

/** Glass in an aluminium frame that slides up and down. */
function shutter(width: number): Assembly {
  const height = 0.2;
  const body = new Assembly().box(glass, [width - 0.02, 0.006, height], [0, 0, 0], 0.002);
  for (const z of [0, height - 0.012]) body.box(aluminium, [width, 0.012, 0.012], [0, 0, z], 0.004);
  for (const x of [-1, 1])
    body.box(aluminium, [0.012, 0.012, height], [x * (width / 2 - 0.006), 0, 0], 0.004);
  return body;
}

/** Material lock: a chamber on the deck with a shutter to the plant and a hatch to the outside. */
export const lockModule = moduleModel({
  front: 'panel',
  transfer: false,
  insert: (body, equipment) => {
    for (const x of [-1, 1]) {
      const depth = TOWER - FRONT;
      body.box(
        coat,
        [0.02, depth, 0.24],
        [x * (WIDTH / 2 - 0.01), (FRONT + TOWER) / 2, DECK],
        0.008,
      );
      body.box(
        lamp,
        [0.006, depth - 0.1, 0.012],
        [x * (WIDTH / 2 - 0.022), (FRONT + TOWER) / 2, DECK + 0.2],
        0.002,
      );
    }
    body.box(dark, [0.34, 0.01, 0.19], [-0.02, TOWER - 0.001, DECK + 0.02], 0.008);
    body.box(aluminium, [0.36, 0.008, 0.012], [-0.02, TOWER - 0.004, DECK + 0.206], 0.003);
    for (const side of [-1, 1])
      body.box(dark, [0.022, 0.17, PAD - 0.001], [side * 0.1, -0.18, DECK], 0.004);
    const bag = placeOf(equipment, 'bag');
    if (bag !== undefined) {
      body.box(darkSteel, [0.09, 0.05, 0.014], [bag[0], bag[1], bag[2] - 0.015], 0.004);
      for (const side of [-1, 1])
        body.box(steel, [0.006, 0.04, 0.1], [bag[0] + side * 0.044, bag[1], bag[2] - 0.004], 0.002);
    }
    // Decontamination: vapour bottles behind a door.
    body.box(dark, [0.36, 0.008, 0.1], [0, FRONT - 0.001, 0.38], 0.006);
    for (let i = 0; i < 4; i++)
      body.cylinder(white, 0.022, 0.012, [-0.12 + i * 0.08, FRONT - 0.012, 0.43], 'y');
    body.box(white, [0.46, 0.012, 0.26], [0, FRONT - 0.003, 0.09], 0.008);
    for (const x of [-0.2, 0.2]) body.cylinder(steel, 0.006, 0.2, [x, FRONT - 0.02, 0.12]);
    body.box(rubber, [0.54, 0.012, 0.006], [0, FRONT + 0.014, DECK], 0.002);
  },
  parts: () => [
    {
      body: shutter(0.54),
      until: 1,
      // Open to the plant, up while the chamber is decontaminated.
      move: (frame, to) => {
        const closed = frame.channel('decontaminating', 0);
        to.makeTranslation(0, FRONT + 0.014, DECK + 0.004 - SHUTTER * (1 - closed));
      },
    },
    {
      body: shutter(0.34),
      until: 1,
      move: (frame, to) => {
        const isOutside = frame.channel('handing', 0) - frame.channel('decontaminating', 0);
        to.makeTranslation(-0.02, TOWER - 0.012, DECK + 0.012 + 0.12 * Math.max(0, isOutside));
      },
    },
  ],
});
