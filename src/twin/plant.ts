import { InvariantError } from '../kernel/error-catalogue.ts';
import { composePose, type Pose } from '../kernel/pose.ts';
import type { Micros } from '../kernel/time.ts';
import type { PlaceDeclaration, PortDeclaration } from '../device-emulators/definition/device.ts';
import type {
  Parcel,
  VesselEnvironment,
  VesselView,
} from '../device-emulators/definition/plant-port.ts';
import {
  addParcel,
  applyTotals,
  emptyContents,
  takeFractions,
  takeVolume,
  totalInto,
  VOLUME,
  volumeOf,
} from '../physics/fluids/contents.ts';
import { emptyTubing, holdUpVolume, wetVolume } from '../physics/fluids/tubing.ts';
import type { LineState, PlantState, VesselState, Whereabouts } from './plant-state.ts';
import { PlantAir } from './plant-air.ts';
import { Revisions } from './revisions.ts';
import type { Scene, SceneDevice, SceneZone } from './scene/scene.ts';
import {
  relaxedTemperature,
  type VesselDynamics,
  type VesselTrajectory,
} from './vessel-dynamics.ts';
import { VESSEL_KINDS, type VesselKind } from './vessel-kinds.data.ts';

/** Density of contents [kg/m3], water-like, assumed for weighing. */
const DENSITY = 1005;

export interface PlaceInfo {
  readonly device: SceneDevice;
  readonly declaration: PlaceDeclaration;
  readonly pose: Pose;
}

export interface PortInfo {
  readonly device: SceneDevice;
  readonly declaration: PortDeclaration;
}

/** What the plant asks of the species table. */
export interface SpeciesInfo {
  readonly count: number;
  isParticle(species: number): boolean;
  /** Living cells, to whose lot the products of a mixture are credited. */
  isCarrier(species: number): boolean;
}

/** Called before something at a device changes at `t`. */
type BeforeChange = (device: string, t: Micros) => void;

/** The plant graph: vessels, places and tubing, and the verbs by which they change. */
export class Plant {
  readonly state: PlantState;
  readonly air: PlantAir;
  readonly places = new Map<string, PlaceInfo>();
  readonly ports = new Map<string, PortInfo>();
  readonly zones = new Map<string, SceneZone>();
  private readonly trajectories = new Map<string, VesselTrajectory>();
  private readonly occupants = new Map<string, string>();
  readonly scene: Scene;
  readonly revisions = new Revisions();
  private readonly species: SpeciesInfo;
  private readonly dynamics: VesselDynamics;
  private readonly beforeChange: BeforeChange;

  constructor(
    scene: Scene,
    species: SpeciesInfo,
    dynamics: VesselDynamics,
    beforeChange: BeforeChange,
    airChanged: (device: string) => void,
  ) {
    this.scene = scene;
    this.species = species;
    this.dynamics = dynamics;
    this.beforeChange = beforeChange;
    this.air = new PlantAir(scene, this.revisions, airChanged);
    this.state = {
      vessels: new Map(),
      lines: new Map(),
      places: new Map(),
      air: this.air.state,
      spills: new Map(scene.zones.map(({ id, temperature }) => [id, emptyContents(temperature)])),
    };
    for (const zone of scene.zones) this.zones.set(zone.id, zone);
    for (const device of scene.devices) this.addDevice(device);
    for (const line of scene.lines) {
      this.state.lines.set(line.id, {
        id: line.id,
        from: line.from,
        to: line.to,
        connected: line.connected,
        joints: line.connected ? 1 : 0,
        shut: false,
        tubing: emptyTubing(holdUpVolume(line.bore, line.length)),
        flow: undefined,
      });
    }
  }

  private addDevice(device: SceneDevice): void {
    const { definition, id, pose, config } = device;
    for (const declaration of definition.places(config)) {
      const name = `${id}.${declaration.name}`;
      this.places.set(name, {
        device,
        declaration,
        pose: composePose(pose, declaration.pose),
      });
      this.state.places.set(name, { open: declaration.open });
    }
    for (const declaration of definition.ports(config)) {
      this.ports.set(`${id}.${declaration.name}`, { device, declaration });
    }
    for (const own of definition.vessels(config)) {
      this.addVessel({
        id: `${id}.${own.name}`,
        kind: own.kind,
        batch: '',
        waste: own.waste ?? false,
        contents: emptyContents(this.zone(device.zone).temperature),
        since: 0,
        environment: undefined,
        whereabouts: { at: 'own', device: id, name: own.name },
        capped: false,
        sealed: true,
      });
    }
  }

  get speciesCount(): number {
    return this.species.count;
  }

  isParticle(species: number): boolean {
    return this.species.isParticle(species);
  }

  addVessel(vessel: VesselState): void {
    if (this.state.vessels.has(vessel.id)) throw new InvariantError(`vessel ${vessel.id} exists`);
    this.state.vessels.set(vessel.id, vessel);
    if (vessel.whereabouts.at === 'place') {
      this.occupants.set(vessel.whereabouts.place, vessel.id);
    }
  }

