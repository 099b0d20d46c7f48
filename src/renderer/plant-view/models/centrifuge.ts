import { Group } from 'three';
import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import { appearanceNumber } from '../appearance.ts';
import { type Model, type ModelBuilder, visibleTurn } from '../model.ts';
import { addScreen } from '../parts/screen.ts';
import { createStackLight } from '../parts/stack-light.ts';

const { coat, dark, steel, darkSteel, rubber, accent, smoked } = MATERIALS;
/** Height of the rim, lid closed on it [m]. */
const RIM = 0.46;
const BOWL = 0.275;
const ROTOR_RADIUS = 0.18;
const BUCKET_FOOT = 0.275;
const LID_OPEN = 1.25;
/** Full swing of the buckets at this speed [rad/s]. */
const SWUNG_OUT = 30;

function bucket(): Group {
  const body = new Assembly();
  body.lathe(
    darkSteel,
    [
      [0, 0],
      [0.03, 0],
      [0.037, 0.008],
      [0.037, 0.085],
      [0.034, 0.086],
      [0.034, 0.01],
      [0, 0.006],
    ],
    [0, 0, -0.086],
  );
  for (const y of [-0.042, 0.042]) body.box(steel, [0.02, 0.012, 0.03], [0, y, -0.024], 0.004);
  return body.build();
}

/** Floor or bench centrifuge with a glass-windowed lid, swing-out rotor and buckets. */
export const centrifuge: ModelBuilder = (equipment): Model => {
  const [w, d] = equipment.size;
  const body = new Assembly();
  // Shell with an open bowl: four walls and a top plate around the rim.
  body.box(coat, [w, d, 0.1], [0, 0, 0], 0.02);
  body.box(dark, [w - 0.05, d - 0.05, 0.025], [0, 0, -0.012], 0.006);
  for (const side of [-1, 1]) {
    body.box(coat, [0.06, d, RIM], [side * (w / 2 - 0.03), 0, 0], 0.026);
    body.box(coat, [w, 0.06, RIM], [0, side * (d / 2 - 0.03), 0], 0.026);
  }
  body.plateWithHole(coat, [w, d, 0.05], [0, 0, RIM - 0.045], 0.03, BOWL + 0.004);
  body.bowl(
    steel,
    [
      [0, 0.11],
      [BOWL - 0.05, 0.11],
      [BOWL, 0.17],
      [BOWL, RIM],
      [BOWL + 0.014, RIM + 0.007],
      [BOWL + 0.03, RIM + 0.0055],
    ],
    [0, 0, 0],
    48,
  );
  body.ring(rubber, BOWL + 0.016, 0.008, [0, 0, RIM + 0.006]);
  body.box(accent, [w - 0.08, 0.01, 0.018], [0, -d / 2 - 0.001, 0.1], 0.004);
  for (let i = 0; i < 7; i++)
    body.box(dark, [0.2, 0.006, 0.006], [-w / 2 + 0.17, -d / 2, 0.16 + i * 0.016], 0.002);
  const screen = addScreen(body, 0.19, 0.13, [w / 2 - 0.15, -d / 2 - 0.006, 0.24]);
  const object = body.build();
  object.add(screen.mesh);

  const hinge = new Group();
  hinge.position.set(0, d / 2 - 0.05, RIM + 0.012);
  const lid = new Assembly();
  lid.lathe(
    coat,
    [
      [0.11, 0.03],
      [0.11, 0.046],
      [w / 2 - 0.06, 0.04],
      [w / 2 - 0.02, 0.022],
      [w / 2 - 0.018, 0],
      [0.11, 0.004],
      [0.11, 0.03],
    ],
    [0, -(d / 2 - 0.05), 0],
    'z',
    64,
  );
  lid.cylinder(smoked, 0.112, 0.01, [0, -(d / 2 - 0.05), 0.03]);
  lid.box(dark, [0.16, 0.022, 0.022], [0, -d + 0.08, 0.012], 0.01);
  hinge.add(lid.build());
  for (const x of [-0.16, 0.16])
    hinge.add(new Assembly().cylinder(darkSteel, 0.018, 0.06, [x - 0.03, 0, -0.002], 'x').build());
  object.add(hinge);

  const rotor = new Group();
  const hub = new Assembly();
  hub.lathe(
    darkSteel,
    [
      [0, 0.39],
      [0.03, 0.388],
      [0.05, 0.37],
      [0.06, 0.33],
      [0.06, 0.3],
      [0, 0.29],
    ],
    [0, 0, 0],
  );
  const count = Math.max(2, appearanceNumber(equipment, 'buckets', 4));
  const buckets: Group[] = [];
  for (let i = 0; i < count; i++) {
    const angle = (i * 2 * Math.PI) / count;
    const arm = new Assembly();
    for (const y of [-0.054, 0.054])
      arm.box(darkSteel, [0.17, 0.016, 0.035], [0.1, y, 0.325], 0.006);
    arm.box(darkSteel, [0.05, 0.12, 0.035], [0.06, 0, 0.325], 0.008);
    const holder = arm.build();
    holder.rotation.z = angle;
    const swing = bucket();
    swing.position.set(ROTOR_RADIUS, 0, BUCKET_FOOT + 0.075);
    holder.add(swing);
    buckets.push(swing);
    rotor.add(holder);
  }
  rotor.add(hub.build());
  object.add(rotor);
  const { object: stack, lamp } = createStackLight([w / 2 - 0.06, d / 2 - 0.05, RIM]);
  object.add(stack);
  return {
    object,
    screens: [screen],
    lamps: [lamp],
    places: Object.fromEntries(buckets.map((b, i) => [`bucket${i + 1}`, b])),
    update: (frame) => {
      hinge.rotation.x = -LID_OPEN * frame.channel('lid', 0);
      const speed = frame.channel('speed', 0);
      if (Math.abs(speed) < 0.01) rotor.rotation.z *= 0.85;
      else rotor.rotation.z = (rotor.rotation.z + visibleTurn(speed, frame.dt)) % (2 * Math.PI);
      const swing = Math.min(1, Math.abs(speed) / SWUNG_OUT) * 1.45;
      for (const b of buckets) b.rotation.y = -swing;
    },
  };
};
