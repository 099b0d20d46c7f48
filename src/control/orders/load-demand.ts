import { type LocatedProblem, parseLocated } from '../recipe/located-yaml.ts';
import { type Demand, demandSchema } from './schema.ts';

export type DemandResult =
  | { readonly demand: Demand }
  | { readonly problems: readonly LocatedProblem[] };

/** Reads a demand from the text of a YAML file; all problems found are reported together. */
export function loadDemand(text: string, file: string): DemandResult {
  const parsed = parseLocated(text, file, demandSchema, 'docs of the demand format');
  return 'data' in parsed ? { demand: parsed.data } : parsed;
}
