import { InvariantError } from '../kernel/error-catalogue.ts';
import type { Micros } from '../kernel/time.ts';
import { CASSETTE_PORTS, type CassettePort } from '../device-emulators/definition/coupling.ts';
import type { Coupling } from '../device-emulators/definition/coupling.ts';
import type {
  Parcel,
  VesselEnvironment,
  VesselView,
} from '../device-emulators/definition/plant-port.ts';
import {
  addParcel,
  applyTotals,
  emptyContents,
  isPresent,
  takeFractions,
  takeVolume,
  totalInto,
  volumeOf,
} from '../physics/fluids/contents.ts';
import { emptyTubing, holdUpVolume, wetVolume } from '../physics/fluids/tubing.ts';
import { Courses } from './courses.ts';
import { Locations } from './locations.ts';
import type { LineState, PlantState, PortsState, VesselState, Whereabouts } from './plant-state.ts';
import { PlantAir } from './plant-air.ts';
import { Occupancy } from './occupancy.ts';
import type { PlantHooks, PortInfo, SpeciesInfo } from './plant-surroundings.ts';
import { overwrite, refill } from './refill.ts';
import { ASPECTS, Revisions } from './revisions.ts';
import type { Scene, SceneDevice, SceneLine, SceneZone } from './scene/scene.ts';
import { Usage } from './usage.ts';
import type { VesselDynamics } from './vessel-dynamics.ts';
import { VESSEL_KINDS, type VesselKind } from './vessel-kinds.data.ts';

/** Density of contents [kg/m3], water-like, assumed for weighing. */
const DENSITY = 1005;

/** The plant graph: vessels, places and tubing, and the verbs by which they change. */
export class Plant {
  readonly state: PlantState;
  readonly air: PlantAir;
  readonly locations: Locations;
  readonly ports = new Map<string, PortInfo>();
  readonly zones = new Map<string, SceneZone>();
  private readonly courses: Courses;
  private readonly occupancy = new Occupancy();
  /** Lines by the own vessel or the place behind their ends. */
  private readonly linesAt = new Map<string, LineState[]>();
  readonly scene: Scene;
  readonly revisions = new Revisions();
  private readonly species: SpeciesInfo;
  private readonly hooks: PlantHooks;
  readonly usage = new Usage();

  constructor(scene: Scene, species: SpeciesInfo, dynamics: VesselDynamics, hooks: PlantHooks) {
    this.scene = scene;
    this.species = species;
    this.courses = new Courses(dynamics, {
      environmentOf: (vessel) => this.environmentOf(vessel),
      donorOf: (vessel) => this.donorOf(vessel),
    });
    this.hooks = hooks;
    this.air = new PlantAir(scene, this.revisions, hooks.airChanged, () => this.changed(undefined));
    this.locations = new Locations(scene, (id) => this.vessel(id), hooks.carryPose);
    this.state = {
      vessels: new Map(),
      lines: new Map(),
      places: new Map(),
      air: this.air.state,
      spills: new Map(scene.zones.map(({ id, temperature }) => [id, emptyContents(temperature)])),
      couplings: new Map(),
      ports: new Map(),
      supplies: new Map(),
      tracks: new Map(),
      decontaminations: new Map(),
      touchWatchers: new Map(),
      batches: new Set(scene.vessels.map(({ batch }) => batch).filter((batch) => batch !== '')),
    };
    for (const zone of scene.zones) this.zones.set(zone.id, zone);
    for (const device of scene.devices) this.addDevice(device);
    for (const line of scene.lines) this.addLine(line);
  }

  private addLine({ id, from, to, connected, bore, length }: SceneLine): void {
    const line: LineState = {
      id,
      from,
      to,
      connected,
      joints: connected ? 1 : 0,
      shut: false,
      tubing: emptyTubing(holdUpVolume(bore, length)),
      flow: undefined,
    };
    this.state.lines.set(id, line);
    const ends = [from, to].flatMap((port) => this.ports.get(port)?.behind ?? []);
    for (const behind of new Set(ends)) {
      this.linesAt.set(behind, [...(this.linesAt.get(behind) ?? []), line]);
    }
  }

