import { InvariantError } from '../kernel/error-catalogue.ts';
import type { Micros } from '../kernel/time.ts';
import type { ZoneAirView } from '../device-emulators/definition/plant-port.ts';
import {
  particleNetwork,
  particlesLater,
  type AirFlow,
  type ParticleNetwork,
} from '../physics/air/particle-network.ts';
import { solvePressures, type Opening } from '../physics/air/pressure-network.ts';
import { openingFlow } from '../physics/air/room-air.ts';
import type { AirState } from './plant-state.ts';
import type { Revisions } from './revisions.ts';
import type { Scene, SceneZone } from './scene/scene.ts';

/**
 * Particles [1/m3] of at least 0.5 um and 5 um in a zone at work without disturbance: a tenth of the
 * Annex 1 (2022) limit in operation of the grade (D: at rest, as none is set in operation). Assumed.
 */
const BACKGROUND: Readonly<Record<SceneZone['grade'], readonly [number, number]>> = {
  A: [352, 3],
  B: [35_200, 293],
  C: [352_000, 2_930],
  D: [352_000, 2_930],
  unclassified: [20_000_000, 150_000],
};

/** Particles of the air around the plant, as in an unclassified room [1/m3]; assumed. */
const OUTSIDE = BACKGROUND.unclassified;

/** Share of particles of at least 5 um among those of at least 0.5 um that handling emits; assumed. */
const COARSE_SHARE = 0.008;

/** Leaks of a zone's walls to the surroundings, area per area [m2/m2]: 3 cm2 per m2; assumed. */
const LEAKINESS = 3e-4;

/** Time constant with which pressures settle [s]: rooms need 1 to 5 s (general knowledge). */
const SETTLING = 1;

/** Air that eddies carry each way through an open door, per area [m/s], without a draught; assumed. */
const EXCHANGE = 0.1;

/** Deviations below which air counts as settled: pressure [Pa] and share of the steady particles. */
const SETTLED_PRESSURE = 0.05;
const SETTLED_PARTICLES = 0.01;

interface RoomInfo {
  readonly id: string;
  readonly volume: number;
  readonly cleanAir: number;
  readonly netSupply: number;
  readonly background: readonly [fine: number, coarse: number];
}

interface DoorInfo {
  /** `device.door` */
  readonly name: string;
  readonly chamber: string;
  /** Zone behind the door, empty for the surroundings. */
  readonly zone: string;
  readonly area: number;
  readonly gap: number;
}

/** Air that is exchanged with the surroundings without fans [1/h]; assumed. */
const INFILTRATION = 0.3;

/** What the air tends to while doors and fans stay as they are. */
interface Regime {
  readonly pressures: ReadonlyMap<string, number>;
  readonly fine: ParticleNetwork;
  readonly coarse: ParticleNetwork;
}

/**
 * Air of the zones and of the chambers of airlocks. Fans deliver constant flows, so pressures follow
 * from doors and gaps alone and settle exponentially; particles drift with leaks and eddies and are
 * filtered out. Between two changes all is a closed function of time: nothing is stepped.
 */
export class PlantAir {
  readonly state: AirState;
  private readonly rooms: readonly RoomInfo[];
  private readonly index: ReadonlyMap<string, number>;
  private readonly doors: readonly DoorInfo[];
  private readonly leaks: readonly Opening[];
  private readonly zones: ReadonlyMap<string, SceneZone>;
  private readonly regimes = new Map<string, Regime>();
  private readonly revisions: Revisions;
  /** Tells a device that the air of its zone has changed. */
  private readonly wake: (device: string) => void;
  private readonly changed: () => void;

  /**
   * @param wake tells a device that the air which it waits for has changed
   * @param changed tells that the air has changed anywhere
   */
  constructor(
    scene: Scene,
    revisions: Revisions,
    wake: (device: string) => void,
    changed: () => void,
  ) {
    this.revisions = revisions;
    this.wake = wake;
    this.changed = changed;
    this.zones = new Map(scene.zones.map((zone) => [zone.id, zone]));
    const { rooms, doors } = airlocks(scene);
    this.doors = doors;
    this.leaks = scene.zones.map((zone) => ({ from: zone.id, to: '', area: leakArea(zone) }));
    this.rooms = [...zoneRooms(scene, doors), ...rooms];
    this.index = new Map(this.rooms.map(({ id }, i) => [id, i]));
    this.state = {
      since: 0,
      doors: {},
      stopped: [],
      pressures: {},
      fine: [],
      coarse: [],
      watchers: {},
    };
    for (const { name } of doors) this.state.doors[name] = false;
    const regime = this.regime();
    this.state.pressures = Object.fromEntries(regime.pressures);
    this.state.fine = [...regime.fine.steady];
    this.state.coarse = [...regime.coarse.steady];
  }

