import { Assembly } from '../assembly.ts';
import type { FleetModelBuilder } from '../fleet/fleet-model.ts';
import { MATERIALS } from '../materials.ts';

const { white, dark, steel, darkSteel, accent, rubber } = MATERIALS;
const PORTS = 7;
/** Way of the head to the cassette before it [m]. */
const STROKE = 0.045;

/** Sterile connector: a head with seven ports that comes out of the tower to the cassette. */
export const sterileConnector: FleetModelBuilder = () => ({
  body: (detail) => {
    const body = new Assembly(detail);
    body.box(darkSteel, [0.1, 0.06, 0.06], [0, 0.02, 0], 0.006);
    body.box(steel, [0.012, 0.1, 0.008], [-0.036, 0, 0.004], 0.002);
    return body.box(steel, [0.012, 0.1, 0.008], [0.036, 0, 0.004], 0.002);
  },
  parts: [
    {
      body: head(),
      until: 0,
      move: (frame, to) => {
        to.makeTranslation(0, -0.02 - STROKE * frame.channel('fork', 0), 0);
      },
    },
  ],
});

function head(): Assembly {
  const body = new Assembly();
  body.box(white, [0.104, 0.03, 0.05], [0, 0, 0.006], 0.006);
  body.box(dark, [0.098, 0.004, 0.03], [0, -0.016, 0.012], 0.002);
  for (let i = 0; i < PORTS; i++) {
    const x = (i - (PORTS - 1) / 2) * 0.0134;
    body.cylinder(steel, 0.005, 0.008, [x, -0.024, 0.027], 'y');
    body.cylinder(rubber, 0.0028, 0.002, [x, -0.026, 0.027], 'y');
  }
  return body.box(accent, [0.08, 0.004, 0.006], [0, -0.016, 0.047], 0.002);
}
