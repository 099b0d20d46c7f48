import { z } from 'zod';
import { SUPPLIES } from '../../device-emulators/definition/plant-port.ts';
import { parseQuantity, toSi, unitOf, type QuantityProblem } from '../../kernel/units.ts';
import { unixMicrosFromIso } from '../../kernel/time.ts';

const ID = z
  .string()
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'no name; write lower-case letters, digits and hyphens, beginning with a letter',
  );

/** `device.part` */
const PART = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*\.[a-z][a-zA-Z0-9]*$/,
    'no part of a device; write "device.part", for instance "centrifuge-1.bucket1"',
  );

/** `device.vessel` or, for gas, `device` */
const SOURCE = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*(\.[a-z][a-zA-Z0-9]*)?$/,
    'no part of a device; write "device.vessel", for instance "supply-1.tank", for gas only the device',
  );

/** A text such as `1.2 m`, parsed to SI; limits are in `unit`. */
function quantity(unit: string, low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY) {
  const written = unitOf(unit).aliases[0] ?? unit;
  const example = `${Math.min(Math.max(1, low), high)} ${written}`;
  const range = Number.isFinite(low) ? `, ${low} to ${high} ${written}` : '';
  return z
    .string({
      error: ({ input }) =>
        `${input === undefined ? 'is missing' : `${JSON.stringify(input)} has no unit`}; write a quantity with its unit, for instance "${example}"`,
    })
    .meta({ description: `Quantity with its unit, for instance "${example}"${range}.` })
    .transform((text, context) => {
      const parsed = parseQuantity(text, unit);
      if ('problem' in parsed) {
        context.addIssue({ code: 'custom', message: explain(text, example, parsed.problem) });
        return z.NEVER;
      }
      if (parsed.value >= toSi(low, unit) && parsed.value <= toSi(high, unit)) return parsed.value;
      const message = `"${text}" is out of range; allowed are ${low} to ${high} ${written}`;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    });
}

function explain(text: string, example: string, problem: QuantityProblem): string {
  const write = `write for instance "${example}"`;
  if (problem.kind === 'form') return `"${text}" is no number with a unit; ${write}`;
  const wrong = problem.kind === 'unknown-unit' ? 'unknown unit' : 'the wrong unit';
  return `"${text}" has ${wrong} "${problem.unit}"; ${write}`;
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
  pressure: quantity('Pa', -100, 200),
  temperature: quantity('Cel', 0, 45),
  humidity: quantity('%', 0, 100),
  airChanges: quantity('/h', 0.1, 1000),
});

/** A device stands in a zone, or in a place of another device. */
const device = z
  .strictObject({
    type: ID,
    title: z.string(),
    zone: ID.optional(),
    at: point.optional(),
    yaw: quantity('deg').optional(),
    in: PART.optional(),
    config: z.record(z.string(), z.unknown()).default({}),
  })
  .superRefine((entry, context) => {
    const add = (key: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [key], message });
    for (const key of ['zone', 'at', 'yaw'] as const) {
      if (entry.in !== undefined && entry[key] !== undefined) {
        add(key, 'follows from the place in "in"; remove it, or "in"');
      } else if (entry.in === undefined && entry[key] === undefined && key !== 'yaw') {
        add(key, 'is missing; write zone and at, or in with a place of another device');
      }
    }
  });

const vessel = z.strictObject({
  kind: z.string(),
  place: PART,
  batch: z.string().default(''),
  capped: z.boolean().default(true),
  fill: z
    .strictObject({
      liquid: z.string(),
      volume: quantity('mL', 0.001, 500_000),
      temperature: quantity('Cel', -196, 60),
      lot: z.string(),
    })
    .optional(),
});

const line = z.strictObject({
  from: PART,
  to: PART,
  bore: quantity('mm', 0.1, 50),
  length: quantity('m', 0.01, 100),
  connected: z.boolean().default(false),
  // Ten welds use up some 20 cm of tubing; assumed.
  maximumJoints: z.int().min(1).max(1000).default(10),
  points: z.array(point).default([]),
});

const supply = z.strictObject({
  title: z.string(),
  carries: z.enum(SUPPLIES),
  from: SOURCE.optional(),
  to: z.array(ID).min(1, 'serves nothing; name at least one device'),
  bore: quantity('mm', 0.1, 200),
  points: z.array(point).default([]),
});

/**
 * What a scene file may say; the JSON Schema is generated from it. Messages say what is wrong and,
 * after a semicolon, what to write instead.
 */
export const sceneSchema = z.strictObject({
  $schema: z.string().optional(),
  doppel: z.literal(1, {
    error: 'unknown format version; begin the file with "doppel: 1"',
  }),
  name: ID,
  title: z.string(),
  epoch: z.string().transform((text, context) => {
    const micros = unixMicrosFromIso(text);
    if (micros !== undefined) return micros;
    context.addIssue({
      code: 'custom',
      message: `"${text}" is no UTC instant; write for instance 2026-01-05T06:00:00Z`,
    });
    return z.NEVER;
  }),
  /** Coefficient of variation of the times that devices take for what they do. */
  variation: quantity('%', 0, 50).default(0),
  zones: z.record(ID, zone),
  devices: z.record(ID, device),
  vessels: z.record(z.string(), vessel).default({}),
  lines: z.record(ID, line).default({}),
  supplies: z.record(ID, supply).default({}),
});

export type SceneFile = z.output<typeof sceneSchema>;
