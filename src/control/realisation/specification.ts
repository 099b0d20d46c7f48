import type { DeviceDescription } from '../../kernel/plant-contract.ts';
import { findUnit, toSi } from '../../kernel/units.ts';

/** A required value in the words of the recipe, such as `400 xg`. */
export interface Specification {
  readonly name: string;
  readonly text: string;
  /** `command.parameter`, which must range over the value, or `signal`, which must resolve it. */
  readonly source: string;
}

/** Why a device does not cover a specification; undefined when it does. */
export function shortfall(
  device: DeviceDescription,
  { name, text, source }: Specification,
): string | undefined {
  const wanted = parse(text);
  const [first = '', second] = source.split('.');
  if (second === undefined) {
    const signal = device.signals.find((s) => s.name === first);
    if (signal === undefined) return `${device.id} has no signal ${first}`;
    const resolution = comparable(signal.resolution, signal.unit, wanted);
    if (resolution !== undefined && resolution <= (wanted?.si ?? 0)) return undefined;
    return `${device.id} shows ${first} to ${signal.resolution ?? 'no known'} ${signal.unit}, not to the ${name} of ${text}`;
  }
  const parameter = device.commands
    .find((command) => command.name === first)
    ?.parameters.find((p) => p.name === second);
  if (parameter === undefined) return `${device.id} has no command ${first} with a ${second}`;
  const [least, most] = parameter.range ?? [];
  const low = comparable(least, parameter.unit, wanted);
  const high = comparable(most, parameter.unit, wanted);
  const si = wanted?.si ?? Number.NaN;
  if (low !== undefined && high !== undefined && si >= low && si <= high) return undefined;
  return `${first} of ${device.id} takes ${second} of ${least} to ${most} ${parameter.unit}, not the ${name} of ${text}`;
}

/** Whether a parameter `command.parameter` of a device takes a value in its own unit. */
export function takesValue(
  { commands }: DeviceDescription,
  name: string,
  value: string | number,
): boolean {
  const [command, parameter] = name.split('.');
  const found = commands
    .find((c) => c.name === command)
    ?.parameters.find((p) => p.name === parameter);
  if (typeof value === 'string') return found?.values?.includes(value) ?? false;
  const [least, most] = found?.range ?? [Number.NaN, Number.NaN];
  return value >= least && value <= most;
}

function parse(text: string): { readonly si: number; readonly dimension: string } | undefined {
  const match = /^\s*(\S+)\s*(\S.*?)?\s*$/.exec(text);
  const unit = findUnit(match?.[2] ?? '1');
  const value = Number(match?.[1]);
  if (unit === undefined || Number.isNaN(value)) return undefined;
  return { si: toSi(value, unit.code), dimension: unit.dimension };
}

/** A device's number in SI, if it is of the same dimension. */
function comparable(
  value: number | undefined,
  code: string,
  wanted: { readonly dimension: string } | undefined,
): number | undefined {
  const unit = findUnit(code === '' ? '1' : code);
  if (value === undefined || unit === undefined || unit.dimension !== wanted?.dimension) {
    return undefined;
  }
  return toSi(value, unit.code);
}
