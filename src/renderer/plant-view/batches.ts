import {
  BatchedMesh,
  type BufferGeometry,
  Group,
  type Material,
  Matrix4,
  Mesh,
  type Object3D,
  Vector4,
} from 'three';

/** Drawing order of see-through materials; those of one order are sorted by distance. */
export interface BatchRule {
  readonly material: Material;
  readonly renderOrder?: number;
  /** Instances have colours of their own. */
  readonly tinted?: boolean;
}

interface Member {
  readonly mesh: Mesh;
  readonly id: number;
  readonly matrix: Matrix4;
  shown: boolean;
  readonly tint: Vector4 | undefined;
  readonly lastTint: Vector4;
}

interface Batch {
  readonly drawn: BatchedMesh;
  readonly members: readonly Member[];
}

const WHITE = new Vector4(1, 1, 1, 1);
const tints = new WeakMap<Mesh, Vector4>();

/** Colour and opacity that a mesh has in a tinted batch; change it in place. */
export function tintOf(mesh: Mesh): Vector4 {
  let tint = tints.get(mesh);
  if (tint === undefined) {
    tint = new Vector4(1, 1, 1, 1);
    tints.set(mesh, tint);
  }
  return tint;
}

/**
 * Draws many small meshes with few calls: one batch per shared material. The meshes stay in the scene
 * unseen, move with their parents, and answer to picking; what changed is copied before each picture.
 */
export class Batches {
  readonly object = new Group();
  private readonly batches: Batch[] = [];

  private readonly roots: readonly Object3D[];

  constructor(roots: readonly Object3D[], rules: readonly BatchRule[]) {
    this.roots = roots;
    const found = new Map<Material, Mesh[]>(rules.map(({ material }) => [material, []]));
    for (const root of roots) {
      root.traverse((object) => {
        if (!(object instanceof Mesh) || Array.isArray(object.material)) return;
        found.get(object.material as Material)?.push(object);
      });
    }
    for (const rule of rules) {
      const meshes = found.get(rule.material) ?? [];
      if (meshes.length > 0) this.batches.push(createBatch(rule, meshes));
    }
    for (const { drawn } of this.batches) this.object.add(drawn);
  }

  /** Copies poses, visibility and colours; tells whether anything changed. */
  update(): boolean {
    for (const root of this.roots) root.updateWorldMatrix(true, true);
    let changed = false;
    for (const { drawn, members } of this.batches) {
      for (const member of members) if (copy(drawn, member)) changed = true;
    }
    return changed;
  }

  dispose(): void {
    for (const { drawn, members } of this.batches) {
      for (const { mesh } of members) mesh.visible = true;
      drawn.dispose();
    }
  }
}

function createBatch({ material, renderOrder, tinted }: BatchRule, meshes: Mesh[]): Batch {
  const geometries = new Set<BufferGeometry>(meshes.map(({ geometry }) => geometry));
  let vertices = 0;
  let indices = 0;
  for (const { attributes, index } of geometries) {
    vertices += attributes.position?.count ?? 0;
    indices += index?.count ?? 0;
  }
  const drawn = new BatchedMesh(meshes.length, vertices, indices, material);
  drawn.sortObjects = material.transparent;
  drawn.frustumCulled = false;
  drawn.renderOrder = renderOrder ?? 0;
  drawn.castShadow = meshes.some(({ castShadow }) => castShadow);
  drawn.receiveShadow = meshes.some(({ receiveShadow }) => receiveShadow);
  drawn.raycast = () => undefined;
  const ids = new Map<BufferGeometry, number>();
  for (const geometry of geometries) ids.set(geometry, drawn.addGeometry(geometry));
  const members = meshes.map((mesh): Member => {
    const id = drawn.addInstance(ids.get(mesh.geometry) ?? 0);
    mesh.visible = false;
    if (tinted === true) drawn.setColorAt(id, WHITE);
    return {
      mesh,
      id,
      matrix: new Matrix4().makeScale(0, 0, 0),
      shown: true,
      tint: tinted === true ? tintOf(mesh) : undefined,
      lastTint: WHITE.clone(),
    };
  });
  return { drawn, members };
}

function isShown(mesh: Mesh): boolean {
  for (let object = mesh.parent; object !== null; object = object.parent) {
    if (!object.visible) return false;
  }
  return true;
}

function copy(drawn: BatchedMesh, member: Member): boolean {
  const { mesh, id, matrix, tint, lastTint } = member;
  let changed = false;
  const shown = isShown(mesh);
  if (shown !== member.shown) {
    member.shown = shown;
    drawn.setVisibleAt(id, shown);
    changed = true;
  }
  if (!shown) return changed;
  if (!matrix.equals(mesh.matrixWorld)) {
    matrix.copy(mesh.matrixWorld);
    drawn.setMatrixAt(id, matrix);
    changed = true;
  }
  if (tint !== undefined && !lastTint.equals(tint)) {
    lastTint.copy(tint);
    drawn.setColorAt(id, tint);
  }
  return changed;
}
