import type { MachineEvent } from '../../device-emulators/definition/device.ts';
import type {
  Drive,
  PlatformView,
  ShuttleView,
  TrackDeclaration,
  TrackPort,
  TrafficView,
} from '../../device-emulators/definition/track.ts';
import { InvariantError, type Refusal, refusal } from '../../kernel/error-catalogue.ts';
import { composePose, IDENTITY_POSE, invertPose, type Pose } from '../../kernel/pose.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { type Micros, microsFromSeconds } from '../../kernel/time.ts';
import type { TrackLoad } from '../../kernel/track.ts';
import {
  breakDown,
  closeBlocks,
  dropTasks,
  insertShuttle,
  openBlocks,
  removeShuttle,
  repairShuttle,
} from '../../physics/traffic/disturbances.ts';
import { dockSpot } from '../../physics/traffic/dock-spot.ts';
import { motionAt, type Task } from '../../physics/traffic/journey.ts';
import {
  createNetwork,
  type Network,
  pointAt,
  type Spot,
  spotOfNode,
} from '../../physics/traffic/network.ts';
import { assignTasks, createTraffic, restsAtHome } from '../../physics/traffic/orders.ts';
import { holderOf, platformHeight } from '../../physics/traffic/platform.ts';
import type { ShuttleTraffic, Traffic } from '../../physics/traffic/traffic.ts';
import type { Plant } from '../plant.ts';
import type { TrackState } from '../plant-state.ts';
import { milestonesAt, nextMilestone } from './milestones.ts';
import { readOdometer, viewShuttle, viewTraffic } from './views.ts';

/** What the traffic asks of the twin, and tells it. */
export interface RailHost {
  now(): Micros;
  /** Has {@link RailTraffic.pass} called. */
  schedule(time: Micros, track: string, shuttle: string): number;
  cancel(handle: number): void;
  /** Tells a device's machine, at this instant. */
  tell(device: string, event: MachineEvent): void;
}

/** Rails of one device. */
interface Track {
  readonly id: string;
  readonly network: Network;
  readonly declaration: TrackDeclaration;
  /** Spots of the berths, by full name of the place. */
  readonly berths: ReadonlyMap<string, Spot>;
}

/** A shuttle on its rails. */
interface Shuttle {
  readonly id: string;
  readonly body: string;
  readonly track: Track;
  readonly state: TrackState;
  readonly record: ShuttleTraffic;
}

/** A planned way, kept since a command is checked and then done at one instant. */
interface Plan {
  readonly shuttle: string;
  readonly drive: Drive;
  readonly before: Traffic;
  readonly now: Micros;
  readonly result: Result<Traffic, Refusal>;
}

/** All traffic on rails: what shuttles may do there, and the events of their ways. */
export class RailTraffic {
  private readonly plant: Plant;
  private readonly host: RailHost;
  private readonly tracks = new Map<string, Track>();
  private latest: Plan | undefined;

  constructor(plant: Plant, host: RailHost) {
    this.plant = plant;
    this.host = host;
    for (const { id, definition, config } of plant.scene.devices) {
      const declaration = definition.track?.(config);
      if (declaration !== undefined) this.addTrack(id, declaration);
    }
    for (const { id } of plant.scene.devices) this.join(id);
  }

  private addTrack(id: string, declaration: TrackDeclaration): void {
    const network = createNetwork(declaration.plan);
    const berths = Object.entries(declaration.berths).map(([place, node]) => {
      const spot = spotOfNode(network, node);
      if (spot === undefined) throw new InvariantError(`${id} has no node ${node}`);
      return [`${id}.${place}`, spot] as const;
    });
    this.tracks.set(id, { id, network, declaration, berths: new Map(berths) });
    this.plant.state.tracks.set(id, {
      traffic: createTraffic(network, {}),
      closed: [],
      odometers: {},
      timers: {},
    });
  }

  /** The rails as one device sees and changes them. */
  portOf(device: string): TrackPort {
    return {
      shuttle: () => this.viewOf(device),
      refuse: (drive) => {
        const plan = this.plan(device, drive);
        return plan.ok ? undefined : plan.error;
      },
      traffic: () => this.trafficOf(device),
      platform: () => this.platformOf(device),
      poseOf: (vessel) => this.poseOf(device, vessel),
      drive: (drive) => this.drive(device, drive),
      stop: () => this.change(device, breakDown),
      release: (load) => this.release(device, load),
      takeOff: () => this.takeOff(device),
      setClosed: (closed, part) => this.setClosed(device, closed, part),
    };
  }

