import type { Micros } from '../kernel/time.ts';
import { refill } from './refill.ts';

/** What a device did with one of its commands. */
export interface CommandUse {
  /** Operations that came to an end, and those of them that did not end well. */
  readonly ended: number;
  readonly failed: number;
  /** Time under way [ticks]. */
  readonly busy: Micros;
}

/** What one device was used for. */
export interface DeviceUse {
  readonly commands: Readonly<Record<string, CommandUse>>;
  /** Sum over its places of the time in which something stood there [ticks]. */
  readonly occupied: Micros;
}

/** What came into the plant from outside after time zero. */
export interface Consumption {
  /** Vessels by kind, fresh cores among them. */
  readonly vessels: Readonly<Record<string, number>>;
  /** Volumes [m3] by liquid. */
  readonly liquids: Readonly<Record<string, number>>;
}

/** A labelled vessel that has left the plant. */
export interface Departure {
  readonly vessel: string;
  readonly batch: string;
  readonly time: Micros;
  /** All that it held, by species. */
  readonly amounts: Float64Array;
}

/** What {@link Usage} counts. */
export type UsageState = {
  readonly commands: ReadonlyMap<string, Map<string, Writable<CommandUse>>>;
  readonly running: ReadonlyMap<string, { readonly command: string; readonly since: Micros }>;
  readonly occupied: ReadonlyMap<string, Micros>;
  readonly arrivals: ReadonlyMap<string, Micros>;
  readonly vessels: ReadonlyMap<string, number>;
  readonly liquids: ReadonlyMap<string, number>;
  readonly departures: readonly Departure[];
};

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Keeps count of what devices did, how long places were taken and what came from outside. It follows
 * the plant and nothing follows it: it is no part of the state.
 */
export class Usage {
  private readonly commands = new Map<string, Map<string, Writable<CommandUse>>>();
  private readonly running = new Map<
    string,
    { readonly command: string; readonly since: Micros }
  >();
  private readonly occupied = new Map<string, Micros>();
  private readonly arrivals = new Map<string, Micros>();
  private readonly vessels = new Map<string, number>();
  private readonly liquids = new Map<string, number>();
  /** In the order in which they left. */
  readonly departures: Departure[] = [];

  /** All counts, as plain data. */
  save(): UsageState {
    const { commands, running, occupied, arrivals, vessels, liquids, departures } = this;
    return { commands, running, occupied, arrivals, vessels, liquids, departures };
  }

  restore(state: UsageState): void {
    refill(this.commands, state.commands);
    refill(this.running, state.running);
    refill(this.occupied, state.occupied);
    refill(this.arrivals, state.arrivals);
    refill(this.vessels, state.vessels);
    refill(this.liquids, state.liquids);
    this.departures.splice(0, this.departures.length, ...state.departures);
  }

  operationStarted(device: string, command: string, t: Micros): void {
    this.running.set(device, { command, since: t });
  }

  operationEnded(device: string, isFailed: boolean, t: Micros): void {
    const operation = this.running.get(device);
    if (operation === undefined) return;
    this.running.delete(device);
    const use = this.useOf(device, operation.command);
    use.ended += 1;
    if (isFailed) use.failed += 1;
    use.busy += t - operation.since;
  }

  /** Something came to stand in `device.place`. */
  placeTaken(place: string, t: Micros): void {
    this.arrivals.set(place, t);
  }

  placeLeft(place: string, t: Micros): void {
    this.addOccupied(this.occupied, place, t);
    this.arrivals.delete(place);
  }

  vesselCame(kind: string): void {
    this.vessels.set(kind, (this.vessels.get(kind) ?? 0) + 1);
  }

  /** @param volume [m3] */
  liquidCame(liquid: string, volume: number): void {
    this.liquids.set(liquid, (this.liquids.get(liquid) ?? 0) + volume);
  }

  get consumption(): Consumption {
    return {
      vessels: Object.fromEntries(this.vessels),
      liquids: Object.fromEntries(this.liquids),
    };
  }

  /** Use of every device that was used, until `t`. */
  devices(t: Micros): Readonly<Record<string, DeviceUse>> {
    const occupied = new Map(this.occupied);
    for (const place of this.arrivals.keys()) this.addOccupied(occupied, place, t);
    const found: Record<string, DeviceUse> = {};
    for (const device of new Set([...this.commands.keys(), ...occupied.keys()])) {
      const commands = [...(this.commands.get(device) ?? [])].map(
        ([name, use]) => [name, { ...use }] as const,
      );
      found[device] = {
        commands: Object.fromEntries(commands),
        occupied: occupied.get(device) ?? 0,
      };
    }
    for (const [device, { command, since }] of this.running) {
      const use = found[device] ?? { commands: {}, occupied: 0 };
      const so = use.commands[command] ?? { ended: 0, failed: 0, busy: 0 };
      const commands = { ...use.commands, [command]: { ...so, busy: so.busy + t - since } };
      found[device] = { ...use, commands };
    }
    return found;
  }

  private addOccupied(sums: Map<string, Micros>, place: string, t: Micros): void {
    const device = place.slice(0, place.indexOf('.'));
    const since = this.arrivals.get(place) ?? t;
    sums.set(device, (sums.get(device) ?? 0) + t - since);
  }

  private useOf(device: string, command: string): Writable<CommandUse> {
    const commands = this.commands.get(device) ?? new Map<string, Writable<CommandUse>>();
    this.commands.set(device, commands);
    const use = commands.get(command) ?? { ended: 0, failed: 0, busy: 0 };
    commands.set(command, use);
    return use;
  }
}
