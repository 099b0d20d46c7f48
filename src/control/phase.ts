import type { z } from 'zod';
import type { PlantDescription } from '../kernel/plant-contract.ts';
import type { Micros } from '../kernel/time.ts';
import type { PhaseNote } from './journal.ts';
import type { Recipe } from './recipe/schema.ts';
import type { Task } from './task.ts';

/** What is ordered: one batch of a product for one patient, or for stock. */
export interface Order {
  /** Label of the batch. */
  readonly id: string;
  readonly product: string;
  /** Simulated time at which it comes in; at the beginning when absent. */
  readonly start?: Micros;
  /** Of batches that wait for the same, the highest goes first; 0 when absent. */
  readonly priority?: number;
  /** Empty for products that are for nobody in particular; the batch's label when absent. */
  readonly patient?: string;
  /** Time that the material was on its way from the clinic, and that the product takes back to it. */
  readonly transport?: { readonly in: Micros; readonly out: Micros };
  /** Vessel of the scene with the starting material; without one it is received from outside. */
  readonly material?: string;
}

/** A vessel that is brought in for a batch. */
export interface KitVessel {
  readonly vessel: string;
  readonly kind: string;
  /** Place into which it is put, empty when it stays where goods arrive. */
  readonly home: string;
  readonly fill:
    | {
        readonly liquid: string;
        readonly volume: number;
        readonly temperature: number;
        readonly lot: string;
      }
    | undefined;
}

/** What a phase may use: equipment by role, vessels by name, and what was found out so far. */
export interface PhaseContext {
  readonly batch: string;
  readonly order: Order;
  readonly startingMaterial: Recipe['startingMaterial'];
  readonly plant: PlantDescription;
  /** Device of a role: the first, where several have it. */
  device(role: string): string;
  /** Devices of a role that cover what the recipe requires. */
  candidates(role: string): readonly string[];
  /** Medium with which devices of the role must be supplied; empty when any will do. */
  mediumOf(role: string): string;
  /** Whether the plant has the device with that command. */
  has(device: string, command: string): boolean;
  /** Where a vessel belongs: where it stood at the beginning, or came in. */
  home(vessel: string): string;
  /** Vessel of the scene behind a realisation's name. */
  vessel(name: string): string;
  /** Place behind a realisation's name, or behind `role.place`: `device.place`. */
  place(name: string): string;
  /** Line of tubing behind a realisation's name. */
  line(name: string): string;
  /** Vessels of a kit of the realisation, as they are called for this batch. */
  kit(name: string): readonly KitVessel[];
  /** Whether a vessel is in the plant, as far as the batch knows. */
  isHere(vessel: string): boolean;
  /**
   * Waits until the batch has a shared place, or one of the units of a kind, for itself; false when
   * it has not at `until`.
   */
  reserve(resource: string, until?: Micros): Task<boolean>;
  /** Where a vessel was last put. */
  locate(vessel: string): string;
  /** Vessel that was last put into a place. */
  occupant(place: string): string | undefined;
  fact(name: string): number | boolean | string | undefined;
  /** Notes a fact in the batch record. */
  setFact(name: string, value: number | boolean | string): Task<void>;
  /** Notes where a vessel was put. */
  moved(vessel: string, place: string): Task<void>;
  /** Writes into the batch record. */
  record(note: PhaseNote): Task<void>;
  /** Writes a sentence into the batch record. */
  note(text: string): Task<void>;
}

/** One verb of the phase library. */
// biome-ignore lint/suspicious/noExplicitAny: the library holds phases of all parameters.
export interface PhaseDefinition<P extends z.ZodObject = any> {
  readonly name: string;
  readonly title: string;
  readonly parameters: P;
  /** Parameters that name vessels. */
  readonly vesselParameters: readonly string[];
  /** Parameters that name roles, with the commands sent to them. */
  readonly roleParameters?: Readonly<Record<string, readonly string[]>>;
  /** Parameters that name places. */
  readonly placeParameters?: readonly string[];
  /** Parameters that name kits. */
  readonly kitParameters?: readonly string[];
  /** Commands that the phase sends, by role. */
  readonly needs: Readonly<Record<string, readonly string[]>>;
  /** Facts that it finds out. */
  readonly facts: readonly string[];
  /** Gets hold of what the phase needs first; when it begins a step, the step begins after it. */
  prepare?(context: PhaseContext, parameters: z.output<P>): Task<void>;
  run(context: PhaseContext, parameters: z.output<P>): Task<void>;
}

/** Helps TypeScript to infer the type of the parameters. */
export function definePhase<P extends z.ZodObject>(
  definition: PhaseDefinition<P>,
): PhaseDefinition<P> {
  return definition;
}
