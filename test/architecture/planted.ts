export type Gate = 'types' | 'lint' | 'boundaries';

export interface Violation {
  readonly gate: Gate;
  readonly what: string;
  readonly file: string;
  readonly text: string;
  /** What the gate must say about the file. */
  readonly finding: string;
}

const DEFINITION = 'src/device-emulators/definition';
const DEVICES = 'src/device-emulators/devices';
const ENDPOINTS = 'src/device-emulators/endpoints';

/** Re-exports `x` of `path`: the shortest import that every gate sees as a value. */
function use(path: string): string {
  return `export { x } from '${path}';\n`;
}

const X = 'export const x = 1;\n';

/** One file in every folder, and every direction of import that the table of folders allows. */
export const ALLOWED: Readonly<Record<string, string>> = {
  'src/physics/fluids/x.ts': "export { ok as x } from '../../kernel/result.ts';\n",
  'src/physics/rigid-body/x.ts': "export { World as x } from '@dimforge/rapier3d-compat';\n",
  'src/bio-models/x.ts': "export { ok as x } from '../kernel/result.ts';\n",
  [`${DEFINITION}/x.ts`]:
    "export { z } from 'zod';\nexport { ok as x } from '../../kernel/result.ts';\n",
  [`${DEVICES}/kettle/x.ts`]: X,
  [`${DEVICES}/pump/x.ts`]: [
    "export { setup } from 'xstate';",
    "export { ok } from '../../../kernel/result.ts';",
    "export { x as a } from '../../../physics/fluids/x.ts';",
    "export { x as b } from '../../../bio-models/x.ts';",
    "export { x } from '../../definition/x.ts';",
    '',
  ].join('\n'),
  [`${ENDPOINTS}/wire/host.ts`]: [
    "export { createServer } from 'node:net';",
    "export { x } from '../../definition/x.ts';",
    '',
  ].join('\n'),
  [`${ENDPOINTS}/wire/client/x.ts`]: X,
  'src/twin/x.ts': [
    "export { parse } from 'yaml';",
    "export { x as a } from '../physics/fluids/x.ts';",
    "export { x as b } from '../bio-models/x.ts';",
    "export { x as c } from '../device-emulators/devices/pump/x.ts';",
    "export { x } from '../device-emulators/definition/x.ts';",
    '',
  ].join('\n'),
  'src/control/x.ts': use('../device-emulators/endpoints/wire/client/x.ts'),
  'src/main/electron/x.ts': "export { app as x } from 'electron';\n",
  'src/main/x.ts': [
    "export { readFileSync } from 'node:fs';",
    "export { x as a } from '../twin/x.ts';",
    "export { x as b } from '../control/x.ts';",
    "export { createServer } from '../device-emulators/endpoints/wire/host.ts';",
    'export const now = Date.now();',
    '',
  ].join('\n'),
  'src/preload/x.ts': "export { ipcRenderer as x } from 'electron';\n",
  'src/renderer/x.tsx': [
    "import { Environment } from '@react-three/drei';",
    'export const x = <Environment resolution={64} />;',
    '',
  ].join('\n'),
};

const CORE_FOLDERS = [
  'src/kernel',
  'src/physics',
  'src/bio-models',
  DEFINITION,
  `${DEVICES}/kettle`,
  'src/twin',
];

const AMBIENT = [
  'setTimeout',
  'setInterval',
  'fetch',
  'process',
  'console',
  'performance',
  'window',
];

const BANNED_GLOBALS = [
  'Date.now()',
  'performance.now()',
  'setTimeout(() => 1, 5)',
  'setInterval(() => 1, 5)',
  "fetch('http://127.0.0.1')",
  'process.pid',
  "console.log('x')",
  'globalThis.Date',
];

const types: readonly Violation[] = [
  ...AMBIENT.map((name) => ({
    gate: 'types' as const,
    what: `${name} in the kernel`,
    file: `src/kernel/bad-${name.toLowerCase()}.ts`,
    text: `export const x = ${name};\n`,
    finding: `Cannot find name '${name}'`,
  })),
  ...CORE_FOLDERS.map((folder) => ({
    gate: 'types' as const,
    what: `a timer in ${folder}`,
    file: `${folder}/bad.ts`,
    text: 'export const x = setTimeout(() => 1, 5);\n',
    finding: "Cannot find name 'setTimeout'",
  })),
  {
    gate: 'types',
    what: 'syntax that Node cannot strip',
    file: 'src/twin/bad-enum.ts',
    text: 'export enum Colour {\n  red,\n}\n',
    finding: 'erasableSyntaxOnly',
  },
];

