import { z } from 'zod';
import { parseQuantity, unitOf } from '../../kernel/units.ts';
import { unixMicrosFromIso } from '../../kernel/time.ts';

const ID = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'a name has lower-case letters, digits and hyphens');

/** `device.part` */
const PART = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*\.[a-z][a-zA-Z0-9]*$/,
    'write "device.part", for instance "centrifuge-1.bucket1"',
  );

/** A text such as `1.2 m`, parsed to SI. */
export function quantity(unit: string) {
  return z
    .string({
      error: `write a quantity with its unit, for instance "1 ${unit}"`,
    })
    .transform((text, context) => {
      const parsed = parseQuantity(text, unit);
      if ('value' in parsed) return parsed.value;
      context.addIssue({
        code: 'custom',
        message: explain(text, unit, parsed.problem),
      });
      return z.NEVER;
    });
}

function explain(text: string, unit: string, problem: { kind: string; unit?: string }): string {
  const example = `write for instance "1 ${unitOf(unit).aliases[0] ?? unit}"`;
  if (problem.kind === 'form') return `"${text}" is no number with a unit; ${example}`;
  if (problem.kind === 'unknown-unit')
    return `unknown unit "${problem.unit}" in "${text}"; ${example}`;
  return `"${text}" has the wrong unit "${problem.unit}"; ${example}`;
}

const metres = quantity('m');
const point = z.tuple([metres, metres, metres]);

const zone = z.strictObject({
  title: z.string(),
  grade: z.enum(['A', 'B', 'C', 'D', 'unclassified']),
  min: point,
  max: point,
  glass: z.array(z.enum(['west', 'east', 'south', 'north'])).default([]),
  hepaCeiling: z.boolean().default(false),
  pressure: quantity('Pa'),
  temperature: quantity('Cel'),
  humidity: quantity('%'),
  airChanges: quantity('/h'),
});

const device = z.strictObject({
  type: ID,
  title: z.string(),
  zone: ID,
  at: point,
  yaw: quantity('deg').default(0),
  config: z.record(z.string(), z.unknown()).default({}),
});

const vessel = z.strictObject({
  kind: z.string(),
  place: PART,
  batch: z.string().default(''),
  capped: z.boolean().default(true),
  fill: z
    .strictObject({
      liquid: z.string(),
      volume: quantity('mL'),
      temperature: quantity('Cel'),
      lot: z.string(),
    })
    .optional(),
});

const line = z.strictObject({
  from: PART,
  to: PART,
  bore: quantity('mm'),
  length: quantity('m'),
  connected: z.boolean().default(false),
  // Ten welds use up some 20 cm of tubing; assumed.
  maximumJoints: z.int().min(1).max(1000).default(10),
  points: z.array(point).default([]),
});

/** What a scene file may say; the JSON Schema is generated from it. */
export const sceneSchema = z.strictObject({
  $schema: z.string().optional(),
  doppel: z.literal(1, {
    error: 'the file must begin with "doppel: 1", the format version',
  }),
  name: ID,
  title: z.string(),
  epoch: z.string().transform((text, context) => {
    const micros = unixMicrosFromIso(text);
    if (micros !== undefined) return micros;
    context.addIssue({
      code: 'custom',
      message: `"${text}" is no UTC instant like 2026-01-05T06:00:00Z`,
    });
    return z.NEVER;
  }),
  zones: z.record(ID, zone),
  devices: z.record(ID, device),
  vessels: z.record(z.string(), vessel).default({}),
  lines: z.record(ID, line).default({}),
});

export type SceneFile = z.output<typeof sceneSchema>;

/** JSON Schema of scene files, for editors. */
export function sceneJsonSchema(): object {
  return z.toJSONSchema(sceneSchema, { io: 'input', unrepresentable: 'any' });
}
