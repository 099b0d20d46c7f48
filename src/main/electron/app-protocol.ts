import { readFile } from 'node:fs/promises';
import { type Protocol, protocol } from 'electron';
import { APP_SCHEME } from '../../kernel/desktop-contract.ts';
import { contentType, filePath, securityHeaders } from '../web/static-files.ts';
import { isOwnPage } from './urls.ts';

/** Must be called before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Serves the files of `root` as `app://doppel/`, with the headers that browsers get too. */
export function serveApp(target: Protocol, root: string, hostPort: () => number): void {
  target.handle(APP_SCHEME, async ({ url, method }) => {
    const headers = securityHeaders(hostPort());
    const path = isOwnPage(url) && method === 'GET' ? filePath(root, url) : undefined;
    if (path === undefined) return new Response('no such file', { status: 404, headers });
    return new Response(await readFile(path), {
      headers: { ...headers, 'Content-Type': contentType(path) },
    });
  });
}
