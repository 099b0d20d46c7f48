import { Group } from 'three';
import { Assembly } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';
import { appearanceNumber } from '../appearance.ts';
import type { Model, ModelBuilder } from '../model.ts';

/** Link lengths [m] where the appearance gives none; those of the arm's kinematics. */
const LENGTHS = {
  trackLength: 3,
  pedestal: 0.95,
  shoulderHeight: 0.4,
  shoulderOffset: 0.12,
  upperArm: 0.64,
  elbowHousing: 0.24,
  forearm: 0.62,
  flange: 0.1,
  gripper: 0.19,
} as const;
type Lengths = Record<keyof typeof LENGTHS, number>;

const JOINTS = ['turn', 'lift', 'elbow', 'roll', 'bend', 'spin'] as const;
const CHANNELS = {
  turn: 'j1',
  lift: 'j2',
  elbow: 'j3',
  roll: 'j4',
  bend: 'j5',
  spin: 'j6',
} as const;
/** Axis of each joint in the frame of the link before it. */
const AXES = { turn: 'z', lift: 'y', elbow: 'y', roll: 'x', bend: 'y', spin: 'x' } as const;
/** Travel of one finger between closed and open [m]. */
const FINGER_TRAVEL = 0.032;

const { white, grey, dark, steel, accent, rubber, aluminium, coat } = MATERIALS;

function trackBody({ trackLength, pedestal }: Lengths): Group {
  const length = trackLength + 0.62;
  const middle = trackLength / 2;
  const body = new Assembly();
  const top = pedestal - 0.66;
  body.box(coat, [length, 0.42, top - 0.045], [middle, 0, 0], 0.012);
  body.box(grey, [length - 0.02, 0.34, 0.022], [middle, 0, top - 0.05], 0.004);
  for (const y of [-0.14, 0.14])
    body.box(steel, [length - 0.06, 0.034, 0.03], [middle, y, top - 0.035]);
  // Bellows between the rails keep abrasion out of the room.
  for (let x = -0.26; x < trackLength + 0.28; x += 0.035) {
    body.box(dark, [0.02, 0.2, 0.014], [x, 0, top - 0.032], 0.005);
  }
  for (const x of [-0.3, trackLength + 0.3]) {
    body.box(accent, [0.03, 0.44, top + 0.03], [x, 0, 0], 0.008);
  }
  return body.build();
}

function carriageBody({ pedestal }: Lengths): Group {
  const body = new Assembly();
  const foot = pedestal - 0.66;
  body.box(white, [0.4, 0.36, 0.1], [0, 0, foot], 0.02);
  body.lathe(
    white,
    [
      [0, foot + 0.09],
      [0.165, foot + 0.09],
      [0.15, foot + 0.16],
      [0.125, foot + 0.24],
      [0.12, pedestal - 0.04],
      [0.135, pedestal - 0.03],
      [0.135, pedestal - 0.004],
      [0, pedestal],
    ],
    [0, 0, 0],
  );
  body.ring(accent, 0.1345, 0.006, [0, 0, pedestal - 0.016]);
  for (const [x, y] of [
    [-0.16, -0.13],
    [0.16, -0.13],
    [-0.16, 0.13],
    [0.16, 0.13],
  ] as const) {
    body.cylinder(dark, 0.012, 0.008, [x, y, foot + 0.096]);
  }
  return body.build();
}

/** Round joint housing across the arm (along Y) with caps and a seam. */
function housing(body: Assembly, radius: number, width: number, x = 0, z = 0): void {
  body.cylinder(white, radius, width, [x, -width / 2, z], 'y');
  for (const side of [-1, 1]) {
    body.cylinder(
      grey,
      radius * 0.74,
      0.016,
      [x, side > 0 ? width / 2 - 0.004 : -width / 2 - 0.012, z],
      'y',
    );
    body.ring(dark, radius * 0.985, 0.003, [x, side * (width / 2 - 0.014), z], 'y');
  }
}