  /** Air of a zone at `t`; particle counts are computed when asked for. */
  at(id: string, t: Micros): ZoneAirView {
    const zone = this.zones.get(id);
    const room = this.index.get(id);
    if (zone === undefined || room === undefined) throw new InvariantError(`no zone ${id}`);
    const particles = (kind: 'fine' | 'coarse'): number => this.particles(kind, t)[room] ?? 0;
    const isSettled = (): boolean => this.isSettled(id, room, t);
    const pressure = this.pressure(id, t);
    return {
      grade: zone.grade,
      pressure,
      get particles05() {
        return particles('fine');
      },
      get particles5() {
        return particles('coarse');
      },
      temperature: zone.temperature,
      humidity: zone.humidity,
      get settled() {
        return isSettled();
      },
    };
  }

  /** Pressure above the surroundings that a zone or chamber tends to with the doors as they are [Pa]. */
  steadyPressure(room: string): number {
    return room === '' ? 0 : (this.regime().pressures.get(room) ?? 0);
  }

  /** Doors of each airlock by the device that has it. */
  doorsByLock(): ReadonlyMap<string, readonly DoorInfo[]> {
    const found = new Map<string, DoorInfo[]>();
    for (const door of this.doors) {
      found.set(door.chamber, [...(found.get(door.chamber) ?? []), door]);
    }
    return found;
  }

  isOpen(door: string): boolean {
    return this.state.doors[door] ?? false;
  }

  /** Opens or closes a door; a moving door counts as open. */
  setDoor(name: string, open: boolean, t: Micros): void {
    if (this.state.doors[name] === undefined) throw new InvariantError(`no door ${name}`);
    if (this.state.doors[name] === open) return;
    this.settle(t);
    this.state.doors[name] = open;
    this.revisions.changed('air');
    this.changed();
    for (const { id } of this.rooms) this.wakeWatchers(id);
  }

  /** Lets the fans of a zone stand still, or run again. */
  setFans(zone: string, running: boolean, t: Micros): void {
    if (!this.zones.has(zone)) throw new InvariantError(`no zone ${zone}`);
    const { stopped } = this.state;
    if (stopped.includes(zone) !== running) return;
    this.settle(t);
    this.state.stopped = running ? stopped.filter((id) => id !== zone) : [...stopped, zone].sort();
    this.revisions.changed('air');
    this.changed();
    for (const { id } of this.rooms) this.wakeWatchers(id);
  }

  /** Adds `count` particles to the air of a zone. */
  emit(zone: string, count: number, t: Micros): void {
    const room = this.index.get(zone);
    const volume = room === undefined ? undefined : this.rooms[room]?.volume;
    if (room === undefined || volume === undefined) throw new InvariantError(`no zone ${zone}`);
    this.settle(t);
    const { fine, coarse } = this.state;
    fine[room] = (fine[room] ?? 0) + count / volume;
    coarse[room] = (coarse[room] ?? 0) + (COARSE_SHARE * count) / volume;
    this.changed();
    this.wakeWatchers(zone);
  }

  /** Wakes a device once, when the air of its zone next changes, or at once if it has not settled. */
  awaitChange(zone: string, device: string, t: Micros): void {
    if (!this.at(zone, t).settled) {
      this.wake(device);
      return;
    }
    const watchers = this.state.watchers[zone] ?? [];
    if (!watchers.includes(device)) this.state.watchers[zone] = [...watchers, device];
  }

  private wakeWatchers(zone: string): void {
    const watchers = this.state.watchers[zone];
    if (watchers === undefined) return;
    delete this.state.watchers[zone];
    for (const device of watchers) this.wake(device);
  }

  /** Time since the latest change [s]; before it the air counts as it was then. */
  private secondsAt(t: Micros): number {
    return Math.max(0, t - this.state.since) / 1e6;
  }

  private pressure(room: string, t: Micros): number {
    const target = this.steadyPressure(room);
    const start = this.state.pressures[room] ?? target;
    return target + (start - target) * Math.exp(-this.secondsAt(t) / SETTLING);
  }

  private particles(kind: 'fine' | 'coarse', t: Micros): Float64Array {
    const seconds = this.secondsAt(t);
    return particlesLater(this.regime()[kind], Float64Array.from(this.state[kind]), seconds);
  }

  private isSettled(id: string, room: number, t: Micros): boolean {
    if (Math.abs(this.pressure(id, t) - this.steadyPressure(id)) > SETTLED_PRESSURE) return false;
    return (['fine', 'coarse'] as const).every((kind) => {
      const steady = this.regime()[kind].steady[room] ?? 0;
      const deviation = Math.abs((this.particles(kind, t)[room] ?? 0) - steady);
      return deviation <= SETTLED_PARTICLES * steady;
    });
  }

  /** Brings the stored air to `t`, before something disturbs it. */
  private settle(t: Micros): void {
    const { state } = this;
    if (t <= state.since) return;
    const fine = [...this.particles('fine', t)];
    const coarse = [...this.particles('coarse', t)];
    state.pressures = Object.fromEntries(this.rooms.map(({ id }) => [id, this.pressure(id, t)]));
    state.fine = fine;
    state.coarse = coarse;
    state.since = t;
  }

