import { isDecisive } from '../kernel/change-log.ts';
import { clonePlain } from '../kernel/clone-plain.ts';
import { InvariantError } from '../kernel/error-catalogue.ts';
import { EventQueue } from '../kernel/event-queue.ts';
import type {
  CommandOutcome,
  PlantCommand,
  PlantDescription,
  PlantEvent,
  SignalReading,
  Value,
} from '../kernel/plant-contract.ts';
import { hashState } from '../kernel/state-hash.ts';
import type { Micros } from '../kernel/time.ts';
import { describeDevice } from '../device-emulators/definition/describe.ts';
import { Chronicle } from './chronicle.ts';
import { Clock } from './clock.ts';
import { createDevicePort } from './device-port.ts';
import { DeviceRuntime, type Trace } from './device-runtime.ts';
import type { MassBalance } from './mass-balance.ts';
import { performCommand } from './commands.ts';
import type { Observer } from './observers/observer.ts';
import { ObserverBoard } from './observers/observer-board.ts';
import { Falls } from './falls.ts';
import { Flows } from './flows.ts';
import { Forces } from './forces.ts';
import { type FillAmounts, Goods } from './goods.ts';
import { Plant } from './plant.ts';
import type { SpeciesInfo } from './plant-surroundings.ts';
import { RailTraffic } from './rails/rail-traffic.ts';
import { type Channel, Readings } from './readings.ts';
import type { Scene } from './scene/scene.ts';
import { StandingSolids } from './standing-solids.ts';
import { Supplies } from './supplies.ts';
import type { LoggedCommand, Payload, TwinState } from './twin-state.ts';
import type { VesselDynamics } from './vessel-dynamics.ts';

/** Order of events of one instant: what flows, falls and drives moves, machines decide, observers look. */
const PRIORITY = { flow: 1, fall: 1, rail: 1, machine: 2, watch: 9 } as const;

/** When an advance stops before its end. */
export interface StopRule {
  /** Next instant after `t` that is looked at although nothing happens; Infinity for none. */
  nextLook(t: Micros): Micros;
  /**
   * Whether to stop at the present instant; `events` are those of this instant. Where nothing is due it is
   * called because this rule or another one wanted to look: `isDue` is false then.
   */
  isMet(events: readonly PlantEvent[], isDue: boolean): boolean;
}

/** Stops where an operation ends or an alarm changes. */
export const DECISIVE: StopRule = {
  nextLook: () => Number.POSITIVE_INFINITY,
  isMet: (events) => events.some(isDecisive),
};

/** What is wrong with a plant, or made so, at present. */
export interface Disturbed {
  readonly faults: readonly { readonly device: string; readonly fault: string }[];
  readonly forced: readonly string[];
}

export interface TwinParts {
  readonly scene: Scene;
  readonly seed: number;
  readonly species: SpeciesInfo;
  readonly dynamics: VesselDynamics;
  readonly massBalance: MassBalance;
  readonly observers: readonly Observer[];
  readonly fill: FillAmounts;
}

/**
 * The deterministic core: what happens next is a function of scene, seed and command log alone.
 * `advanceTo` fires everything due; nothing else moves time.
 */
export class Twin {
  readonly plant: Plant;
  readonly scene: Scene;
  readonly seed: number;
  readonly devices = new Map<string, DeviceRuntime>();
  readonly log: LoggedCommand[] = [];
  readonly massBalance: MassBalance;
  private readonly queue = new EventQueue<Payload>();
  private readonly forces = new Forces();
  private readonly readings: Readings;
  private readonly flows: Flows;
  readonly supplies: Supplies;
  readonly goods: Goods;
  readonly rails: RailTraffic;
  private readonly falls: Falls;
  private readonly board: ObserverBoard;
  /** Time of the watch event in the queue; Infinity when there is none. */
  private watchAt: Micros = Number.POSITIVE_INFINITY;
  readonly solids: StandingSolids;
  private time: Micros = 0;
  private readonly clock = new Clock();
  private readonly chronicle = new Chronicle(this.clock);
  /** Told of the transitions of all devices; nothing depends on it. */
  trace: Trace | undefined;
  /** Events of the queue so far; counts work and is no part of the state. */
  private firedEvents = 0;

