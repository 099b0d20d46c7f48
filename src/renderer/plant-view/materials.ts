import {
  Color,
  DoubleSide,
  MeshBasicMaterial,
  MeshPhysicalMaterial,
  MeshStandardMaterial,
} from 'three';

function standard(color: string, roughness: number, metalness = 0): MeshStandardMaterial {
  return new MeshStandardMaterial({ color, roughness, metalness });
}

function clear(color: string, opacity: number, roughness: number): MeshPhysicalMaterial {
  return new MeshPhysicalMaterial({
    color,
    roughness,
    transparent: true,
    opacity,
    envMapIntensity: 1.4,
    specularIntensity: 1,
    side: DoubleSide,
    depthWrite: false,
  });
}

/** The whole plant is made of these; all models share them, so that they merge and batch. */
export const MATERIALS = {
  steel: standard('#b9bec3', 0.34, 1),
  darkSteel: standard('#6d747b', 0.42, 0.9),
  aluminium: standard('#cfd3d6', 0.46, 0.85),
  coat: new MeshPhysicalMaterial({ color: '#e4e6e6', roughness: 0.5, clearcoat: 0.15 }),
  white: new MeshPhysicalMaterial({ color: '#f1f2f2', roughness: 0.42, clearcoat: 0.1 }),
  grey: standard('#8d949a', 0.58),
  dark: standard('#33383d', 0.55),
  rubber: standard('#1c1d1f', 0.88),
  accent: standard('#2e6f8e', 0.42),
  glass: clear('#d5e6ea', 0.14, 0.05),
  smoked: clear('#3a4650', 0.42, 0.08),
  film: clear('#f2f6f7', 0.3, 0.25),
  silicone: clear('#eef0ee', 0.55, 0.35),
  lamp: new MeshBasicMaterial({ color: new Color(1.35, 1.38, 1.4), toneMapped: false }),
} as const;

/** Floors are tinted by grade, quietly. */
export const GRADE_TINTS = {
  A: '#c3d3d6',
  B: '#c8d3cc',
  C: '#d3d2c4',
  D: '#d0cec9',
  unclassified: '#c4c5c6',
} as const;

export const WALL = standard('#eceeee', 0.62);
export const CEILING = standard('#f0f1f1', 0.7);
export const COVE = standard('#d3d6d7', 0.5);