  private regime(): Regime {
    const open = this.doors.filter(({ name }) => this.state.doors[name] === true);
    const key = [...open.map(({ name }) => name), '|', ...this.state.stopped].join(' ');
    let regime = this.regimes.get(key);
    if (regime === undefined) {
      regime = this.buildRegime(new Set(open));
      this.regimes.set(key, regime);
    }
    return regime;
  }

  private buildRegime(open: ReadonlySet<DoorInfo>): Regime {
    const ways = this.doors.map((door) => ({
      from: door.chamber,
      to: door.zone,
      area: open.has(door) ? door.area : door.gap,
      exchanging: open.has(door),
    }));
    const { stopped } = this.state;
    const rooms = this.rooms.map((room) =>
      stopped.includes(room.id) ? { ...room, cleanAir: 0, netSupply: 0 } : room,
    );
    const pressures = solvePressures(rooms, [...this.leaks, ...ways]);
    const flows: AirFlow[] = [];
    for (const { from, to, area, exchanging } of [
      ...this.leaks.map((leak) => ({ ...leak, exchanging: false })),
      ...ways,
    ]) {
      const [a, b] = [this.index.get(from) ?? -1, this.index.get(to) ?? -1];
      const net = openingFlow(area, (pressures.get(from) ?? 0) - (pressures.get(to) ?? 0));
      // A draught through the whole opening leaves no room for eddies against it.
      const eddies = exchanging ? Math.max(0, EXCHANGE * area - Math.abs(net)) : 0;
      flows.push({ from: a, to: b, rate: Math.max(0, net) + eddies });
      flows.push({ from: b, to: a, rate: Math.max(0, -net) + eddies });
    }
    // Without fans a zone breathes through its leaks all the same.
    for (const { id, volume } of rooms) {
      if (!stopped.includes(id)) continue;
      const [room, rate] = [this.index.get(id) ?? -1, (INFILTRATION * volume) / 3600];
      flows.push({ from: -1, to: room, rate }, { from: room, to: -1, rate });
    }
    const network = (kind: 0 | 1): ParticleNetwork =>
      particleNetwork(
        rooms.map(({ volume, cleanAir, background }) => {
          return { volume, cleanAir, emission: background[kind] * cleanAir };
        }),
        flows,
        OUTSIDE[kind],
      );
    return { pressures, fine: network(0), coarse: network(1) };
  }
}

/** Chambers of the scene's airlocks as rooms, and their doors. */
function airlocks(scene: Scene): { readonly rooms: RoomInfo[]; readonly doors: DoorInfo[] } {
  const rooms: RoomInfo[] = [];
  const doors: DoorInfo[] = [];
  for (const { id, definition, config, zone } of scene.devices) {
    const airlock = definition.airlock?.(config);
    if (airlock === undefined) continue;
    const { volume, airChanges } = airlock;
    rooms.push({ id, volume, cleanAir: volume * airChanges, netSupply: 0, background: [0, 0] });
    for (const { name, to, area, gap } of airlock.doors) {
      doors.push({ name: `${id}.${name}`, chamber: id, zone: to ?? zone, area, gap });
    }
  }
  return { rooms, doors };
}

/** Zones as rooms whose fans hold their set pressures while all doors are closed. */
function zoneRooms(scene: Scene, doors: readonly DoorInfo[]): RoomInfo[] {
  const design = new Map(scene.zones.map(({ id, pressure }) => [id, pressure]));
  return scene.zones.map((zone) => {
    const [x, y, z] = extent(zone);
    const volume = x * y * z;
    const { id, pressure, airChanges, grade } = zone;
    let netSupply = openingFlow(leakArea(zone), pressure);
    for (const { zone: behind, chamber, gap } of doors) {
      if (behind !== id) continue;
      netSupply += openingFlow(gap, pressure - chamberPressure(chamber, doors, design));
    }
    return { id, volume, cleanAir: volume * airChanges, netSupply, background: BACKGROUND[grade] };
  });
}

/** Pressure of a closed chamber of two doors [Pa]: what leaks in on one side leaks out on the other. */
function chamberPressure(
  chamber: string,
  doors: readonly DoorInfo[],
  design: ReadonlyMap<string, number>,
): number {
  let weighted = 0;
  let weights = 0;
  for (const door of doors) {
    if (door.chamber !== chamber) continue;
    weighted += door.gap ** 2 * (design.get(door.zone) ?? 0);
    weights += door.gap ** 2;
  }
  return weights > 0 ? weighted / weights : 0;
}

function extent({ min, max }: SceneZone): readonly [number, number, number] {
  return [max[0] - min[0], max[1] - min[1], max[2] - min[2]];
}

/** Leaks of a zone to the surroundings [m2]. */
function leakArea(zone: SceneZone): number {
  const [x, y, z] = extent(zone);
  return LEAKINESS * 2 * (x * y + y * z + z * x);
}
