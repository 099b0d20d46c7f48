import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CONFIGS = [
  'package.json',
  'tsconfig.base.json',
  'tsconfig.core.json',
  'eslint.config.js',
  '.dependency-cruiser.cjs',
];
let tree: string;

/** A small tree with the project's own gate configurations, so that planting disturbs nobody. */
beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'doppel-gates-'));
  for (const file of CONFIGS) cpSync(join(ROOT, file), join(tree, file));
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  cpSync(join(ROOT, 'src/kernel'), join(tree, 'src/kernel'), { recursive: true });
});

afterAll(() => rmSync(tree, { recursive: true, force: true }));

type Gate = 'types' | 'lint' | 'boundaries';

const COMMANDS: Readonly<Record<Gate, readonly string[]>> = {
  types: ['tsc', '-p', 'tsconfig.core.json'],
  lint: ['eslint', 'src'],
  boundaries: ['depcruise', '--config', '.dependency-cruiser.cjs', 'src'],
};

function run(gate: Gate): { readonly passed: boolean; readonly output: string } {
  const [command = '', ...args] = COMMANDS[gate];
  const bin = join(ROOT, 'node_modules/.bin', command);
  const { status, stdout, stderr } = spawnSync(bin, args, { cwd: tree, encoding: 'utf8' });
  return { passed: status === 0, output: stdout + stderr };
}

/** Runs a gate with extra files in the tree. */
function withFiles(files: Readonly<Record<string, string>>, gate: Gate) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  try {
    return run(gate);
  } finally {
    for (const path of Object.keys(files)) rmSync(join(tree, path));
  }
}

describe('the gates', () => {
  it.each(['types', 'lint', 'boundaries'] as const)('%s: a clean tree passes', (gate) => {
    const { passed, output } = run(gate);
    expect(passed, output).toBe(true);
  });

  it.each([
    [
      'types',
      'a timer',
      { 'src/kernel/bad.ts': 'export const x = setTimeout(() => 1, 5);\n' },
      'setTimeout',
    ],
    ['types', 'a process', { 'src/twin/bad.ts': 'export const x = process.pid;\n' }, 'process'],
    ['lint', 'the wall clock', { 'src/twin/bad.ts': 'export const x = new Date();\n' }, 'Date'],
    [
      'lint',
      'unseeded chance',
      { 'src/physics/bad.ts': 'export const x = Math.random();\n' },
      'random',
    ],
    [
      'boundaries',
      'the kernel importing physics',
      {
        'src/physics/a.ts': 'export const a = 1;\n',
        'src/kernel/bad.ts': "export { a } from '../physics/a.ts';\n",
      },
      'kernel-imports-nothing',
    ],
    [
      'boundaries',
      'a device importing another',
      {
        'src/device-emulators/devices/a/a.ts': 'export const a = 1;\n',
        'src/device-emulators/devices/b/b.ts': "export { a } from '../a/a.ts';\n",
      },
      'no-device-imports-another',
    ],
    [
      'boundaries',
      'the core reading files',
      {
        'src/twin/bad.ts':
          "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n",
      },
      'core-is-pure',
    ],
    [
      'boundaries',
      'the renderer importing the twin',
      {
        'src/twin/a.ts': 'export const a = 1;\n',
        'src/renderer/bad.ts': "export { a } from '../twin/a.ts';\n",
      },
      'renderer',
    ],
  ] as const)('%s: refuses %s', (gate, _, files, named) => {
    const { passed, output } = withFiles(files, gate);
    expect(passed).toBe(false);
    expect(output).toContain(named);
  });
});
