import { z } from 'zod';
import { conditionSchema, type Condition } from '../recipe/condition.ts';
import { millilitres, minutes, quantity } from '../recipe/quantity.ts';
import { type RawParameters, RESTART_RULES, type RestartRule } from '../recipe/schema.ts';

/** What to do when a phase fails. Attempts are counted over the whole phase. */
const failureSchema = z
  .strictObject({
    retry: z.number().int().min(0).max(10).default(0),
    wait: minutes(0, 1440).default(5),
    /** Reset devices in error and send the robot home before trying again. */
    recover: z.boolean().default(false),
  })
  .prefault({});

/** A phase of a function, with parameters that may refer to the function's by `=name`. */
export interface PhaseEntry {
  readonly phase: string;
  readonly with: RawParameters;
  readonly when?: Condition | undefined;
  readonly onFailure: z.output<typeof failureSchema>;
  readonly onRestart: RestartRule;
  /** Shared places that the phase needs for its batch alone; kept until a phase leaves them. */
  readonly exclusive?: readonly string[] | undefined;
  /** Shared places in which nothing of the batch is left open after the phase. */
  readonly leaves: readonly string[];
}

const phaseSchema = z.strictObject({
  phase: z.string(),
  with: z.record(z.string(), z.unknown()).default({}),
  when: conditionSchema.optional(),
  onFailure: failureSchema,
  onRestart: z.enum(RESTART_RULES).default('resume'),
  exclusive: z.array(z.string()).optional(),
  leaves: z.array(z.string()).default([]),
});

const roleSchema = z
  .strictObject({
    type: z.string().optional(),
    /** Which of several devices of the type, from 1, in the order of the scene. */
    index: z.number().int().min(1).default(1),
    device: z.string().optional(),
    /** Every device that has all of these commands. */
    commands: z.array(z.string()).min(1).optional(),
    /** Of these, those whose parameters `command.parameter` take the values. */
    takes: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
    /** Whether devices with the role give medium, so that those with the recipe's are chosen. */
    gives: z.literal('medium').optional(),
    /** Of these, those that have a place for vessels of this kind. */
    holds: z.string().optional(),
  })
  .superRefine(({ type, device, commands }, context) => {
    const ways = [type, device, commands].filter((way) => way !== undefined);
    if (ways.length === 1) return;
    context.addIssue({
      code: 'custom',
      message: 'equipment is found by one of type, device and commands',
    });
  });

/** One of several sets of equipment that a batch has for itself at a time. */
const unitSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/, 'lower-case letters, digits and hyphens'),
  /** Device of each role that differs from unit to unit. */
  equipment: z.record(z.string(), z.string()).default({}),
  /** Line of tubing of each name that differs. */
  lines: z.record(z.string(), z.string()).default({}),
});

/** A vessel that is brought in for a batch, under a realisation's name for it. */
const kitItemSchema = z.strictObject({
  kind: z.string(),
  /** Where it is put by the robot, `role.place`; without one it stays where goods arrive. */
  home: z.string().optional(),
  liquid: z.string().default(''),
  volume: millilitres(0, 2000).default(0),
  temperature: quantity('Cel', -196, 40).default(21),
  /** Holds the patient's material, as the recipe describes it. */
  material: z.boolean().default(false),
});

const functionSchema = z.strictObject({
  /** What covers each specification: `role.command.parameter` by its range, `role.signal` by its resolution. */
  specifications: z.record(z.string(), z.string()).default({}),
  /** Shared places that all of its phases need. */
  exclusive: z.array(z.string()).default([]),
  /** Vessel in which the cells are afterwards; phases name it by `=product`. */
  into: z.string().optional(),
  phases: z.array(phaseSchema).min(1),
});

export const realisationSchema = z.strictObject({
  doppel: z.literal(1),
  name: z.string().regex(/^[a-z0-9-]+$/, 'lower-case letters, digits and hyphens'),
  title: z.string().min(1),
  /** Devices of each role that the phases use. */
  equipment: z.record(z.string(), roleSchema),
  /** Vessel of the scene for each name that the phases use. */
  vessels: z.record(z.string(), z.string()).default({}),
  /** Places by the names that the phases use: `role.place`. */
  places: z.record(z.string(), z.string()).default({}),
  /** Lines of tubing by the names that the phases use. */
  lines: z.record(z.string(), z.string()).default({}),
  /** Sets of equipment by the name of the shared place that phases ask for to get one of them. */
  units: z.record(z.string(), z.array(unitSchema).min(1)).default({}),
  /** Vessels of the same batch that come in together. */
  kits: z.record(z.string(), z.record(z.string(), kitItemSchema)).default({}),
  /** What is done when a batch cannot go on: those phases of which it has all shared places. */
  abandon: z.array(phaseSchema).default([]),
  functions: z.record(z.string(), functionSchema),
});

/** How a kind of plant does the functions of recipes. */
export type Realisation = z.output<typeof realisationSchema>;
export type Unit = Realisation['units'][string][number];
export type KitItem = Realisation['kits'][string][string];
export type Role = Realisation['equipment'][string];
export type FunctionRealisation = Realisation['functions'][string];
