import { InvariantError } from '../kernel/error-catalogue.ts';
import type { Micros } from '../kernel/time.ts';
import { totalInto } from '../physics/fluids/contents.ts';
import type { Parcel, SupplyKind, SupplyView } from '../device-emulators/definition/plant-port.ts';
import type { Plant } from './plant.ts';
import type { SceneSupply } from './scene/scene.ts';

const NOTHING: Parcel = { portions: [], temperature: 293.15 };

/**
 * Networks of medium, buffer, gas and drains. Their pipes are ring mains, always full and moving, so
 * what is drawn comes from the source itself.
 */
export class Supplies {
  private readonly plant: Plant;
  private readonly byDevice = new Map<string, SceneSupply[]>();
  private readonly liquids = new Map<string, string>();
  /** The machine of a served device hears that a network has opened or shut. */
  private readonly notify: (device: string) => void;

  constructor(plant: Plant, notify: (device: string) => void) {
    this.plant = plant;
    this.notify = notify;
    for (const supply of plant.scene.supplies) {
      plant.state.supplies.set(supply.id, true);
      const filled = plant.scene.vessels.find(({ place }) => place === supply.from);
      this.liquids.set(supply.id, filled?.fill?.liquid ?? '');
      for (const device of supply.to) {
        this.byDevice.set(device, [...(this.byDevice.get(device) ?? []), supply]);
      }
    }
  }

  /** The network of a kind that serves a device or what it is docked in: of several, one that is open. */
  find(device: string, carries: SupplyKind): SupplyView | undefined {
    const { supplies } = this.plant.state;
    for (const id of [device, ...this.plant.locations.holders(device)]) {
      const all = (this.byDevice.get(id) ?? []).filter((s) => s.carries === carries);
      const supply = all.find((candidate) => supplies.get(candidate.id) === true) ?? all[0];
      if (supply === undefined) continue;
      const open = supplies.get(supply.id) ?? false;
      return {
        id: supply.id,
        source: supply.from,
        liquid: this.liquids.get(supply.id) ?? '',
        open,
      };
    }
    return undefined;
  }

  draw(device: string, carries: SupplyKind, volume: number, t: Micros): Parcel {
    const supply = this.find(device, carries);
    if (supply?.open !== true || supply.source === '') return NOTHING;
    return this.plant.withdraw(this.plant.vessel(supply.source), volume, 'mixed', t);
  }

  /** Lets something into the drain, where it is waste: lots are no longer told apart. */
  drain(device: string, parcel: Parcel, t: Micros): void {
    const supply = this.find(device, 'drain');
    if (supply === undefined) throw new InvariantError(`${device} has no drain`);
    const amounts = totalInto(new Float64Array(this.plant.speciesCount), parcel.portions);
    const { temperature } = parcel;
    const portions = [{ lot: supply.source, amounts }];
    this.plant.deposit(this.plant.vessel(supply.source), { portions, temperature }, t);
  }

  /** Opens or shuts all networks that begin in an own vessel of `source`. */
  setOpen(source: string, open: boolean): void {
    const { scene, state, locations } = this.plant;
    const served = new Set<string>();
    for (const { id, from, to } of scene.supplies) {
      if (from.split('.')[0] !== source || state.supplies.get(id) === open) continue;
      state.supplies.set(id, open);
      for (const device of to) served.add(device);
    }
    if (served.size === 0) return;
    this.plant.changed(undefined);
    for (const { id } of scene.devices) {
      if ([id, ...locations.holders(id)].some((holder) => served.has(holder))) this.notify(id);
    }
  }
}
