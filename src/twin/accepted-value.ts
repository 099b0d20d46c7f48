import type { SignalDeclaration } from '../device-emulators/definition/signal.ts';
import { type Refusal, refusal } from '../kernel/error-catalogue.ts';
import type { Value } from '../kernel/plant-contract.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { toSi } from '../kernel/units.ts';

/** Checks a value for a signal against its kind and, if wanted, its range; the value that comes back is SI. */
export function acceptedValue(
  path: string,
  signal: SignalDeclaration,
  value: Value,
  withinRange: boolean,
): Result<Value, Refusal> {
  if (signal.kind === 'number' || signal.kind === 'integer') {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      return err(refusal('INVALID_PARAMETER', `${path} takes a finite number`));
    }
    const [low, high] = signal.range;
    if (withinRange && (value < low || value > high)) {
      return err(refusal('OUT_OF_RANGE', `${path} is ${value}, allowed ${low} to ${high}`));
    }
    return ok(signal.kind === 'number' ? toSi(value, signal.unit) : value);
  }
  const wanted = signal.kind === 'boolean' ? 'boolean' : 'string';
  if (
    typeof value !== wanted ||
    (signal.kind === 'enum' && !signal.values.includes(String(value)))
  ) {
    return err(refusal('INVALID_PARAMETER', `${path} does not take ${JSON.stringify(value)}`));
  }
  return ok(value);
}
