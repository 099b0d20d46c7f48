import { type Condition, parseCondition } from './condition.ts';
import { type Refusal, refusal } from './error-catalogue.ts';
import type { PlantDescription } from './plant-contract.ts';
import { err, ok, type Result } from './result.ts';
import { type Micros, parseDuration } from './time.ts';

/**
 * What somebody wants to be so in a plant, as they write it: conditions and durations are texts. Exactly one of
 * `always`, `never`, `then`, `eventually`, `order` and `finally` says which kind it is.
 */
export interface CheckText {
  /** Holds from the beginning to the end, or while `while` does; may not hold for as long as `for` says. */
  readonly always?: string;
  /** Holds at no time, or not while `while` does; may hold for as long as `for` says. */
  readonly never?: string;
  readonly while?: string;
  readonly for?: string;
  /** Whenever this comes to hold, `then` holds `within` a duration, or did not fail yet when time is over. */
  readonly when?: string;
  readonly then?: string;
  readonly within?: string;
  /** Holds at some time, at the latest at `by` since the epoch, else before the end. */
  readonly eventually?: string;
  readonly by?: string;
  /** These come to hold in this order, none before its turn. */
  readonly order?: readonly string[];
  /** Holds at the end. */
  readonly finally?: string;
  /** Passes although it never had anything to look at. */
  readonly optional?: boolean;
  /** Longest time between two looks at signals; 10 s when absent. */
  readonly every?: string;
}

interface CheckBase {
  readonly name: string;
  /** In words, for reports. */
  readonly text: string;
  readonly optional: boolean;
  /** Least time between two looks at signals. */
  readonly every: Micros;
}

export type Check = CheckBase &
  (
    | {
        readonly kind: 'always' | 'never';
        readonly condition: Condition;
        readonly while: Condition | undefined;
        readonly tolerance: Micros;
      }
    | {
        readonly kind: 'response';
        readonly when: Condition;
        readonly then: Condition;
        readonly within: Micros;
      }
    | {
        readonly kind: 'eventually';
        readonly condition: Condition;
        readonly by: Micros | undefined;
      }
    | { readonly kind: 'order'; readonly conditions: readonly Condition[] }
    | { readonly kind: 'finally'; readonly condition: Condition }
  );

/**
 * `held`: as wanted so far; `failed`: it was not; `idle`: there was nothing to look at yet, such as an alarm that is
 * to be acknowledged.
 */
export interface Verdict {
  readonly name: string;
  readonly text: string;
  readonly state: 'held' | 'failed' | 'idle';
  /** When it first failed. */
  readonly time?: Micros;
  /** Why it failed, or what there was nothing of. */
  readonly cause?: string;
}

const EVERY: Micros = 10_000_000;
const KINDS = ['always', 'never', 'then', 'eventually', 'order', 'finally'] as const;
/** What may stand beside each kind. */
const COMPANIONS: Readonly<Record<(typeof KINDS)[number], readonly (keyof CheckText)[]>> = {
  always: ['while', 'for'],
  never: ['while', 'for'],
  then: ['when', 'within'],
  eventually: ['by'],
  order: [],
  finally: [],
};
const GENERAL: readonly (keyof CheckText)[] = ['optional', 'every'];

const FORMS: Readonly<Record<keyof CheckText, (value: unknown) => boolean>> = {
  always: isText,
  never: isText,
  while: isText,
  for: isText,
  when: isText,
  // biome-ignore lint/suspicious/noThenProperty: the word that people write.
  then: isText,
  within: isText,
  eventually: isText,
  by: isText,
  order: (value) => Array.isArray(value) && value.every(isText),
  finally: isText,
  optional: (value) => typeof value === 'boolean',
  every: isText,
};

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isCheckText(given: unknown): given is CheckText {
  if (typeof given !== 'object' || given === null) return false;
  return Object.entries(given).every(
    ([key, value]) => key in FORMS && FORMS[key as keyof CheckText](value),
  );
}

