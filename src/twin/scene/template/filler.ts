import { ExpressionError } from '../expression/expression-error.ts';
import { createTextFiller, type TextFiller } from '../expression/text-template.ts';
import type { OriginReport } from '../problem-list.ts';
import { describeIssue } from '../schema-issues.ts';
import type { Origins } from './origins.ts';
import { type Round, roundsOf } from './repetition.ts';
import { type Repetition, repetitionSchema } from './template-schema.ts';

/** Where something is read and where what it makes goes, with what is known there. */
export interface Site extends Round {
  readonly written: readonly string[];
  readonly made: readonly string[];
}

/** A map of YAML. */
export type Entries = Readonly<Record<string, unknown>>;

/** Computes what is written; what is wrong is reported, and undefined in the result. */
export interface Filler {
  readonly texts: TextFiller;
  /** Any value: its texts computed, its lists expanded. */
  fill(value: unknown, site: Site): unknown;
  /** Does some work; its error is reported under `site`. */
  attempt<T>(site: Site, work: () => T): T | undefined;
  readRepetition(entry: Entries, site: Site): Repetition | undefined;
}

export function createFiller(origins: Origins, report: OriginReport): Filler {
  const texts = createTextFiller();

  function attempt<T>({ written, indices }: Site, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      report({ path: [...written, ...error.path], indices }, error.message, error.remedy);
      return undefined;
    }
  }

  function readRepetition(entry: Entries, site: Site): Repetition | undefined {
    const parsed = repetitionSchema.safeParse(entry);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      const { path, message, remedy } = describeIssue(issue);
      report({ path: [...site.written, ...path], indices: site.indices }, message, remedy);
    }
    return undefined;
  }

  function fill(value: unknown, site: Site): unknown {
    if (typeof value === 'string') return attempt(site, () => texts.fill(value, site.scope));
    if (Array.isArray(value)) return fillList(value, site);
    if (!isMap(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, fill(part, inside(site, key))]),
    );
  }

  /** An element with `each` stands for as many as its `repeat` and `when` say. */
  function fillList(list: readonly unknown[], site: Site): unknown[] {
    const made: unknown[] = [];
    const add = (value: unknown, round: Round, written: readonly string[]): void => {
      const at = { ...round, written, made: [...site.made, String(made.length)] };
      if (written.length !== at.made.length || written.at(-1) !== at.made.at(-1)) {
        origins.add(at.made, { path: written, indices: round.indices });
      }
      made.push(fill(value, at));
    };
    list.forEach((element: unknown, i) => {
      const written = [...site.written, String(i)];
      if (!isMap(element) || !('each' in element)) {
        add(element, site, written);
        return;
      }
      const place = { ...site, written };
      const repetition = readRepetition(element, place);
      if (repetition === undefined) return;
      const rounds = attempt(place, () => roundsOf(repetition, texts, site)) ?? [];
      for (const round of rounds) add(element.each, round, [...written, 'each']);
    });
    return made;
  }

  return { texts, fill, attempt, readRepetition };
}

/** The site of what is under `key` of a map. */
export function inside(site: Site, key: string): Site {
  return { ...site, written: [...site.written, key], made: [...site.made, key] };
}

export function isMap(value: unknown): value is Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
