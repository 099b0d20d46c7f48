import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { connectOpcUa } from '../../src/device-emulators/endpoints/opcua/client/connect.ts';
import { readUsers } from '../../src/main/opcua-users.ts';

import { Cli, doppel } from './support/cli.ts';

const SUITE = 'scenes/expansion-suite.yaml';
const folder = mkdtempSync(join(tmpdir(), 'doppel-users-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(text: string, mode = 0o600): string {
  const path = join(folder, 'users.yaml');
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

describe('users of the OPC UA server', () => {
  it('log in with their own password and have their role', () => {
    const users = readUsers(
      file(
        'anna: { password: correct-horse-9, role: operator }\nben: { password: battery-staple, role: observer }\n',
      ),
    );
    expect(users.authenticate('anna', 'correct-horse-9')).toBe(true);
    expect(users.authenticate('anna', 'battery-staple')).toBe(false);
    expect(users.authenticate('nobody', '')).toBe(false);
    expect(users.roleOf('anna')).toBe('operator');
    expect(users.roleOf('ben')).toBe('observer');
  });

  const broken: readonly (readonly [string, string, number, RegExp])[] = [
    [
      'a file that others can read',
      'a: { password: correct-horse-9, role: operator }',
      0o644,
      /chmod 600/,
    ],
    ['a short password', 'a: { password: short, role: operator }', 0o600, /a\.password: .*12/],
    ['an unknown role', 'a: { password: correct-horse-9, role: king }', 0o600, /a\.role/],
    ['an unknown key', 'a: { password: correct-horse-9, role: operator, x: 1 }', 0o600, /x/],
    ['an empty list', '{}', 0o600, /names nobody/],
    ['bad YAML', 'a: [', 0o600, /cannot be read/],
  ];
  it.each(broken)('refuses %s with cause and remedy', (_name, text, mode, expected) => {
    const path = file(text, mode);
    expect(() => readUsers(path)).toThrow(expected);
    expect(() => readUsers(path)).toThrow(/users\.yaml: .+; .+/);
  });
});

describe('doppel serve beyond loopback', () => {
  const anyPorts = ['--opcua-port', '0', '--ui-port', '0', '--json'];

  it('refuses without users, and with the built-in controller', async () => {
    const bare = await doppel('serve', SUITE, '--opcua-host', '0.0.0.0', ...anyPorts);
    expect(bare.code).toBe(2);
    expect(bare.stderr).toMatch(/refuses to listen on 0\.0\.0\.0.*--users/s);
    const controlled = ['--opcua-host', '0.0.0.0', '--control', 'car-t'];
    const both = await doppel('serve', SUITE, ...controlled, ...anyPorts);
    expect(both.code).toBe(2);
    expect(both.stderr).toMatch(/built-in controller connects on loopback only/);
  });

  it('with users, nobody comes in without encryption', async () => {
    const users = file('anna: { password: correct-horse-9, role: operator }\n');
    const cli = new Cli(['serve', SUITE, '--opcua-host', '0.0.0.0', '--users', users, ...anyPorts]);
    try {
      const [, port = ''] = await cli.says(/"opcua":"opc\.tcp:\/\/[^:]+:(\d+)"/);
      await expect(connectOpcUa(`opc.tcp://127.0.0.1:${port}`)).rejects.toThrow();
    } finally {
      cli.process.kill('SIGTERM');
    }
    expect(await cli.ended).toBe(0);
  });
});
