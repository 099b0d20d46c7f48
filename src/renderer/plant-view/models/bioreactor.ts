import { Group } from 'three';
import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import { type Model, type ModelBuilder, visibleTurn } from '../model.ts';
import { addScreen } from '../parts/screen.ts';
import { createStackLight } from '../parts/stack-light.ts';

const { coat, white, dark, steel, darkSteel, rubber, accent, silicone, grey } = MATERIALS;
/** Radius, height and foot of the glass that the twin puts into this device [m]. */
const GLASS = {
  'reactor-2l': { radius: 0.065, height: 0.24 },
  'reactor-200': { radius: 0.035, height: 0.11 },
} as const;
const FOOT = 0.18;

/** Stirred glass bioreactor in a holder with a heated base, head plate, probes and a control tower. */
export const bioreactor: ModelBuilder = (equipment): Model => {
  const [w, d, h] = equipment.size;
  const large = equipment.appearance.size !== 'reactor-200';
  const { radius: r, height } = GLASS[large ? 'reactor-2l' : 'reactor-200'];
  const top = FOOT + height;
  const body = new Assembly();
  body.box(coat, [w, d, 0.07], [0, 0, 0], 0.018);
  body.box(accent, [w - 0.06, 0.008, 0.012], [0, -d / 2 + 0.002, 0.03], 0.003);
  body.box(coat, [w - 0.02, 0.13, h - 0.06], [0, d / 2 - 0.07, 0.05], 0.02);
  for (let i = 0; i < 6; i++)
    body.box(grey, [0.12, 0.006, 0.006], [-w / 4, d / 2 - 0.136, 0.1 + i * 0.014], 0.002);
  // Heated base under the glass and a ring that holds it.
  body.lathe(
    darkSteel,
    [
      [0, 0.07],
      [r + 0.05, 0.07],
      [r + 0.046, 0.095],
      [r + 0.022, 0.15],
      [r * 0.9, FOOT + r * 0.24],
      [r * 0.5, FOOT - 0.004],
      [0, FOOT - 0.006],
    ],
    [0, 0, 0],
  );
  body.ring(rubber, r + 0.008, 0.006, [0, 0, FOOT + r * 0.4]);
  for (let i = 0; i < 3; i++) {
    const a = Math.PI / 2 + (i * 2 * Math.PI) / 3;
    const at = [(r + 0.018) * Math.cos(a), (r + 0.018) * Math.sin(a)] as const;
    body.cylinder(steel, 0.004, top - 0.1, [at[0], at[1], 0.1]);
  }
  body.cylinder(steel, r * 1.28, 0.016, [0, 0, top]);
  body.ring(rubber, r * 1.12, 0.004, [0, 0, top - 0.001]);
  const ports = large ? 7 : 5;
  for (let i = 0; i < ports; i++) {
    const a = (i * 2 * Math.PI) / ports + 0.3;
    const x = r * 0.8 * Math.cos(a);
    const y = r * 0.8 * Math.sin(a);
    body.cylinder(steel, 0.0065, 0.022, [x, y, top + 0.014]);
    if (i % 2 === 0) body.cylinder(dark, 0.005, 0.05, [x, y, top + 0.034]);
    if (i % 3 === 0)
      body.cylinder(steel, 0.0035, height * 0.72, [x * 0.9, y * 0.9, FOOT + height * 0.27]);
  }
  // Motor above the head plate, carried by the tower.
  body.cylinder(white, 0.026, 0.07, [0, 0, top + 0.022]);
  body.cylinder(dark, 0.02, 0.01, [0, 0, top + 0.014]);
  body.hose(dark, 0.004, [
    [0, 0.02, top + 0.088],
    [0, 0.06, top + 0.115],
    [0.02, d / 2 - 0.14, Math.min(h - 0.08, top + 0.06)],
  ]);
  // Gas line with its sterile filter, and the exhaust.
  body.cylinder(white, 0.022, 0.012, [-w / 2 + 0.06, d / 2 - 0.155, top + 0.03], 'y');
  body.hose(silicone, 0.0035, [
    [-w / 2 + 0.06, d / 2 - 0.155, top + 0.03],
    [-w / 4, 0.04, top + 0.1],
    [-r * 0.6, 0, top + 0.03],
  ]);
  const screen = addScreen(body, 0.15, 0.105, [w / 2 - 0.1, d / 2 - 0.142, h - 0.17]);
  const object = body.build();
  object.add(screen.mesh);

  const stirrer = new Group();
  const shaft = new Assembly();
  shaft.cylinder(steel, 0.004, height * 0.86, [0, 0, height * 0.14]);
  for (const level of large ? [0.2, 0.5] : [0.24]) {
    shaft.cylinder(steel, 0.009, 0.014, [0, 0, height * level]);
    for (let i = 0; i < 3; i++) {
      const a = (i * 2 * Math.PI) / 3;
      const blade = new Assembly()
        .box(steel, [r * 0.52, 0.003, 0.02], [r * 0.3, 0, -0.01], 0.0012)
        .build();
      blade.rotation.set(0.7, 0, 0);
      const turned = new Group();
      turned.rotation.z = a;
      turned.position.z = height * level + 0.006;
      turned.add(blade);
      stirrer.add(turned);
    }
  }
  stirrer.add(shaft.build());
  stirrer.position.z = FOOT;
  object.add(stirrer);
  const { object: stack, lamp } = createStackLight([w / 2 - 0.05, d / 2 - 0.05, h - 0.012]);
  object.add(stack);
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