const lint: readonly Violation[] = [
  ...BANNED_GLOBALS.map((expression, i) => ({
    gate: 'lint' as const,
    what: `${expression} in the kernel`,
    file: `src/kernel/bad-${i}.ts`,
    text: `export const x = ${expression};\n`,
    finding: 'The core knows no wall clock',
  })),
  ...CORE_FOLDERS.flatMap((folder) => [
    {
      gate: 'lint' as const,
      what: `the wall clock in ${folder}`,
      file: `${folder}/bad-clock.ts`,
      text: 'export const x = new Date();\n',
      finding: 'The core knows no wall clock',
    },
    {
      gate: 'lint' as const,
      what: `unseeded chance in ${folder}`,
      file: `${folder}/bad-chance.ts`,
      text: 'export const x = Math.random();\n',
      finding: 'Draw from a named stream',
    },
  ]),
  {
    gate: 'lint',
    what: 'a barrel',
    file: 'src/twin/bad-barrel.ts',
    text: "export * from './x.ts';\n",
    finding: 'No barrels',
  },
  {
    gate: 'lint',
    what: 'a forgotten promise',
    file: 'src/main/bad-promise.ts',
    text: 'export function x(): void {\n  Promise.resolve(1);\n}\n',
    finding: 'Promises must be awaited',
  },
  ...['Stage', 'Cloud', 'useMatcapTexture', 'useNormalTexture', 'FaceLandmarker'].map((name) => ({
    gate: 'lint' as const,
    what: `${name}, which downloads its assets`,
    file: `src/renderer/bad-${name.toLowerCase()}.ts`,
    text: `export { ${name} } from '@react-three/drei';\n`,
    finding: 'downloads its assets',
  })),
  {
    gate: 'lint',
    what: 'an environment preset, which is downloaded',
    file: 'src/renderer/bad-preset.tsx',
    text: 'import { Environment } from \'@react-three/drei\';\nexport const x = <Environment preset="city" />;\n',
    finding: 'Presets are downloaded',
  },
];

/** An import that the table of folders forbids, and the rule that says so. */
function boundary(folder: string, name: string, target: string, rule: string): Violation {
  return {
    gate: 'boundaries',
    what: `${folder} importing ${target}`,
    file: `${folder}/bad-${name}.ts`,
    text: use(target),
    finding: rule,
  };
}

const boundaries: readonly Violation[] = [
  boundary('src/kernel', 'physics', '../physics/fluids/x.ts', 'kernel-imports-nothing'),
  boundary('src/kernel', 'package', 'zod', 'kernel-has-no-packages'),
  boundary('src/physics', 'biology', '../bio-models/x.ts', 'physics'),
  boundary(
    'src/physics/fluids',
    'rapier',
    '@dimforge/rapier3d-compat',
    'rapier-in-rigid-body-only',
  ),
  boundary('src/bio-models', 'physics', '../physics/fluids/x.ts', 'bio-models'),
  boundary(DEFINITION, 'physics', '../../physics/fluids/x.ts', 'definition'),
  boundary(`${DEVICES}/pump`, 'kettle', '../kettle/x.ts', 'no-device-imports-another'),
  boundary(`${DEVICES}/pump`, 'twin', '../../../twin/x.ts', 'devices'),
  boundary(`${ENDPOINTS}/wire`, 'device', '../../devices/pump/x.ts', 'endpoints'),
  boundary(`${ENDPOINTS}/wire`, 'twin', '../../../twin/x.ts', 'endpoints'),
  boundary('src/twin', 'endpoint', '../device-emulators/endpoints/wire/client/x.ts', 'twin'),
  boundary('src/twin', 'socket', 'socket.io', 'core-has-no-shell'),
  boundary('src/twin', 'three', 'three', 'core-has-no-shell'),
  boundary('src/twin', 'react', 'react', 'core-has-no-shell'),
  boundary('src/twin', 'opcua', 'node-opcua', 'core-has-no-shell'),
  ...CORE_FOLDERS.map((folder) => boundary(folder, 'files', 'node:fs', 'core-is-pure')),
  boundary('src/control', 'server', '../device-emulators/endpoints/wire/host.ts', 'control'),
  boundary('src/control', 'twin', '../twin/x.ts', 'control'),
  boundary('src/main', 'electron', 'electron', 'electron-in-its-folder'),
  boundary('src/preload', 'main', '../main/x.ts', 'preload'),
  boundary('src/renderer', 'twin', '../twin/x.ts', 'renderer'),
  boundary('src/renderer', 'files', 'node:fs', 'renderer-has-no-node'),
  {
    gate: 'boundaries',
    what: 'a module that needs itself',
    file: 'src/twin/bad-cycle.ts',
    text: use('./bad-cycle.ts'),
    finding: 'no-cycles',
  },
];

export const VIOLATIONS: readonly Violation[] = [...types, ...lint, ...boundaries];