  constructor(parts: TwinParts) {
    const { scene, seed, species, dynamics } = parts;
    this.scene = scene;
    this.seed = seed;
    this.massBalance = parts.massBalance;
    this.board = new ObserverBoard(parts.observers);
    this.readings = new Readings(seed, this.clock, this.forces);
    // In which order a scene names its devices shall not matter.
    const devices = scene.devices.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    this.plant = new Plant({ ...scene, devices }, species, dynamics, {
      beforeChange: (device, t) => {
        this.readings.takeStock(device, t);
      },
      changed: (device) => this.readings.changed(device),
      airChanged: (device) => this.notify(device, 'air.changed'),
      touched: (device) => this.notify(device, 'vessel.touched'),
      carryPose: (device, vessel) => this.runtime(device).carryPose(vessel),
      couplingChanged: (device) => this.notify(device, 'coupling.changed'),
      moved: (device) => this.deviceMoved(device),
      placed: (vessel, place, carrier) =>
        this.chronicle.vesselMoved('vessel.placed', vessel, place, carrier),
      taken: (vessel, place, carrier) =>
        this.chronicle.vesselMoved('vessel.taken', vessel, place, carrier),
    });
    this.supplies = new Supplies(this.plant, (device) => this.notify(device, 'supply.changed'));
    this.goods = new Goods(this.plant, parts.massBalance, parts.fill);
    this.flows = new Flows(this.plant, {
      schedule: (time, line) => this.queue.push(time, PRIORITY.flow, { kind: 'flow', line }),
      cancel: (handle) => this.queue.cancel(handle),
      ended: (device, line, type) => {
        this.queue.push(this.time, PRIORITY.machine, {
          kind: 'machine',
          device,
          event: { type, line },
        });
      },
    });
    this.rails = new RailTraffic(this.plant, {
      now: () => this.clock.now(),
      schedule: (time, track, shuttle) =>
        this.queue.push(time, PRIORITY.rail, { kind: 'rail', track, shuttle }),
      cancel: (handle) => this.queue.cancel(handle),
      tell: (device, event) =>
        this.queue.push(this.time, PRIORITY.machine, { kind: 'machine', device, event }),
    });
    this.solids = new StandingSolids(this.plant);
    this.falls = new Falls(
      this.plant,
      (zone) => this.solids.of(zone),
      (time, zone) => this.queue.push(time, PRIORITY.fall, { kind: 'fall', zone }),
    );
    for (const device of devices) this.addDevice(device);
    this.scheduleWatch();
  }

  private addDevice(device: Scene['devices'][number]): void {
    const { id } = device;
    const port = createDevicePort(
      {
        plant: this.plant,
        flows: this.flows,
        clock: this.clock,
        supplies: this.supplies,
        goods: this.goods,
        solids: (zone) => this.solids.of(zone),
        carryPose: (carrier, vessel) => this.runtime(carrier).carryPose(vessel),
        rails: this.rails,
        executing: (other) => {
          const { state, command } = this.runtime(other).operation;
          return state === 'running' ? command : '';
        },
        fell: (vessel, zone, pose) => this.falls.drop(vessel, zone, pose, this.time),
      },
      id,
    );
    const runtime = new DeviceRuntime(device, port, {
      now: () => this.clock.now(),
      seed: this.seed,
      schedule: (time, target, event) =>
        this.queue.push(time, PRIORITY.machine, {
          kind: 'machine',
          device: target,
          event,
        }),
      cancel: (handle) => this.queue.cancel(handle),
      started: (target, operation, client) => {
        this.plant.usage.operationStarted(target, operation.command, this.time);
        this.chronicle.operationStarted(target, operation, client);
      },
      ended: (target, operation) => {
        this.plant.usage.operationEnded(target, operation.state !== 'completed', this.time);
        this.chronicle.operationEnded(target, operation);
      },
      alarmChanged: (state, was) => {
        this.plant.revisions.changed('alarms', state.device);
        this.chronicle.alarmChanged(state, was);
      },
      pose: (target) => this.plant.locations.devicePose(target),
      zone: (target) => this.plant.locations.deviceZone(target),
      isPowered: (target) => this.plant.locations.isPowered(target),
      trace: () => this.trace,
    });
    this.devices.set(id, runtime);
    this.readings.add(runtime);
  }

  /** Tells a device's machine of something, at this instant. */
  private notify(device: string, type: string): void {
    this.queue.push(this.time, PRIORITY.machine, { kind: 'machine', device, event: { type } });
  }

  get now(): Micros {
    return this.time;
  }

  /** Time of the next event; Infinity when nothing will ever happen. */
  get nextEventTime(): Micros {
    return this.queue.peek()?.time ?? Number.POSITIVE_INFINITY;
  }

