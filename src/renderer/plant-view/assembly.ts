import {
  BoxGeometry,
  type BufferGeometry,
  CatmullRomCurve3,
  ExtrudeGeometry,
  Group,
  LatheGeometry,
  type Material,
  type Matrix4,
  Mesh,
  Path,
  Shape,
  TorusGeometry,
  TubeGeometry,
  Vector2,
  Vector3,
} from 'three';
import { RoundedBoxGeometry } from 'three/addons/geometries/RoundedBoxGeometry.js';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import { isCoat, PAINT, paint } from './paint.ts';
import { outwards, type Profile } from './profile.ts';

export type Point = readonly [x: number, y: number, z: number];
export type Axis = 'x' | 'y' | 'z';

const FINEST_SEGMENTS = 30;
/** A box no thicker than this has bevels of one step, others of two [m]. */
const THIN = 0.022;

/** How much of a body is built: 0 seen from near, 1 across a room, 2 across the hall. */
export type Detail = 0 | 1 | 2;
/** Parts whose longest edge is shorter are left out, by detail [m]. */
const LEAST_EDGE = [0, 0.06, 0.22] as const;
/** Round bodies have so many sides at most, by detail. */
const MOST_SIDES = [FINEST_SEGMENTS, 10, 6] as const;

/**
 * Collects bevelled primitives and merges them: what is painted into one mesh, the rest into one per
 * material. Z is up; boxes and cylinders stand on the given point. With less detail the same calls make
 * plainer bodies without their small parts.
 */
export class Assembly {
  private readonly parts = new Map<Material, BufferGeometry[]>();
  readonly detail: Detail;

  constructor(detail: Detail = 0) {
    this.detail = detail;
  }

  /** Sides of a round body: as many as its size can show. */
  private sides(radius: number): number {
    return Math.round(Math.min(MOST_SIDES[this.detail], 8 + radius * 420));
  }

  private isTooSmall(...edges: readonly number[]): boolean {
    return Math.max(...edges) < LEAST_EDGE[this.detail];
  }

  /** Rounded box whose bottom centre is at `at`. */
  box(material: Material, size: Point, at: Point, radius = 0.008): this {
    if (this.isTooSmall(...size)) return this;
    if (this.detail > 0) {
      const plain = new BoxGeometry(...size);
      return this.add(material, plain.translate(at[0], at[1], at[2] + size[2] / 2));
    }
    const bevel = Math.min(radius, Math.min(...size) * 0.49);
    const steps = Math.min(...size) > THIN ? 2 : 1;
    const geometry = new RoundedBoxGeometry(size[0], size[1], size[2], steps, bevel);
    return this.add(material, geometry.translate(at[0], at[1], at[2] + size[2] / 2));
  }

  /** Cylinder with rounded edges along an axis, from `at` in the positive direction. */
  cylinder(
    material: Material,
    radius: number,
    height: number,
    at: Point,
    axis: Axis = 'z',
    topRadius = radius,
  ): this {
    const b = Math.min(0.004, radius * 0.3, height * 0.3);
    const profile: Profile = [
      [0, 0],
      [radius - b, 0],
      [radius, b],
      [topRadius, height - b],
      [topRadius - b, height],
      [0, height],
    ];
    return this.lathe(material, profile, at, axis);
  }

  /** Body of revolution around an axis through `at`, seen from outside. */
  lathe(
    material: Material,
    profile: Profile,
    at: Point,
    axis: Axis = 'z',
    segments = this.sides(Math.max(...profile.map(([r]) => r))),
  ): this {
    return this.turned(material, outwards(profile), at, axis, segments);
  }

  /** Bowl around an upright axis, seen from inside; its profile runs from the bottom up. */
  bowl(material: Material, profile: Profile, at: Point, segments: number): this {
    return this.turned(material, [...outwards(profile)].reverse(), at, 'z', segments);
  }

