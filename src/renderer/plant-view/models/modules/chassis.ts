import { Assembly, type Point } from '../../assembly.ts';
import type { FleetModel, FleetModelBuilder, FleetPart } from '../../fleet/fleet-model.ts';
import { MATERIALS } from '../../materials.ts';
import type { Vec3 } from '../../../../kernel/pose.ts';
import type { ViewEquipment } from '../../../../kernel/view-contract.ts';

const { coat, white, dark, steel, darkSteel, accent, grey, rubber, aluminium, smoked } = MATERIALS;

/** Outer format of modules [m]; the front is -Y. */
export const WIDTH = 0.6;
export const DEPTH = 0.7;
export const HEIGHT = 0.9;
/** Height of the deck on which cassettes stand, and of the pads that hold them. */
export const DECK = 0.6;
export const PAD = 0.02;
/** Front of the base and of the tower. */
export const FRONT = -DEPTH / 2;
export const TOWER = -0.04;
/** Middle of where a cassette stands. */
export const TRANSFER_Y = -0.18;
/** Room in the tower for a sterile connector. */
const POCKET = { half: 0.068, bottom: 0.685, top: 0.785, back: 0.1 };
const WALL = 0.035;
const LABEL_WIDTH = 0.2;

export interface ModuleLook {
  /** `panel` closes the base by a plain door, `open` leaves a chamber for what the insert puts in. */
  readonly front: 'panel' | 'open';
  /** Whether a cassette stands on the deck before the connector. */
  readonly transfer?: boolean;
  /** Whether there is a tower behind the deck; else the deck is the whole footprint. */
  readonly tower?: boolean;
  /** What makes this type of module different. */
  readonly insert: (body: Assembly, equipment: ViewEquipment) => void;
  readonly parts?: (equipment: ViewEquipment) => readonly FleetPart[];
}

/** A module of the standard outer format with what its type needs. */
export function moduleModel(look: ModuleLook): FleetModelBuilder {
  const { transfer = true, tower = true } = look;
  return (equipment): FleetModel => ({
    body: (detail) => {
      const body = new Assembly(detail);
      if (look.front === 'open') addOpenBase(body);
      else addClosedBase(body);
      addDeck(body, tower ? TOWER : -FRONT, transfer);
      if (tower) addTower(body, transfer);
      look.insert(body, equipment);
      return body;
    },
    parts: look.parts?.(equipment) ?? [],
    ...(tower ? TOWER_SIGNS : BASE_SIGNS),
    boxes: tower ? [BASE_BOX, TOWER_BOX] : [BASE_BOX],
  });
}

type Box = readonly [min: Vec3, max: Vec3];
const BASE_BOX: Box = [
  [-WIDTH / 2, FRONT, 0],
  [WIDTH / 2, -FRONT, DECK],
];
const TOWER_BOX: Box = [
  [-WIDTH / 2, TOWER, DECK],
  [WIDTH / 2, -FRONT, HEIGHT],
];
/** Light and name plate on the tower, or on the base where there is none. */
const TOWER_SIGNS: Pick<FleetModel, 'lamp' | 'label'> = {
  lamp: [0, TOWER - 0.004, HEIGHT - 0.03],
  label: { at: [-WIDTH / 2 + 0.035, TOWER - 0.0025, HEIGHT - 0.082], width: LABEL_WIDTH },
};
const BASE_SIGNS: Pick<FleetModel, 'lamp' | 'label'> = {
  lamp: [0, FRONT - 0.002, DECK - 0.025],
  label: { at: [-WIDTH / 2 + 0.035, FRONT - 0.0015, DECK - 0.11], width: LABEL_WIDTH },
};

/** Foot with pockets for the fork of a shuttle, and the plate by which it docks. */
function addFoot(body: Assembly): void {
  body.box(dark, [WIDTH - 0.05, DEPTH - 0.04, 0.035], [0, 0, 0], 0.006);
  for (const x of [-0.17, 0.17]) {
    body.box(rubber, [0.13, 0.012, 0.03], [x, FRONT + 0.018, 0.003], 0.004);
    body.box(steel, [0.15, 0.01, 0.006], [x, FRONT + 0.014, 0.033], 0.002);
  }
  body.box(steel, [0.42, 0.01, 0.16], [0, -FRONT - 0.004, 0.06], 0.004);
  for (let i = 0; i < 5; i++) {
    body.cylinder(aluminium, 0.014, 0.02, [-0.16 + i * 0.08, -FRONT, 0.14], 'y');
  }
}

function addClosedBase(body: Assembly): void {
  addFoot(body);
  body.box(coat, [WIDTH, DEPTH - 0.012, DECK - 0.042], [0, 0.006, 0.034], 0.016);
  body.box(white, [WIDTH - 0.03, 0.012, DECK - 0.125], [0, FRONT + 0.006, 0.055], 0.006);
  body.box(accent, [WIDTH - 0.03, 0.008, 0.008], [0, FRONT + 0.004, DECK - 0.058], 0.003);
}