  private addDevice(device: SceneDevice): void {
    const { definition, id, config } = device;
    for (const { name, open } of definition.places(config)) {
      this.state.places.set(`${id}.${name}`, { open });
    }
    for (const declaration of definition.ports(config)) {
      const { vessel } = declaration;
      const behind = `${id}.${'own' in vessel ? vessel.own : vessel.place}`;
      this.ports.set(`${id}.${declaration.name}`, { device, declaration, behind });
    }
    const body = definition.body?.(config);
    for (const own of definition.vessels(config)) {
      const isBody = own.name === body && device.in !== undefined;
      this.addVessel({
        id: `${id}.${own.name}`,
        kind: own.kind,
        batch: '',
        waste: own.waste ?? false,
        contents: emptyContents(this.zone(device.zone).temperature),
        since: 0,
        environment: undefined,
        whereabouts: isBody
          ? { at: 'place', place: device.in }
          : { at: 'own', device: id, name: own.name },
        capped: false,
        sealed: true,
      });
    }
  }

  /** Takes over a stored state; what follows from it is found anew. */
  restore(stored: PlantState): void {
    const { state } = this;
    for (const [id, line] of state.lines) Object.assign(line, stored.lines.get(id));
    refill(state.vessels, stored.vessels);
    refill(state.places, stored.places);
    refill(state.spills, stored.spills);
    refill(state.couplings, stored.couplings);
    refill(state.ports, stored.ports);
    refill(state.supplies, stored.supplies);
    refill(state.decontaminations, stored.decontaminations);
    refill(state.tracks, stored.tracks);
    refill(state.touchWatchers, stored.touchWatchers);
    overwrite(state.air, stored.air);
    state.batches.clear();
    for (const batch of stored.batches) state.batches.add(batch);
    this.occupancy.clear();
    for (const vessel of state.vessels.values()) this.occupancy.add(vessel);
    this.courses.forgetAll();
    for (const aspect of ASPECTS) this.revisions.changed(aspect);
    for (const id of state.vessels.keys()) this.revisions.touched(id);
    this.changed(undefined);
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
    this.occupancy.add(vessel);
    if (vessel.whereabouts.at === 'place') {
      if (isForGoods(vessel)) this.usage.placeTaken(vessel.whereabouts.place, vessel.since);
      // What the scene begins with has always stood there.
      if (vessel.since > 0) this.hooks.placed(vessel, vessel.whereabouts.place, '');
    }
    this.revisions.changed('inventory', vessel.id);
    this.revisions.changed('whereabouts', vessel.id);
    this.revisions.touched(vessel.id);
    this.changed(undefined);
  }

  /** Forgets a vessel, after its contents have been accounted for. */
  removeVessel(id: string, t: Micros): void {
    const vessel = this.vessel(id);
    const { whereabouts } = vessel;
    if (whereabouts.at === 'own') throw new InvariantError(`${id} is part of a device`);
    this.occupancy.remove(vessel);
    if (whereabouts.at === 'place') {
      this.usage.placeLeft(whereabouts.place, t);
      this.hooks.taken(vessel, whereabouts.place, '');
    }
    this.state.vessels.delete(id);
    this.state.ports.delete(id);
    this.state.touchWatchers.delete(id);
    this.courses.forget(id);
    for (const aspect of ['inventory', 'whereabouts', 'lots'] as const) {
      this.revisions.changed(aspect, id);
    }
    this.revisions.touched(id);
    this.changed(undefined);
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
    const id = this.occupancy.occupant(place);
    return id === undefined ? undefined : this.vessel(id);
  }

  /** Vessels in a device's gripper. */
  heldBy(device: string): ReadonlySet<string> {
    return this.occupancy.heldBy(device);
  }

  /** Movable devices that stand in a device's places, and what stands in theirs. */
  devicesIn(device: string): readonly string[] {
    return this.locations.placesOf(device).flatMap((place) => {
      const occupant = this.occupancy.occupant(place);
      const owner = occupant === undefined ? undefined : this.locations.ownerOf(occupant);
      return owner === undefined ? [] : [owner, ...this.devicesIn(owner)];
    });
  }

  /** Vessel behind a port, if there is one. */
  vesselBehind(port: string): VesselState | undefined {
    const info = this.ports.get(port);
    if (info === undefined) return undefined;
    return 'own' in info.declaration.vessel ? this.vessel(info.behind) : this.occupant(info.behind);
  }

  /** What a vessel is exposed to: what a device imposed, what its place gives, or the zone's air. */
  environmentOf(vessel: VesselState): VesselEnvironment {
    const around = this.surroundingsOf(vessel);
    const { surface } = this.kindOf(vessel);
    return surface === undefined ? around : { surface, ...around };
  }