/** Reads a check and makes sure that the plant has what it speaks of. */
export function parseCheck(
  name: string,
  given: unknown,
  plant: PlantDescription,
): Result<Check, Refusal> {
  if (!isCheckText(given)) return wrong(name, `is no record of ${Object.keys(FORMS).join(', ')}`);
  const kinds = KINDS.filter((kind) => given[kind] !== undefined);
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    return wrong(name, `say exactly one of ${KINDS.join(', ')}`);
  }
  const allowed: readonly string[] = [kind, ...COMPANIONS[kind], ...GENERAL];
  const surplus = Object.keys(given).find((key) => !allowed.includes(key));
  if (surplus !== undefined) {
    return wrong(
      name,
      `"${surplus}" does not go with "${kind}"; what does is ${allowed.join(', ')}`,
    );
  }
  const read = new Reader(name, plant);
  const base = {
    name,
    text: textOf(given),
    optional: given.optional === true,
    every: read.duration('every', given.every) ?? EVERY,
  };
  const check = build(kind, given, base, read);
  return read.problem ?? (check === undefined ? wrong(name, 'is incomplete') : ok(check));
}

function build(
  kind: (typeof KINDS)[number],
  given: CheckText,
  base: CheckBase,
  read: Reader,
): Check | undefined {
  switch (kind) {
    case 'always':
    case 'never': {
      const condition = read.condition(kind, given[kind]);
      const tolerance = read.duration('for', given.for) ?? 0;
      const during = read.condition('while', given.while);
      return condition && { ...base, kind, condition, while: during, tolerance };
    }
    case 'then': {
      const when = read.condition('when', given.when ?? '');
      const then = read.condition('then', given.then);
      const within = read.duration('within', given.within ?? '');
      if (when === undefined || then === undefined || within === undefined) return undefined;
      return { ...base, kind: 'response', when, then, within };
    }
    case 'eventually': {
      const condition = read.condition(kind, given.eventually);
      return condition && { ...base, kind, condition, by: read.duration('by', given.by) };
    }
    case 'order': {
      const conditions = (given.order ?? [])
        .map((text) => read.condition(kind, text))
        .filter((condition) => condition !== undefined);
      if (conditions.length < 2) read.fail('"order" needs at least two conditions');
      return { ...base, kind, conditions };
    }
    case 'finally': {
      const condition = read.condition(kind, given.finally);
      return condition && { ...base, kind, condition };
    }
  }
}

/** Reads conditions and durations; keeps the first problem. */
class Reader {
  problem: Result<never, Refusal> | undefined;
  private readonly name: string;
  private readonly plant: PlantDescription;

  constructor(name: string, plant: PlantDescription) {
    this.name = name;
    this.plant = plant;
  }

  fail(message: string): void {
    this.problem ??= wrong(this.name, message);
  }

  condition(key: string, text: string | undefined): Condition | undefined {
    if (text === undefined) return undefined;
    const parsed = parseCondition(text, this.plant);
    if (parsed.ok) return parsed.value;
    this.fail(`"${key}": ${parsed.error.message}`);
    return undefined;
  }

  duration(key: string, text: string | undefined): Micros | undefined {
    if (text === undefined) return undefined;
    const micros = parseDuration(text);
    if (micros === undefined) {
      this.fail(
        `"${key}": ${JSON.stringify(text)} is no duration; write "90 s", "30 min" or "7 d"`,
      );
    }
    return micros;
  }
}

function wrong(name: string, message: string): Result<never, Refusal> {
  return err(refusal('INVALID_PARAMETER', `check "${name}": ${message}`));
}

function textOf(given: CheckText): string {
  const parts = (Object.keys(given) as (keyof CheckText)[])
    .filter((key) => !GENERAL.includes(key))
    .map((key) => {
      const value = given[key];
      return `${key} ${Array.isArray(value) ? value.join(', then ') : String(value)}`;
    });
  return parts.join(', ');
}