  /** Journeys on all rails, for whoever watches the traffic. */
  all(): readonly {
    readonly id: string;
    readonly network: Network;
    readonly traffic: Traffic;
  }[] {
    return [...this.tracks.values()].map(({ id, network }) => {
      return { id, network, traffic: this.stateOf(id).traffic };
    });
  }

  /** A movable device stands somewhere else: a shuttle may have been put on rails or taken off. */
  moved(device: string): void {
    const on = this.trackHolding(device);
    for (const { id, network } of this.tracks.values()) {
      const state = this.stateOf(id);
      if (on?.id === id || state.traffic.shuttles[device] === undefined) continue;
      this.commit(id, removeShuttle(network, state.traffic, device, this.host.now()));
    }
    this.join(device);
  }

  /** Takes a shuttle that stands in a berth into the traffic. */
  private join(device: string): void {
    const place = this.plant.locations.location(device);
    for (const { id, network, berths } of this.tracks.values()) {
      const home = berths.get(place);
      if (home === undefined) continue;
      const { traffic } = this.stateOf(id);
      const next = insertShuttle(network, traffic, device, home, this.host.now());
      if (next !== undefined) this.commit(id, next);
    }
  }

  /** A milestone on the way of a shuttle has come. */
  pass(id: string, shuttle: string): void {
    const now = this.host.now();
    const { network } = this.track(id);
    const state = this.stateOf(id);
    const record = state.traffic.shuttles[shuttle];
    delete state.timers[shuttle];
    if (record === undefined) return;
    for (const event of milestonesAt(network, record, now)) this.host.tell(shuttle, event);
    this.park(id, shuttle);
    this.schedule(id, shuttle, now + 1);
  }

  /** Puts a shuttle that has come home on the rails into its berth. */
  private park(id: string, shuttle: string): void {
    const { network, berths } = this.track(id);
    const record = this.stateOf(id).traffic.shuttles[shuttle];
    const body = this.plant.locations.bodyOf(shuttle);
    if (record === undefined || body === undefined) return;
    if (!restsAtHome(network, record, this.host.now())) return;
    const place = berthOf(berths, record);
    if (place === undefined || this.plant.occupant(place) !== undefined) return;
    if (this.plant.vessel(body).whereabouts.at !== 'gripper') return;
    this.plant.move(this.plant.vessel(body), { at: 'place', place }, this.host.now());
  }

  private schedule(id: string, shuttle: string, from: Micros): void {
    const { network } = this.track(id);
    const state = this.stateOf(id);
    const record = state.traffic.shuttles[shuttle];
    const time = record && nextMilestone(network, record, from);
    if (time === undefined) return;
    state.timers[shuttle] = this.host.schedule(time, id, shuttle);
  }

  /** Takes over another traffic: who does something else is followed anew. */
  private commit(id: string, next: Traffic): void {
    const state = this.stateOf(id);
    const before = state.traffic;
    if (next === before) return;
    const changed = new Set([...Object.keys(before.shuttles), ...Object.keys(next.shuttles)]);
    for (const shuttle of changed) {
      if (before.shuttles[shuttle] === next.shuttles[shuttle]) changed.delete(shuttle);
    }
    for (const shuttle of changed) this.readOff(id, shuttle, next);
    state.traffic = next;
    this.plant.revisions.changed('traffic');
    for (const shuttle of changed) this.follow(id, shuttle, before.shuttles[shuttle]);
  }

  /** Writes down what a shuttle has done so far, before its journey is another. */
  private readOff(id: string, shuttle: string, next: Traffic): void {
    const now = this.host.now();
    const { odometers, traffic } = this.stateOf(id);
    const record = traffic.shuttles[shuttle];
    const odometer = odometers[shuttle];
    if (next.shuttles[shuttle] === undefined) delete odometers[shuttle];
    else if (record === undefined || odometer === undefined) {
      odometers[shuttle] = { since: now, distance: 0, idle: 0 };
    } else odometers[shuttle] = readOdometer(this.track(id).network, odometer, record, now);
  }

  private follow(id: string, shuttle: string, before: ShuttleTraffic | undefined): void {
    const now = this.host.now();
    const state = this.stateOf(id);
    const handle = state.timers[shuttle];
    if (handle !== undefined) this.host.cancel(handle);
    delete state.timers[shuttle];
    const record = state.traffic.shuttles[shuttle];
    if (record === undefined) return;
    if (before !== undefined) this.host.tell(shuttle, { type: 'way.changed' });
    if (restsAtHome(this.track(id).network, record, now)) this.park(id, shuttle);
    else this.leaveBerth(id, shuttle);
    this.schedule(id, shuttle, now);
  }