/** Walls around a chamber that is open to the front. */
function addOpenBase(body: Assembly): void {
  addFoot(body);
  const height = DECK - 0.042;
  for (const x of [-1, 1]) {
    body.box(
      coat,
      [WALL, DEPTH - 0.012, height],
      [x * (WIDTH / 2 - WALL / 2), 0.006, 0.034],
      0.014,
    );
  }
  body.box(coat, [WIDTH - 0.02, WALL, height], [0, -FRONT - WALL / 2, 0.034], 0.01);
  body.box(coat, [WIDTH - 0.02, DEPTH - 0.02, 0.03], [0, 0, 0.034], 0.008);
  body.box(coat, [WIDTH - 0.02, DEPTH - 0.02, 0.03], [0, 0, DECK - 0.038], 0.008);
  body.box(grey, [WIDTH - 2 * WALL, 0.004, height - 0.05], [0, -FRONT - WALL - 0.004, 0.06], 0.001);
  body.box(accent, [WIDTH - 0.03, 0.008, 0.008], [0, FRONT + 0.008, DECK - 0.03], 0.003);
}

/** Steel deck with a raised edge, and the pads that find the cassette. */
function addDeck(body: Assembly, back: number, transfer: boolean): void {
  const depth = back - FRONT;
  const y = (back + FRONT) / 2;
  body.box(steel, [WIDTH - 0.012, depth, 0.012], [0, y + 0.003, DECK - 0.012], 0.005);
  for (const x of [-1, 1]) {
    body.box(coat, [0.02, depth, 0.045], [x * (WIDTH / 2 - 0.01), y + 0.003, DECK - 0.008], 0.008);
  }
  if (!transfer) return;
  for (const x of [-1, 1]) {
    body.box(dark, [0.022, 0.19, PAD - 0.001], [x * 0.1, TRANSFER_Y, DECK], 0.004);
    for (const side of [-1, 1]) {
      body.box(
        darkSteel,
        [0.016, 0.016, PAD + 0.022],
        [x * 0.142, TRANSFER_Y + side * 0.085, DECK],
        0.005,
      );
    }
  }
}

/** Tower with the pocket for the connector, a display, and the seam of its lid. */
function addTower(body: Assembly, transfer: boolean): void {
  const depth = -FRONT - TOWER;
  const height = HEIGHT - DECK;
  const front = 0.14;
  if (!transfer || body.detail === 2) {
    body.box(coat, [WIDTH, depth, height], [0, TOWER + depth / 2, DECK - 0.002], 0.018);
  } else {
    const rest = depth - front;
    body.box(coat, [WIDTH, rest, height], [0, TOWER + front + rest / 2, DECK - 0.002], 0.018);
    const side = WIDTH / 2 - POCKET.half;
    for (const x of [-1, 1]) {
      const at: Point = [x * (POCKET.half + side / 2), TOWER + front / 2 + 0.01, DECK - 0.002];
      body.box(coat, [side, front + 0.02, height], at, 0.014);
    }
    const over = HEIGHT - POCKET.top;
    body.box(coat, [0.16, front, over - 0.006], [0, TOWER + front / 2 + 0.004, POCKET.top], 0.008);
    body.box(
      coat,
      [0.16, front, POCKET.bottom - DECK],
      [0, TOWER + front / 2 + 0.004, DECK],
      0.006,
    );
    body.box(
      dark,
      [2 * POCKET.half, 0.008, POCKET.top - POCKET.bottom],
      [0, TOWER + POCKET.back, POCKET.bottom],
      0.002,
    );
    for (const x of [-1, 1]) {
      body.box(
        steel,
        [0.008, 0.012, POCKET.top - POCKET.bottom + 0.012],
        [x * POCKET.half, TOWER, POCKET.bottom - 0.006],
        0.003,
      );
    }
  }
  body.box(dark, [0.3, 0.012, 0.022], [0, TOWER + 0.003, HEIGHT - 0.041], 0.005);
  body.box(grey, [WIDTH - 0.08, depth - 0.1, 0.004], [0, TOWER + depth / 2, HEIGHT - 0.003], 0.001);
  addDisplay(body);
}

/** Small dark display; what it shows is part of the body. */
function addDisplay(body: Assembly): void {
  const [x, z] = [0.19, 0.74];
  body.box(dark, [0.15, 0.01, 0.1], [x, TOWER - 0.002, z], 0.005);
  body.box(smoked, [0.138, 0.004, 0.088], [x, TOWER - 0.008, z + 0.006], 0.002);
  body.box(accent, [0.118, 0.003, 0.009], [x, TOWER - 0.008, z + 0.074], 0.001);
  for (let i = 0; i < 3; i++) {
    body.box(grey, [0.05, 0.003, 0.005], [x - 0.034, TOWER - 0.008, z + 0.05 - i * 0.017], 0.001);
    body.box(white, [0.03, 0.003, 0.006], [x + 0.042, TOWER - 0.008, z + 0.05 - i * 0.017], 0.001);
  }
}

/** Slots of a grille on the front of the base. */
export function addGrille(body: Assembly, x: number, z: number, width: number, rows: number): void {
  for (let i = 0; i < rows; i++) {
    body.box(dark, [width, 0.006, 0.006], [x, FRONT + 0.001, z + i * 0.016], 0.002);
  }
}

/** Position of a place in the device's own frame. */
export function placeOf({ pose, places }: ViewEquipment, name: string): Point | undefined {
  const place = places[name];
  if (place === undefined) return undefined;
  // Modules stand upright: only their yaw matters.
  const [, , qz, qw] = pose.orientation;
  const yaw = -2 * Math.atan2(qz, qw);
  const dx = place.position[0] - pose.position[0];
  const dy = place.position[1] - pose.position[1];
  return [
    dx * Math.cos(yaw) - dy * Math.sin(yaw),
    dx * Math.sin(yaw) + dy * Math.cos(yaw),
    place.position[2] - pose.position[2],
  ];
}
