import { InvariantError } from '../kernel/error-catalogue.ts';
import type { Pose } from '../kernel/pose.ts';
import type { Solid } from '../kernel/solid.ts';
import type { Micros } from '../kernel/time.ts';
import type { PlantPort, ZoneAirView } from '../device-emulators/definition/plant-port.ts';
import { totalInto } from '../physics/fluids/contents.ts';
import { wetVolume } from '../physics/fluids/tubing.ts';
import type { Clock } from './clock.ts';
import type { Flows } from './flows.ts';
import type { Goods } from './goods.ts';
import type { Plant } from './plant.ts';
import type { VesselState } from './plant-state.ts';
import { openVessels, vesselsAround } from './standing-vessels.ts';
import type { RailTraffic } from './rails/rail-traffic.ts';
import type { Supplies } from './supplies.ts';

/** What a device's port needs besides the plant. */
export interface DevicePortHost {
  readonly plant: Plant;
  readonly flows: Flows;
  readonly clock: Clock;
  /** All that stands still in a zone, vessels apart. */
  solids(zone: string): readonly Solid[];
  /** Pose of a vessel that a device carries. */
  carryPose(device: string, vessel: string): Pose;
  readonly rails: RailTraffic;
  /** Command that a device is executing, empty when none. */
  executing(device: string): string;
  readonly supplies: Supplies;
  readonly goods: Goods;
  /** A vessel was let go in mid-air at `pose`. */
  fell(vessel: VesselState, zone: string, pose: Pose): void;
}

