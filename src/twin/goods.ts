import { InvariantError } from '../kernel/error-catalogue.ts';
import type { Micros } from '../kernel/time.ts';
import type { Delivery } from '../device-emulators/definition/plant-port.ts';
import { addParcel, emptyContents, totalInto } from '../physics/fluids/contents.ts';
import type { MassBalance } from './mass-balance.ts';
import type { Plant } from './plant.ts';
import type { SceneFill, SceneVessel } from './scene/scene.ts';
import { VESSEL_KINDS } from './vessel-kinds.data.ts';

/** Temperature of what comes empty [K]. */
const ROOM = 294.15;

/** Amounts of a fill; a patient's starting material may depend on seed and batch. */
export type FillAmounts = (
  fill: SceneFill,
  vessel: Pick<SceneVessel, 'id' | 'kind' | 'batch'>,
) => Float64Array;

/** What comes into the plant from outside, and what leaves it; the mass balance counts both. */
export class Goods {
  private readonly plant: Plant;
  private readonly massBalance: MassBalance;
  private readonly amountsOf: FillAmounts;

  constructor(plant: Plant, massBalance: MassBalance, amountsOf: FillAmounts) {
    this.plant = plant;
    this.massBalance = massBalance;
    this.amountsOf = amountsOf;
  }

  /** Makes a vessel that comes from outside. */
  bringIn({ id, kind, place, batch, capped, fill }: Delivery, t: Micros): void {
    this.plant.addVessel({
      id,
      kind,
      batch,
      waste: false,
      contents: emptyContents(fill?.temperature ?? ROOM),
      since: t,
      environment: undefined,
      whereabouts: { at: 'place', place },
      capped,
      sealed: false,
    });
    if (batch !== '') this.plant.state.batches.add(batch);
    if (t > 0) this.plant.usage.vesselCame(kind);
    if (fill !== undefined) this.fill(id, fill, t);
  }

  /** Pours something from outside into a vessel that is there already, empty. */
  fill(id: string, fill: SceneFill, t: Micros): void {
    const vessel = this.plant.vessel(id);
    const amounts = this.amountsOf(fill, vessel);
    if (amounts.length !== this.plant.speciesCount) {
      throw new InvariantError(`fill of ${id} has ${amounts.length} species`);
    }
    const parcel = { portions: [{ lot: fill.lot, amounts }], temperature: fill.temperature };
    addParcel(vessel.contents, parcel);
    vessel.contents.temperature = fill.temperature;
    vessel.since = t;
    this.massBalance.bring(amounts);
    this.plant.revisions.changed('lots', id);
    this.plant.revisions.touched(id);
    this.plant.changed(undefined);
    if (t > 0) this.plant.usage.liquidCame(fill.liquid, fill.volume);
  }

  /** A vessel leaves the plant with all that it holds. */
  takeOut(id: string, t: Micros): void {
    const amounts = this.discard(id, t);
    const { batch } = this.plant.vessel(id);
    if (batch !== '') this.plant.usage.departures.push({ vessel: id, batch, time: t, amounts });
    this.plant.removeVessel(id, t);
  }

  /** Old contents leave the plant; what comes in exchange, if anything, is from outside. */
  refill(id: string, fill: SceneFill | undefined, t: Micros): void {
    this.discard(id, t);
    const vessel = this.plant.vessel(id);
    vessel.contents = emptyContents(vessel.contents.temperature);
    if (fill !== undefined) this.fill(id, fill, t);
    this.plant.revisions.changed('lots', id);
    this.plant.changed(undefined);
  }

  /** A fresh core of that kind in a shell; the old one leaves the plant with its contents. */
  refit(id: string, kind: string, t: Micros): void {
    if (VESSEL_KINDS[kind] === undefined) throw new InvariantError(`no vessel kind ${kind}`);
    this.discard(id, t);
    const vessel = this.plant.vessel(id);
    vessel.contents = emptyContents(vessel.contents.temperature);
    vessel.kind = kind;
    this.plant.usage.vesselCame(kind);
    vessel.batch = '';
    vessel.waste = false;
    this.plant.state.ports.delete(id);
    this.plant.changed(undefined);
    for (const aspect of ['lots', 'closures', 'inventory'] as const) {
      this.plant.revisions.changed(aspect, id);
    }
  }

  /** New tubing for a line; the old one leaves the plant with what it holds. */
  renewLine(id: string): void {
    for (const { portions } of this.plant.renewLine(id)) {
      this.massBalance.remove(totalInto(new Float64Array(this.plant.speciesCount), portions));
    }
  }

  /** Lets the contents of a vessel leave the plant; returns what they were. */
  private discard(id: string, t: Micros): Float64Array {
    const vessel = this.plant.vessel(id);
    this.plant.settleVessel(vessel, t);
    const gone = totalInto(new Float64Array(this.plant.speciesCount), vessel.contents.lots);
    this.massBalance.remove(gone);
    return gone;
  }
}
