import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALLOWED, VIOLATIONS, type Gate } from './planted.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const GATES: readonly Gate[] = ['types', 'lint', 'boundaries'];
const CONFIGS = [
  'package.json',
  'tsconfig.base.json',
  'tsconfig.core.json',
  'tsconfig.json',
  'tsconfig.renderer.json',
  'eslint.config.js',
  '.dependency-cruiser.cjs',
];
const COMMANDS: Readonly<Record<Gate, readonly string[]>> = {
  types: ['tsc', '--pretty', 'false', '-p', 'tsconfig.core.json'],
  lint: ['eslint', '--format', 'json', 'src'],
  boundaries: ['depcruise', '--config', '.dependency-cruiser.cjs', 'src'],
};

interface Finding {
  readonly file: string;
  readonly what: string;
}

interface LintedFile {
  readonly filePath: string;
  readonly messages: readonly { readonly message: string }[];
}

interface Outcome {
  readonly passed: boolean;
  readonly findings: readonly Finding[];
  readonly output: string;
}

const trees: string[] = [];

/** A small tree with the project's own gate configurations, so that planting disturbs nobody. */
function plantTree(files: Readonly<Record<string, string>>): string {
  const tree = mkdtempSync(join(tmpdir(), 'doppel-gates-'));
  trees.push(tree);
  for (const file of CONFIGS) cpSync(join(ROOT, file), join(tree, file));
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  cpSync(join(ROOT, 'src/kernel'), join(tree, 'src/kernel'), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  return tree;
}

function findingsOf(gate: Gate, tree: string, output: string): Finding[] {
  if (gate === 'types') {
    return [...output.matchAll(/^(\S+)\(\d+,\d+\): error (.*)$/gm)].map(
      ([, file = '', what = '']) => ({ file, what }),
    );
  }
  if (gate === 'boundaries') {
    return [...output.matchAll(/^ *error (\S+): (\S+)/gm)].map(([, what = '', file = '']) => ({
      file,
      what,
    }));
  }
  const report: readonly LintedFile[] = JSON.parse(output);
  return report.flatMap(({ filePath, messages }) =>
    messages.map(({ message }) => ({ file: filePath.slice(tree.length + 1), what: message })),
  );
}

function run(gate: Gate, tree: string): Outcome {
  const [command = '', ...args] = COMMANDS[gate];
  const bin = join(ROOT, 'node_modules/.bin', command);
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };
  const { status, stdout, stderr } = spawnSync(bin, args, { cwd: tree, encoding: 'utf8', env });
  const output = stdout + stderr;
  return { passed: status === 0, findings: findingsOf(gate, tree, stdout), output };
}

afterAll(() => {
  for (const tree of trees) rmSync(tree, { recursive: true, force: true });
});

describe.each(GATES)('the %s gate', (gate) => {
  const planted = VIOLATIONS.filter((violation) => violation.gate === gate);
  let violated: Outcome;

  beforeAll(() => {
    const files = Object.fromEntries(planted.map(({ file, text }) => [file, text]));
    violated = run(gate, plantTree({ ...ALLOWED, ...files }));
  });

  it('passes a clean tree that uses everything it allows', () => {
    const clean = run(gate, plantTree(ALLOWED));
    expect(clean.findings, clean.output).toEqual([]);
    expect(clean.passed, clean.output).toBe(true);
  });

  it('fails a tree with planted violations and accuses only the planted files', () => {
    expect(violated.passed).toBe(false);
    const accused = new Set(violated.findings.map(({ file }) => file));
    expect([...accused].sort()).toEqual(planted.map(({ file }) => file).sort());
  });

  it.each(planted)('refuses $what', ({ file, finding }) => {
    const found = violated.findings.filter((f) => f.file === file).map((f) => f.what);
    expect(found.join('\n')).toContain(finding);
  });
});
