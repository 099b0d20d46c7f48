import { Color, Group, Matrix4, Quaternion, Vector3, Vector4 } from 'three';
import type { ViewEquipment, ViewVessel } from '../../kernel/view-contract.ts';
import { frameStore } from '../state/frame-store.ts';
import { Instances } from './instances.ts';
import { liquidColour, liquidOpacity } from './liquid-look.ts';
import { LIQUID, MATERIALS, ORDERS, PELLET } from './materials.ts';
import { paint, PAINT } from './paint.ts';
import { placeCarriers } from './place-carriers.ts';
import { shapeOf, type VesselShapeParts } from './vessel-shapes.ts';

/** Thinner than this a liquid is not drawn, as a share of the vessel. */
const TRACE = 0.004;
const NONE = -1;

/** Device types whose own vessels can be seen; those of others are inside their bodies. */
const OPEN_TYPES = new Map<string, ViewVessel['shape']>([
  ['bioreactor', 'bioreactor'],
  ['bag-stand', 'bag'],
  ['magnetic-separator', 'bottle'],
]);

interface DrawnVessel {
  readonly vessel: ViewVessel;
  readonly shape: VesselShapeParts;
  readonly shell: number;
  readonly liquid: number;
  readonly cap: number;
  readonly pellet: number;
  /** Moves it along with the part of a device on which it stands. */
  carrier: Matrix4 | undefined;
}

const base = new Matrix4();
const part = new Matrix4();
const position = new Vector3();
const turn = new Quaternion();
const size = new Vector3();
const colour = new Color();
const tint = new Vector4();

/** All vessels with their contents, drawn in a few calls and moved by the frames. */
export class VesselFleet {
  readonly object = new Group();
  private readonly films = new Instances({ material: MATERIALS.film, renderOrder: ORDERS.film });
  private readonly glasses = new Instances({
    material: MATERIALS.glass,
    renderOrder: ORDERS.glass,
  });
  private readonly liquids = new Instances({ material: LIQUID, renderOrder: 2, tinted: true });
  private readonly solids = new Instances({ material: PAINT, castShadow: true });
  private readonly drawn: (DrawnVessel | undefined)[] = [];
  private readonly known: ViewVessel[] = [];
  private readonly carried = new Set<number>();
  private readonly types: ReadonlyMap<string, string>;
  private readonly bodies: ReadonlySet<string>;

  constructor(equipment: readonly ViewEquipment[]) {
    this.types = new Map(equipment.map(({ id, type }) => [id, type]));
    this.bodies = new Set(equipment.flatMap(({ body }) => body ?? []));
    for (const { object } of this.all()) this.object.add(object);
  }

  private all(): readonly Instances[] {
    return [this.films, this.glasses, this.liquids, this.solids];
  }

  /** Draws these vessels from now on; those that are the same as before are left alone. */
  follow(vessels: readonly ViewVessel[]): void {
    vessels.forEach((vessel, slot) => {
      if (this.known[slot] === vessel) return;
      this.known[slot] = vessel;
      this.remove(slot);
      if (this.isSeen(vessel)) this.drawn[slot] = this.create(vessel);
      if (this.drawn[slot] !== undefined) this.update(slot);
    });
  }

  /** Brings what moved or changed to the present picture; tells whether shadows did. */
  picture(): boolean {
    let moved = false;
    for (let k = 0; k < frameStore.vessels.size; k++) {
      const slot = frameStore.vessels.at(k);
      if (this.drawn[slot] === undefined) continue;
      this.update(slot);
      moved = true;
    }
    for (const slot of this.carried) this.place(slot);
    return moved || this.carried.size > 0;
  }

  dispose(): void {
    for (const instances of this.all()) instances.dispose();
  }

  /** Bodies are drawn as their devices, and most own vessels are inside of them. */
  private isSeen({ id, shape, fixedTo }: ViewVessel): boolean {
    if (shape === 'body' || this.bodies.has(id)) return false;
    if (fixedTo === undefined) return true;
    return OPEN_TYPES.get(this.types.get(fixedTo) ?? '') === shape;
  }

