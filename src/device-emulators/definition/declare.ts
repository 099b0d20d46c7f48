import type { AlarmDeclaration } from './command.ts';
import type { ChoiceField, Fidelity, IntegerField, QuantityField } from './fields.ts';
import type { IntegerSignal, NumberSignal, SensorDynamics, TextSignal } from './signal.ts';

/** A quantity field; limits and preset are in `unit`, no preset makes it required. */
export function quantity(
  unit: string,
  title: string,
  [min, max]: readonly [min: number, max: number],
  preset?: number,
  fidelity: Fidelity = 'assumed',
): QuantityField {
  const base = { type: 'quantity', title, unit, min, max, fidelity } as const;
  return preset === undefined ? base : { ...base, default: preset };
}

/** A whole-number field; no preset makes it required. */
export function integer(
  title: string,
  [min, max]: readonly [min: number, max: number],
  preset?: number,
): IntegerField {
  const base = { type: 'integer', title, min, max } as const;
  return preset === undefined ? base : { ...base, default: preset };
}

/** A choice field; no preset makes it required. */
export function choice<const T extends string>(
  title: string,
  options: readonly T[],
  preset?: NoInfer<T>,
): ChoiceField<T> {
  const base = { type: 'choice', title, options } as const;
  return preset === undefined ? base : { ...base, default: preset };
}

/** A measured number in `unit`; exact where it has no sensor. */
export function measured(
  unit: string,
  title: string,
  range: readonly [low: number, high: number],
  resolution: number,
  sensor?: SensorDynamics,
): NumberSignal {
  const base = { kind: 'number', direction: 'output', title, unit, range, resolution } as const;
  return sensor === undefined
    ? { ...base, fidelity: 'exact' }
    : { ...base, sensor, fidelity: 'assumed' };
}

/** A set-point in `unit`. */
export function setpoint(
  unit: string,
  title: string,
  range: readonly [low: number, high: number],
  resolution: number,
): NumberSignal {
  return { kind: 'number', direction: 'input', title, unit, range, resolution, fidelity: 'exact' };
}

/** A counted output. */
export function counted(
  title: string,
  range: readonly [low: number, high: number],
  description = '',
): IntegerSignal {
  return { kind: 'integer', direction: 'output', title, description, range };
}

/** An output in words; `description` says what stands in it. */
export function worded(title: string, description: string): TextSignal {
  return { kind: 'text', direction: 'output', title, description };
}

/** An alarm that goes when its cause is gone. */
export function alarm(
  priority: AlarmDeclaration['priority'],
  title: string,
  cause: string,
  action: string,
): AlarmDeclaration {
  return { title, priority, latching: false, cause, action };
}
