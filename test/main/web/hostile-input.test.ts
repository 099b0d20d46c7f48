import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type {
  ClientToServerEvents,
  ServerToClientEvents,
  TimeMessage,
} from '../../../src/kernel/bridge-contract.ts';
import { startTwin, type TwinHandle } from '../../../src/main/twin-thread/twin-handle.ts';
import { benchOf } from '../support/bench-of.ts';
import { BatchBoard } from '../../../src/main/web/batch-board.ts';
import { startViewServer, type ViewServer } from '../../../src/main/web/view-server.ts';

/** Whatever strangers send to the port of the page, the host stays up and other views notice nothing. */
const SCENE = fileURLToPath(new URL('../../../scenes/expansion-suite.yaml', import.meta.url));
type View = Socket<ServerToClientEvents, ClientToServerEvents>;

let twin: TwinHandle;
let server: ViewServer;
let port: number;
/** A well-behaved view that is connected all the time. */
let bystander: View;

function view(token: unknown, headers: Record<string, string> = {}): View {
  return io(server.url, {
    transports: ['websocket'],
    auth: { token },
    extraHeaders: headers,
    reconnection: false,
    forceNew: true,
  });
}

beforeAll(async () => {
  twin = await startTwin({
    sceneFile: SCENE,
    sceneText: readFileSync(SCENE, 'utf8'),
    seed: 1,
    mode: { kind: 'scaled', factor: 100 },
    running: true,
  });
  const batches = new BatchBoard();
  server = await startViewServer(twin, {
    port: 0,
    root: '/nonexistent',
    batches,
    bench: benchOf(twin),
  });
  port = Number(new URL(server.url).port);
  bystander = view(server.token);
  await once(bystander as never, 'connect');
});

afterAll(async () => {
  bystander.close();
  await server.close();
  await twin.close();
});

/** The bystander is still served: time goes on, and its commands are answered. */
afterEach(async () => {
  expect(bystander.connected).toBe(true);
  const [before] = (await once(bystander as never, 'time')) as [TimeMessage];
  const [after] = (await once(bystander as never, 'time')) as [TimeMessage];
  expect(after.time).toBeGreaterThan(before.time);
  const answer = await bystander.timeout(5000).emitWithAck('subscribe', {
    subscription: 1,
    signals: ['bioreactor-1.temperature'],
  });
  expect(answer).toEqual({ ok: true, value: { unknown: [] } });
});

/** Sends bytes to the port, ends, and waits until the host has closed as well. */
async function sendRaw(bytes: string | Buffer): Promise<void> {
  const raw = connect(port, '127.0.0.1');
  raw.on('error', () => undefined);
  raw.resume();
  // A reset is as good as an orderly end here.
  const closed = new Promise((resolve) => raw.once('close', resolve));
  raw.end(bytes);
  await closed;
}

/** Status of a plain request with these headers. */
async function statusOf(path: string, headers: Record<string, string>): Promise<number> {
  const asked = request({ host: '127.0.0.1', port, path, headers });
  asked.end();
  const [response] = (await once(asked, 'response')) as [{ statusCode: number; resume(): void }];
  response.resume();
  return response.statusCode;
}

async function whyRefused(stranger: View): Promise<string> {
  const [error] = (await once(stranger as never, 'connect_error')) as [Error];
  stranger.close();
  return error.message;
}