  zone(id: string): SceneZone {
    const zone = this.zones.get(id);
    if (zone === undefined) throw new InvariantError(`no zone ${id}`);
    return zone;
  }

  vessel(id: string): VesselState {
    const vessel = this.state.vessels.get(id);
    if (vessel === undefined) throw new InvariantError(`no vessel ${id}`);
    return vessel;
  }

  kindOf(vessel: VesselState): VesselKind {
    const kind = VESSEL_KINDS[vessel.kind];
    if (kind === undefined) throw new InvariantError(`no vessel kind ${vessel.kind}`);
    return kind;
  }

  line(id: string): LineState {
    const line = this.state.lines.get(id);
    if (line === undefined) throw new InvariantError(`no line ${id}`);
    return line;
  }

  occupant(place: string): VesselState | undefined {
    const id = this.occupants.get(place);
    return id === undefined ? undefined : this.vessel(id);
  }

  /** Vessel behind a port, if there is one. */
  vesselBehind(port: string): VesselState | undefined {
    const info = this.ports.get(port);
    if (info === undefined) return undefined;
    const { vessel } = info.declaration;
    return 'own' in vessel
      ? this.vessel(`${info.device.id}.${vessel.own}`)
      : this.occupant(`${info.device.id}.${vessel.place}`);
  }

  /** What a vessel is exposed to: what a device imposed, what its place gives, or the zone's air. */
  environmentOf(vessel: VesselState): VesselEnvironment {
    if (vessel.environment !== undefined) return vessel.environment;
    const place =
      vessel.whereabouts.at === 'place' ? this.places.get(vessel.whereabouts.place) : undefined;
    if (place?.declaration.environment !== undefined) return place.declaration.environment;
    const zone = place?.device.zone ?? this.zoneOf(vessel);
    return {
      ambientTemperature: this.zone(zone).temperature,
      heatTransfer: this.kindOf(vessel).airConductance,
    };
  }

  deviceZone(id: string): string {
    return this.scene.devices.find((device) => device.id === id)?.zone ?? '';
  }

  zoneOf(vessel: VesselState): string {
    const { whereabouts } = vessel;
    if (whereabouts.at === 'floor') return whereabouts.zone;
    const device =
      whereabouts.at === 'place'
        ? this.places.get(whereabouts.place)?.device
        : this.scene.devices.find((d) => d.id === whereabouts.device);
    return device?.zone ?? this.scene.zones[0]?.id ?? '';
  }

  /** Amounts and temperature of a vessel at `t`, without touching it. */
  project(vessel: VesselState, t: Micros, out: Float64Array): number {
    totalInto(out, vessel.contents.lots);
    const environment = this.environmentOf(vessel);
    if (!this.dynamics.isActive(out, environment)) {
      const { temperature } = vessel.contents;
      return relaxedTemperature(temperature, out[0] ?? 0, environment, t - vessel.since);
    }
    if (t <= vessel.since) return vessel.contents.temperature;
    let trajectory = this.trajectories.get(vessel.id);
    if (trajectory === undefined) {
      const { temperature } = vessel.contents;
      trajectory = this.dynamics.begin(out.slice(), temperature, environment, this.donorOf(vessel));
      this.trajectories.set(vessel.id, trajectory);
    }
    return trajectory.at((t - vessel.since) / 1e6, out);
  }

  /** Lot that most of a vessel's living cells came from; the label where there are none. */
  private donorOf({ contents, batch }: VesselState): string {
    let [donor, most] = [batch, 0];
    for (const { lot, amounts } of contents.lots) {
      let cells = 0;
      for (let s = 0; s < amounts.length; s++) {
        if (this.species.isCarrier(s)) cells += amounts[s] ?? 0;
      }
      if (cells > most) [donor, most] = [lot, cells];
    }
    return donor;
  }

  /** Says that something at a device is about to change. */
  private announce(whereabouts: Whereabouts, t: Micros): void {
    if (whereabouts.at === 'floor') return;
    const device =
      whereabouts.at === 'place'
        ? this.places.get(whereabouts.place)?.device.id
        : whereabouts.device;
    if (device !== undefined) this.beforeChange(device, t);
  }

  /** Brings a vessel's stored contents to `t`, before something disturbs it. */
  settleVessel(vessel: VesselState, t: Micros): void {
    if (vessel.since < t) {
      this.announce(vessel.whereabouts, t);
      const before = totalInto(new Float64Array(this.species.count), vessel.contents.lots);
      const after = new Float64Array(this.species.count);
      vessel.contents.temperature = this.project(vessel, t, after);
      applyTotals(vessel.contents, before, after, (s) => this.species.isCarrier(s));
      vessel.since = t;
    }
    this.trajectories.delete(vessel.id);
  }

  /** Volume now [m3]; a flow's present chunk counts. */
  volumeAt(vessel: VesselState, t: Micros): number {
    let volume = volumeOf(vessel.contents.lots);
    for (const line of this.state.lines.values()) {
      const { flow } = line;
      if (flow === undefined) continue;
      const elapsed = Math.max(0, t - flow.since) / 1e6;
      const moved = Math.min(Math.abs(flow.rate) * elapsed, flow.remaining);
      const [source, sink] = this.endsOf(line, flow.rate);
      if (source === vessel) volume -= Math.min(moved, volume);
      else if (sink === vessel && wetVolume(line.tubing) > 0.99 * line.tubing.holdUp)
        volume += moved;
    }
    return volume;
  }

