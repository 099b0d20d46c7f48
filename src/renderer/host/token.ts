import { TOKEN_META } from '../../kernel/bridge-contract.ts';

declare global {
  interface Window {
    /** Put there by the preload script of the desktop shell. */
    readonly doppel?: { readonly token?: string; readonly url?: string };
  }
}

/** Token of this launch; empty when the page was not served by a host. */
export function readToken(): string {
  const meta = document.querySelector<HTMLMetaElement>(`meta[name="${TOKEN_META}"]`);
  return window.doppel?.token ?? meta?.content ?? '';
}

/** Where the host listens: the origin of the page, or what the desktop shell says. */
export function hostUrl(): string {
  return window.doppel?.url ?? window.location.origin;
}