  /** A shuttle on its way is held by the rails. */
  private leaveBerth(id: string, shuttle: string): void {
    const body = this.plant.locations.bodyOf(shuttle);
    if (body === undefined || this.plant.locations.location(shuttle) === '') return;
    this.plant.move(this.plant.vessel(body), { at: 'gripper', device: id }, this.host.now());
  }

  private drive(device: string, drive: Drive): Result<undefined, Refusal> {
    const plan = this.plan(device, drive);
    const found = this.find(device);
    if (!plan.ok || found === undefined) return plan.ok ? err(OFF_RAILS(device)) : plan;
    this.commit(found.track.id, plan.value);
    return ok(undefined);
  }

  private plan(device: string, drive: Drive): Result<Traffic, Refusal> {
    const found = this.find(device);
    if (found === undefined) return err(OFF_RAILS(device));
    const { traffic: before } = found.state;
    const now = this.host.now();
    const { latest } = this;
    const isKnown = latest?.before === before && latest.now === now && latest.shuttle === device;
    if (isKnown && isSameDrive(latest.drive, drive)) return latest.result;
    const result = this.findPlan(found, drive, now);
    this.latest = { shuttle: device, drive, before, now, result };
    return result;
  }

  private findPlan(
    { id, track, state, record }: Shuttle,
    drive: Drive,
    now: Micros,
  ): Result<Traffic, Refusal> {
    if (record.broken) return err(refusal('DEVICE_ERROR', `${id} cannot move; repair it`));
    if (record.held !== undefined) {
      if (drive.tasks.length === 0) return ok(dropTasks(state.traffic, id, drive.load));
      const why = `${id} is held up on the rails; remove what stands in its way`;
      return err(refusal('ROUTE_BLOCKED', why));
    }
    const tasks: Task[] = [];
    for (const { place, name, duration, load } of drive.tasks) {
      const spot = this.spotOf(track, place, drive);
      if (!spot.ok) return spot;
      tasks.push({ name, spot: spot.value, duration: microsFromSeconds(duration), load });
    }
    const next = assignTasks(track.network, state.traffic, id, tasks, now, drive.load);
    if (next !== undefined) return ok(next);
    const where = drive.tasks.map(({ place }) => place).join(' and ') || 'its berth';
    return err(refusal('ROUTE_BLOCKED', `no free way leads ${id} to ${where} and home`));
  }

  /** From where on its rails a shuttle serves a place. */
  private spotOf(track: Track, place: string, { side, height }: Drive): Result<Spot, Refusal> {
    const X_WP = this.plant.locations.placePose(place);
    if (X_WP === undefined) return err(refusal('UNKNOWN_PLACE', `there is no place "${place}"`));
    const { position } = composePose(invertPose(this.poseOfTrack(track.id)), X_WP);
    const spot = dockSpot(track.network, position, { side, height });
    if (spot !== undefined) return ok(spot);
    const why = `${place} is on no rail of ${track.id}, or out of reach of the fork`;
    return err(refusal('UNREACHABLE', why));
  }

  private release(device: string, load: TrackLoad): void {
    this.change(device, (network, traffic, shuttle, now) =>
      repairShuttle(network, dropTasks(traffic, shuttle, load), shuttle, now),
    );
  }

  /** Takes a shuttle off the rails and puts it into its berth, broken as it was. */
  private takeOff(device: string): void {
    const found = this.find(device);
    if (found === undefined) return;
    const { track, record, body } = found;
    const place = berthOf(track.berths, record);
    if (place === undefined || this.plant.occupant(place) !== undefined) return;
    const now = this.host.now();
    const { network } = track;
    this.commit(track.id, removeShuttle(network, this.stateOf(track.id).traffic, device, now));
    this.plant.move(this.plant.vessel(body), { at: 'place', place }, now);
    if (record.broken) this.change(device, breakDown);
  }

  private change(
    device: string,
    by: (network: Network, traffic: Traffic, shuttle: string, now: Micros) => Traffic,
  ): void {
    const found = this.find(device);
    if (found === undefined) return;
    const { track, state } = found;
    this.commit(track.id, by(track.network, state.traffic, device, this.host.now()));
  }