  /** How many events of the queue have been fired. */
  get fired(): number {
    return this.firedEvents;
  }

  runtime(id: string): DeviceRuntime {
    const runtime = this.devices.get(id);
    if (runtime === undefined) throw new InvariantError(`no device ${id}`);
    return runtime;
  }

  describe(): PlantDescription {
    return {
      scene: this.scene.name,
      title: this.scene.title,
      epochUnixMicros: this.scene.epochUnixMicros,
      devices: this.scene.devices.map((d) =>
        describeDevice(d.definition, {
          id: d.id,
          title: d.title,
          zone: d.zone,
          config: d.config,
          in: d.in,
          pose: d.pose,
        }),
      ),
    };
  }

  /** How many events have happened that nobody has taken yet, and those of them after the first `seen`. */
  get untaken(): number {
    return this.chronicle.length;
  }

  untakenSince(seen: number): readonly PlantEvent[] {
    return this.chronicle.since(seen);
  }

  /** Takes the events that have happened since the last call. */
  takeEvents(): PlantEvent[] {
    return this.chronicle.take();
  }

  /**
   * Fires everything due up to and including `t` and moves time there; with a rule, stops at the first
   * instant after the present at which it is met. Returns the time reached.
   *
   * @throws RangeError when `t` lies in the past or is no integer
   */
  advanceTo(t: Micros, rule?: StopRule): Micros {
    if (!Number.isSafeInteger(t) || t < this.time) {
      throw new RangeError(`cannot advance from ${this.time} to ${t}`);
    }
    for (;;) {
      const event = this.nextEventTime;
      const look = rule?.nextLook(this.time) ?? Number.POSITIVE_INFINITY;
      const instant = Math.min(event, look);
      if (instant > t) break;
      const seen = this.chronicle.length;
      this.moveTo(instant);
      if (event === instant) this.fireInstant();
      if (rule?.isMet(this.chronicle.since(seen), event === instant) === true) return instant;
    }
    this.moveTo(t);
    return t;
  }

  /** Fires all events of the present instant. */
  private fireInstant(): void {
    this.fireDueNow();
    this.observe();
  }

  private moveTo(t: Micros): void {
    this.time = t;
    this.clock.present = t;
  }

  private fire(payload: Payload, handle: number): void {
    if (payload.kind === 'machine') {
      this.readings.takeStock(payload.device, this.time);
      this.runtime(payload.device).fire(payload.event, handle);
    } else if (payload.kind === 'flow') this.flows.continue(payload.line, this.time);
    else if (payload.kind === 'fall') this.falls.step(payload.zone, this.time);
    else if (payload.kind === 'rail') this.rails.pass(payload.track, payload.shuttle);
    else this.watchAt = Number.POSITIVE_INFINITY;
  }

  /** Executes a command at the present instant. */
  execute(command: PlantCommand): CommandOutcome {
    this.readings.takeStock(command.device, this.time);
    const outcome = performCommand(this.devices, command, {
      forces: this.forces,
      readings: this.readings,
      now: this.time,
    });
    this.chronicle.answered(command, outcome);
    const refused = outcome.ok ? '' : outcome.error.code;
    this.log.push({ time: this.time, command, refused });
    this.fireInstant();
    return outcome;
  }

  /** Events raised without delay belong to the same instant. */
  private fireDueNow(): void {
    for (
      let next = this.queue.peek();
      next !== undefined && next.time <= this.time;
      next = this.queue.peek()
    ) {
      this.queue.pop();
      this.firedEvents += 1;
      this.fire(next.payload, next.sequence);
    }
  }

  /** A signal as its sensor shows it now, in the declared unit; undefined when there is none. */
  read(device: string, name: string): SignalReading | undefined {
    return this.readings.channel(device, name)?.show(this.time);
  }

  /** What is really so, whatever a sensor or a forced signal shows; undefined when there is no such signal. */
  truthOf(device: string, name: string): Value | undefined {
    return this.readings.truthOf(device, name);
  }

  /** Devices with their active faults, and paths of forced signals. */
  get disturbed(): Disturbed {
    const faults = [...this.devices.values()].flatMap(({ id, activeFaults }) =>
      activeFaults.map((fault) => ({ device: id, fault })),
    );
    return { faults, forced: this.forces.stored().map(([path]) => path) };
  }

  /** A signal for whoever reads it often; undefined when there is none. */
  channel(device: string, name: string): Channel | undefined {
    return this.readings.channel(device, name);
  }