  private create(vessel: ViewVessel): DrawnVessel {
    const shape = shapeOf(vessel);
    const shells = this.shellsOf(vessel);
    const { cap, pellet } = shape;
    return {
      vessel,
      shape,
      shell: shells.add(shells.geometry(shape.shell)),
      liquid: this.liquids.add(this.liquids.geometry(shape.liquid)),
      cap:
        cap === undefined
          ? NONE
          : this.solids.add(this.solids.geometry(paint(cap, MATERIALS.accent))),
      pellet:
        pellet === undefined ? NONE : this.solids.add(this.solids.geometry(paint(pellet, PELLET))),
      carrier: undefined,
    };
  }

  private remove(slot: number): void {
    const drawn = this.drawn[slot];
    if (drawn === undefined) return;
    this.shellsOf(drawn.vessel).remove(drawn.shell);
    this.liquids.remove(drawn.liquid);
    for (const id of [drawn.cap, drawn.pellet]) if (id !== NONE) this.solids.remove(id);
    this.drawn[slot] = undefined;
    this.carried.delete(slot);
  }

  private shellsOf({ shape }: ViewVessel): Instances {
    return shape === 'bioreactor' ? this.glasses : this.films;
  }

  private update(slot: number): void {
    const drawn = this.drawn[slot];
    if (drawn === undefined) return;
    const { liquid, cap, pellet } = drawn;
    const present = frameStore.vessel(slot, 'present') > 0.5;
    const fill = Math.min(1, frameStore.vessel(slot, 'fill'));
    this.shellsOf(drawn.vessel).show(drawn.shell, present);
    this.liquids.show(liquid, present && fill > TRACE);
    if (cap !== NONE) this.solids.show(cap, present && frameStore.vessel(slot, 'capped') > 0.5);
    if (pellet !== NONE) {
      this.solids.show(pellet, present && frameStore.vessel(slot, 'pellet') > 0.02);
    }
    this.carried.delete(slot);
    if (!present) return;
    const turbidity = frameStore.vessel(slot, 'turbidity');
    liquidColour(frameStore.vessel(slot, 'tint'), turbidity, colour);
    this.liquids.tint(liquid, tint.set(colour.r, colour.g, colour.b, liquidOpacity(turbidity)));
    drawn.carrier = placeCarriers.find(
      frameStore.vessel(slot, 'x'),
      frameStore.vessel(slot, 'y'),
      frameStore.vessel(slot, 'z'),
    );
    if (drawn.carrier !== undefined) this.carried.add(slot);
    this.place(slot);
  }

  private place(slot: number): void {
    const drawn = this.drawn[slot];
    if (drawn === undefined) return;
    const { vessel, shape, shell, liquid, cap, pellet, carrier } = drawn;
    position.set(
      frameStore.vessel(slot, 'x'),
      frameStore.vessel(slot, 'y'),
      frameStore.vessel(slot, 'z'),
    );
    turn.set(
      frameStore.vessel(slot, 'qx'),
      frameStore.vessel(slot, 'qy'),
      frameStore.vessel(slot, 'qz'),
      frameStore.vessel(slot, 'qw'),
    );
    base.compose(position, turn, size.set(1, 1, 1));
    if (carrier !== undefined) base.premultiply(carrier);
    this.shellsOf(vessel).place(shell, base);
    const fill = Math.min(1, frameStore.vessel(slot, 'fill'));
    // A bag bulges as it fills; in rigid vessels only the level rises.
    if (vessel.shape === 'bag') size.set(1, 0.25 + 0.75 * fill, 0.3 + 0.7 * fill ** 0.6);
    else size.set(1, 1, Math.max(TRACE, fill));
    this.liquids.place(liquid, at(shape.liquidFoot, size));
    if (cap !== NONE) this.solids.place(cap, at(shape.capFoot, size.set(1, 1, 1)));
    if (pellet !== NONE) {
      const share = Math.max(0.05, frameStore.vessel(slot, 'pellet'));
      this.solids.place(pellet, at(shape.liquidFoot, size.set(1, 1, share)));
    }
  }
}

const NO_TURN = new Quaternion();

/** Matrix of a part `foot` above the vessel's, scaled. */
function at(foot: number, scale: Vector3): Matrix4 {
  return part.compose(position.set(0, 0, foot), NO_TURN, scale).premultiply(base);
}
