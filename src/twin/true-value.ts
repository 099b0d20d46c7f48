import type { Value } from '../kernel/plant-contract.ts';
import { fromSi } from '../kernel/units.ts';
import type { DeviceRuntime } from './device-runtime.ts';

/** What a declared signal really is at present, in its unit; undefined when the device declares none of that name. */
export function trueValue(runtime: DeviceRuntime, name: string): Value | undefined {
  const { signals, read } = runtime.device.definition;
  const signal = signals[name];
  const value = read[name]?.(runtime.readContext());
  return signal?.kind === 'number' ? fromSi(Number(value), signal.unit) : value;
}
