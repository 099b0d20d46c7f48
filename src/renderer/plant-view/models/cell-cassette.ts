import { Assembly } from '../assembly.ts';
import type { Contents, FleetModel, FleetModelBuilder } from '../fleet/fleet-model.ts';
import { MATERIALS } from '../materials.ts';

const { steel, darkSteel, aluminium, coat, white, dark, accent, glass, rubber, grey } = MATERIALS;
/** Outer format of all cassettes [m]. */
const W = 0.26;
const D = 0.18;
const H = 0.1;
const LID = 0.012;
const PORTS = 7;

/** Inner footprint by volume [m], capacity in millilitres; the height follows from the volume. */
const CORES: Readonly<Record<string, readonly [w: number, d: number, capacity: number]>> = {
  '100': [0.12, 0.075, 100],
  '300': [0.17, 0.1, 300],
  '1000': [0.222, 0.128, 1000],
};

/** Where the liquid of a core of this kind is: `cassette-s300`, `cassette-a1000`. */
function coreOf(kind: string): Contents {
  const [, form = 's', volume = '300'] = /^cassette-([sa])(\d+)$/.exec(kind) ?? [];
  const [w, d, capacity] = CORES[volume] ?? [0.17, 0.1, 300];
  const height = (capacity * 1e-6) / (w * d);
  return { size: [w, d, height], at: [0, -0.008, 0.026], trays: form === 'a' ? 4 : 1 };
}

function shell(detail: 0 | 1 | 2): Assembly {
  const body = new Assembly(detail);
  if (detail === 2) {
    // From afar: tray, what is within, and lid.
    const plain = new Assembly(1);
    plain.box(darkSteel, [W, D, 0.022], [0, 0, 0], 0.004);
    plain.box(grey, [W - 0.02, D - 0.02, 0.056], [0, 0, 0.02], 0.004);
    return plain.box(coat, [W, D, 0.02], [0, 0, H - 0.022], 0.004);
  }
  body.box(darkSteel, [W, D, 0.012], [0, 0, 0], 0.006);
  body.box(aluminium, [W - 0.008, D - 0.008, 0.01], [0, 0, 0.01], 0.004);
  body.box(dark, [0.07, 0.03, 0.003], [0.05, 0, 0.02], 0.001);
  const top = H - LID;
  for (const x of [-1, 1]) {
    for (const y of [-1, 1]) {
      body.box(
        steel,
        [0.014, 0.014, top - 0.014],
        [x * (W / 2 - 0.009), y * (D / 2 - 0.009), 0.014],
        0.004,
      );
    }
    body.box(glass, [0.003, D - 0.03, top - 0.02], [x * (W / 2 - 0.006), 0, 0.019], 0.001);
    body.box(coat, [0.034, D, LID], [x * (W / 2 - 0.017), 0, top - 0.001], 0.005);
  }
  body.box(glass, [W - 0.03, 0.003, top - 0.02], [0, -D / 2 + 0.006, 0.019], 0.001);
  body.box(glass, [W - 0.06, D - 0.05, 0.003], [0, 0, top + 0.004], 0.001);
  for (const y of [-1, 1])
    body.box(coat, [W - 0.05, 0.028, LID], [0, y * (D / 2 - 0.014), top - 0.001], 0.005);
  // Handle: two lugs and a bar for fork and fingers.
  for (const x of [-1, 1]) body.box(dark, [0.012, 0.03, 0.022], [x * 0.052, 0, H - 0.004], 0.004);
  body.box(accent, [0.116, 0.018, 0.01], [0, 0, H + 0.01], 0.004);
  for (const x of [-1, 1])
    body.box(coat, [0.014, D - 0.05, LID - 0.002], [x * 0.056, 0, top], 0.003);
  addPorts(body);
  // Sampling valve on the right.
  body.cylinder(white, 0.011, 0.02, [W / 2 - 0.03, -D / 2 - 0.002, 0.034], 'y');
  body.cylinder(accent, 0.007, 0.006, [W / 2 - 0.03, -D / 2 - 0.007, 0.034], 'y');
  return body;
}

/** Strip of ports that faces the connector, each with its barcode. */
function addPorts(body: Assembly): void {
  body.box(white, [W - 0.03, 0.012, top()], [0, D / 2 - 0.007, 0.019], 0.003);
  for (let i = 0; i < PORTS; i++) {
    const x = (i - (PORTS - 1) / 2) * 0.032;
    body.cylinder(
      i === 0 || i === PORTS - 1 ? darkSteel : steel,
      0.0085,
      0.008,
      [x, D / 2 - 0.004, 0.042],
      'y',
    );
    body.cylinder(rubber, 0.0045, 0.002, [x, D / 2 + 0.003, 0.042], 'y');
    body.box(dark, [0.02, 0.001, 0.008], [x, D / 2, 0.066], 0.0004);
  }
}

function top(): number {
  return H - LID - 0.02;
}

/** Cell cassette: steel frame with windows around a single-use core. */
export const cellCassette: FleetModelBuilder = (): FleetModel => ({
  body: shell,
  contents: coreOf,
  label: { at: [-0.105, -D / 2 - 0.0005, 0.024], width: 0.1 },
});