function linkBodies(l: Lengths): readonly Assembly[] {
  const shoulder = new Assembly();
  shoulder.lathe(
    white,
    [
      [0, 0.004],
      [0.128, 0.004],
      [0.132, 0.02],
      [0.132, 0.13],
      [0.12, 0.2],
      [0.085, l.shoulderHeight - 0.05],
      [0, l.shoulderHeight - 0.03],
    ],
    [0, 0, 0],
  );
  shoulder.box(
    white,
    [l.shoulderOffset + 0.08, 0.15, 0.2],
    [l.shoulderOffset / 2, 0, l.shoulderHeight - 0.15],
    0.05,
  );
  housing(shoulder, 0.112, 0.19, l.shoulderOffset, l.shoulderHeight);

  const upper = new Assembly();
  const side = 0.135;
  upper.cylinder(white, 0.1, 0.075, [0, -side - 0.035, 0], 'y');
  upper.cylinder(grey, 0.074, 0.014, [0, -side - 0.047, 0], 'y');
  upper.box(white, [0.135, 0.075, l.upperArm], [0, -side, 0], 0.034);
  upper.box(accent, [0.02, 0.078, l.upperArm * 0.34], [0, -side, l.upperArm * 0.3], 0.008);
  upper.cylinder(white, 0.088, 0.075, [0, -side - 0.035, l.upperArm], 'y');
  upper.cylinder(grey, 0.064, 0.014, [0, -side - 0.047, l.upperArm], 'y');

  const elbow = new Assembly();
  housing(elbow, 0.086, 0.19);
  elbow.cylinder(white, 0.07, l.elbowHousing - 0.01, [0, 0, 0], 'x', 0.064);
  elbow.ring(dark, 0.064, 0.003, [l.elbowHousing - 0.012, 0, 0], 'x');

  const wristX = l.forearm - l.elbowHousing;
  const forearm = new Assembly();
  forearm.lathe(
    white,
    [
      [0, 0],
      [0.06, 0],
      [0.062, 0.02],
      [0.05, wristX * 0.55],
      [0.044, wristX - 0.05],
      [0.02, wristX - 0.03],
      [0, wristX - 0.03],
    ],
    [0, 0, 0],
    'x',
  );
  forearm.ring(accent, 0.0585, 0.0035, [0.05, 0, 0], 'x');
  for (const y of [-0.048, 0.048])
    forearm.box(white, [0.11, 0.022, 0.074], [wristX - 0.025, y, -0.037], 0.01);

  const wrist = new Assembly();
  wrist.cylinder(white, 0.047, 0.072, [0, -0.036, 0], 'y');
  for (const y of [-0.06, 0.05]) wrist.cylinder(grey, 0.03, 0.01, [0, y, 0], 'y');
  wrist.cylinder(white, 0.04, l.flange - 0.014, [0, 0, 0], 'x');
  wrist.ring(dark, 0.04, 0.0025, [l.flange - 0.016, 0, 0], 'x');

  const gripper = new Assembly();
  gripper.cylinder(steel, 0.037, 0.016, [l.flange - 0.014, 0, 0], 'x');
  gripper.box(grey, [0.08, 0.12, 0.07], [l.flange + 0.042, 0, -0.035], 0.014);
  gripper.box(aluminium, [0.014, 0.13, 0.03], [l.flange + 0.085, 0, -0.015], 0.005);
  gripper.box(accent, [0.03, 0.122, 0.012], [l.flange + 0.035, 0, 0.028], 0.005);
  return [shoulder, upper, elbow, forearm, wrist, gripper];
}

function finger({ flange, gripper }: Lengths): Group {
  const body = new Assembly();
  const tip = flange + gripper;
  body.box(aluminium, [0.03, 0.02, 0.03], [flange + 0.1, 0, -0.015], 0.005);
  body.box(steel, [gripper - 0.1, 0.01, 0.026], [(flange + 0.1 + tip) / 2, 0.003, -0.013], 0.004);
  body.box(rubber, [0.05, 0.008, 0.032], [tip - 0.016, -0.004, -0.016], 0.003);
  return body.build();
}

/** Six-axis arm on a linear track; joints turn as the twin's kinematics say. */
export const sixAxisArm: ModelBuilder = (equipment): Model => {
  const names = Object.keys(LENGTHS) as (keyof typeof LENGTHS)[];
  const l = Object.fromEntries(
    names.map((name) => [name, appearanceNumber(equipment, name, LENGTHS[name])]),
  ) as Lengths;
  const offsets = {
    turn: [0, 0, l.pedestal],
    lift: [l.shoulderOffset, 0, l.shoulderHeight],
    elbow: [0, 0, l.upperArm],
    roll: [l.elbowHousing, 0, 0],
    bend: [l.forearm - l.elbowHousing, 0, 0],
    spin: [0, 0, 0],
  } as const;
  const object = new Group();
  // The device stands at the middle of its track, the chain begins at the track's lower end.
  object.position.x = -l.trackLength / 2;
  const carriage = carriageBody(l);
  object.add(trackBody(l), carriage);
  const links: Group[] = [];
  let parent: Group = carriage;
  linkBodies(l).forEach((body, i) => {
    const link = body.build(offsets[JOINTS[i] as (typeof JOINTS)[number]]);
    parent.add(link);
    links.push(link);
    parent = link;
  });
  const left = finger(l);
  const right = finger(l);
  right.rotation.x = Math.PI;
  const follow = new Group();
  follow.name = 'follow-point';
  follow.position.x = l.flange + l.gripper;
  parent.add(left, right, follow);
  return {
    object,
    update: (frame) => {
      carriage.position.x = frame.channel('track', 0);
      JOINTS.forEach((name, i) => {
        const link = links[i] as Group;
        link.rotation[AXES[name]] = frame.channel(CHANNELS[name], 0);
      });
      const opening = 0.012 + FINGER_TRAVEL * frame.channel('gripper', 1);
      left.position.y = opening;
      right.position.y = -opening;
    },
  };
};
