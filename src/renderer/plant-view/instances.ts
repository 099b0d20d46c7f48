import { BatchedMesh, type BufferGeometry, type Material, Matrix4, type Vector4 } from 'three';

/** How the instances of one material are drawn. */
export interface InstanceRule {
  readonly material: Material;
  readonly renderOrder?: number;
  /** Instances have colours of their own. */
  readonly tinted?: boolean;
  readonly castShadow?: boolean;
}

/** Room at the start; it doubles when it is used up. */
const INSTANCES = 256;
const VERTICES = 1 << 14;
const was = new Matrix4();

/** Many instances of many geometries of one material, drawn in one call; they may come and go. */
export class Instances {
  readonly object: BatchedMesh;
  private readonly ids = new Map<BufferGeometry, number>();
  private readonly triangles: number[] = [];
  private readonly tinted: boolean;
  private instances = INSTANCES;
  private vertices = VERTICES;

  constructor({ material, renderOrder, tinted, castShadow }: InstanceRule) {
    this.tinted = tinted === true;
    const drawn = new BatchedMesh(this.instances, this.vertices, 0, material);
    drawn.sortObjects = material.transparent;
    drawn.frustumCulled = false;
    drawn.renderOrder = renderOrder ?? 0;
    drawn.castShadow = castShadow === true;
    drawn.receiveShadow = castShadow === true;
    drawn.raycast = () => undefined;
    this.object = drawn;
  }

  /** Number of a geometry, which must have no index; the same geometry is stored once. */
  geometry(geometry: BufferGeometry): number {
    const known = this.ids.get(geometry);
    if (known !== undefined) return known;
    const { count } = geometry.getAttribute('position');
    while (this.object.unusedVertexCount < count) {
      this.vertices *= 2;
      this.object.setGeometrySize(this.vertices, 0);
    }
    const id = this.object.addGeometry(geometry);
    this.ids.set(geometry, id);
    this.triangles[id] = count / 3;
    return id;
  }

  trianglesOf(geometry: number): number {
    return this.triangles[geometry] ?? 0;
  }

  /** Adds an instance of a geometry, unseen at first. */
  add(geometry: number): number {
    if (this.object.instanceCount >= this.instances) {
      this.instances *= 2;
      this.object.setInstanceCount(this.instances);
    }
    const id = this.object.addInstance(geometry);
    this.object.setVisibleAt(id, false);
    return id;
  }

  remove(id: number): void {
    this.object.deleteInstance(id);
  }

  show(id: number, shown: boolean): void {
    this.object.setVisibleAt(id, shown);
  }

  reshape(id: number, geometry: number): void {
    this.object.setGeometryIdAt(id, geometry);
  }

  place(id: number, matrix: Matrix4): void {
    // All matrices go to the graphics card when one has changed.
    if (!this.object.getMatrixAt(id, was).equals(matrix)) this.object.setMatrixAt(id, matrix);
  }

  /** Colour and opacity of an instance of a tinted material. */
  tint(id: number, colour: Vector4): void {
    if (this.tinted) this.object.setColorAt(id, colour);
  }

  dispose(): void {
    this.object.dispose();
  }
}
