import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};

/** Headers of every answer: no foreign origin is ever contacted. */
export function securityHeaders(port: number): Record<string, string> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self' 'wasm-unsafe-eval'",
      "worker-src 'self' blob:",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self' data:",
      `connect-src 'self' blob: ws://127.0.0.1:${port} ws://localhost:${port}`,
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
}

/** Whether a request names this server by a loopback name, which a rebound foreign name does not. */
export function isLoopbackHost(host: string | undefined, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}` || host === `[::1]:${port}`;
}

/**
 * Whether a WebSocket comes from a page of ours: the one served here or one of `others`. Clients
 * that are no browsers send no origin.
 */
export function isOwnOrigin(
  origin: string | undefined,
  port: number,
  others: readonly string[],
): boolean {
  return (
    origin === undefined ||
    origin === `http://127.0.0.1:${port}` ||
    origin === `http://localhost:${port}` ||
    others.includes(origin)
  );
}

/** Answers requests with the files of `root`; the page gets the token in a meta element. */
export function serveFiles(
  root: string,
  token: string,
  port: () => number,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const headers = securityHeaders(port());
    const refuse = (status: number, text: string): void => {
      response.writeHead(status, { ...headers, 'Content-Type': 'text/plain' }).end(text);
    };
    if (!isLoopbackHost(request.headers.host, port())) return refuse(403, 'wrong host name');
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'only GET');
    const path = filePath(root, request.url ?? '/');
    if (path === undefined) return refuse(404, 'no such file');
    response.writeHead(200, { ...headers, 'Content-Type': contentType(path) });
    if (request.method === 'HEAD') response.end();
    else if (path.endsWith('index.html')) response.end(withToken(path, token));
    else
      createReadStream(path)
        .on('error', () => response.destroy())
        .pipe(response);
  };
}

export function contentType(path: string): string {
  return TYPES[extname(path)] ?? 'application/octet-stream';
}

/** File that a URL names, if it lies inside `root`. */
export function filePath(root: string, url: string): string | undefined {
  let name: string;
  try {
    name = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return undefined;
  }
  if (name.includes('\0')) return undefined;
  const path = normalize(join(root, name === '/' ? 'index.html' : name));
  if (path !== root && !path.startsWith(root + sep)) return undefined;
  return existsSync(path) && statSync(path).isFile() ? path : undefined;
}

function withToken(path: string, token: string): string {
  const html = readFileSync(path, 'utf8');
  return html.replace('<head>', `<head><meta name="doppel-token" content="${token}">`);
}
