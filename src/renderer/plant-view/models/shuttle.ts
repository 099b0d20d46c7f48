import { Assembly } from '../assembly.ts';
import type { FleetModelBuilder } from '../fleet/fleet-model.ts';
import { MATERIALS } from '../materials.ts';
import { appearanceNumber } from '../appearance.ts';

const { coat, white, dark, darkSteel, steel, aluminium, accent, rubber } = MATERIALS;
/** Size of the vehicle [m]; the aisle runs along X, the fork goes out along Y. */
const LENGTH = 0.6;
const WIDTH = 0.62;
const TOP = 0.086;
/** Thickness of what carries the load [m]. */
const BLADE = 0.012;

function chassis(detail: 0 | 1 | 2): Assembly {
  const body = new Assembly(detail);
  body.box(dark, [LENGTH - 0.06, WIDTH - 0.1, 0.03], [0, 0, 0.016], 0.006);
  body.box(coat, [LENGTH, WIDTH, 0.052], [0, 0, 0.024], 0.016);
  body.box(white, [LENGTH - 0.1, WIDTH - 0.03, 0.012], [0, 0, TOP - 0.014], 0.005);
  body.box(darkSteel, [0.3, WIDTH - 0.06, 0.008], [0, 0, TOP - 0.006], 0.002);
  for (const x of [-1, 1]) {
    body.box(rubber, [0.02, WIDTH - 0.08, 0.03], [x * (LENGTH / 2 - 0.004), 0, 0.032], 0.006);
    body.box(
      accent,
      [0.012, WIDTH - 0.14, 0.006],
      [x * (LENGTH / 2 - 0.03), 0, TOP - 0.012],
      0.002,
    );
    for (const y of [-1, 1]) {
      body.cylinder(darkSteel, 0.03, 0.03, [x * 0.2, y * 0.22 - 0.015, 0.031], 'y');
      body.cylinder(rubber, 0.024, 0.02, [x * 0.12 - 0.01, y * 0.2, 0.025], 'x');
    }
    // Scanners that look along the aisle.
    body.box(dark, [0.04, 0.07, 0.022], [x * (LENGTH / 2 - 0.02), 0, TOP - 0.024], 0.008);
  }
  return body;
}

/** Table of the lifting mast. */
function table(): Assembly {
  const body = new Assembly();
  body.box(darkSteel, [0.3, 0.44, 0.016], [0, 0, -0.044], 0.004);
  for (const x of [-1, 1]) body.box(steel, [0.03, 0.44, 0.02], [x * 0.1, 0, -0.03], 0.004);
  return body.box(dark, [0.12, 0.2, 0.022], [0, 0, -0.06], 0.006);
}

/** Blades of a stage of the fork. */
function stage(x: number, width: number, z: number): Assembly {
  const body = new Assembly();
  for (const side of [-1, 1]) body.box(aluminium, [width, 0.42, BLADE], [side * x, 0, z], 0.003);
  return body.box(steel, [2 * x, 0.03, BLADE], [0, 0, z], 0.003);
}

/** Shuttle: a flat vehicle with a lifting table and a telescopic fork to both sides. */
export const shuttle: FleetModelBuilder = (equipment) => {
  const deck = appearanceNumber(equipment, 'deck', 0.1);
  const column = new Assembly().box(steel, [0.08, 0.08, 0.5], [0, 0, -0.5], 0.006);
  return {
    body: chassis,
    lamp: [0, -WIDTH / 2 - 0.002, 0.054],
    label: { at: [-0.26, -WIDTH / 2 - 0.001, 0.034], width: 0.14 },
    parts: [
      {
        body: table(),
        until: 1,
        move: (frame, to) => {
          to.makeTranslation(0, 0, frame.channel('forkHeight', deck));
        },
      },
      {
        body: column,
        until: 1,
        // The mast is drawn as far as it stands out of the vehicle.
        move: (frame, to) => {
          const height = frame.channel('forkHeight', deck) - 0.05;
          const out = Math.max(0.01, Math.abs(height - TOP + 0.03));
          to.makeScale(1, 1, out / 0.5);
          to.setPosition(0, 0, Math.max(height, TOP - 0.03));
        },
      },
      {
        body: stage(0.1, 0.036, -0.026),
        until: 1,
        move: (frame, to) => {
          const reach = frame.channel('forkReach', 0);
          to.makeTranslation(0, reach / 2, frame.channel('forkHeight', deck));
        },
      },
      {
        body: stage(0.1, 0.028, -BLADE),
        until: 1,
        move: (frame, to) => {
          const reach = frame.channel('forkReach', 0);
          to.makeTranslation(0, reach, frame.channel('forkHeight', deck));
        },
      },
    ],
  };
};
