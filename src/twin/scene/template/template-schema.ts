import { z } from 'zod';

const numberOrText = z.union([z.number(), z.string()], {
  error: 'neither number nor text; write for instance 4, "0.65 m" or "=rows * 2"',
});

/** A number of the scene that can be set from outside. */
const parameter = z.strictObject({
  title: z.string(),
  value: numberOrText,
  min: numberOrText.optional(),
  max: numberOrText.optional(),
  options: z.array(z.string()).min(1, 'has no options; list at least one').optional(),
  integer: z.boolean().optional(),
});
export type WrittenParameter = z.output<typeof parameter>;

export const parametersSchema = z.record(z.string(), parameter);

const kind = z.union(
  [
    z.number(),
    z.string(),
    z.looseObject({ count: z.union([z.number(), z.string()]), name: z.string().optional() }),
  ],
  { error: 'no count; write for instance 4, "=incubators" or { count: 4, title: "Module {n}" }' },
);
export type WrittenKind = z.output<typeof kind>;

/** What makes an entry several, or none. */
export const repetitionSchema = z.object({
  repeat: z
    .record(
      z.string(),
      z.string({ error: 'no range; write for instance "1..4" or "1..=columns"' }),
      { error: 'no ranges; write for instance { i: 1..4 }' },
    )
    .optional(),
  when: z
    .union([z.boolean(), z.string()], { error: 'no condition; write for instance "=i < 3"' })
    .optional(),
  mix: z
    .record(z.string(), kind, { error: 'no mix; write for instance { bioreactor: 4 }' })
    .optional(),
  order: z.enum(['listed', 'spread'], { error: 'no order; write listed or spread' }).optional(),
});
export type Repetition = z.output<typeof repetitionSchema>;
