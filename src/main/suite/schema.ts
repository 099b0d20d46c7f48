import { z } from 'zod';

const text = z.string().min(1);
const duration = text.describe('a duration such as "90 s", "30 min" or "7 d"');
const condition = text.describe(
  'such as "bioreactor-1.temperature > 37.5", "alarm pump-1.occlusion" or "event device.operation.failed centrifuge"',
);
const value = z.union([z.number(), z.boolean(), z.string()]);

const occasion = {
  at: duration
    .optional()
    .describe('since the epoch; at the beginning when neither at nor when is given'),
  when: condition.optional(),
  lasts: duration.optional().describe('for good when absent'),
};

/** Something that is done to the plant. */
const disturbance = z.union([
  z
    .strictObject({
      fault: text.describe('device.fault, for instance pump-feed-1.occlusion'),
      ...occasion,
    })
    .describe('a device fails'),
  z
    .strictObject({
      zone: text,
      fault: text.describe('name of a fault, for instance powerLoss'),
      ...occasion,
    })
    .describe('every device of a zone that can fail so fails'),
  z
    .strictObject({
      force: text.describe('device.signal'),
      value,
      ramp: duration.optional().describe('time in which a measured number goes there'),
      ...occasion,
    })
    .describe('a signal shows a value'),
  z
    .strictObject({
      person: text.describe('device.command'),
      with: z.record(z.string(), value).default({}),
      at: occasion.at,
      when: occasion.when,
    })
    .describe('a person tells a device something'),
]);

const control = z.union([
  z.literal('none'),
  z
    .strictObject({
      recipe: text.optional(),
      batches: z.number().int().min(1).max(1000).optional(),
      demand: text.optional(),
    })
    .describe('the reference control software, in the same process'),
  z
    .strictObject({
      command: text.describe(
        'command line of the software under test; it finds DOPPEL_OPCUA, DOPPEL_API, DOPPEL_TOKEN and DOPPEL_UI in its environment',
      ),
      time: text.default('lockstep').describe('lockstep, max, realtime or a factor'),
      holders: z.number().int().min(0).max(16).default(0),
      exitCode: z.number().int().default(0),
    })
    .describe('software of your own, as a child process beside the served plant'),
]);

const check = z.strictObject({
  always: condition.optional(),
  never: condition.optional(),
  while: condition.optional(),
  for: duration.optional(),
  when: condition.optional(),
  // biome-ignore lint/suspicious/noThenProperty: the word that people write.
  then: condition.optional(),
  within: duration.optional(),
  eventually: condition.optional(),
  by: duration.optional(),
  order: z.array(condition).optional(),
  finally: condition.optional(),
  optional: z.boolean().optional(),
  every: duration.optional(),
});

const range = z.strictObject({ min: z.number().optional(), max: z.number().optional() });

const expectation = z.strictObject({
  complete: z.number().int().min(0).optional().describe('batches; all when neither is given'),
  failed: z.number().int().min(0).optional().describe('batches'),
  reason: text.optional().describe('part of the reason of each batch that fails'),
  rules: z.array(text).optional().describe('observers of the plant that may report'),
  product: z
    .strictObject({
      viableCells: range.optional(),
      viability: range.optional(),
      carPositive: range.optional(),
      volumeMl: range.optional(),
    })
    .optional()
    .describe('of each complete batch'),
  record: z
    .array(text)
    .optional()
    .describe('each of these is part of an entry of the batch record, as JSON'),
});

/** What a scenario may say, and a suite for all of its scenarios. */
const common = {
  scene: text.optional().describe('path of a scene or snapshot, seen from this file'),
  set: z.record(z.string(), z.union([z.number(), z.string()])).optional(),
  control: control.optional(),
  until: duration.optional().describe('end although batches still run'),
  timeout: z.number().min(1).optional().describe('longest run [s of wall clock]'),
  seeds: z.array(z.number().int().min(0)).min(1).optional(),
  disturbances: z.array(disturbance).optional(),
  checks: z.record(z.string().regex(/^[\w-]+$/), check).optional(),
  expect: expectation.optional(),
};

export const suiteSchema = z
  .strictObject({
    doppel: z.literal(1),
    title: text,
    ...common,
    scenarios: z.record(
      z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use words of small letters joined by dashes'),
      z.strictObject({ title: text, ...common }),
    ),
  })
  .describe('Doppel scenarios: what is done to a plant, and what is to come of it');

export type SuiteText = z.output<typeof suiteSchema>;
export type ScenarioText = SuiteText['scenarios'][string];
export type DisturbanceText = z.output<typeof disturbance>;
export type ControlText = z.output<typeof control>;
export type Expectation = z.output<typeof expectation>;

/** The same as JSON Schema, for editors. */
export function suiteJsonSchema(): unknown {
  return z.toJSONSchema(suiteSchema, { io: 'input' });
}
