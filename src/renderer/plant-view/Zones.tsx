import { useMemo } from 'react';
import {
  BoxGeometry,
  CanvasTexture,
  DoubleSide,
  Group,
  InstancedMesh,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  MeshStandardMaterial,
  PlaneGeometry,
  SRGBColorSpace,
} from 'three';
import { RoundedBoxGeometry } from 'three/addons/geometries/RoundedBoxGeometry.js';
import type { ViewZone } from '../../kernel/view-contract.ts';
import { Assembly, type Point } from './assembly.ts';
import { COVE, GRADE_TINTS, MATERIALS, WALL } from './materials.ts';

type Side = ViewZone['glass'][number];

/** Walls stand outside this much of the box, so that neighbours do not fight for pixels [m]. */
const INSET = 0.012;
const COVE_RADIUS = 0.07;
const POST = 0.05;
/** HEPA filter with its frame, a usual size [m]. */
const FILTER = [1.22, 0.61] as const;

interface Wall {
  readonly side: Side;
  /** Middle of the wall's foot, turn about Z so that the wall faces inwards along +Y. */
  readonly at: Point;
  readonly turn: number;
  readonly length: number;
}

function wallsOf({ min, max }: ViewZone): readonly Wall[] {
  const cx = (min[0] + max[0]) / 2;
  const cy = (min[1] + max[1]) / 2;
  const dx = max[0] - min[0];
  const dy = max[1] - min[1];
  const z = min[2];
  return [
    { side: 'south', at: [cx, min[1] + INSET, z], turn: 0, length: dx },
    { side: 'north', at: [cx, max[1] - INSET, z], turn: Math.PI, length: dx },
    { side: 'west', at: [min[0] + INSET, cy, z], turn: -Math.PI / 2, length: dy },
    { side: 'east', at: [max[0] - INSET, cy, z], turn: Math.PI / 2, length: dy },
  ];
}

function createWall(zone: ViewZone, wall: Wall): Group {
  const height = zone.max[2] - zone.min[2];
  const glass = zone.glass.includes(wall.side);
  const frame = new Assembly();
  const { aluminium } = MATERIALS;
  const { length } = wall;
  // Quarter-round cove between floor and wall, as in every clean room.
  const cove = new Assembly();
  cove.box(COVE, [length, 0.012, 0.1], [0, 0.006, 0], 0.004);
  const arc: [number, number][] = [];
  for (let i = 0; i <= 6; i++) {
    const a = (i / 6) * (Math.PI / 2);
    arc.push([COVE_RADIUS * (1 - Math.sin(a)), COVE_RADIUS * (1 - Math.cos(a))]);
  }
  for (let i = 0; i < 6; i++) {
    const [y0, z0] = arc[i] as [number, number];
    const [y1, z1] = arc[i + 1] as [number, number];
    const run = Math.hypot(y1 - y0, z1 - z0);
    const strip = new PlaneGeometry(length, run);
    const tilt = Math.atan2(z1 - z0, y1 - y0);
    strip.rotateX(tilt).translate(0, (y0 + y1) / 2 + 0.012, (z0 + z1) / 2);
    cove.add(COVE, strip);
  }
  const group = cove.build();
  if (glass) {
    const posts = Math.max(2, Math.round(length / 1.25) + 1);
    for (let i = 0; i < posts; i++) {
      const x = -length / 2 + POST / 2 + (i * (length - POST)) / (posts - 1);
      frame.box(aluminium, [POST, POST, height], [x, 0, 0], 0.006);
    }
    frame.box(aluminium, [length, POST, POST], [0, 0, height - POST], 0.006);
    frame.box(aluminium, [length, POST, POST], [0, 0, 0], 0.006);
    const pane = new Mesh(
      new BoxGeometry(length - POST, 0.008, height - 2 * POST),
      MATERIALS.glass,
    );
    pane.position.z = height / 2;
    group.add(pane, frame.build());
  } else {
    // Seen from inside only: from outside the room lies open like a doll's house.
    const panel = new Mesh(new PlaneGeometry(length, height), WALL);
    panel.rotation.x = -Math.PI / 2;
    panel.rotation.y = Math.PI;
    panel.position.z = height / 2;
    panel.receiveShadow = true;
    group.add(panel);
    const joints = Math.max(1, Math.round(length / 1.2));
    for (let i = 1; i < joints; i++) {
      const x = -length / 2 + (i * length) / joints;
      const seam = new Mesh(new PlaneGeometry(0.006, height - 0.1), SEAM);
      seam.rotation.copy(panel.rotation);
      seam.position.set(x, 0.002, height / 2 + 0.05);
      group.add(seam);
    }
    frame.box(aluminium, [length, 0.03, 0.03], [0, -0.004, height - 0.03], 0.006);
    for (const end of [-1, 1]) {
      frame.box(aluminium, [0.03, 0.03, height], [end * (length / 2 - 0.015), -0.004, 0], 0.006);
    }
    group.add(frame.build());
  }
  group.position.set(...wall.at);
  group.rotation.z = wall.turn;
  return group;
}