  private turned(
    material: Material,
    profile: Profile,
    at: Point,
    axis: Axis,
    segments: number,
  ): this {
    const heights = profile.map(([, z]) => z);
    const width = 2 * Math.max(...profile.map(([r]) => r));
    if (this.isTooSmall(width, Math.max(...heights) - Math.min(...heights))) return this;
    const points = profile.map(([r, z]) => new Vector2(r, z));
    const geometry = new LatheGeometry(
      points,
      Math.min(segments, this.detail > 0 ? MOST_SIDES[this.detail] : segments),
    );
    if (axis === 'z') geometry.rotateX(Math.PI / 2);
    if (axis === 'x') geometry.rotateZ(-Math.PI / 2);
    return this.add(material, geometry.translate(...at));
  }

  /** Lying plate of rounded corners with a round hole in its middle, its underside at `at`. */
  plateWithHole(
    material: Material,
    [w, d, t]: Point,
    at: Point,
    corner: number,
    hole: number,
  ): this {
    const shape = new Shape();
    const [x, y] = [w / 2 - corner, d / 2 - corner];
    shape.absarc(x, y, corner, 0, Math.PI / 2, false);
    shape.absarc(-x, y, corner, Math.PI / 2, Math.PI, false);
    shape.absarc(-x, -y, corner, Math.PI, 1.5 * Math.PI, false);
    shape.absarc(x, -y, corner, 1.5 * Math.PI, 2 * Math.PI, false);
    shape.holes.push(new Path().absarc(0, 0, hole, 0, 2 * Math.PI, true) as Path);
    const bevel = Math.min(0.006, t / 3);
    const geometry = new ExtrudeGeometry(shape, {
      depth: t - 2 * bevel,
      bevelSize: bevel,
      bevelOffset: -bevel,
      bevelThickness: bevel,
      bevelSegments: 2,
      curveSegments: 24,
    });
    return this.add(material, geometry.translate(at[0], at[1], at[2] + bevel));
  }

  /** Ring around an axis, its centre at `at`. */
  ring(material: Material, radius: number, thickness: number, at: Point, axis: Axis = 'z'): this {
    if (this.detail > 0) return this;
    const geometry = new TorusGeometry(radius, thickness, 8, this.sides(radius) + 6);
    if (axis === 'x') geometry.rotateY(Math.PI / 2);
    if (axis === 'y') geometry.rotateX(Math.PI / 2);
    return this.add(material, geometry.translate(...at));
  }

  /** Hose or cable through points. */
  hose(material: Material, radius: number, points: readonly Point[]): this {
    if (this.detail > 0) return this;
    const curve = new CatmullRomCurve3(points.map((p) => new Vector3(...p)));
    return this.add(material, new TubeGeometry(curve, points.length * 6, radius, 7));
  }

  add(material: Material, geometry: BufferGeometry): this {
    const plain = geometry.index === null ? geometry : geometry.toNonIndexed();
    // None of the shared materials has a map; all parts must have the same attributes.
    plain.deleteAttribute('uv');
    if (isCoat(material)) return this.keep(PAINT, paint(plain, material));
    return this.keep(material, plain);
  }

  private keep(material: Material, geometry: BufferGeometry): this {
    const list = this.parts.get(material);
    if (list === undefined) this.parts.set(material, [geometry]);
    else list.push(geometry);
    return this;
  }

  /** Takes over all parts of another assembly. */
  take(other: Assembly): this {
    for (const [material, list] of other.parts) for (const part of list) this.keep(material, part);
    return this;
  }

  /** Turns what was collected so far. */
  transform(matrix: Matrix4): this {
    for (const list of this.parts.values()) for (const part of list) part.applyMatrix4(matrix);
    return this;
  }

  /** The merged bodies by what they are drawn with. */
  merge(): ReadonlyMap<Material, BufferGeometry> {
    const merged = new Map<Material, BufferGeometry>();
    for (const [material, parts] of this.parts) merged.set(material, mergeGeometries(parts));
    return merged;
  }

  /** One mesh per material under a group at `at`. */
  build(at: Point = [0, 0, 0]): Group {
    const group = new Group();
    group.position.set(...at);
    for (const [material, geometry] of this.merge()) {
      const mesh = new Mesh(geometry, material);
      mesh.castShadow = !material.transparent;
      mesh.receiveShadow = !material.transparent;
      group.add(mesh);
    }
    return group;
  }
}
