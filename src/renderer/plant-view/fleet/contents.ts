import { BoxGeometry, Color, Group, Matrix4, Quaternion, Vector3, Vector4 } from 'three';
import type { ViewVessel } from '../../../kernel/view-contract.ts';
import { devicePoses } from '../../state/device-poses.ts';
import { frameStore } from '../../state/frame-store.ts';
import { Instances } from '../instances.ts';
import { liquidColour, liquidOpacity } from '../liquid-look.ts';
import { LIQUID, MATERIALS, ORDERS } from '../materials.ts';
import { deviceMatrix, type Fleet } from './fleet.ts';
import type { Contents } from './fleet-model.ts';

/** A lower level is not drawn, as a share of the height. */
const TRACE = 0.004;
/** Wall of a core, and the gap between trays as a share of their height [m]. */
const WALL = 0.003;

interface Core {
  readonly kind: string;
  readonly contents: Contents;
  readonly shell: number;
  /** One body of liquid per tray. */
  readonly liquids: readonly number[];
}

const matrix = new Matrix4();
const local = new Matrix4();
const position = new Vector3();
const size = new Vector3();
const NO_TURN = new Quaternion();
const colour = new Color();
const tint = new Vector4();

/** Cores in the bodies of devices with their liquids, seen through the windows. */
export class FleetContents {
  readonly object = new Group();
  private readonly liquids = new Instances({ material: LIQUID, tinted: true, renderOrder: 2 });
  private readonly shells = new Instances({ material: MATERIALS.film, renderOrder: ORDERS.film });
  private readonly liquidShape: number;
  private readonly shellShape: number;
  private readonly cores = new Map<number, Core>();
  private readonly slots = new Map<number, number>();
  private readonly fleet: Fleet;

  constructor(fleet: Fleet) {
    this.fleet = fleet;
    // Thousands of them may be in sight: a box each.
    const geometry = new BoxGeometry(1, 1, 1).translate(0, 0, 0.5).toNonIndexed();
    geometry.deleteAttribute('uv');
    this.liquidShape = this.liquids.geometry(geometry);
    this.shellShape = this.shells.geometry(geometry);
    this.object.add(this.liquids.object, this.shells.object);
  }

  /** Takes over which vessels there are; a refitted one has a core of another size. */
  follow(vessels: readonly ViewVessel[]): void {
    vessels.forEach(({ kind }, slot) => {
      const device = devicePoses.ownerOf(slot);
      const contents = this.fleet.prototypeAt(device)?.model.contents?.(kind);
      if (contents === undefined || this.cores.get(slot)?.kind === kind) return;
      this.remove(slot);
      const trays = Array.from({ length: contents.trays }, () =>
        this.liquids.add(this.liquidShape),
      );
      const shell = this.shells.add(this.shellShape);
      this.cores.set(slot, { kind, contents, shell, liquids: trays });
      this.slots.set(device, slot);
      this.update(device, slot);
    });
  }

  picture(): void {
    for (let k = 0; k < frameStore.vessels.size; k++) {
      const slot = frameStore.vessels.at(k);
      if (this.cores.has(slot)) this.update(devicePoses.ownerOf(slot), slot);
    }
    const { changed } = this.fleet;
    for (let k = 0; k < changed.size; k++) {
      const slot = this.slots.get(changed.at(k));
      if (slot !== undefined) this.update(changed.at(k), slot);
    }
  }

  dispose(): void {
    this.liquids.dispose();
    this.shells.dispose();
  }

  private remove(slot: number): void {
    const core = this.cores.get(slot);
    if (core === undefined) return;
    this.shells.remove(core.shell);
    for (const id of core.liquids) this.liquids.remove(id);
    this.cores.delete(slot);
  }

  private update(device: number, slot: number): void {
    const core = this.cores.get(slot);
    if (core === undefined) return;
    const { contents, shell, liquids } = core;
    const isNear = this.fleet.isNear(device);
    this.shells.show(shell, isNear);
    if (!isNear) {
      for (const id of liquids) this.liquids.show(id, false);
      return;
    }
    const [w, d, h] = contents.size;
    const [x, y, z] = contents.at;
    deviceMatrix(device, matrix);
    // A core is higher than its liquid is when full: there must be gas above it.
    const height = 1.35 * h + WALL;
    local.compose(
      position.set(x, y, z - WALL),
      NO_TURN,
      size.set(w + 2 * WALL, d + 2 * WALL, height),
    );
    this.shells.place(shell, local.premultiply(matrix));
    const fill = Math.min(1, frameStore.vessel(slot, 'fill'));
    const turbidity = frameStore.vessel(slot, 'turbidity');
    liquidColour(frameStore.vessel(slot, 'tint'), turbidity, colour);
    tint.set(colour.r, colour.g, colour.b, liquidOpacity(turbidity));
    const pitch = height / contents.trays;
    liquids.forEach((id, tray) => {
      this.liquids.show(id, fill > TRACE);
      if (fill <= TRACE) return;
      position.set(x, y, z + tray * pitch);
      local.compose(position, NO_TURN, size.set(w, d, (h * fill) / contents.trays));
      this.liquids.place(id, local.premultiply(matrix));
      this.liquids.tint(id, tint);
    });
  }
}