/** The plant as one device sees and changes it; names without a dot are the device's own. */
export function createDevicePort(host: DevicePortHost, device: string): PlantPort {
  const { plant, flows, supplies, goods, clock } = host;
  const { locations } = plant;
  const zone = (): string => locations.deviceZone(device);
  const speciesCount = plant.speciesCount;
  const full = (place: string): string => (place.includes('.') ? place : `${device}.${place}`);
  const resolve = (id: string): VesselState =>
    plant.state.vessels.get(id) ?? plant.vessel(full(id));

  /** The present for a look at a vessel from outside, which depends on it only while something flows. */
  const timeFor = (vessel: VesselState): Micros =>
    plant.isFlowing(vessel) ? clock.now() : clock.present;

  function placeState(place: string): { open: boolean } {
    const state = plant.state.places.get(full(place));
    if (state === undefined) throw new InvariantError(`no place ${full(place)}`);
    return state;
  }

  return {
    vesselAt: (place) => {
      const vessel = plant.occupant(full(place));
      return vessel === undefined ? undefined : plant.view(vessel, timeFor(vessel));
    },
    vessel: (id) => {
      const vessel = plant.state.vessels.get(id) ?? plant.state.vessels.get(full(id));
      return vessel === undefined ? undefined : plant.view(vessel, timeFor(vessel));
    },
    line: (id) => {
      const line = plant.state.lines.get(id);
      if (line === undefined) return undefined;
      return {
        id,
        connected: line.connected,
        shut: line.shut,
        wet: wetVolume(line.tubing),
        holdUp: line.tubing.holdUp,
        flow: line.flow?.rate ?? 0,
        from: line.from,
        to: line.to,
      };
    },
    volume: (id) => {
      const vessel = resolve(id);
      return plant.volumeAt(vessel, timeFor(vessel));
    },
    amounts: (id) => {
      const out = new Float64Array(speciesCount);
      plant.project(resolve(id), clock.now(), out);
      return out;
    },
    temperature: (id) => plant.temperatureAt(resolve(id), clock.now()),
    pellet: (id) => pelletFraction(plant, resolve(id)),
    placePose: (place) => locations.placePose(full(place)),
    isPlaceOpen: (place) => plant.state.places.get(full(place))?.open ?? false,
    zoneAir: (other): ZoneAirView => plant.air.at(other ?? zone(), clock.now()),
    solids: () => host.solids(zone()),
    vesselsAround: (point, distance) => vesselsAround(plant, point, distance),
    openVessels: () => openVessels(plant, zone()),
    location: () => locations.location(device),
    isPowered: () => locations.isPowered(device),
    coupling: (place) => plant.state.couplings.get(full(place)),
    portUses: (id) => plant.portsOf(resolve(id).id).uses,
    samplingValve: (id) => plant.portsOf(resolve(id).id).samplingValve,
    supply: (carries) => supplies.find(device, carries),
    placeView: (place) => {
      const info = locations.places.get(full(place));
      if (info === undefined) return undefined;
      const { accepts, robot } = info.declaration;
      return { accepts, robot, carried: locations.isCarried(info.device.id) };
    },
    bond: (id) => bondOf(host, resolve(id).id),
    track: host.rails.portOf(device),

    withdraw: (id, volume, layer) => plant.withdraw(resolve(id), volume, layer, clock.now()),
    split: (id, fractions) => plant.split(resolve(id), fractions, clock.now()),
    deposit: (id, parcel, gently) => plant.deposit(resolve(id), parcel, clock.now(), gently),
    react: (id, change) => plant.react(resolve(id), change, clock.now()),
    settle: (id, pelletFractions) => {
      const vessel = resolve(id);
      plant.settleVessel(vessel, clock.now());
      vessel.contents.pellet = pelletFractions.slice();
    },
    resuspend: (id) => {
      const vessel = resolve(id);
      plant.settleVessel(vessel, clock.now());
      vessel.contents.pellet = undefined;
    },
    setEnvironment: (id, environment) =>
      plant.setEnvironment(resolve(id), environment, clock.now()),
    setCapped: (id, capped) => {
      plant.setCapped(resolve(id), capped);
    },
    setSealed: (id) => plant.setSealed(resolve(id)),
    setPlaceOpen: (place, open) => {
      placeState(place).open = open;
      plant.changed(full(place).slice(0, full(place).indexOf('.')));
    },
    setLineShut: (id, shut) => {
      if (shut) flows.stop(id, clock.now());
      plant.line(id).shut = shut;
      plant.changed(undefined);
    },
    setLineConnected: (id, connected) => {
      flows.stop(id, clock.now());
      plant.line(id).connected = connected;
      plant.changed(undefined);
    },
    joinLine: (id) => {
      flows.stop(id, clock.now());
      plant.joinLine(id);
    },
    renewLine: (id) => goods.renewLine(id),
    startFlow: (line, rate, volume) =>
      flows.start(device, line, rate, volume ?? Number.POSITIVE_INFINITY, clock.now()),
    stopFlow: (line) => flows.stop(line, clock.now()),
    moveVessel: (id, place) =>
      plant.move(resolve(id), { at: 'place', place: full(place) }, clock.now()),
    grasp: (id) => plant.move(resolve(id), { at: 'gripper', device }, clock.now()),
    drop: (id) => {
      const vessel = resolve(id);
      const pose = host.carryPose(device, vessel.id);
      plant.move(vessel, { at: 'floor', zone: zone(), pose }, clock.now());
      host.fell(vessel, zone(), pose);
    },
    emitParticles: (rate, seconds) => plant.air.emit(zone(), rate * seconds, clock.now()),
    setFans: (running) =>
      plant.air.setFans(plant.locations.deviceZone(device), running, clock.now()),
    setDoor: (door, open) => plant.air.setDoor(`${device}.${door}`, open, clock.now()),
    awaitAir: () => plant.air.awaitChange(zone(), device, clock.now()),
    awaitTouch: (id) => plant.awaitTouch(resolve(id), device),
    setCoupling: (place, coupling) => plant.setCoupling(full(place), coupling),
    usePort: (id, port) => plant.usePort(resolve(id).id, port),
    setSamplingValve: (id, open) => plant.setSamplingValve(resolve(id).id, open),
    drawSupply: (carries, volume) => supplies.draw(device, carries, volume, clock.now()),
    toDrain: (parcel) => supplies.drain(device, parcel, clock.now()),
    setSupplyOpen: (open) => supplies.setOpen(device, open),
    bringIn: (delivery) => goods.bringIn({ ...delivery, place: full(delivery.place) }, clock.now()),
    takeOut: (id) => goods.takeOut(resolve(id).id, clock.now()),
    refill: (id, fill) => goods.refill(resolve(id).id, fill, clock.now()),
    spill: (parcel) => plant.spillParcel(parcel, zone()),
    refit: (id, kind) => goods.refit(resolve(id).id, kind, clock.now()),
    zoneDecontaminated: () => {
      plant.state.decontaminations.set(zone(), clock.now());
      plant.revisions.changed('closures');
    },
    setWaste: (id) => plant.setWaste(resolve(id)),
    setBatch: (id, batch) => plant.setBatch(resolve(id), batch),
  };
}

/** Why a device must stay where it is. */
function bondOf({ plant, executing }: DevicePortHost, body: string): string | undefined {
  const device = plant.locations.ownerOf(body);
  if (device === undefined || plant.locations.bodyOf(device) !== body) return undefined;
  for (const id of [device, ...plant.devicesIn(device)]) {
    const command = executing(id);
    if (command !== '') return `${id} is executing ${command}`;
  }
  for (const [place, { vessel }] of plant.state.couplings) {
    if (place.startsWith(`${device}.`)) return `${vessel} is coupled in ${place}`;
  }
  return undefined;
}

/** Fraction of a vessel's particles that lie in its pellet, by count over all particle species. */
function pelletFraction(plant: Plant, vessel: VesselState): number {
  const { pellet } = vessel.contents;
  if (pellet === undefined) return 0;
  const totals = totalInto(new Float64Array(plant.speciesCount), vessel.contents.lots);
  let lying = 0;
  let all = 0;
  for (let s = 1; s < totals.length; s++) {
    if (!plant.isParticle(s)) continue;
    all += totals[s] ?? 0;
    lying += (totals[s] ?? 0) * (pellet[s] ?? 0);
  }
  return all > 0 ? lying / all : 0;
}
