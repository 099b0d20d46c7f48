import { TOKEN_META } from '../../kernel/bridge-contract.ts';
import type { DesktopApi, HostSession } from '../../kernel/desktop-contract.ts';

declare global {
  interface Window {
    /** Put there by the preload script of the desktop shell; absent in a browser. */
    readonly doppel?: DesktopApi;
  }
}

/**
 * Where the host listens and the secret of this launch: the desktop shell knows, else it is the
 * server of the page, which wrote the token into it.
 */
export async function findSession(): Promise<HostSession> {
  if (window.doppel !== undefined) return window.doppel.session();
  const meta = document.querySelector<HTMLMetaElement>(`meta[name="${TOKEN_META}"]`);
  return { url: window.location.origin, token: meta?.content ?? '' };
}
