import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseShell, findElectron, type Surroundings } from '../../scripts/choose-shell.ts';

const desk: Surroundings = {
  platform: 'linux',
  env: { DISPLAY: ':0' },
  isRoot: false,
  findElectron: () => ({ path: '/electron' }),
};

function whyPage(surroundings: Partial<Surroundings>): string {
  const shell = chooseShell({ ...desk, ...surroundings });
  return shell.kind === 'page' ? shell.why : '';
}

describe('the choice of the shell', () => {
  it('is the desktop where there is a display and Electron', () => {
    const desktop = { kind: 'desktop', executable: '/electron' };
    expect(chooseShell(desk)).toEqual(desktop);
    expect(chooseShell({ ...desk, env: { WAYLAND_DISPLAY: 'wayland-0' } })).toEqual(desktop);
    expect(chooseShell({ ...desk, platform: 'darwin', env: {} })).toEqual(desktop);
  });

  it('is the page without a display, and Electron is not even looked for', () => {
    const neverAsked = (): never => {
      throw new Error('asked for Electron');
    };
    expect(whyPage({ env: {}, findElectron: neverAsked })).toContain('no display');
    expect(whyPage({ isRoot: true, findElectron: neverAsked })).toContain('root');
    const env = { DISPLAY: ':0', DOPPEL_SHELL: 'page' };
    expect(whyPage({ env, findElectron: neverAsked })).toContain('DOPPEL_SHELL');
  });

  it('is the page with the reason when Electron is missing', () => {
    expect(whyPage({ findElectron: () => ({ missing: 'no Electron' }) })).toBe('no Electron');
  });
});

describe('the search for Electron', () => {
  let modules: string;
  beforeEach(() => {
    modules = mkdtempSync(join(tmpdir(), 'doppel-modules-'));
  });
  afterEach(() => rmSync(modules, { recursive: true }));

  function put(path: string, text: string): void {
    const file = join(modules, 'electron', path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
  }

  it('finds what is installed', () => {
    put('path.txt', 'electron');
    put('dist/electron', 'binary');
    expect(findElectron(modules, {})).toEqual({ path: join(modules, 'electron/dist/electron') });
  });

  it('lets the package fetch its binary once, and gives up when that fails', () => {
    expect(findElectron(modules, {})).toHaveProperty('missing');
    put('install.js', 'process.exit(1)');
    expect(findElectron(modules, {})).toEqual({ missing: 'Electron could not be downloaded' });
    const folder = JSON.stringify(join(modules, 'electron'));
    put(
      'install.js',
      `const fs = require('node:fs'); process.chdir(${folder}); fs.mkdirSync('dist');
       fs.writeFileSync('dist/electron', ''); fs.writeFileSync('path.txt', 'electron');`,
    );
    expect(findElectron(modules, {})).toHaveProperty('path');
  });
});