  private surroundingsOf(vessel: VesselState): VesselEnvironment {
    if (vessel.environment !== undefined) return vessel.environment;
    const place =
      vessel.whereabouts.at === 'place'
        ? this.locations.places.get(vessel.whereabouts.place)
        : undefined;
    if (place?.declaration.environment !== undefined) return place.declaration.environment;
    return {
      ambientTemperature: this.zone(this.zoneOf(vessel)).temperature,
      heatTransfer: this.kindOf(vessel).airConductance,
    };
  }

  zoneOf(vessel: VesselState): string {
    return this.locations.zoneOf(vessel);
  }

  /** Amounts of a vessel at `t`, into `out`, without touching it; returns the temperature [K]. */
  project(vessel: VesselState, t: Micros, out: Float64Array): number {
    return this.courses.project(vessel, t, out);
  }

  /** Temperature of a vessel at `t` [K]. */
  temperatureAt(vessel: VesselState, t: Micros): number {
    return this.courses.temperatureAt(vessel, t);
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

  /** Says that something at a vessel, and so at the devices about it, is about to change. */
  private announce(vessel: VesselState, whereabouts: Whereabouts, t: Micros): void {
    const owner = this.locations.ownerOf(vessel.id);
    if (owner !== undefined) this.hooks.beforeChange(owner, t);
    const device = this.holderOf(whereabouts);
    if (device !== undefined) this.hooks.beforeChange(device, t);
  }

  /** Device that has a vessel in it or holds it. */
  private holderOf(whereabouts: Whereabouts): string | undefined {
    if (whereabouts.at === 'floor') return undefined;
    if (whereabouts.at !== 'place') return whereabouts.device;
    return this.locations.places.get(whereabouts.place)?.device.id;
  }

  /** Brings a vessel's stored contents to `t`, before something disturbs it. */
  settleVessel(vessel: VesselState, t: Micros): void {
    this.announce(vessel, vessel.whereabouts, t);
    if (vessel.since < t) {
      const before = totalInto(new Float64Array(this.species.count), vessel.contents.lots);
      const after = new Float64Array(this.species.count);
      vessel.contents.temperature = this.project(vessel, t, after);
      applyTotals(vessel.contents, before, after, (s) => this.species.isCarrier(s));
      vessel.since = t;
    }
    this.courses.forget(vessel.id);
    this.revisions.touched(vessel.id);
    const watchers = this.state.touchWatchers.get(vessel.id);
    if (watchers === undefined) return;
    this.state.touchWatchers.delete(vessel.id);
    watchers.forEach(this.hooks.touched);
  }

  /** Tells a device once of the next disturbance of a vessel. */
  awaitTouch({ id }: VesselState, device: string): void {
    const watchers = this.state.touchWatchers.get(id) ?? [];
    if (!watchers.includes(device)) this.state.touchWatchers.set(id, [...watchers, device]);
  }

  /** Volume now [m3]; a flow's present chunk counts. */
  volumeAt(vessel: VesselState, t: Micros): number {
    let volume = volumeOf(vessel.contents.lots);
    for (const line of this.linesOf(vessel)) {
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

  /** Whether a line that ends in a vessel, or in the place in which it stands, is flowing. */
  isFlowing(vessel: VesselState): boolean {
    return this.linesOf(vessel).some(({ flow }) => flow !== undefined);
  }

  /** Lines that end in a vessel or in the place in which it stands. */
  private linesOf({ id, whereabouts }: VesselState): readonly LineState[] {
    const own = this.linesAt.get(id);
    const here = whereabouts.at === 'place' ? this.linesAt.get(whereabouts.place) : undefined;
    if (own === undefined) return here ?? NO_LINES;
    return here === undefined ? own : [...own, ...here];
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
      ...(kind.depth === undefined ? {} : { depth: kind.depth }),
      height: kind.height,
      surface: kind.surface ?? 0,
      capped: vessel.capped,
      sealed: vessel.sealed,
      waste: vessel.waste,
      place: vessel.whereabouts.at === 'place' ? vessel.whereabouts.place : '',
    };
  }

  withdraw(vessel: VesselState, volume: number, layer: 'mixed' | 'supernatant', t: Micros): Parcel {
    this.settleVessel(vessel, t);
    const { count } = this.species;
    return takeVolume(vessel.contents, volume, layer, count, this.mobilityOf(vessel));
  }

  /** What does not stay on the vessel's surface; undefined when nothing does. */
  private mobilityOf(vessel: VesselState): Float64Array | undefined {
    if (this.kindOf(vessel).surface === undefined) return undefined;
    const { count } = this.species;
    return this.species.mobility(totalInto(new Float64Array(count), vessel.contents.lots));
  }

  /** Takes fractions of what does not stay on the vessel's surface. */
  private takeMobile(vessel: VesselState, fractions: Float64Array): Parcel {
    const mobility = this.mobilityOf(vessel);
    return takeFractions(
      vessel.contents,
      mobility === undefined ? fractions : fractions.map((share, s) => share * (mobility[s] ?? 1)),
    );
  }

  split(vessel: VesselState, fractions: Float64Array, t: Micros): Parcel {
    this.settleVessel(vessel, t);
    return this.takeMobile(vessel, fractions);
  }

  deposit(vessel: VesselState, parcel: Parcel, t: Micros, gently = false): void {
    this.settleVessel(vessel, t);
    const before = lotsPresent(vessel);
    addParcel(vessel.contents, parcel, gently);
    if (lotsPresent(vessel) !== before) this.revisions.changed('lots', vessel.id);
  }

  /** Everything in a vessel runs out into its zone. */
  spill(vessel: VesselState, zone: string, t: Micros): void {
    this.settleVessel(vessel, t);
    if (!this.state.spills.has(zone) || volumeOf(vessel.contents.lots) === 0) return;
    const all = new Float64Array(this.species.count).fill(1);
    this.spillParcel(this.takeMobile(vessel, all), zone);
  }

  /** A parcel runs out into a zone. */
  spillParcel(parcel: Parcel, zone: string): void {
    const pool = this.state.spills.get(zone);
    if (pool === undefined) throw new InvariantError(`nothing can be spilled in ${zone}`);
    addParcel(pool, parcel);
    this.revisions.changed('lots', zone);
  }

  react(vessel: VesselState, change: (amounts: Float64Array) => void, t: Micros): void {
    this.settleVessel(vessel, t);
    const before = totalInto(new Float64Array(this.species.count), vessel.contents.lots);
    const after = before.slice();
    change(after);
    applyTotals(vessel.contents, before, after, (s) => this.species.isCarrier(s));
  }

  /** Gives a vessel other surroundings; the same as before disturb nothing. */
  setEnvironment(vessel: VesselState, environment: VesselEnvironment | undefined, t: Micros): void {
    if (isSame(vessel.environment, environment)) return;
    this.settleVessel(vessel, t);
    vessel.environment = environment;
  }

  move(vessel: VesselState, to: VesselState['whereabouts'], t: Micros): void {
    this.settleVessel(vessel, t);
    this.announce(vessel, to, t);
    const owner = this.locations.ownerOf(vessel.id);
    if (owner !== undefined && this.zoneOf(vessel) !== this.locations.zoneOf({ whereabouts: to })) {
      this.settleAboard(owner, t);
    }
    const from = vessel.whereabouts;
    this.occupancy.remove(vessel);
    vessel.whereabouts = to;
    this.occupancy.add(vessel);
    if (from.at === 'place') {
      this.usage.placeLeft(from.place, t);
      this.hooks.taken(vessel, from.place, to.at === 'gripper' ? to.device : '');
    }
    if (to.at === 'place') {
      if (isForGoods(vessel)) this.usage.placeTaken(to.place, t);
      this.hooks.placed(vessel, to.place, from.at === 'gripper' ? from.device : '');
    }
    vessel.environment = undefined;
    this.revisions.changed('whereabouts', vessel.id);
    if (owner !== undefined) this.hooks.moved(owner);
  }

  /** Brings what stands in a device to `t`, before the air around it is another zone's. */
  private settleAboard(device: string, t: Micros): void {
    for (const place of this.locations.placesOf(device)) {
      const occupant = this.occupant(place);
      if (occupant === undefined) continue;
      const owner = this.locations.ownerOf(occupant.id);
      if (owner === undefined) this.settleAt(occupant, t);
      else this.settleAboard(owner, t);
    }
    for (const own of this.locations.ownVesselsOf(device)) this.settleAt(this.vessel(own), t);
    for (const held of this.heldBy(device)) this.settleAt(this.vessel(held), t);
  }

  private settleAt(vessel: VesselState, t: Micros): void {
    this.settleVessel(vessel, t);
    this.revisions.changed('whereabouts', vessel.id);
  }

  setCapped(vessel: VesselState, capped: boolean): void {
    vessel.capped = capped;
    this.noteChange(vessel);
    this.revisions.changed('closures', vessel.id);
  }

  setSealed(vessel: VesselState): void {
    vessel.sealed = true;
    this.noteChange(vessel);
    this.revisions.changed('closures', vessel.id);
  }

  setBatch(vessel: VesselState, batch: string): void {
    vessel.batch = batch;
    this.noteChange(vessel);
    this.revisions.changed('lots', vessel.id);
    this.revisions.changed('closures', vessel.id);
  }

  setWaste(vessel: VesselState): void {
    vessel.waste = true;
    this.setBatch(vessel, '');
  }

  /** What a device shows may have changed, or with `undefined` what any device shows. */
  changed(device: string | undefined): void {
    this.hooks.changed(device);
  }

  /** Devices about a vessel may show something else. */
  private noteChange(vessel: VesselState): void {
    const owner = this.locations.ownerOf(vessel.id);
    if (owner !== undefined) this.hooks.changed(owner);
    const holder = this.holderOf(vessel.whereabouts);
    if (holder !== undefined) this.hooks.changed(holder);
  }

  /** Makes, changes or ends the sterile connection in a place. */
  setCoupling(place: string, coupling: Coupling | undefined): void {
    const { connector } = coupling ?? this.state.couplings.get(place) ?? { connector: undefined };
    if (connector !== undefined) this.hooks.changed(connector);
    if (coupling === undefined) this.state.couplings.delete(place);
    else this.state.couplings.set(place, coupling);
    this.revisions.changed('couplings');
    const holder = this.locations.places.get(place)?.device.id;
    if (holder === undefined) return;
    this.hooks.changed(holder);
    this.hooks.couplingChanged(holder);
  }

  /** Ports of a cassette; unused ones are not kept. */
  portsOf(vessel: string): Readonly<PortsState> {
    return this.state.ports.get(vessel) ?? unusedPorts();
  }

  usePort(vessel: string, port: CassettePort): void {
    const ports = this.state.ports.get(vessel) ?? unusedPorts();
    ports.uses[port] += 1;
    this.state.ports.set(vessel, ports);
    this.noteChange(this.vessel(vessel));
    this.revisions.changed('couplings');
  }

  setSamplingValve(vessel: string, open: boolean): void {
    const ports = this.state.ports.get(vessel) ?? unusedPorts();
    ports.samplingValve = open;
    this.state.ports.set(vessel, ports);
    this.noteChange(this.vessel(vessel));
  }

  /** Joins a line's ends for good, which uses up some of its tubing. */
  joinLine(id: string): void {
    const line = this.line(id);
    line.connected = true;
    line.joints += 1;
    this.revisions.changed('joints');
    this.changed(undefined);
  }

  /** Replaces the tubing of a line: joints count anew, and what it held is returned. */
  renewLine(id: string): Parcel[] {
    const line = this.line(id);
    line.joints = 0;
    const held = line.tubing.segments.flatMap((segment) =>
      segment.kind === 'liquid' ? [segment.parcel] : [],
    );
    line.tubing.segments = emptyTubing(line.tubing.holdUp).segments;
    this.revisions.changed('joints');
    this.changed(undefined);
    return held;
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
    if (retention <= 0) return this.withdraw(source, volume, 'mixed', t);
    const present = volumeOf(source.contents.lots);
    const fraction = present > 0 ? Math.min(1, volume / present) : 0;
    const fractions = new Float64Array(this.species.count);
    for (let s = 0; s < fractions.length; s++) {
      fractions[s] = this.species.isParticle(s) ? fraction * (1 - retention) : fraction;
    }
    return this.takeMobile(source, fractions);
  }
}

const NO_LINES: readonly LineState[] = [];

/** Whether two pieces of plain data say the same. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return false;
  }
  const [a, b] = [Object.entries(one), other as Record<string, unknown>];
  return a.length === Object.keys(b).length && a.every(([name, value]) => isSame(value, b[name]));
}

function unusedPorts(): PortsState {
  const uses = Object.fromEntries(CASSETTE_PORTS.map((port) => [port, 0]));
  return { uses: uses as Record<CassettePort, number>, samplingValve: false };
}

/** Lots of which a vessel holds anything. */
function lotsPresent({ contents }: VesselState): number {
  return contents.lots.filter(isPresent).length;
}

/** Whether a vessel takes a place for a while; a connector is a part of its module. */
function isForGoods({ kind }: VesselState): boolean {
  return kind !== 'connector';
}
