import type { z } from 'zod';
import type { Task } from './task.ts';

/** What a phase may use: equipment by role, vessels by name, and what was found out so far. */
export interface PhaseContext {
  readonly batch: string;
  /** Device of a role. */
  device(role: string): string;
  /** Whether the plant has the device with that command. */
  has(device: string, command: string): boolean;
  /** Where a vessel belongs: where it stood at the beginning, or came in. */
  home(vessel: string): string;
  /** Vessel of the scene behind a realisation's name. */
  vessel(name: string): string;
  /** Place behind a realisation's name, or behind `role.place`: `device.place`. */
  place(name: string): string;
  /** Where a vessel was last put. */
  locate(vessel: string): string;
  /** Vessel that was last put into a place. */
  occupant(place: string): string | undefined;
  fact(name: string): number | boolean | string | undefined;
  /** Notes a fact in the batch record. */
  setFact(name: string, value: number | boolean | string): Task<void>;
  /** Notes where a vessel was put. */
  moved(vessel: string, place: string): Task<void>;
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
  /** Commands that the phase sends, by role. */
  readonly needs: Readonly<Record<string, readonly string[]>>;
  /** Facts that it finds out. */
  readonly facts: readonly string[];
  run(context: PhaseContext, parameters: z.output<P>): Task<void>;
}

/** Helps TypeScript to infer the type of the parameters. */
export function definePhase<P extends z.ZodObject>(
  definition: PhaseDefinition<P>,
): PhaseDefinition<P> {
  return definition;
}
