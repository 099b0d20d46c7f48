import { z } from 'zod';
import { conditionSchema, type Condition } from './condition.ts';
import { quantity } from './quantity.ts';

/** Values as they stand in the file: `400 xg`, 3, true. A realisation hands them on to its phases. */
export type RawParameters = Readonly<Record<string, unknown>>;

export const RESTART_RULES = ['resume', 'repeat', 'fail'] as const;
export type RestartRule = (typeof RESTART_RULES)[number];

/** An entry of a step: a function, a decision on whether the batch may go on, or a loop. */
export interface RecipeEntry {
  readonly function?: string | undefined;
  /** Parameters of the process. */
  readonly with: RawParameters;
  /** What the equipment must be able to do. */
  readonly require: RawParameters;
  /** What to do when the controller was restarted in it, over what the realisation says. */
  readonly onRestart?: RestartRule | undefined;
  readonly when?: Condition | undefined;
  readonly check?: Condition | undefined;
  readonly reason?: string | undefined;
  /** A check of a fact that the plant cannot find out is left to release testing. */
  readonly ifKnown?: boolean | undefined;
  readonly repeat?: readonly RecipeEntry[] | undefined;
  readonly until?: Condition | undefined;
  readonly atMost?: number | undefined;
  /** Line of the file, 1-based. */
  readonly line: number;
}

const rawParameters = z.record(z.string(), z.unknown()).default({});

const entrySchema: z.ZodType<RecipeEntry> = z.lazy(() =>
  z
    .strictObject({
      function: z.string().optional(),
      with: rawParameters,
      require: rawParameters,
      onRestart: z.enum(RESTART_RULES).optional(),
      when: conditionSchema.optional(),
      check: conditionSchema.optional(),
      reason: z.string().min(1).optional(),
      ifKnown: z.boolean().optional(),
      repeat: z.array(entrySchema).min(1).optional(),
      until: conditionSchema.optional(),
      atMost: z.number().int().min(1).max(100).optional(),
    })
    .superRefine((entry, context) => {
      const message = wrongForm(entry);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    })
    .transform((entry) => ({ ...entry, line: 0 })),
) as z.ZodType<RecipeEntry>;

function wrongForm(entry: Partial<RecipeEntry>): string | undefined {
  const kinds = [entry.function, entry.check, entry.repeat].filter((kind) => kind !== undefined);
  if (kinds.length !== 1) return 'an entry is one of function, check, repeat';
  if (entry.check !== undefined && entry.reason === undefined) {
    return 'check needs a reason for failing the batch';
  }
  if (entry.check === undefined && entry.ifKnown !== undefined) return 'ifKnown belongs to check';
  const loop = entry.until !== undefined && entry.atMost !== undefined;
  if (entry.repeat !== undefined && !loop) return 'repeat needs until and atMost';
  return undefined;
}

const stepSchema = z.strictObject({
  step: z.number().int().min(3).max(10),
  name: z.string().min(1),
  /** How long it usually takes [h]; weighs the step in the progress. */
  expected: quantity('h', 0.01, 2000).default(12),
  /** Longest wait of what this step leaves before the next step begins [h]. */
  shelfLife: quantity('h', 0.01, 2000).optional(),
  functions: z.array(entrySchema).min(1),
});

export const recipeSchema = z.strictObject({
  doppel: z.literal(1),
  name: z.string().regex(/^[a-z0-9-]+$/, 'lower-case letters, digits and hyphens'),
  title: z.string().min(1),
  product: z.string().min(1),
  /** Culture medium; modules that are supplied with another are not used where medium is given. */
  medium: z.string().min(1).optional(),
  /** What comes from the clinic or the donor. */
  startingMaterial: z
    .strictObject({
      liquid: z.string().min(1),
      /** [mL] */
      volume: quantity('mL', 1, 2000),
      /** [Cel] */
      temperature: quantity('Cel', -200, 40),
    })
    .optional(),
  /** Parts of a batch that are made each on its own, of material of the same donor. */
  sublots: z.number().int().min(1).max(32).default(1),
  steps: z.array(stepSchema).min(1),
});

/** A general recipe: what is done to the cells, for any plant. */
export type Recipe = z.output<typeof recipeSchema> & { readonly file: string };
export type RecipeStep = Recipe['steps'][number];
