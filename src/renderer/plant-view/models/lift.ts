import { Assembly } from '../assembly.ts';
import type { FleetModelBuilder } from '../fleet/fleet-model.ts';
import { MATERIALS } from '../materials.ts';

const { coat, dark, steel, aluminium, accent, grey, darkSteel, rubber } = MATERIALS;
/** Outer size of the shaft and of its posts [m]. */
const SHAFT = 0.7;
const POST = 0.06;
const BRACE = 0.9;

/** Lift for a shuttle: two posts with chains, and the platform between them. */
export const lift: FleetModelBuilder = ({ size: [, , height] }) => ({
  body: (detail) => {
    const body = new Assembly(detail);
    const y = SHAFT / 2 - POST / 2;
    body.box(dark, [SHAFT, SHAFT, 0.03], [0, 0, 0], 0.006);
    for (const x of [-1, 1]) {
      body.box(coat, [POST, POST, height], [x * (SHAFT / 2 - POST / 2), y, 0], 0.008);
      body.box(
        steel,
        [0.012, 0.02, height - 0.1],
        [x * (SHAFT / 2 - POST / 2), y - POST / 2 - 0.006, 0.05],
        0.003,
      );
      body.box(
        darkSteel,
        [0.02, 0.01, height - 0.1],
        [x * (SHAFT / 2 - POST - 0.014), y, 0.05],
        0.002,
      );
    }
    for (let z = BRACE; z < height; z += BRACE) {
      body.box(coat, [SHAFT - POST, 0.03, 0.05], [0, y + 0.01, z], 0.006);
    }
    body.box(grey, [SHAFT, 0.16, 0.14], [0, y - 0.03, height - 0.14], 0.014);
    body.cylinder(dark, 0.05, 0.16, [-0.08, y - 0.03, height - 0.02], 'x');
    return body;
  },
  lamp: [0, SHAFT / 2 - 0.112, height - 0.06],
  label: { at: [-0.1, SHAFT / 2 - 0.111, height - 0.12], width: 0.2 },
  boxes: [
    [
      [-SHAFT / 2, SHAFT / 2 - POST, 0],
      [SHAFT / 2, SHAFT / 2, height],
    ],
  ],
  parts: [
    {
      body: platform(),
      until: 1,
      move: (frame, to) => {
        to.makeTranslation(0, 0, frame.channel('height', 0.1));
      },
    },
  ],
});

function platform(): Assembly {
  const body = new Assembly();
  body.box(darkSteel, [SHAFT - 0.1, SHAFT - 0.12, 0.03], [0, -0.03, -0.05], 0.004);
  for (const y of [-1, 1])
    body.box(aluminium, [SHAFT - 0.12, 0.04, 0.016], [0, y * 0.22 - 0.01, -0.018], 0.003);
  for (const x of [-1, 1]) {
    body.box(
      steel,
      [0.03, 0.06, 0.24],
      [x * (SHAFT / 2 - POST - 0.03), SHAFT / 2 - POST - 0.03, -0.05],
      0.006,
    );
    body.box(rubber, [0.02, 0.05, 0.02], [x * (SHAFT / 2 - 0.08), -SHAFT / 2 + 0.06, -0.02], 0.004);
  }
  return body.box(accent, [SHAFT - 0.1, 0.006, 0.02], [0, -SHAFT / 2 + 0.028, -0.045], 0.002);
}
