import type { PlantEvent, SignalReading } from '../../kernel/plant-contract.ts';
import type { Micros } from '../../kernel/time.ts';
import type { ViewScene } from '../../kernel/view-contract.ts';

/** A signal that is written down. */
export interface Column {
  readonly device: string;
  readonly signal: string;
  /** `device.signal` */
  readonly path: string;
  readonly kind: 'number' | 'integer' | 'boolean' | 'enum' | 'text';
  /** UCUM code; empty when it has none. */
  readonly unit: string;
}

/** What a plant showed at a time. */
export interface Sample {
  readonly time: Micros;
  /** In the order of the columns. */
  readonly readings: readonly SignalReading[];
  /** Moving parts, for who draws them. */
  readonly frame: { readonly view: ViewScene; readonly values: Float32Array } | undefined;
}

/** Something that is made of a recording. */
export interface Sink {
  /** Whether it wants moving parts. */
  readonly draws: boolean;
  sample(sample: Sample): Promise<void>;
  events(events: readonly PlantEvent[]): Promise<void>;
  /** Writes what is left and closes the file. */
  end(): Promise<void>;
}