  /** Counts what may have changed what a device shows, apart from time going by. */
  shownRevision(device: string): number {
    return this.readings.revisionOf(device);
  }

  /** Whether reading the true values in the course of `work` depends on what time it is. */
  dependsOnTime(work: () => void): boolean {
    return this.clock.isAskedBy(work);
  }

  /** Hash of everything that the future depends on. */
  stateHash(): string {
    const { vessels, lines, places, air, spills, couplings, ports } = this.plant.state;
    const { supplies, tracks, decontaminations, batches, touchWatchers } = this.plant.state;
    const sorted = <T>(map: ReadonlyMap<string, T>): [string, T][] =>
      [...map].sort(([a], [b]) => (a < b ? -1 : 1));
    return hashState({
      time: this.time,
      seed: this.seed,
      queue: this.queue.entries(),
      vessels: sorted(vessels),
      lines: sorted(lines),
      places: sorted(places),
      air,
      spills: sorted(spills),
      couplings: sorted(couplings),
      ports: sorted(ports),
      supplies: sorted(supplies),
      tracks: sorted(tracks),
      decontaminations: sorted(decontaminations),
      batches: [...batches].sort(),
      touchWatchers: sorted(touchWatchers),
      falls: this.falls.stored(),
      observers: this.board.stored(),
      sensors: this.readings.stored(),
      forces: this.forces.stored(),
      sensorFaults: this.readings.sensorFaults.stored(),
      devices: sorted(this.devices).map(([id, runtime]) => [id, runtime.stored()]),
    });
  }

  /** Everything that changes, as plain data of its own: nothing that happens later alters it. */
  save(): TwinState {
    return clonePlain({
      time: this.time,
      eventSequence: this.chronicle.sequence,
      watchAt: this.watchAt,
      queue: this.queue.entries(),
      upcoming: this.queue.upcoming,
      log: this.log,
      plant: this.plant.state,
      usage: this.plant.usage.save(),
      massBalance: this.massBalance.save(),
      falls: this.falls.stored(),
      observers: this.board.stored(),
      sensors: this.readings.stored(),
      forces: this.forces.stored(),
      sensorFaults: this.readings.sensorFaults.stored(),
      devices: [...this.devices].map(([id, runtime]) => [id, runtime.save()] as const),
    });
  }

  /**
   * Takes over the state of a twin of the same scene and seed, whenever that was: from there on both
   * go the same way. Events that nobody has taken yet are dropped.
   */
  restore(saved: TwinState): void {
    const state = clonePlain(saved);
    this.moveTo(state.time);
    this.chronicle.restart(state.eventSequence);
    this.log.splice(0, this.log.length, ...state.log);
    this.plant.restore(state.plant);
    this.plant.usage.restore(state.usage);
    this.massBalance.restore(state.massBalance);
    for (const [id, device] of state.devices) this.runtime(id).restore(device);
    this.solids.forget();
    this.falls.restore(state.falls);
    this.forces.restore(state.forces);
    this.readings.sensorFaults.restore(state.sensorFaults);
    this.readings.restore(state.sensors);
    this.board.restore(state.observers, this);
    this.queue.restore(state.queue, state.upcoming);
    this.watchAt = state.watchAt;
  }

  /**
   * Tells those who have not followed from the beginning what holds at present: operations under way,
   * faults, alarms and forced signals, as events of this instant.
   *
   * @param from time that the clock showed before it was set to the present, for those who followed until then
   */
  announce(from?: Micros): void {
    if (from !== undefined) this.chronicle.jumped(from);
    for (const runtime of this.devices.values()) this.chronicle.announce(runtime);
    for (const [path] of this.forces.stored()) this.chronicle.forced(path);
  }

  /** A movable device stands somewhere else, and with it what stands in it. */
  private deviceMoved(device: string): void {
    this.solids.moved(device);
    this.rails.moved(device);
    for (const id of [device, ...this.plant.devicesIn(device)]) {
      this.readings.changed(id);
      this.devices.get(id)?.followPower();
    }
  }

  private observe(): void {
    for (const violation of this.board.look(this, this.time)) {
      this.chronicle.violated(violation);
    }
    this.scheduleWatch();
  }

  /** Sees to it that observers look in time although nothing happens. */
  private scheduleWatch(): void {
    const next = this.board.nextLook;
    if (next >= this.watchAt) return;
    this.watchAt = next;
    this.queue.push(next, PRIORITY.watch, { kind: 'watch' });
  }
}