describe('bytes that are no request', () => {
  it('are dropped', async () => {
    const garbage = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 193 + 71) % 256));
    for (const bytes of [
      garbage,
      '\0'.repeat(1000),
      'GET / HTTP/9.9\r\n\r\n',
      'GET /'.padEnd(100_000, 'a'),
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${'X: y\r\n'.repeat(5000)}\r\n`,
      'POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n',
      'GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n',
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nUpgrade: websocket\r\n\r\n',
    ]) {
      await sendRaw(bytes);
    }
  });

  it('may stop half-way, many at a time', async () => {
    const halves = Array.from({ length: 50 }, () => {
      const raw = connect(port, '127.0.0.1');
      raw.on('error', () => undefined);
      raw.write('GET / HTTP/1.1\r\nHost: 127');
      return raw;
    });
    await Promise.all(halves.map((raw) => once(raw, 'connect')));
    expect(await statusOf('/', { Host: `127.0.0.1:${port}` })).toBe(404);
    for (const raw of halves) raw.destroy();
  });
});

describe('strangers', () => {
  it('are refused without the token of this launch, whatever they give', async () => {
    for (const token of [
      '',
      'guess',
      server.token.slice(1),
      null,
      42,
      { $ne: '' },
      [],
      undefined,
    ]) {
      expect(await whyRefused(view(token))).toBe('wrong token');
    }
  });

  it('are refused by a foreign name or origin, even with the token', async () => {
    expect(await statusOf('/', { Host: 'rebound.example' })).toBe(403);
    expect(await statusOf('/', { Host: `127.0.0.1:${port}` })).toBe(404);
    for (const headers of [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { Origin: `http://127.0.0.1:${port + 1}` },
      { Host: 'rebound.example' },
    ]) {
      expect(await whyRefused(view(server.token, headers))).toBe('websocket error');
    }
  });

  it('cannot take all places', async () => {
    const crowd = Array.from({ length: 25 }, () => view(server.token));
    const outcomes = await Promise.all(
      crowd.map((one) =>
        Promise.race([
          once(one as never, 'connect').then(() => 'connected'),
          once(one as never, 'connect_error').then(([error]) => (error as Error).message),
        ]),
      ),
    );
    expect(outcomes).toContain('too many views');
    for (const one of crowd) one.close();
  });
});

describe('a view that misbehaves', () => {
  it('is cut off when it sends a message that is too large', async () => {
    const socket = view(server.token);
    await once(socket as never, 'connect');
    const gone = once(socket as never, 'disconnect');
    socket.emit('command', { device: 'x'.repeat(200_000) } as never, () => undefined);
    await gone;
  });

  it('is told that it asks too much, and others are not', async () => {
    const socket = view(server.token);
    await once(socket as never, 'connect');
    const flood = Array.from({ length: 600 }, () =>
      socket.emitWithAck('write', { device: 'nowhere', signal: 'x', value: 1 }),
    );
    const codes = (await Promise.all(flood)).map((answer) =>
      answer.ok ? 'ok' : answer.error.code,
    );
    expect(codes).toContain('UNKNOWN_DEVICE');
    expect(codes.filter((code) => code === 'BUSY').length).toBeGreaterThan(100);
    socket.close();
  });

  it('gets an answer to every nonsense, and none without asking for one', async () => {
    const socket = view(server.token) as Socket;
    await once(socket as never, 'connect');
    for (const event of ['command', 'write', 'acknowledge', 'time', 'subscribe']) {
      for (const nonsense of [null, 7, 'text', [], { device: 1 }, { __proto__: null, a: {} }]) {
        const answer: unknown = await socket.timeout(5000).emitWithAck(event, nonsense);
        expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID_PARAMETER' } });
      }
      socket.emit(event);
      socket.emit(event, {}, 'no function');
    }
    socket.emit('no such event', 1, 2, 3);
    socket.emit('command', Buffer.alloc(1000));
    const frozen: unknown = await socket.timeout(5000).emitWithAck('time', { action: 'explode' });
    expect(frozen).toMatchObject({ ok: false });
    socket.close();
  });

  it('may never acknowledge a frame', async () => {
    const socket = view(server.token);
    let frames = 0;
    socket.on('frame', () => {
      frames++;
    });
    await once(socket as never, 'time');
    await once(bystander as never, 'time');
    await once(bystander as never, 'time');
    expect(frames).toBe(1);
    socket.close();
  });
});
