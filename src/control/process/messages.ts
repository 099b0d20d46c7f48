import type { BatchProgress } from '../../kernel/bridge-contract.ts';
import type { Micros } from '../../kernel/time.ts';
import type { PlantConfiguration } from '../realisation/realise.ts';
import type { Recipe } from '../recipe/schema.ts';

/** What the control process is told at its start; plain data. */
export interface ControlOrder {
  /** Address of the plant's OPC UA server. */
  readonly url: string;
  /** One for each product that is ordered. */
  readonly recipes: readonly Recipe[];
  readonly configuration: PlantConfiguration;
  /** Batch record; one that has entries already is continued. */
  readonly journalFile: string;
  /** Simulated time at which control ends although batches still run. */
  readonly until?: Micros;
}

/** How control came to its end. */
export type ControlEnd =
  | { readonly type: 'ended'; readonly batches: readonly BatchProgress[] }
  /** The plant or the record does not suit the recipe. */
  | { readonly type: 'unsuitable'; readonly message: string }
  /** The plant was lost, or the control software is wrong. */
  | { readonly type: 'failed'; readonly message: string };
