import { Matrix4 } from 'three';
import { Assembly } from '../../assembly.ts';
import { MATERIALS } from '../../materials.ts';
import { visibleTurn } from '../../model.ts';
import { addGrille, DECK, FRONT, moduleModel, TRANSFER_Y } from './chassis.ts';

const { steel, darkSteel, smoked, dark, grey, accent, rubber, white } = MATERIALS;
const RADIUS = 0.168;
const HOOD_OPEN = 1.35;
const turn = new Matrix4();

function rotor(): Assembly {
  const body = new Assembly();
  body.lathe(
    darkSteel,
    [
      [0, 0.014],
      [RADIUS - 0.02, 0.014],
      [RADIUS, 0.01],
      [RADIUS, 0.002],
      [RADIUS - 0.01, 0],
      [0, 0],
    ],
    [0, 0, 0],
    'z',
    30,
  );
  for (const x of [-1, 1]) {
    body.box(steel, [0.012, 0.2, 0.03], [x * 0.136, 0, 0.012], 0.004);
    body.box(accent, [0.014, 0.05, 0.012], [x * 0.136, 0, 0.038], 0.004);
  }
  return body;
}

/** Hood over the rotor; it swings back about its rear edge, where its frame is. */
function hood(): Assembly {
  const body = new Assembly();
  const d = 0.29;
  body.box(smoked, [0.44, d - 0.02, 0.008], [0, -d / 2, 0.15], 0.004);
  body.box(smoked, [0.44, 0.008, 0.15], [0, -d + 0.01, 0.002], 0.003);
  for (const x of [-1, 1])
    body.box(smoked, [0.008, d - 0.02, 0.15], [x * 0.216, -d / 2, 0.002], 0.003);
  body.box(grey, [0.45, 0.016, 0.016], [0, -d + 0.008, 0.146], 0.005);
  body.box(grey, [0.45, 0.016, 0.16], [0, -0.006, 0], 0.005);
  body.box(dark, [0.14, 0.02, 0.012], [0, -d - 0.002, 0.126], 0.005);
  return body;
}

/** Centrifuge module: the cassette turns on a rotor under a hood. */
export const centrifugeModule = moduleModel({
  front: 'panel',
  insert: (body) => {
    body.ring(rubber, RADIUS + 0.006, 0.006, [0, TRANSFER_Y - 0.012, DECK + 0.003]);
    body.lathe(
      white,
      [
        [0.11, 0],
        [0.15, 0],
        [0.156, 0.01],
        [0.15, 0.02],
        [0.11, 0.02],
      ],
      [0, FRONT - 0.012, 0.3],
      'y',
    );
    body.cylinder(smoked, 0.11, 0.006, [0, FRONT - 0.008, 0.3], 'y');
    body.cylinder(darkSteel, 0.1, 0.004, [0, FRONT - 0.004, 0.3], 'y');
    addGrille(body, 0, 0.09, 0.3, 4);
  },
  parts: () => [
    {
      body: rotor(),
      until: 0,
      move: (frame, to) => {
        const speed = frame.channel('speed', 0);
        if (speed < 0.01) frame.angle *= 0.85;
        else frame.angle = (frame.angle + visibleTurn(speed, frame.dt)) % (2 * Math.PI);
        to.makeTranslation(0, TRANSFER_Y - 0.012, DECK + 0.001);
        to.multiply(turn.makeRotationZ(frame.angle));
      },
    },
    {
      body: hood(),
      until: 1,
      move: (frame, to) => {
        to.makeTranslation(0, TRANSFER_Y + 0.138, DECK + 0.004);
        to.multiply(turn.makeRotationX(-HOOD_OPEN * frame.channel('hood', 1)));
      },
    },
  ],
});
