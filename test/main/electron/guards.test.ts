import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';

type Handler = (event: unknown, ...args: unknown[]) => unknown;
const handlers = new Map<string, Handler>();
vi.mock('electron', () => ({
  BrowserWindow: class {},
  ipcMain: { handle: (channel: string, handler: Handler) => handlers.set(channel, handler) },
}));
const { keepOnPage } = await import('../../../src/main/electron/window.ts');
const { guardSession } = await import('../../../src/main/electron/session-guard.ts');
const { answerPage } = await import('../../../src/main/electron/ipc.ts');

class FakeContents extends EventEmitter {
  openHandler: (() => { action: string }) | undefined;
  setWindowOpenHandler(handler: () => { action: string }): void {
    this.openHandler = handler;
  }
  /** Whether the contents let an event happen. */
  allows(name: string, url: string): boolean {
    const event = { url, preventDefault: vi.fn() };
    this.emit(name, event);
    return event.preventDefault.mock.calls.length === 0;
  }
}

describe('the window', () => {
  it('stays on its own page and opens no other window', () => {
    const contents = new FakeContents();
    keepOnPage(contents as never);
    for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
      expect(contents.allows(event, 'app://doppel/index.html')).toBe(true);
      expect(contents.allows(event, 'https://example.com/')).toBe(false);
      expect(contents.allows(event, 'file:///etc/passwd')).toBe(false);
    }
    expect(contents.allows('will-attach-webview', 'app://doppel/')).toBe(false);
    expect(contents.openHandler?.()).toEqual({ action: 'deny' });
  });
});

describe('the session', () => {
  it('grants nothing and lets no request leave this computer', () => {
    const set = new Map<string, (...args: never[]) => unknown>();
    const keep =
      (name: string) =>
      (handler: (...args: never[]) => unknown): void =>
        void set.set(name, handler);
    guardSession({
      setPermissionRequestHandler: keep('request'),
      setPermissionCheckHandler: keep('check'),
      setDevicePermissionHandler: keep('device'),
      webRequest: { onBeforeRequest: keep('web') },
    } as never);
    const granted = vi.fn();
    set.get('request')?.(...([undefined, 'media', granted] as never[]));
    expect(granted).toHaveBeenCalledWith(false);
    expect(set.get('check')?.()).toBe(false);
    expect(set.get('device')?.()).toBe(false);
    const decided = vi.fn();
    set.get('web')?.(...([{ url: 'https://example.com/' }, decided] as never[]));
    set.get('web')?.(...([{ url: 'ws://127.0.0.1:4800/' }, decided] as never[]));
    expect(decided.mock.calls).toEqual([[{ cancel: true }], [{ cancel: false }]]);
  });
});

describe('tasks of the page', () => {
  const page = { url: 'app://doppel/index.html', parent: null };

  it('are answered to our page alone, and without arguments alone', async () => {
    const session = { url: 'http://127.0.0.1:1', token: 't' };
    answerPage({
      session: () => Promise.resolve(session),
      openScene: () => Promise.resolve({ ok: true, value: { opened: false } }),
    });
    const ask = handlers.get('doppel:session');
    if (ask === undefined) throw new Error('the task is not answered');
    expect(await ask({ senderFrame: page })).toEqual(session);
    expect(() => ask({ senderFrame: page }, '/etc/passwd')).toThrow();
    for (const senderFrame of [
      null,
      { url: 'https://example.com/', parent: null },
      { url: page.url, parent: page },
    ]) {
      expect(() => ask({ senderFrame })).toThrow('foreign page');
    }
  });
});
