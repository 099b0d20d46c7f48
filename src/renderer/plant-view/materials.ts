import { Color, DoubleSide, MeshBasicMaterial, MeshStandardMaterial } from 'three';
import type { BatchRule } from './batches.ts';
import { PAINT } from './paint.ts';

function standard(color: string, roughness: number, metalness = 0): MeshStandardMaterial {
  return new MeshStandardMaterial({ color, roughness, metalness });
}

/** See-through material that thickens to `rim` where it is seen edge-on, as glass walls do. */
function clear(
  color: string,
  opacity: number,
  roughness: number,
  rim: number,
): MeshStandardMaterial {
  const material = new MeshStandardMaterial({
    color,
    roughness,
    transparent: true,
    opacity,
    envMapIntensity: 1.2,
    side: DoubleSide,
    depthWrite: false,
  });
  material.onBeforeCompile = (shader) => {
    shader.uniforms.rimOpacity = { value: rim };
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', '#include <common>\nuniform float rimOpacity;')
      .replace(
        '#include <opaque_fragment>',
        `float edge = pow(1.0 - abs(dot(normalize(vViewPosition), normal)), 2.5);
        diffuseColor.a = mix(diffuseColor.a, rimOpacity, edge);
        #include <opaque_fragment>`,
      );
  };
  return material;
}

/** The whole plant is made of these; all models share them, so that they merge and batch. */
export const MATERIALS = {
  steel: standard('#c6cacd', 0.3, 0.92),
  darkSteel: standard('#7b8187', 0.4, 0.85),
  aluminium: standard('#d6d9db', 0.42, 0.7),
  coat: standard('#e3e6e7', 0.42),
  white: standard('#eff1f1', 0.36),
  grey: standard('#a3aab0', 0.55),
  dark: standard('#343a40', 0.5),
  rubber: standard('#1c1d1f', 0.88),
  accent: standard('#2f7c96', 0.4),
  tray: standard('#c9d0d4', 0.5),
  glass: clear('#d3e6eb', 0.12, 0.04, 0.62),
  smoked: clear('#3a4650', 0.36, 0.06, 0.6),
  film: clear('#eef5f7', 0.24, 0.18, 0.75),
  silicone: clear('#f1f2ee', 0.4, 0.3, 0.8),
  lamp: new MeshBasicMaterial({ color: new Color(1.25, 1.27, 1.28), toneMapped: false }),
} as const;

/** Supply pipes by what flows in them: quiet, so that they guide the eye and do not shout. */
export const PIPES = {
  medium: standard('#b8948a', 0.5),
  buffer: standard('#7c9fb3', 0.45),
  gas: standard('#8daa8c', 0.45),
  drain: standard('#8f877b', 0.5),
} as const;

/** Paint on the floor around where vehicles go. */
export const MARKING = '#b9a982';

/** Order in which see-through materials are drawn, after the liquids. */
export const ORDERS = { film: 3, silicone: 3, smoked: 4, glass: 5 } as const;

/** Segments of stack lights; each has its own colour. */
export const LAMP = new MeshBasicMaterial({ toneMapped: false });

/** Contents of vessels; each has its own colour and opacity. */
export const LIQUID = new MeshStandardMaterial({ roughness: 0.12, transparent: true });
export const PELLET = standard('#efe2cf', 0.7);

/** How the shared materials are drawn: liquids first, then what encloses them, windows last. */
export const BATCH_RULES: readonly BatchRule[] = [
  { material: PAINT },
  { material: MATERIALS.lamp },
  ...(Object.keys(ORDERS) as (keyof typeof ORDERS)[]).map((name) => ({
    material: MATERIALS[name],
    renderOrder: ORDERS[name],
  })),
  { material: LAMP, tinted: true },
  { material: LIQUID, tinted: true, renderOrder: 2 },
];

/** Floors are tinted by grade, quietly; `line` is painted on them. */
export const GRADE_TINTS = {
  A: { floor: '#b9d0d3', line: '#3f8d9c' },
  B: { floor: '#bdd0c4', line: '#5d9b78' },
  C: { floor: '#c8cdcb', line: '#87968f' },
  D: { floor: '#c8cac9', line: '#8e9390' },
  unclassified: { floor: '#cdd1d3', line: '#7f888d' },
} as const;

/** Walls darken a little towards the floor by vertex colours. */
export const ROOM = {
  wall: new MeshStandardMaterial({ color: '#e9eced', roughness: 0.55, vertexColors: true }),
  profile: standard('#e9ecec', 0.45),
  seam: standard('#b9c0c3', 0.8),
  pane: clear('#cfe3e8', 0.09, 0.03, 0.22),
} as const;
