import type { z } from 'zod';

/** What is wrong with a piece of a file by its schema. */
export interface SchemaProblem {
  readonly path: readonly string[];
  readonly message: string;
  readonly remedy: string;
}

/** Says in our words what a schema found. Messages of ours are split at their semicolon. */
export function describeIssue(issue: z.core.$ZodIssue): SchemaProblem {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return {
      path: [...path, issue.keys[0] ?? ''],
      message: `unknown key "${issue.keys.join('", "')}"`,
      remedy: 'Remove it or correct its spelling.',
    };
  }
  // A wrong name is told by what is wrong with it.
  const message =
    issue.code === 'invalid_key'
      ? `"${path.at(-1)}" is ${issue.issues[0]?.message ?? 'no name'}`
      : issue.message;
  const at = message.indexOf('; ');
  if (at < 0) return { path, message, remedy: 'See scenes/scene.schema.json.' };
  const remedy = message.slice(at + 2);
  return {
    path,
    message: message.slice(0, at),
    remedy: `${remedy[0]?.toUpperCase()}${remedy.slice(1)}.`,
  };
}
