import type { Result } from './result.ts';

/**
 * What the desktop shell offers its page, as `window.doppel`: the few tasks that a page cannot do
 * by itself. Everything about the plant goes over the socket, exactly as in a browser.
 */
export interface DesktopApi {
  /** Where the host of this window listens, and the secret of this launch. */
  session(): Promise<HostSession>;
  /** Lets the person choose a scene and restarts the host with it; the page is then loaded anew. */
  openScene(): Promise<Result<{ readonly opened: boolean }, string>>;
  /** Called when a menu item wants something of the page; returns how to stop. */
  onMenu(listener: (command: MenuCommand) => void): () => void;
}

export interface HostSession {
  readonly url: string;
  readonly token: string;
}

export const MENU_COMMANDS = [
  'palette',
  'shortcuts',
  'theme',
  'home',
  'front',
  'right',
  'top',
  'frame',
] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];

/** Messages between the page's preload script and the main process. */
export const DESKTOP_CHANNELS = {
  session: 'doppel:session',
  openScene: 'doppel:open-scene',
  menu: 'doppel:menu',
} as const;

/** Origin of the page in the desktop shell. */
export const APP_SCHEME = 'app';
export const APP_ORIGIN = `${APP_SCHEME}://doppel`;