  view(vessel: VesselState, t: Micros): VesselView {
    const kind = this.kindOf(vessel);
    const volume = this.volumeAt(vessel, t);
    return {
      id: vessel.id,
      kind: vessel.kind,
      shape: kind.shape,
      batch: vessel.batch,
      volume,
      capacity: kind.capacity,
      mass: kind.mass + DENSITY * volume,
      radius: kind.radius,
      height: kind.height,
      capped: vessel.capped,
      sealed: vessel.sealed,
      place: vessel.whereabouts.at === 'place' ? vessel.whereabouts.place : '',
    };
  }

  withdraw(vessel: VesselState, volume: number, layer: 'mixed' | 'supernatant', t: Micros): Parcel {
    this.settleVessel(vessel, t);
    return takeVolume(vessel.contents, volume, layer, this.species.count);
  }

  split(vessel: VesselState, fractions: Float64Array, t: Micros): Parcel {
    this.settleVessel(vessel, t);
    return takeFractions(vessel.contents, fractions);
  }

  deposit(vessel: VesselState, parcel: Parcel, t: Micros, gently = false): void {
    this.settleVessel(vessel, t);
    const before = lotsPresent(vessel);
    addParcel(vessel.contents, parcel, gently);
    if (lotsPresent(vessel) !== before) this.revisions.changed('lots');
  }

  /** Everything in a vessel runs out into its zone. */
  spill(vessel: VesselState, zone: string, t: Micros): void {
    this.settleVessel(vessel, t);
    const pool = this.state.spills.get(zone);
    if (pool === undefined || volumeOf(vessel.contents.lots) === 0) return;
    const all = new Float64Array(this.species.count).fill(1);
    addParcel(pool, takeFractions(vessel.contents, all));
    this.revisions.changed('lots');
  }

  react(vessel: VesselState, change: (amounts: Float64Array) => void, t: Micros): void {
    this.settleVessel(vessel, t);
    const before = totalInto(new Float64Array(this.species.count), vessel.contents.lots);
    const after = before.slice();
    change(after);
    applyTotals(vessel.contents, before, after, (s) => this.species.isCarrier(s));
  }

  setEnvironment(vessel: VesselState, environment: VesselEnvironment | undefined, t: Micros): void {
    this.settleVessel(vessel, t);
    vessel.environment = environment;
  }

  move(vessel: VesselState, to: VesselState['whereabouts'], t: Micros): void {
    this.settleVessel(vessel, t);
    this.announce(to, t);
    if (vessel.whereabouts.at === 'place') this.occupants.delete(vessel.whereabouts.place);
    if (to.at === 'place') {
      const other = this.occupants.get(to.place);
      if (other !== undefined) throw new InvariantError(`${to.place} already holds ${other}`);
      this.occupants.set(to.place, vessel.id);
    }
    vessel.whereabouts = to;
    vessel.environment = undefined;
    this.revisions.changed('whereabouts');
  }

  setCapped(vessel: VesselState, capped: boolean): void {
    vessel.capped = capped;
    this.revisions.changed('closures');
  }

  setSealed(vessel: VesselState): void {
    vessel.sealed = true;
    this.revisions.changed('closures');
  }

  /** Joins a line's ends for good, which uses up some of its tubing. */
  joinLine(id: string): void {
    const line = this.line(id);
    line.connected = true;
    line.joints += 1;
    this.revisions.changed('joints');
  }

  /** Counts the joints of a line anew: its tubing has been replaced. */
  renewLine(id: string): void {
    this.line(id).joints = 0;
    this.revisions.changed('joints');
  }

  /** Vessels behind the ends of a line, in the direction of a flow of this rate. */
  endsOf(
    line: LineState,
    rate: number,
  ): [source: VesselState | undefined, sink: VesselState | undefined] {
    const from = this.vesselBehind(line.from);
    const to = this.vesselBehind(line.to);
    return rate >= 0 ? [from, to] : [to, from];
  }

  /** Withdraws through a filter that holds back this fraction of particles. */
  withdrawThrough(source: VesselState, volume: number, retention: number, t: Micros): Parcel {
    this.settleVessel(source, t);
    if (retention <= 0) return takeVolume(source.contents, volume, 'mixed', this.species.count);
    const present = volumeOf(source.contents.lots);
    const fraction = present > 0 ? Math.min(1, volume / present) : 0;
    const fractions = new Float64Array(this.species.count);
    for (let s = 0; s < fractions.length; s++) {
      fractions[s] = this.species.isParticle(s) ? fraction * (1 - retention) : fraction;
    }
    return takeFractions(source.contents, fractions);
  }
}

/** Lots of which a vessel holds anything. */
function lotsPresent({ contents }: VesselState): number {
  let count = 0;
  for (const { amounts } of contents.lots) if ((amounts[VOLUME] ?? 0) > 0) count += 1;
  return count;
}
