import {
  CanvasTexture,
  Float32BufferAttribute,
  Group,
  Mesh,
  MeshBasicMaterial,
  MeshStandardMaterial,
  PlaneGeometry,
  RepeatWrapping,
  SRGBColorSpace,
  type Texture,
} from 'three';
import type { ViewZone } from '../../../kernel/view-contract.ts';
import { GRADE_TINTS } from '../materials.ts';
import { WALL_THICKNESS } from './wall.ts';

/** Width of the painted border and its distance from the wall [m]. */
const LANE = 0.05;
const LANE_INSET = 0.16;
/** Height of the letters' canvas on the floor [m]. */
const LABEL_HEIGHT = 0.3;
/** Edge of one tile of floor noise [m]. */
const NOISE_TILE = 2.4;
const NOISE_PIXELS = 256;

/** Small pseudo-random numbers for looks, the same at every start. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 0x1_0000_0000;
  };
}

let roughness: Texture | undefined;

/** Cloudy roughness of poured epoxy: rounded spots of a little more and less gloss. */
function epoxyRoughness(): Texture {
  if (roughness !== undefined) return roughness;
  const canvas = document.createElement('canvas');
  canvas.width = NOISE_PIXELS;
  canvas.height = NOISE_PIXELS;
  const pen = canvas.getContext('2d');
  const random = noise(7);
  if (pen !== null) {
    pen.fillStyle = 'rgb(128 128 128)';
    pen.fillRect(0, 0, NOISE_PIXELS, NOISE_PIXELS);
    for (let i = 0; i < 260; i++) {
      const [x, y] = [random() * NOISE_PIXELS, random() * NOISE_PIXELS];
      const r = 6 + random() * 26;
      const level = random() < 0.5 ? 70 : 190;
      for (const dx of [-NOISE_PIXELS, 0, NOISE_PIXELS]) {
        for (const dy of [-NOISE_PIXELS, 0, NOISE_PIXELS]) {
          const spot = pen.createRadialGradient(x + dx, y + dy, 0, x + dx, y + dy, r);
          spot.addColorStop(0, `rgb(${level} ${level} ${level} / 0.16)`);
          spot.addColorStop(1, `rgb(${level} ${level} ${level} / 0)`);
          pen.fillStyle = spot;
          pen.fillRect(0, 0, NOISE_PIXELS, NOISE_PIXELS);
        }
      }
    }
  }
  roughness = new CanvasTexture(canvas);
  roughness.wrapS = RepeatWrapping;
  roughness.wrapT = RepeatWrapping;
  return roughness;
}

/** Text painted on a floor, its left lower corner at (x, y). */
function paintedText(
  text: string,
  color: string,
  width: number,
  x: number,
  y: number,
  z: number,
): Mesh {
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
    pen.fillStyle = color;
    pen.font = '650 84px "Inter Variable", sans-serif';
    pen.fillText(text, 4, 68, 1016);
    texture.needsUpdate = true;
  };
  paint();
  void document.fonts.load('650 84px "Inter Variable"').then(paint);
  const material = new MeshBasicMaterial({
    map: texture,
    transparent: true,
    opacity: 0.85,
    depthWrite: false,
    toneMapped: false,
  });
  const mesh = new Mesh(new PlaneGeometry(width, width / 8), material);
  mesh.position.set(x + width / 2, y + width / 16, z + 0.006);
  mesh.renderOrder = 1;
  return mesh;
}

/** Name and grade painted on the floor near the zone's south-west corner. */
function label({ title, grade, min, max }: ViewZone): Mesh {
  const text = grade === 'unclassified' ? title : `${title}   Grade ${grade}`;
  const width = Math.min(LABEL_HEIGHT * 8, max[0] - min[0] - 0.6);
  const inset = LANE_INSET + WALL_THICKNESS + LANE + 0.1;
  // Outside, names stand on the side of the rooms, where the floor has not faded.
  const y = grade === 'unclassified' ? max[1] - 1.35 : min[1] + inset;
  return paintedText(text, GRADE_TINTS[grade].line, width, min[0] + inset, y, min[2]);
}

