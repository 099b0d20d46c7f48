import { APP_ORIGIN } from '../../kernel/desktop-contract.ts';

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);
const LOCAL_SCHEMES: ReadonlySet<string> = new Set(['data:', 'blob:', 'devtools:']);

function parse(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}

/** Whether a URL belongs to our own page. Custom schemes have no `origin`, so the parts count. */
export function isOwnPage(url: string): boolean {
  const parsed = parse(url);
  return parsed !== undefined && `${parsed.protocol}//${parsed.host}` === APP_ORIGIN;
}

/** Whether the page may fetch a URL: nothing that leaves this computer. */
export function isLocalRequest(url: string): boolean {
  const parsed = parse(url);
  if (parsed === undefined) return false;
  if (isOwnPage(url) || LOCAL_SCHEMES.has(parsed.protocol)) return true;
  return ['http:', 'ws:'].includes(parsed.protocol) && LOOPBACK.has(parsed.hostname);
}
