import type { Fidelity } from './fields.ts';

/**
 * How a sensor sees the true value. The published value is a function of simulated time and the
 * model's own steps alone: noise number k belongs to sampling instant k, whoever reads it.
 */
export interface SensorDynamics {
  /** Sampling period [s]. */
  readonly period: number;
  /** Standard deviation of white noise, in the signal's unit. */
  readonly noise?: number;
  /** First-order lag [s]. */
  readonly lag?: number;
  /** Standard deviation per square root of day of a random-walk drift, in the signal's unit. */
  readonly driftPerDay?: number;
}

interface SignalBase {
  readonly title: string;
  readonly description?: string;
  /** `input` is written by control software, `output` is measured. */
  readonly direction: 'input' | 'output';
  /** Functional unit of the device it belongs to; `Main` when absent. */
  readonly functionalUnit?: string;
  /** Identifier of the concept in a dictionary such as ECLASS, where known. */
  readonly semanticId?: string;
}

export interface NumberSignal extends SignalBase {
  readonly kind: 'number';
  /** UCUM code; values on every wire are in this unit. */
  readonly unit: string;
  readonly range: readonly [low: number, high: number];
  /** Smallest step that the device shows, in `unit`. */
  readonly resolution: number;
  readonly sensor?: SensorDynamics;
  readonly fidelity: Fidelity;
}

export interface IntegerSignal extends SignalBase {
  readonly kind: 'integer';
  readonly range: readonly [low: number, high: number];
}

export interface BooleanSignal extends SignalBase {
  readonly kind: 'boolean';
}

export interface EnumSignal extends SignalBase {
  readonly kind: 'enum';
  readonly values: readonly string[];
}

export interface TextSignal extends SignalBase {
  readonly kind: 'text';
}

export type SignalDeclaration =
  | NumberSignal
  | IntegerSignal
  | BooleanSignal
  | EnumSignal
  | TextSignal;

/** Value of a signal: numbers in the declared unit on wires and in SI inside; enums by name. */
export type SignalValue = number | boolean | string;
