import type { BufferGeometry, Material } from 'three';
import { Box3, Sphere } from 'three';
import type { ViewEquipment } from '../../../kernel/view-contract.ts';
import type { Detail } from '../assembly.ts';
import { PAINT } from '../paint.ts';
import { MATERIALS, ORDERS } from '../materials.ts';
import { Instances } from '../instances.ts';
import type { FleetModel, FleetPart } from './fleet-model.ts';

/** Materials of fleets: what is painted, and what is seen through. */
export const FLEET_MATERIALS: readonly Material[] = [
  PAINT,
  MATERIALS.lamp,
  MATERIALS.film,
  MATERIALS.smoked,
  MATERIALS.glass,
];

/** The instances of one fleet material, in the order of {@link FLEET_MATERIALS}. */
export function createInstances(): readonly Instances[] {
  const order = new Map<Material, number>([
    [MATERIALS.film, ORDERS.film],
    [MATERIALS.smoked, ORDERS.smoked],
    [MATERIALS.glass, ORDERS.glass],
  ]);
  return FLEET_MATERIALS.map(
    (material) =>
      new Instances({
        material,
        renderOrder: order.get(material) ?? 0,
        castShadow: material === PAINT,
      }),
  );
}

/** Nothing is drawn of a material at a level. */
export const ABSENT = -1;

interface PrototypePart extends FleetPart {
  /** Number of its geometry by material. */
  readonly geometries: readonly number[];
}

/** Geometry that all devices of one look share. */
export interface Prototype {
  readonly model: FleetModel;
  /** Number of the geometry by level of detail and material. */
  readonly levels: readonly (readonly number[])[];
  readonly triangles: readonly number[];
  readonly parts: readonly PrototypePart[];
  /** The near body, for outlines. */
  readonly near: ReadonlyMap<Material, BufferGeometry>;
  /** Encloses one copy of the body. */
  readonly sphere: Sphere;
}

const LEVELS: readonly Detail[] = [0, 1, 2];

function store(
  geometries: ReadonlyMap<Material, BufferGeometry>,
  instances: readonly Instances[],
): number[] {
  for (const material of geometries.keys()) {
    if (!FLEET_MATERIALS.includes(material)) throw new RangeError('no material of fleets');
  }
  return FLEET_MATERIALS.map((material, i) => {
    const geometry = geometries.get(material);
    return geometry === undefined ? ABSENT : (instances[i]?.geometry(geometry) ?? ABSENT);
  });
}

export function createPrototype(model: FleetModel, instances: readonly Instances[]): Prototype {
  const bodies = LEVELS.map((detail) => model.body(detail).merge());
  const levels = bodies.map((geometries) => store(geometries, instances));
  const near = bodies[0] ?? new Map<Material, BufferGeometry>();
  const box = new Box3();
  for (const geometry of near.values()) {
    geometry.computeBoundingBox();
    if (geometry.boundingBox !== null) box.union(geometry.boundingBox);
  }
  return {
    model,
    levels,
    triangles: levels.map((ids) =>
      ids.reduce(
        (sum, id, i) => sum + (id === ABSENT ? 0 : (instances[i]?.trianglesOf(id) ?? 0)),
        0,
      ),
    ),
    parts: (model.parts ?? []).map((part) => ({
      ...part,
      geometries: store(part.body.merge(), instances),
    })),
    near,
    sphere: box.getBoundingSphere(new Sphere()),
  };
}

/** What two devices must have in common to look the same. */
export function lookKey({ type, size, appearance }: ViewEquipment): string {
  return JSON.stringify([type, size, appearance]);
}