const SEAM = new MeshStandardMaterial({ color: '#c3c7c9', roughness: 0.8 });

/** Field of filters: the faces glow downwards, from above only the thin grid is seen. */
function createCeiling({ min, max }: ViewZone): Group {
  const group = new Group();
  const width = max[0] - min[0];
  const depth = max[1] - min[1];
  const columns = Math.max(1, Math.floor(width / FILTER[0]));
  const rows = Math.max(1, Math.floor(depth / FILTER[1]));
  const [w, d] = [width / columns, depth / rows];
  const face = new PlaneGeometry(w - 0.07, d - 0.07).rotateX(Math.PI);
  const bar = new RoundedBoxGeometry(1, 1, 1, 1, 0.02);
  const faces = new InstancedMesh(face, MATERIALS.lamp, columns * rows);
  const bars = new InstancedMesh(bar, MATERIALS.aluminium, columns + rows + 2);
  const matrix = new Matrix4();
  for (let i = 0; i < columns * rows; i++) {
    const x = min[0] + ((i % columns) + 0.5) * w;
    const y = min[1] + (Math.floor(i / columns) + 0.5) * d;
    faces.setMatrixAt(i, matrix.makeTranslation(x, y, max[2] - 0.02));
  }
  let n = 0;
  for (let i = 0; i <= columns; i++) {
    matrix.makeScale(0.022, depth, 0.022);
    matrix.setPosition(min[0] + i * w, (min[1] + max[1]) / 2, max[2] - 0.014);
    bars.setMatrixAt(n++, matrix);
  }
  for (let i = 0; i <= rows; i++) {
    matrix.makeScale(width, 0.022, 0.022);
    matrix.setPosition((min[0] + max[0]) / 2, min[1] + i * d, max[2] - 0.014);
    bars.setMatrixAt(n++, matrix);
  }
  group.add(faces, bars);
  return group;
}

/** Name and grade painted on the floor. */
function createFloorMark({ title, grade, min, max }: ViewZone): Mesh {
  const canvas = document.createElement('canvas');
  canvas.width = 1024;
  canvas.height = 128;
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  texture.anisotropy = 8;
  const paint = (): void => {
    const pen = canvas.getContext('2d');
    if (pen === null) return;
    pen.clearRect(0, 0, 1024, 128);
    pen.textBaseline = 'middle';
    pen.fillStyle = '#5b676e';
    pen.font = '600 62px "Inter Variable", sans-serif';
    const text = grade === 'unclassified' ? title : `${title}  ·  grade ${grade}`;
    pen.fillText(text, 4, 66, 1016);
    texture.needsUpdate = true;
  };
  paint();
  void document.fonts.load('600 62px "Inter Variable"').then(paint);
  const material = new MeshBasicMaterial({
    map: texture,
    transparent: true,
    opacity: 0.75,
    depthWrite: false,
  });
  const mesh = new Mesh(new PlaneGeometry(1.76, 0.22), material);
  mesh.position.set(Math.min(min[0] + 1.2, max[0] - 0.9), min[1] + 0.27, min[2] + 0.008);
  mesh.renderOrder = 1;
  return mesh;
}

function createZone(zone: ViewZone): Group {
  const { min, max, grade } = zone;
  const group = new Group();
  const width = max[0] - min[0];
  const depth = max[1] - min[1];
  const epoxy = new MeshStandardMaterial({
    color: GRADE_TINTS[grade],
    roughness: 0.36,
    side: DoubleSide,
  });
  const floor = new Mesh(new PlaneGeometry(width, depth), epoxy);
  floor.position.set((min[0] + max[0]) / 2, (min[1] + max[1]) / 2, min[2] + 0.003);
  floor.receiveShadow = true;
  group.add(floor, createFloorMark(zone));
  if (grade !== 'unclassified') {
    for (const wall of wallsOf(zone)) group.add(createWall(zone, wall));
    if (zone.hepaCeiling) group.add(createCeiling(zone));
  }
  return group;
}

/** Rooms: floor tinted by grade, walls, glass, coves and filter ceilings. */
export function Zones({ zones }: { zones: readonly ViewZone[] }) {
  const groups = useMemo(() => zones.map(createZone), [zones]);
  return groups.map((group, i) => <primitive key={zones[i]?.id} object={group} />);
}
