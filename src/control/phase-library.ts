import type { PhaseDefinition } from './phase.ts';

/** Phases by the names that recipes use. */
export const PHASE_LIBRARY: ReadonlyMap<string, PhaseDefinition> = new Map(
  [].map((definition: PhaseDefinition) => [definition.name, definition]),
);