/** Says on the ground before the rooms that none of this is real. */
export function simulatedMark(zones: readonly ViewZone[]): Mesh {
  const rooms = zones.filter(({ grade }) => grade !== 'unclassified');
  const east = Math.max(...rooms.map(({ max }) => max[0]));
  const south = Math.min(...rooms.map(({ min }) => min[1]));
  const floor = Math.min(...rooms.map(({ min }) => min[2]));
  return paintedText(
    'SIMULATED',
    GRADE_TINTS.unclassified.line,
    1.9,
    east - 1.2,
    south - 0.5,
    floor,
  );
}

/** Painted border along the walls. */
function lane({ grade, min, max }: ViewZone): Group {
  const material = new MeshStandardMaterial({
    color: GRADE_TINTS[grade].line,
    roughness: 0.5,
    polygonOffset: true,
    polygonOffsetFactor: -2,
    polygonOffsetUnits: -2,
  });
  const inset = LANE_INSET + WALL_THICKNESS;
  const [x0, y0] = [min[0] + inset, min[1] + inset];
  const [x1, y1] = [max[0] - inset, max[1] - inset];
  const group = new Group();
  const strip = (w: number, d: number, x: number, y: number): void => {
    const mesh = new Mesh(new PlaneGeometry(w, d), material);
    mesh.position.set(x, y, min[2] + 0.005);
    mesh.receiveShadow = true;
    group.add(mesh);
  };
  for (const y of [y0, y1]) strip(x1 - x0 + LANE, LANE, (x0 + x1) / 2, y);
  for (const x of [x0, x1]) strip(LANE, y1 - y0 - LANE, x, (y0 + y1) / 2);
  return group;
}

/** Where a floor outside the enclosure begins and ends to fade, from the nearest room [m]. */
const FADE = [0.7, 2.1] as const;
const FADE_STEPS = 40;

/** Floor outside the enclosure: fades with the distance from the rooms. */
function fadingFloor({ min, max, grade }: ViewZone, rooms: readonly ViewZone[]): Mesh {
  const geometry = new PlaneGeometry(max[0] - min[0], max[1] - min[1], FADE_STEPS, FADE_STEPS);
  geometry.translate((min[0] + max[0]) / 2, (min[1] + max[1]) / 2, min[2] - 0.002);
  const position = geometry.getAttribute('position');
  const colours: number[] = [];
  for (let i = 0; i < position.count; i++) {
    const [x, y] = [position.getX(i), position.getY(i)];
    const apart = rooms.map((room) =>
      Math.hypot(
        Math.max(0, room.min[0] - x, x - room.max[0]),
        Math.max(0, room.min[1] - y, y - room.max[1]),
      ),
    );
    const share = (Math.min(...apart) - FADE[0]) / (FADE[1] - FADE[0]);
    colours.push(1, 1, 1, 1 - Math.min(1, Math.max(0, share)));
  }
  geometry.setAttribute('color', new Float32BufferAttribute(colours, 4));
  const material = new MeshStandardMaterial({
    color: GRADE_TINTS[grade].floor,
    roughness: 0.75,
    vertexColors: true,
    transparent: true,
    depthWrite: false,
  });
  const floor = new Mesh(geometry, material);
  floor.receiveShadow = true;
  floor.renderOrder = -1;
  return floor;
}

/** Epoxy floor, tinted by grade, with border and name. */
export function buildFloor(zone: ViewZone, zones: readonly ViewZone[]): Group {
  const { min, max, grade } = zone;
  const group = new Group();
  if (grade === 'unclassified') {
    const rooms = zones.filter((z) => z.grade !== 'unclassified');
    group.add(fadingFloor(zone, rooms), label(zone));
    return group;
  }
  const [width, depth] = [max[0] - min[0], max[1] - min[1]];
  const map = epoxyRoughness().clone();
  map.repeat.set(width / NOISE_TILE, depth / NOISE_TILE);
  const epoxy = new MeshStandardMaterial({
    color: GRADE_TINTS[grade].floor,
    roughness: 0.72,
    roughnessMap: map,
  });
  const floor = new Mesh(new PlaneGeometry(width, depth), epoxy);
  floor.position.set((min[0] + max[0]) / 2, (min[1] + max[1]) / 2, min[2] + 0.003);
  floor.receiveShadow = true;
  group.add(floor, label(zone), lane(zone));
  return group;
}
