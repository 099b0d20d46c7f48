import {
  Color,
  DoubleSide,
  type Material,
  MeshBasicMaterial,
  MeshPhysicalMaterial,
  MeshStandardMaterial,
} from 'three';
import type { BatchRule } from './batches.ts';

function standard(color: string, roughness: number, metalness = 0): MeshStandardMaterial {
  return new MeshStandardMaterial({ color, roughness, metalness });
}

function clear(color: string, opacity: number, roughness: number): MeshStandardMaterial {
  return new MeshStandardMaterial({
    color,
    roughness,
    transparent: true,
    opacity,
    envMapIntensity: 1.3,
    side: DoubleSide,
    depthWrite: false,
  });
}

/** The whole plant is made of these; all models share them, so that they merge and batch. */
export const MATERIALS = {
  steel: standard('#c6cacd', 0.3, 0.92),
  darkSteel: standard('#7b8187', 0.4, 0.85),
  aluminium: standard('#d6d9db', 0.42, 0.7),
  coat: new MeshPhysicalMaterial({ color: '#eceeee', roughness: 0.48, clearcoat: 0.15 }),
  white: standard('#f6f7f7', 0.36),
  grey: standard('#a3aab0', 0.55),
  dark: standard('#343a40', 0.5),
  rubber: standard('#1c1d1f', 0.88),
  accent: standard('#2f7c96', 0.4),
  tray: standard('#c9d0d4', 0.5),
  glass: clear('#d8e8ec', 0.13, 0.04),
  smoked: clear('#3a4650', 0.36, 0.06),
  film: clear('#f4f8f9', 0.3, 0.22),
  silicone: clear('#f4f4f0', 0.42, 0.3),
  lamp: new MeshBasicMaterial({ color: new Color(1.25, 1.27, 1.28), toneMapped: false }),
} as const;

const ORDERS = new Map<Material, number>([
  [MATERIALS.film, 3],
  [MATERIALS.silicone, 3],
  [MATERIALS.smoked, 4],
  [MATERIALS.glass, 5],
]);

/** Segments of stack lights; each has its own colour. */
export const LAMP = new MeshBasicMaterial({ toneMapped: false });

/** Contents of vessels; each has its own colour and opacity. */
export const LIQUID = new MeshStandardMaterial({ roughness: 0.12, transparent: true });
export const PELLET = standard('#efe2cf', 0.7);

/** How the shared materials are drawn: liquids first, then what encloses them, windows last. */
export const BATCH_RULES: readonly BatchRule[] = [
  ...Object.values(MATERIALS).map((material) => ({
    material,
    renderOrder: ORDERS.get(material) ?? 0,
  })),
  { material: LAMP, tinted: true },
  { material: PELLET },
  { material: LIQUID, tinted: true, renderOrder: 2 },
];

/** Floors are tinted by grade, quietly; `line` is painted on them. */
export const GRADE_TINTS = {
  A: { floor: '#b9d0d3', line: '#3f8d9c' },
  B: { floor: '#bdd0c4', line: '#5d9b78' },
  C: { floor: '#d2cfb8', line: '#a79a4f' },
  D: { floor: '#d0c9be', line: '#a58457' },
  unclassified: { floor: '#cdd1d3', line: '#7f888d' },
} as const;

/** Walls darken a little towards the floor by vertex colours. */
export const ROOM = {
  wall: new MeshStandardMaterial({ color: '#e9eced', roughness: 0.55, vertexColors: true }),
  profile: standard('#e9ecec', 0.45),
  seam: standard('#b9c0c3', 0.8),
  pane: clear('#cfe3e8', 0.1, 0.03),
} as const;
