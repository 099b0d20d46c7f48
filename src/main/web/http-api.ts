import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BenchPort, BenchRecord } from '../../kernel/bench-contract.ts';
import { type Refusal, refusal } from '../../kernel/error-catalogue.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { openApiDocument } from './open-api.ts';
import { isLoopbackHost, isOwnOrigin, securityHeaders } from './static-files.ts';

const PREFIX = '/api/';
/** Largest request [bytes]. */
const LARGEST = 1 << 20;
/** Who calls when nothing is said. */
const CALLER = 'http';

export interface HttpApiOptions {
  readonly bench: BenchPort;
  readonly origins: readonly string[];
  port(): number;
  /** Whether somebody who shows this token may call. */
  isToken(given: unknown): boolean;
}

/** Whether a request is for the bench and not for a file. */
export function isApiRequest({ url = '' }: IncomingMessage): boolean {
  return url.startsWith(PREFIX);
}

/** Serves the calls of the bench as JSON over HTTP; the document that describes them needs no token. */
export function serveApi(
  options: HttpApiOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const port = options.port();
    const send = (status: number, body: object): void => {
      response.writeHead(status, { ...securityHeaders(port), 'Content-Type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const { host, origin, authorization } = request.headers;
    if (!isLoopbackHost(host, port) || !isOwnOrigin(origin, port, options.origins)) {
      return send(403, refusal('NOT_PERMITTED', 'wrong host name or origin'));
    }
    const name = (request.url ?? '').slice(PREFIX.length).replace(/\?.*$/, '');
    if (name === 'openapi.json' && request.method === 'GET') {
      return send(200, openApiDocument(`http://127.0.0.1:${port}`));
    }
    if (!options.isToken(/^Bearer (.+)$/.exec(authorization ?? '')?.[1])) {
      const words = 'give the token of this launch as "Authorization: Bearer <token>"';
      return send(401, refusal('NOT_PERMITTED', words));
    }
    if (request.method !== 'POST') {
      return send(405, refusal('INVALID_PARAMETER', 'only POST; see /api/openapi.json'));
    }
    answer(options.bench, request, name).then(
      (outcome) => {
        if (outcome.ok) send(200, outcome.value);
        else send(outcome.error.code === 'INVALID_PARAMETER' ? 400 : 409, outcome.error);
      },
      (error: unknown) => send(500, refusal('MALFUNCTION', String(error))),
    );
  };
}

async function answer(
  bench: BenchPort,
  request: IncomingMessage,
  name: string,
): Promise<Result<BenchRecord, Refusal>> {
  const body = await readBody(request);
  if (!body.ok) return body;
  const given = request.headers['x-doppel-client'];
  const caller = typeof given === 'string' && given !== '' ? given.slice(0, 100) : CALLER;
  // Who waits for time and goes away does not hold the clock any longer.
  const onClose = (): void => bench.left(caller);
  request.socket.once('close', onClose);
  try {
    return await bench.call(name, body.value, caller);
  } finally {
    request.socket.off('close', onClose);
  }
}

async function readBody(request: IncomingMessage): Promise<Result<BenchRecord, Refusal>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // A little too much is read to its end, so that its sender gets the answer.
    if (size > 16 * LARGEST) break;
    if (size <= LARGEST) chunks.push(chunk);
  }
  if (size > LARGEST) {
    return err(refusal('INVALID_PARAMETER', `a request has at most ${LARGEST} bytes`));
  }
  const text = Buffer.concat(chunks).toString('utf8').trim();
  if (text === '') return ok({});
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
      return ok(body as BenchRecord);
    }
  } catch {
    // Told below.
  }
  return err(refusal('INVALID_PARAMETER', 'the body must be a JSON object of parameters by name'));
}
