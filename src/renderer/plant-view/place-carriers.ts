import { Matrix4, type Object3D, Vector3 } from 'three';
import type { ViewEquipment } from '../../kernel/view-contract.ts';
import type { Model } from './model.ts';

interface Carrier {
  readonly at: Vector3;
  readonly part: Object3D;
  /** Inverse of the part's resting pose in the plant's frame. */
  readonly rest: Matrix4;
  /** Turns what stands on the resting part to where the moving one has it. */
  readonly motion: Matrix4;
}

/** A vessel this close to a place stands in it [m]. */
const IN_PLACE = 2e-3;
const inverse = new Matrix4();

/**
 * Parts of models that carry what stands on them: buckets of a turning rotor, a tilting fork. The
 * twin gives a vessel in a place the resting pose of that place; the picture moves it with the part.
 */
class PlaceCarriers {
  private carriers: readonly Carrier[] = [];

  /** Takes the parts of models that have just been built, at rest and not yet in the scene. */
  register(placed: readonly { equipment: ViewEquipment; model: Model }[]): void {
    this.carriers = placed.flatMap(({ equipment, model }) =>
      Object.entries(model.places ?? {}).flatMap(([name, part]): Carrier[] => {
        const pose = equipment.places[name];
        if (pose === undefined) return [];
        part.updateWorldMatrix(true, false);
        const rest = part.matrixWorld.clone().invert();
        return [{ at: new Vector3(...pose.position), part, rest, motion: new Matrix4() }];
      }),
    );
  }

  /** Brings the carriers to the present; `plant` is the object in whose frame vessels have poses. */
  update(plant: Object3D): void {
    inverse.copy(plant.matrixWorld).invert();
    for (const { part, rest, motion } of this.carriers) {
      part.updateWorldMatrix(true, false);
      motion.copy(inverse).multiply(part.matrixWorld).multiply(rest);
    }
  }

  /** The motion of the part on which a vessel at these coordinates stands. */
  find(x: number, y: number, z: number): Matrix4 | undefined {
    return this.carriers.find(
      ({ at }) => Math.abs(at.x - x) + Math.abs(at.y - y) + Math.abs(at.z - z) < IN_PLACE,
    )?.motion;
  }
}

export const placeCarriers = new PlaceCarriers();
