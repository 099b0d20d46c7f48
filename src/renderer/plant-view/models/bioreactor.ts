import { type Group, Matrix4 } from 'three';
import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import { type Model, type ModelBuilder, visibleTurn } from '../model.ts';
import { addScreen } from '../parts/screen.ts';
import { createStackLight } from '../parts/stack-light.ts';

const { coat, white, dark, steel, darkSteel, rubber, accent, silicone, grey, aluminium } =
  MATERIALS;
/** Radius and height of the glass that the twin puts into this device [m]. */
const GLASS = {
  'reactor-2l': { radius: 0.065, height: 0.24 },
  'reactor-200': { radius: 0.035, height: 0.11 },
} as const;
/** Height of the glass's foot [m]. */
const FOOT = 0.18;
/** Fittings to which tubing goes: inlet, feed, harvest, permeate, as the twin has them [m]. */
const PORTS = [
  [-0.05, 0],
  [0, -0.05],
  [0.05, 0],
  [0, 0.05],
] as const;
const PORT_HEIGHT = 0.5;
/** Base under the glass [m]. */
const BASE = 0.06;

interface Sizes {
  readonly r: number;
  readonly height: number;
  readonly top: number;
}

/** Heating jacket, rods and ring that hold the glass. */
function addHolder(body: Assembly, { r, top }: Sizes): void {
  body.lathe(
    darkSteel,
    [
      [0, BASE],
      [r + 0.042, BASE],
      [r + 0.044, BASE + 0.006],
      [r + 0.038, BASE + 0.03],
      [r + 0.02, BASE + 0.034],
      [r + 0.014, FOOT - 0.04],
      [r + 0.012, FOOT + r * 0.42],
      [r + 0.009, FOOT + r * 0.44],
      [r + 0.004, FOOT + r * 0.42],
      [r * 0.86, FOOT + r * 0.12],
      [r * 0.5, FOOT - 0.006],
      [0, FOOT - 0.008],
    ],
    [0, 0, 0],
    'z',
    48,
  );
  body.ring(rubber, r + 0.011, 0.004, [0, 0, FOOT + r * 0.43]);
  body.hose(dark, 0.004, [
    [r + 0.03, 0.02, BASE + 0.05],
    [r + 0.07, 0.06, BASE + 0.03],
    [r + 0.06, 0.14, BASE + 0.02],
  ]);
  for (let i = 0; i < 3; i++) {
    const a = Math.PI / 2 + (i * 2 * Math.PI) / 3;
    const at = [(r + 0.022) * Math.cos(a), (r + 0.022) * Math.sin(a)] as const;
    body.cylinder(steel, 0.0045, top - BASE, [at[0], at[1], BASE + 0.02]);
    body.cylinder(dark, 0.008, 0.012, [at[0], at[1], top + 0.018]);
  }
}

/** Steel lid with fittings, probes and dip tubes. */
function addHeadPlate(body: Assembly, { r, height, top }: Sizes, large: boolean): void {
  body.lathe(
    steel,
    [
      [0, top],
      [r * 1.08, top],
      [r * 1.1, top - 0.006],
      [r + 0.032, top - 0.006],
      [r + 0.034, top - 0.003],
      [r + 0.034, top + 0.011],
      [r + 0.031, top + 0.014],
      [0, top + 0.014],
    ],
    [0, 0, 0],
    'z',
    48,
  );
  const plate = top + 0.012;
  PORTS.forEach(([px, py], i) => {
    // The fittings of a small head plate stand closer together than the ends of their pipes.
    const k = Math.min(1, (r * 0.76) / 0.05);
    const [x, y] = [px * k, py * k];
    body.cylinder(steel, 0.0085, 0.014, [x, y, plate]);
    body.hose(steel, 0.0034, [
      [x, y, plate],
      [x, y, plate + 0.02],
      [px, py, Math.max(plate + 0.03, PORT_HEIGHT - 0.05)],
      [px, py, PORT_HEIGHT - 0.008],
    ]);
    body.cylinder(i === 3 ? grey : white, 0.008, 0.02, [px, py, PORT_HEIGHT - 0.018]);
    const dip = i === 1 ? 0.2 : 0.74;
    body.cylinder(steel, 0.0026, height * dip, [x, y, top - height * dip]);
  });
  // pH and oxygen probes with their cables, and a sampling pipe.
  const probes = large ? [0.72, 2.35, 3.95] : [0.72];
  for (const a of probes) {
    const [x, y] = [r * 0.82 * Math.cos(a), r * 0.82 * Math.sin(a)];
    body.cylinder(steel, 0.0065, 0.03, [x, y, plate]);
    body.cylinder(dark, 0.0058, 0.045, [x, y, plate + 0.028]);
    body.cylinder(steel, 0.0045, height * 0.66, [x * 0.92, y * 0.92, top - height * 0.66]);
    body.hose(dark, 0.0022, [
      [x, y, plate + 0.07],
      [x * 1.1, y * 1.1 + 0.01, plate + 0.11],
      [x * 0.9 + 0.02, 0.09, plate + 0.1],
      [0.03, 0.15, plate + 0.04],
    ]);
  }
}