  private setClosed(device: string, closed: boolean, part: string | undefined): void {
    const found = this.partOf(device, part);
    if (found === undefined) return;
    const { track, name } = found;
    const state = this.stateOf(track.id);
    const others = state.closed.filter((other) => other !== name);
    state.closed = closed ? [...others, name].sort() : others;
    const blocks = new Set(state.closed.flatMap((p) => track.declaration.parts[p] ?? []));
    const { network } = track;
    const now = this.host.now();
    const open = state.traffic.closed.filter((block) => !blocks.has(block));
    const opened = openBlocks(network, state.traffic, open, now);
    this.commit(track.id, closeBlocks(network, opened, [...blocks], now));
  }

  /** The part of some rails that a device closes: of its own, or the place in which it stands. */
  private partOf(
    device: string,
    part: string | undefined,
  ): { readonly track: Track; readonly name: string } | undefined {
    const own = this.tracks.get(device);
    if (own !== undefined) return part === undefined ? undefined : { track: own, name: part };
    const [id = '', name = ''] = this.plant.locations.location(device).split('.');
    const track = this.tracks.get(id);
    return track?.declaration.parts[name] === undefined ? undefined : { track, name };
  }

  private viewOf(device: string): ShuttleView | undefined {
    const found = this.find(device);
    const odometer = found?.state.odometers[device];
    if (found === undefined || odometer === undefined) return undefined;
    const { track, record } = found;
    return {
      ...viewShuttle(track.network, record, odometer, this.host.now()),
      rails: track.id,
      berth: berthOf(track.berths, record) ?? '',
    };
  }

  private trafficOf(device: string): TrafficView | undefined {
    const track = this.tracks.get(device) ?? this.partOf(device, undefined)?.track;
    if (track === undefined) return undefined;
    return viewTraffic(track.network, this.stateOf(track.id), this.host.now());
  }

  private platformOf(device: string): PlatformView | undefined {
    const found = this.partOf(device, undefined);
    if (found === undefined) return undefined;
    const { network, declaration } = found.track;
    const block = network.blocks.indexOf(declaration.parts[found.name]?.[0] ?? '');
    if (network.isShaft[block] !== true) return undefined;
    const { traffic } = this.stateOf(found.track.id);
    const now = this.host.now();
    return {
      height: platformHeight(network, traffic, block, now),
      shuttle: holderOf(network, traffic, block, now) ?? '',
    };
  }

  /** Pose of a body that moves on the rails. */
  private poseOf(id: string, vessel: string): Pose | undefined {
    const owner = this.plant.locations.ownerOf(vessel);
    const track = this.tracks.get(id);
    const record = owner && this.plant.state.tracks.get(id)?.traffic.shuttles[owner];
    if (track === undefined || record === undefined || record === '') return undefined;
    const { line, position } = motionAt(track.network, record.journey, this.host.now());
    const point = pointAt(track.network, { line, offset: position });
    return composePose(this.poseOfTrack(id), { ...IDENTITY_POSE, position: point });
  }

  private poseOfTrack(id: string): Pose {
    return this.plant.locations.devicePose(id);
  }

  private find(device: string): Shuttle | undefined {
    const body = this.plant.locations.bodyOf(device);
    const track = this.trackHolding(device);
    if (body === undefined || track === undefined) return undefined;
    const state = this.stateOf(track.id);
    const record = state.traffic.shuttles[device];
    return record && { id: device, body, track, state, record };
  }

  /** The rails that hold a device, or in one of whose places it stands. */
  private trackHolding(device: string): Track | undefined {
    const body = this.plant.locations.bodyOf(device);
    if (body === undefined) return undefined;
    const { whereabouts } = this.plant.vessel(body);
    if (whereabouts.at === 'gripper') return this.tracks.get(whereabouts.device);
    if (whereabouts.at !== 'place') return undefined;
    return this.tracks.get(whereabouts.place.split('.')[0] ?? '');
  }

  private track(id: string): Track {
    const track = this.tracks.get(id);
    if (track === undefined) throw new InvariantError(`${id} is no track`);
    return track;
  }

  private stateOf(id: string): TrackState {
    const state = this.plant.state.tracks.get(id);
    if (state === undefined) throw new InvariantError(`${id} has no traffic`);
    return state;
  }
}

const OFF_RAILS = (device: string): Refusal =>
  refusal('NOT_CONNECTED', `${device} stands on no rails; put it into a berth`);

function berthOf(berths: ReadonlyMap<string, Spot>, { home }: ShuttleTraffic): string | undefined {
  for (const [place, spot] of berths) {
    if (spot.line === home.line && spot.offset === home.offset) return place;
  }
  return undefined;
}

function isSameDrive(a: Drive, b: Drive): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
