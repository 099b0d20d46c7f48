import { BrowserWindow, type WebContents } from 'electron';
import { APP_ORIGIN } from '../../kernel/desktop-contract.ts';
import { isOwnPage } from './urls.ts';

/** The one window; it shows our page and nothing else. */
export function openWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1600,
    height: 1000,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title: 'Doppel',
    backgroundColor: '#dfe1e3',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  keepOnPage(window.webContents);
  return window;
}

export async function loadPage(window: BrowserWindow): Promise<void> {
  await window.loadURL(`${APP_ORIGIN}/index.html`);
}

/** The page cannot be led elsewhere, and opens no other windows. */
export function keepOnPage(contents: WebContents): void {
  for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate'] as const) {
    contents.on(event as 'will-navigate', (details) => {
      if (!isOwnPage(details.url)) details.preventDefault();
    });
  }
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
