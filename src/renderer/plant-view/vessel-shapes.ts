import { type BufferGeometry, LatheGeometry, SphereGeometry, Vector2 } from 'three';
import type { ViewVessel } from '../../kernel/view-contract.ts';
import { outwards, type Profile } from './profile.ts';

/** Batches take geometries of the same attributes only. */
function bare(geometry: BufferGeometry): BufferGeometry {
  const plain = geometry.toNonIndexed();
  plain.deleteAttribute('uv');
  return plain;
}

function lathe(profile: Profile, segments = 32): BufferGeometry {
  return bare(
    new LatheGeometry(
      outwards(profile).map(([r, z]) => new Vector2(r, z)),
      segments,
    ).rotateX(Math.PI / 2),
  );
}

export interface VesselShapeParts {
  readonly shell: BufferGeometry;
  /** Fills the shell to the brim; scaled along Z by the level. */
  readonly liquid: BufferGeometry;
  readonly cap: BufferGeometry | undefined;
  readonly pellet: BufferGeometry | undefined;
  /** Height from the vessel's foot at which the liquid begins [m]. */
  readonly liquidFoot: number;
  /** Where the cap sits [m]. */
  readonly capFoot: number;
}

/** Flat cushion of unit thickness, its welded rim thin: a superellipse in its plane. */
function pillow(halfWidth: number, height: number, thickness: number): BufferGeometry {
  const geometry = new SphereGeometry(1, 32, 20);
  const position = geometry.attributes.position;
  if (position === undefined) return bare(geometry);
  for (let i = 0; i < position.count; i++) {
    const x = position.getX(i);
    const y = position.getY(i);
    const z = position.getZ(i);
    const squarer = (v: number): number => Math.sign(v) * Math.abs(v) ** 0.42;
    const rim = Math.hypot(x, y);
    const flat = rim < 1e-6 ? 0 : rim;
    const angleX = flat === 0 ? 0 : x / flat;
    const angleY = flat === 0 ? 0 : y / flat;
    const reach = flat ** 0.8;
    position.setXYZ(
      i,
      squarer(angleX) * reach * halfWidth,
      Math.sign(z) * Math.abs(z) ** 1.15 * (thickness / 2),
      squarer(angleY) * reach * (height / 2) + height / 2,
    );
  }
  geometry.computeVertexNormals();
  return bare(geometry);
}

function bottle({ radius: r, height: h }: ViewVessel): VesselShapeParts {
  const neck = Math.min(r * 0.62, 0.022);
  const shoulder = h * 0.74;
  const capHeight = h * 0.13;
  return {
    shell: lathe([
      [0, 0.002],
      [r * 0.8, 0],
      [r * 0.97, r * 0.12],
      [r, r * 0.3],
      [r, shoulder],
      [r * 0.93, shoulder + r * 0.22],
      [neck * 1.12, h * 0.87],
      [neck, h * 0.89],
      [neck, h - 0.002],
    ]),
    liquid: lathe([
      [0, 0],
      [r * 0.86, 0],
      [r * 0.95, r * 0.12],
      [r * 0.95, h * 0.78],
      [r * 0.945, h * 0.781],
      [0, h * 0.781],
    ]),
    cap: lathe([
      [0, capHeight],
      [neck * 1.2, capHeight],
      [neck * 1.3, capHeight - 0.002],
      [neck * 1.34, 0.001],
      [neck * 1.2, 0],
    ]),
    pellet: lathe([
      [0, r * 0.13],
      [r * 0.4, r * 0.11],
      [r * 0.82, r * 0.03],
      [r * 0.85, 0],
      [0, 0],
    ]),
    liquidFoot: 0.004,
    capFoot: h * 0.9,
  };
}

function tube({ radius: r, height: h }: ViewVessel): VesselShapeParts {
  const cone = h * 0.14;
  return {
    shell: lathe([
      [0, 0],
      [r * 0.25, 0.001],
      [r * 0.97, cone],
      [r, cone * 1.12],
      [r, h * 0.94],
    ]),
    liquid: lathe([
      [0, 0],
      [r * 0.2, 0.001],
      [r * 0.92, cone],
      [r * 0.93, h * 0.9],
      [r * 0.92, h * 0.901],
      [0, h * 0.901],
    ]),
    cap: lathe([
      [0, h * 0.12],
      [r * 1.08, h * 0.12],
      [r * 1.16, h * 0.115],
      [r * 1.18, 0.001],
      [r * 1.04, 0],
    ]),
    pellet: lathe([
      [0, cone * 0.5],
      [r * 0.42, cone * 0.5],
      [r * 0.2, 0.002],
      [0, 0],
    ]),
    liquidFoot: 0.001,
    capFoot: h * 0.9,
  };
}

function bag({ radius, height }: ViewVessel): VesselShapeParts {
  const thickness = Math.max(0.02, radius * 0.55);
  return {
    shell: pillow(radius, height, thickness),
    liquid: pillow(radius * 0.93, height * 0.94, thickness * 0.94),
    cap: undefined,
    pellet: undefined,
    liquidFoot: height * 0.025,
    capFoot: height,
  };
}

function glassJar({ radius: r, height: h }: ViewVessel): VesselShapeParts {
  const dish = r * 0.38;
  return {
    shell: lathe(
      [
        [0, 0],
        [r * 0.55, dish * 0.14],
        [r * 0.88, dish * 0.52],
        [r, dish],
        [r, h * 0.97],
        [r * 1.1, h * 0.975],
        [r * 1.1, h],
      ],
      40,
    ),
    liquid: lathe(
      [
        [0, 0],
        [r * 0.53, dish * 0.14],
        [r * 0.85, dish * 0.52],
        [r * 0.955, dish],
        [r * 0.955, h * 0.96],
        [r * 0.95, h * 0.962],
        [0, h * 0.962],
      ],
      40,
    ),
    cap: undefined,
    pellet: undefined,
    liquidFoot: 0.003,
    capFoot: h,
  };
}

const cache = new Map<string, VesselShapeParts>();

/** Geometry of a vessel, shared by all of its size. */
export function shapeOf(vessel: ViewVessel): VesselShapeParts {
  const key = `${vessel.shape}/${vessel.radius}/${vessel.height}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const makers = {
    bottle,
    tube,
    bag,
    bioreactor: glassJar,
    cassette: bottle,
    body: bottle,
  } as const;
  const made = makers[vessel.shape](vessel);
  cache.set(key, made);
  return made;
}
