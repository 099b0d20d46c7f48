import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Role } from '../device-emulators/endpoints/opcua/security.ts';

/** Who may log in to the OPC UA server and what they may do. */
export interface OpcUaUsers {
  authenticate(user: string, password: string): boolean;
  roleOf(user: string): Role;
}

/** A users file that cannot be used; the message names file, cause and remedy. */
export class UsersFileError extends Error {
  override readonly name = 'UsersFileError';
}

const usersSchema = z
  .record(
    z.string().min(1),
    z.strictObject({
      password: z.string().min(12, 'a password needs at least 12 characters'),
      role: z.enum(['observer', 'operator']),
    }),
  )
  .refine((users) => Object.keys(users).length > 0, 'it names nobody');

const EXAMPLE = 'write for each user "name: { password: ..., role: operator }" (or observer)';

/**
 * Reads a YAML file of users, which only its owner may be able to read.
 *
 * @throws UsersFileError
 */
export function readUsers(path: string): OpcUaUsers {
  const fail = (cause: string, remedy: string): never => {
    throw new UsersFileError(`${path}: ${cause}; ${remedy}`);
  };
  let content: unknown;
  try {
    const mode = statSync(path).mode;
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      fail('others on this machine can read the passwords', `run chmod 600 ${path}`);
    }
    content = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof UsersFileError) throw error;
    const [cause] = String(error instanceof Error ? error.message : error).split('\n');
    return fail(`it cannot be read: ${cause}`, EXAMPLE);
  }
  const parsed = usersSchema.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.join('.') ?? '';
    return fail(`${place === '' ? '' : `${place}: `}${issue?.message}`, EXAMPLE);
  }
  const users = new Map(Object.entries(parsed.data));
  return {
    authenticate: (user, password) => {
      const known = users.get(user)?.password;
      // Compared also for unknown names, so that the time tells nothing.
      return isSame(password, known ?? '') && known !== undefined;
    },
    roleOf: (user) => users.get(user)?.role ?? 'observer',
  };
}

function isSame(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
