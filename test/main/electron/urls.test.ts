import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchArguments, parseLaunch } from '../../../src/main/electron/launch-options.ts';
import { isLocalRequest, isOwnPage } from '../../../src/main/electron/urls.ts';
import { filePath, isLoopbackHost, isOwnOrigin } from '../../../src/main/web/static-files.ts';

describe('what the desktop page may load', () => {
  it('is its own page', () => {
    expect(isOwnPage('app://doppel/index.html')).toBe(true);
    for (const foreign of [
      'app://doppel.evil/index.html',
      'app://evil/index.html',
      'https://doppel/index.html',
      'file:///etc/passwd',
      'app:doppel',
      'nonsense',
      '',
    ]) {
      expect(isOwnPage(foreign), foreign).toBe(false);
    }
  });

  it('is what does not leave this computer', () => {
    for (const local of [
      'app://doppel/assets/index.js',
      'ws://127.0.0.1:4800/socket.io/',
      'http://localhost:4800/',
      'ws://[::1]:4800/',
      'blob:app://doppel/1',
      'data:,',
    ]) {
      expect(isLocalRequest(local), local).toBe(true);
    }
    for (const foreign of [
      'https://example.com/',
      'http://127.0.0.1.example.com/',
      'http://localhost@example.com/',
      'ws://192.168.1.2:4800/',
      'file:///etc/passwd',
      'ftp://127.0.0.1/',
    ]) {
      expect(isLocalRequest(foreign), foreign).toBe(false);
    }
  });
});

describe('who may talk to the host', () => {
  it('is a page of ours, by a loopback name', () => {
    expect(isOwnOrigin('http://127.0.0.1:4800', 4800, [])).toBe(true);
    expect(isOwnOrigin('app://doppel', 4800, ['app://doppel'])).toBe(true);
    expect(isOwnOrigin('app://doppel', 4800, [])).toBe(false);
    expect(isOwnOrigin('http://127.0.0.1:4801', 4800, [])).toBe(false);
    expect(isOwnOrigin('null', 4800, [])).toBe(false);
    expect(isLoopbackHost('127.0.0.1:4800', 4800)).toBe(true);
    expect(isLoopbackHost('rebound.example:4800', 4800)).toBe(false);
    expect(isLoopbackHost(undefined, 4800)).toBe(false);
  });
});

describe('files by URL', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'doppel-page-'));
    mkdirSync(join(folder, 'page/assets'), { recursive: true });
    writeFileSync(join(folder, 'page/index.html'), '');
    writeFileSync(join(folder, 'page/assets/a b.js'), '');
    writeFileSync(join(folder, 'secret'), '');
    mkdirSync(join(folder, 'page-other'));
    writeFileSync(join(folder, 'page-other/secret'), '');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are found inside the folder', () => {
    const root = join(folder, 'page');
    expect(filePath(root, '/')).toBe(join(root, 'index.html'));
    expect(filePath(root, 'app://doppel/index.html')).toBe(join(root, 'index.html'));
    expect(filePath(root, '/assets/a%20b.js?x=1')).toBe(join(root, 'assets/a b.js'));
  });

  it('are not found outside of it', () => {
    const root = join(folder, 'page');
    for (const url of [
      '/../secret',
      '/..%2fsecret',
      '/%2e%2e/secret',
      '/..%2fpage-other/secret',
      '/assets/..%2f..%2fsecret',
      'app://doppel/..%2fsecret',
      '/assets',
      '/%00',
      '/%zz',
      '//',
    ]) {
      expect(filePath(root, url), url).toBeUndefined();
    }
  });
});

describe('arguments of the desktop shell', () => {
  it('come back as they were built, whatever Chromium adds', () => {
    const request = {
      scene: '/a b/scene.yaml',
      seed: 7,
      time: 'max',
      control: 'car-t',
      opcuaPort: 0,
    };
    const args = ['out/main/main.js', '--no-sandbox', ...launchArguments(request)];
    expect(parseLaunch(args)).toEqual(request);
  });

  it('need a scene and a whole seed', () => {
    expect(() => parseLaunch([])).toThrow('scene');
    expect(() => parseLaunch(['--scene', 's.yaml', '--seed', '1.5'])).toThrow('seed');
  });
});
