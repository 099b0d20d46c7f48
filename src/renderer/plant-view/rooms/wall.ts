import {
  type BufferGeometry,
  ExtrudeGeometry,
  Float32BufferAttribute,
  Group,
  Mesh,
  Path,
  PlaneGeometry,
  Shape,
} from 'three';
import { Assembly } from '../assembly.ts';
import { ROOM } from '../materials.ts';
import type { WallRun } from './wall-plan.ts';

/** Walls stand inwards of the zone's plane by their thickness [m]. */
export const WALL_THICKNESS = 0.05;
const KERB = 0.1;
const COVE = 0.07;
const PANEL = 1.2;
const RAIL = 0.06;
/** Height over which a wall darkens towards the floor [m], and how much. */
const SHADE_HEIGHT = 0.5;
const SHADE = 0.12;

/** A wall: what always stands, and what sinks when it would hide the interior. */
export interface BuiltWall {
  readonly run: WallRun;
  readonly group: Group;
  /** Scaled along Z between a trace and 1. */
  readonly sinking: Group;
}

function panelShape(
  run: WallRun,
  length: number,
  low: number,
  high: number,
  margin: number,
): Shape {
  const shape = new Shape();
  shape.moveTo(0, low).lineTo(length, low).lineTo(length, high).lineTo(0, high).closePath();
  for (const o of run.openings) {
    const [a, b] = [Math.max(0.01, o.from - margin), Math.min(length - 0.01, o.to + margin)];
    const [c, d] = [Math.max(low + 0.01, o.low - margin), Math.min(high - 0.01, o.high + margin)];
    if (b <= a || d <= c) continue;
    const hole = new Path();
    hole.moveTo(a, c).lineTo(a, d).lineTo(b, d).lineTo(b, c).closePath();
    shape.holes.push(hole);
  }
  return shape;
}

/** Panel from a shape in the plane of the wall: X along, Z up, thickness inwards along +Y. */
function panel(shape: Shape, thickness: number): BufferGeometry {
  const geometry = new ExtrudeGeometry(shape, { depth: thickness, bevelEnabled: false });
  return geometry.rotateX(Math.PI / 2).translate(0, thickness, 0);
}

function shade(geometry: BufferGeometry): BufferGeometry {
  const position = geometry.attributes.position;
  if (position === undefined) return geometry;
  const colours: number[] = [];
  for (let i = 0; i < position.count; i++) {
    const z = position.getZ(i);
    const c = 1 - SHADE * Math.max(0, 1 - z / SHADE_HEIGHT) ** 2;
    colours.push(c, c, c);
  }
  geometry.setAttribute('color', new Float32BufferAttribute(colours, 3));
  return geometry;
}

/** Quarter-round cove between floor and wall, as in every clean room. */
function addCove(body: Assembly, length: number): void {
  const steps = 5;
  const at = (i: number): [number, number] => {
    const a = (i / steps) * (Math.PI / 2);
    return [COVE * (1 - Math.sin(a)), COVE * (1 - Math.cos(a))];
  };
  for (let i = 0; i < steps; i++) {
    const [y0, z0] = at(i);
    const [y1, z1] = at(i + 1);
    const strip = new PlaneGeometry(length, Math.hypot(y1 - y0, z1 - z0));
    strip.rotateX(Math.atan2(z0 - z1, y0 - y1));
    strip.translate(length / 2, (y0 + y1) / 2 + WALL_THICKNESS, (z0 + z1) / 2 + 0.004);
    body.add(ROOM.profile, strip);
  }
}

function glassUpper(run: WallRun, length: number, height: number): Group {
  const group = new Group();
  const shape = panelShape(run, length, KERB, height - RAIL, 0.02);
  const pane = new Mesh(panel(shape, 0.012).translate(0, 0.019, 0), ROOM.pane);
  pane.renderOrder = 5;
  group.add(pane);
  const joints = new Assembly();
  const count = Math.max(1, Math.round(length / PANEL));
  for (let i = 1; i < count; i++) {
    const x = (i * length) / count;
    if (run.openings.some(({ from, to }) => x > from - 0.04 && x < to + 0.04)) continue;
    joints.box(ROOM.seam, [0.006, 0.014, height - KERB - RAIL], [x, 0.025, KERB], 0.002);
  }
  group.add(joints.build());
  return group;
}

function opaqueUpper(run: WallRun, length: number, height: number): Group {
  const group = new Group();
  const bands = new Assembly();
  const shape = panelShape(run, length, KERB, height, 0.02);
  const wall = new Mesh(shade(panel(shape, WALL_THICKNESS)), ROOM.wall);
  wall.receiveShadow = true;
  group.add(wall);
  const count = Math.max(1, Math.round(length / PANEL));
  for (let i = 1; i < count; i++) {
    const x = (i * length) / count;
    if (run.openings.some(({ from, to }) => x > from - 0.04 && x < to + 0.04)) continue;
    bands.box(
      ROOM.seam,
      [0.005, WALL_THICKNESS + 0.002, height - KERB],
      [x, WALL_THICKNESS / 2, KERB],
      0.001,
    );
  }
  group.add(bands.build());
  return group;
}

/** Flush panel or glass wall with kerb, cove, top rail and frames around what stands in it. */
export function buildWall(run: WallRun): BuiltWall {
  const length = run.to - run.from;
  const height = run.zone.max[2] - run.zone.min[2];
  const base = new Assembly();
  const t = WALL_THICKNESS;
  base.box(ROOM.profile, [length, t, KERB], [length / 2, t / 2, 0], 0.01);
  addCove(base, length);
  for (const { from, to, low, high } of run.openings) {
    const middle = (from + to) / 2;
    for (const z of [low - 0.035, high]) {
      base.box(ROOM.profile, [to - from + 0.07, t + 0.03, 0.035], [middle, t / 2, z], 0.008);
    }
    for (const x of [from - 0.0175, to + 0.0175]) {
      base.box(ROOM.profile, [0.035, t + 0.03, high - low], [x, t / 2, low], 0.008);
    }
  }
  const group = base.build();
  const sinking = new Group();
  const rail = new Assembly();
  rail.box(ROOM.profile, [length, t, RAIL], [length / 2, t / 2, height - RAIL], 0.008);
  for (const x of [t / 2, length - t / 2]) {
    rail.box(ROOM.profile, [t, t, height], [x, t / 2, 0], 0.008);
  }
  if (run.glass) {
    group.add(glassUpper(run, length, height));
    sinking.add(rail.build());
  } else {
    sinking.add(opaqueUpper(run, length, height), rail.build());
  }
  group.add(sinking);
  place(group, run);
  return { run, group, sinking };
}

/** Turns a wall built along +X with its inside towards +Y to where it stands. */
function place(group: Group, { side, plane, from, to, zone }: WallRun): void {
  const z = zone.min[2];
  if (side === 'south') group.position.set(from, plane, z);
  if (side === 'north') group.position.set(to, plane, z);
  if (side === 'west') group.position.set(plane, to, z);
  if (side === 'east') group.position.set(plane, from, z);
  group.rotation.z = { south: 0, north: Math.PI, west: -Math.PI / 2, east: Math.PI / 2 }[side];
}