function createStirrer({ r, height }: Sizes, large: boolean): Group {
  const body = new Assembly();
  body.cylinder(steel, 0.004, height * 0.88, [0, 0, height * 0.12]);
  for (const level of large ? [0.17, 0.42] : [0.2]) {
    body.cylinder(steel, 0.009, 0.016, [0, 0, height * level]);
    for (let i = 0; i < 3; i++) {
      const blade = new Assembly()
        .box(steel, [r * 0.52, 0.003, 0.024], [r * 0.3, 0, -0.012], 0.0012)
        .transform(new Matrix4().makeRotationX(0.75))
        .transform(new Matrix4().makeRotationZ((i * 2 * Math.PI) / 3))
        .transform(new Matrix4().makeTranslation(0, 0, height * level + 0.008));
      body.take(blade);
    }
  }
  return body.build([0, 0, FOOT]);
}

/** Stirred glass bioreactor in a heated holder with head plate, probes, motor and control tower. */
export const bioreactor: ModelBuilder = (equipment): Model => {
  const [w, d, h] = equipment.size;
  const large = equipment.appearance.size !== 'reactor-200';
  const { radius: r, height } = GLASS[large ? 'reactor-2l' : 'reactor-200'];
  const sizes = { r, height, top: FOOT + height };
  const { top } = sizes;
  const body = new Assembly();
  body.box(grey, [w - 0.03, d - 0.03, 0.016], [0, 0, 0], 0.005);
  body.box(coat, [w, d, BASE - 0.012], [0, 0, 0.012], 0.018);
  body.box(accent, [w - 0.08, 0.006, 0.01], [0, -d / 2, 0.03], 0.003);
  body.box(coat, [w - 0.02, 0.12, h - 0.05], [0, d / 2 - 0.065, 0.04], 0.02);
  body.box(white, [w - 0.06, 0.006, h - 0.13], [0, d / 2 - 0.126, 0.08], 0.003);
  addHolder(body, sizes);
  addHeadPlate(body, sizes, large);
  // Motor in the middle of the head plate, under the fittings' height.
  const motor = large ? 0.021 : 0.015;
  body.cylinder(steel, motor * 0.7, 0.016, [0, 0, top + 0.012]);
  body.cylinder(white, motor, 0.06, [0, 0, top + 0.024]);
  body.cylinder(dark, motor * 0.96, 0.008, [0, 0, top + 0.082]);
  // Gas: rotameters on the tower, a sterile filter, the line to the sparger; exhaust condenser.
  for (let i = 0; i < 3; i++) {
    const x = -w / 2 + 0.055 + i * 0.032;
    body.box(aluminium, [0.022, 0.012, 0.12], [x, d / 2 - 0.131, h - 0.22], 0.004);
    body.cylinder(accent, 0.004, 0.008, [x, d / 2 - 0.146, h - 0.18 + i * 0.018], 'y');
    body.cylinder(dark, 0.007, 0.012, [x, d / 2 - 0.144, h - 0.235], 'y');
  }
  body.cylinder(white, 0.02, 0.012, [-w / 2 + 0.075, d / 2 - 0.155, h - 0.27], 'y');
  body.hose(silicone, 0.003, [
    [-w / 2 + 0.075, d / 2 - 0.165, h - 0.27],
    [-w / 2 + 0.08, 0.0, top + 0.02],
    [-r * 0.75, r * 0.5, top + 0.04],
    [-r * 0.7, r * 0.4, top + 0.014],
  ]);
  body.cylinder(steel, 0.011, 0.085, [r * 0.55, r * 0.72, top + 0.012]);
  body.cylinder(white, 0.018, 0.01, [r * 0.55, r * 0.72, top + 0.1]);
  const screen = addScreen(body, 0.17, 0.11, [w / 2 - 0.115, d / 2 - 0.13, h - 0.16]);
  const object = body.build();
  const stirrer = createStirrer(sizes, large);
  const { object: stack, lamp } = createStackLight([w / 2 - 0.05, d / 2 - 0.05, h - 0.014]);
  object.add(screen.mesh, stirrer, stack);
  return {
    object,
    screens: [screen],
    lamps: [lamp],
    update: (frame) => {
      const turn = visibleTurn(frame.channel('agitation', 0), frame.dt);
      stirrer.rotation.z = (stirrer.rotation.z + turn) % (2 * Math.PI);
    },
  };
};
