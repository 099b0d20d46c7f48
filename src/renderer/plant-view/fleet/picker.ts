import { Box3, type Intersection, Matrix4, Object3D, Ray, type Raycaster, Vector3 } from 'three';
import type { ViewEquipment } from '../../../kernel/view-contract.ts';
import { deviceMatrix, type Fleet } from './fleet.ts';

const ray = new Ray();
const box = new Box3();
const matrix = new Matrix4();
const inverse = new Matrix4();
const hit = new Vector3();
const centre = new Vector3();

/**
 * Finds the device under the pointer by boxes: thousands of bodies would be too many to test by their
 * triangles. Intersections carry the device's index as `instanceId`.
 */
export class FleetPicker extends Object3D {
  private readonly fleet: Fleet;
  private readonly equipment: readonly ViewEquipment[];

  constructor(fleet: Fleet, equipment: readonly ViewEquipment[]) {
    super();
    this.fleet = fleet;
    this.equipment = equipment;
  }

  override raycast(raycaster: Raycaster, found: Intersection[]): void {
    this.equipment.forEach(({ size: [w, d, h] }, device) => {
      const prototype = this.fleet.prototypeAt(device);
      if (prototype === undefined) return;
      deviceMatrix(device, matrix).premultiply(this.matrixWorld);
      const { copies = [[0, 0, 0]], boxes } = prototype.model;
      // Most are far from the ray; racks are as long as their copies reach.
      if (copies.length === 1) {
        centre.copy(prototype.sphere.center).applyMatrix4(matrix);
        if (raycaster.ray.distanceSqToPoint(centre) > prototype.sphere.radius ** 2) return;
      }
      ray.copy(raycaster.ray).applyMatrix4(inverse.copy(matrix).invert());
      for (const [x, y, z] of copies) {
        for (const [min, max] of boxes ?? [
          [
            [-w / 2, -d / 2, 0],
            [w / 2, d / 2, h],
          ],
        ]) {
          box.min.set(min[0] + x, min[1] + y, min[2] + z);
          box.max.set(max[0] + x, max[1] + y, max[2] + z);
          if (ray.intersectBox(box, hit) === null) continue;
          const point = hit.clone().applyMatrix4(matrix);
          const distance = raycaster.ray.origin.distanceTo(point);
          found.push({ distance, point, object: this, instanceId: device });
        }
      }
    });
  }
}
