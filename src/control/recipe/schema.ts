import { z } from 'zod';
import { conditionSchema, type Condition } from './condition.ts';
import { minutes, quantity } from './quantity.ts';

/** What to do when a phase fails. Attempts are counted over the whole phase. */
const failureSchema = z
  .strictObject({
    retry: z.number().int().min(0).max(10).default(0),
    wait: minutes(0, 1440).default(5),
    /** Reset devices in error and send the robot home before trying again. */
    recover: z.boolean().default(false),
  })
  .prefault({});

export const RESTART_RULES = ['resume', 'repeat', 'fail'] as const;

export interface PhaseEntry {
  readonly phase?: string | undefined;
  readonly with: Readonly<Record<string, unknown>>;
  readonly when?: Condition | undefined;
  readonly onFailure: z.output<typeof failureSchema>;
  readonly onRestart: (typeof RESTART_RULES)[number];
  readonly require?: Condition | undefined;
  readonly reason?: string | undefined;
  readonly repeat?: readonly PhaseEntry[] | undefined;
  readonly until?: Condition | undefined;
  readonly atMost?: number | undefined;
}

const entrySchema: z.ZodType<PhaseEntry> = z.lazy(() =>
  z
    .strictObject({
      phase: z.string().optional(),
      with: z.record(z.string(), z.unknown()).default({}),
      when: conditionSchema.optional(),
      onFailure: failureSchema,
      onRestart: z.enum(RESTART_RULES).default('resume'),
      require: conditionSchema.optional(),
      reason: z.string().min(1).optional(),
      repeat: z.array(entrySchema).min(1).optional(),
      until: conditionSchema.optional(),
      atMost: z.number().int().min(1).max(100).optional(),
    })
    .superRefine((entry, context) => {
      const message = wrongForm(entry);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    }),
) as z.ZodType<PhaseEntry>;

function wrongForm(entry: Partial<PhaseEntry>): string | undefined {
  const kinds = [entry.phase, entry.require, entry.repeat].filter((kind) => kind !== undefined);
  if (kinds.length !== 1) return 'an entry is one of phase, require, repeat';
  if (entry.require !== undefined && entry.reason === undefined) {
    return 'require needs a reason for failing the batch';
  }
  const loop = entry.until !== undefined && entry.atMost !== undefined;
  if (entry.repeat !== undefined && !loop) return 'repeat needs until and atMost';
  return undefined;
}

const stepSchema = z.strictObject({
  step: z.number().int().min(3).max(10),
  name: z.string().min(1),
  /** Shared places that only one batch may use at a time. */
  exclusive: z.array(z.string()).default([]),
  /** How long it usually takes; weighs the step in the progress. */
  expected: quantity('h', 0.01, 1000).default(12),
  phases: z.array(entrySchema).min(1),
});

const roleSchema = z.strictObject({
  type: z.string().optional(),
  /** Which of several devices of the type, from 1, in the order of the scene. */
  index: z.number().int().min(1).default(1),
  device: z.string().optional(),
});

export const recipeSchema = z.strictObject({
  doppel: z.literal(1),
  name: z.string().regex(/^[a-z0-9-]+$/, 'lower-case letters, digits and hyphens'),
  title: z.string().min(1),
  product: z.string().min(1),
  /** Device of each role that the phases use. */
  equipment: z.record(z.string(), roleSchema),
  /** Vessel of the scene for each name that the phases use. */
  vessels: z.record(z.string(), z.string()).default({}),
  /** Places by the names that the phases use: `role.place`. */
  places: z.record(z.string(), z.string()).default({}),
  steps: z.array(stepSchema).min(1),
});

export type Recipe = z.output<typeof recipeSchema>;
export type RecipeStep = Recipe['steps'][number];
