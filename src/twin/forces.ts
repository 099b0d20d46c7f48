import { refusal, type Refusal } from '../kernel/error-catalogue.ts';
import type { SignalReading, Value } from '../kernel/plant-contract.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Micros } from '../kernel/time.ts';
import { refill } from './refill.ts';
import { acceptedValue } from './accepted-value.ts';
import { trueValue } from './true-value.ts';
import type { DeviceRuntime } from './device-runtime.ts';

/** A signal that shows, or a set-point that has, what somebody decided; in the declared unit. */
export interface Force {
  readonly value: Value;
  readonly since: Micros;
  /** Time in which it gets there from `from`; 0 at once. */
  readonly ramp: Micros;
  readonly from?: Value | undefined;
  /** What a set-point goes back to when it is released: its value before, or what was written meanwhile. */
  readonly wanted?: Value;
}

/** Signals that are forced, between the devices and whoever reads and writes them. */
export class Forces {
  private readonly forces = new Map<string, Force>();

  /** What a forced signal shows at `t`; undefined when it is not forced. */
  reading(path: string, t: Micros): SignalReading | undefined {
    const force = this.forces.get(path);
    if (force === undefined) return undefined;
    const { value, since, ramp, from } = force;
    if (t >= since + ramp) return { value, time: since + ramp, quality: 3 };
    const start = Number(from);
    const onTheWay = start + ((Number(value) - start) * (t - since)) / ramp;
    return { value: Number(onTheWay.toPrecision(12)), time: t, quality: 3 };
  }

  /** Whether a signal is forced by a ramp, so that it shows something else at each time. */
  isRamp(path: string): boolean {
    return (this.forces.get(path)?.ramp ?? 0) > 0;
  }

  /** Forces a signal; a measured one may show what lies outside its range. */
  force(runtime: DeviceRuntime, name: string, force: Force): Result<void, Refusal> {
    const { value, since, ramp, from } = force;
    const path = `${runtime.id}.${name}`;
    const signal = runtime.device.definition.signals[name];
    if (signal === undefined) return err(refusal('UNKNOWN_SIGNAL', `there is no signal ${path}`));
    const accepted = acceptedValue(path, signal, value, signal.direction === 'input');
    if (!accepted.ok) return accepted;
    if (ramp > 0 && (signal.direction === 'input' || signal.kind !== 'number')) {
      const words = `${path}: only a measured number can go somewhere by a ramp`;
      return err(refusal('INVALID_PARAMETER', words));
    }
    if (signal.direction === 'output') {
      this.forces.set(path, { value, since, ramp, ...(ramp > 0 ? { from } : {}) });
      return ok(undefined);
    }
    const before = this.forces.get(path);
    const wanted = before?.wanted ?? trueValue(runtime, name);
    runtime.write(name, accepted.value);
    this.forces.set(path, { value, since, ramp, ...(wanted === undefined ? {} : { wanted }) });
    return ok(undefined);
  }

  /** A write to a forced set-point takes effect when it is released; false when it is not forced. */
  keep(path: string, value: Value): boolean {
    const force = this.forces.get(path);
    if (force === undefined) return false;
    this.forces.set(path, { ...force, wanted: value });
    return true;
  }

  /** Ends a force, if there is one. */
  release(runtime: DeviceRuntime, name: string): Result<void, Refusal> {
    const path = `${runtime.id}.${name}`;
    const signal = runtime.device.definition.signals[name];
    if (signal === undefined) return err(refusal('UNKNOWN_SIGNAL', `there is no signal ${path}`));
    const force = this.forces.get(path);
    this.forces.delete(path);
    if (force?.wanted === undefined) return ok(undefined);
    const accepted = acceptedValue(path, signal, force.wanted, true);
    if (accepted.ok) runtime.write(name, accepted.value);
    return ok(undefined);
  }

  stored(): readonly (readonly [path: string, force: Force])[] {
    return [...this.forces].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  restore(stored: readonly (readonly [path: string, force: Force])[]): void {
    refill(this.forces, stored);
  }
}
