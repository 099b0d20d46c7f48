import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type BatchProgress,
  type ClientToServerEvents,
  FRAME_HEADER_BYTES,
  type SceneMessage,
  type ServerToClientEvents,
  type SignalsMessage,
} from '../../../src/kernel/bridge-contract.ts';
import type { PlantEvent } from '../../../src/kernel/plant-contract.ts';
import { startTwin, type TwinHandle } from '../../../src/main/twin-thread/twin-handle.ts';
import { benchOf } from '../support/bench-of.ts';
import { BatchBoard } from '../../../src/main/web/batch-board.ts';
import { startViewServer, type ViewServer } from '../../../src/main/web/view-server.ts';

const SCENE = fileURLToPath(new URL('../../../scenes/expansion-suite.yaml', import.meta.url));
let twin: TwinHandle;
let server: ViewServer;
const batches = new BatchBoard();

beforeAll(async () => {
  twin = await startTwin({
    sceneFile: SCENE,
    sceneText: readFileSync(SCENE, 'utf8'),
    seed: 1,
    mode: { kind: 'scaled', factor: 100 },
    running: true,
  });
  server = await startViewServer(twin, {
    port: 0,
    root: '/nonexistent',
    batches,
    bench: benchOf(twin),
  });
});

afterAll(async () => {
  await server.close();
  await twin.close();
});

type View = Socket<ServerToClientEvents, ClientToServerEvents>;

function view(token: string): View {
  return io(server.url, {
    transports: ['websocket'],
    auth: { token },
    reconnection: false,
    forceNew: true,
  });
}

function next<T>(socket: View, event: keyof ServerToClientEvents): Promise<T> {
  return new Promise((resolve) => {
    socket.once(event, ((message: T, taken?: () => void) => {
      taken?.();
      resolve(message);
    }) as never);
  });
}

describe('the view server', () => {
  it('sends the scene, then frames as long as they are acknowledged', async () => {
    const socket = view(server.token);
    const { scene, devices } = await next<SceneMessage>(socket, 'scene');
    expect(scene.name).toBe('expansion-suite');
    expect(devices).toHaveLength(scene.equipment.length);
    const times: number[] = [];
    const sizes: number[] = [];
    for (let i = 0; i < 3; i++) {
      const frame = await next<ArrayBuffer>(socket, 'frame');
      const bytes = Uint8Array.from(Buffer.from(frame as never)).buffer;
      sizes.push(bytes.byteLength);
      times.push(new DataView(bytes).getFloat64(0, true));
    }
    expect(times[2]).toBeGreaterThan(times[0] ?? Infinity);
    // The first has everything as one stretch, later ones what has changed.
    const all = FRAME_HEADER_BYTES + 8 + 4 * scene.layout.length;
    expect(sizes[0]).toBe(all);
    expect(sizes[2]).toBeLessThan(all / 2);
    socket.close();
  });

  it('answers commands, refuses nonsense, and tells of signals', async () => {
    const socket = view(server.token);
    await once(socket as never, 'connect');
    const opened = await socket.emitWithAck('command', {
      device: 'centrifuge-1',
      command: 'openLid',
      parameters: {},
    });
    expect(opened.ok).toBe(true);
    const wrong = await socket.emitWithAck('command', {
      device: 'nowhere',
      command: 'x',
      parameters: {},
    });
    expect(wrong).toMatchObject({ ok: false, error: { code: 'UNKNOWN_DEVICE' } });
    const garbage = await socket.emitWithAck('command', { what: 1 } as never);
    expect(garbage).toMatchObject({ ok: false, error: { code: 'INVALID_PARAMETER' } });
    const first = next<SignalsMessage>(socket, 'signals');
    const subscribed = await socket.emitWithAck('subscribe', {
      subscription: 1,
      signals: ['bioreactor-1.temperature', 'no.such'],
    });
    expect(subscribed).toEqual({ ok: true, value: { unknown: ['no.such'] } });
    expect((await first).subscription).toBe(1);
    socket.close();
  });

  it('lets a device break down and puts it right, in the name of the instructor', async () => {
    const socket = view(server.token);
    await once(socket as never, 'connect');
    const request = { device: 'centrifuge-1', fault: 'breakdown', active: true };
    const events = next<PlantEvent[]>(socket, 'events');
    expect(await socket.emitWithAck('fault', request)).toMatchObject({ ok: true });
    expect((await events).map(({ type }) => type)).toContain('fault.began');
    const refused = await socket.emitWithAck('command', {
      device: 'centrifuge-1',
      command: 'closeLid',
      parameters: {},
    });
    expect(refused).toMatchObject({ ok: false, error: { code: 'DEVICE_ERROR' } });
    expect(await socket.emitWithAck('fault', { ...request, active: false })).toMatchObject({
      ok: true,
    });
    const unknown = await socket.emitWithAck('fault', { ...request, fault: 'boredom' });
    expect(unknown).toMatchObject({ ok: false, error: { code: 'UNKNOWN_FAULT' } });
    socket.close();
  });

  it('tells of batches at the start and when they change', async () => {
    const running: BatchProgress = { id: 'P-001', product: 'CAR-T', outcome: 'running', steps: [] };
    batches.report([running]);
    const socket = view(server.token);
    expect(await next<BatchProgress[]>(socket, 'batches')).toEqual([running]);
    const changed = next<BatchProgress[]>(socket, 'batches');
    batches.report([{ ...running, outcome: 'complete' }]);
    expect(await changed).toMatchObject([{ outcome: 'complete' }]);
    socket.close();
  });

  it('freezes and runs time', async () => {
    const socket = view(server.token);
    await once(socket as never, 'connect');
    const frozen = await socket.emitWithAck('time', { action: 'freeze' });
    expect(frozen).toMatchObject({ ok: true, value: { running: false } });
    const stepped = await socket.emitWithAck('time', { action: 'step' });
    if (!frozen.ok || !stepped.ok) throw new Error('refused');
    expect(stepped.value.time).toBeGreaterThan(frozen.value.time);
    const running = await socket.emitWithAck('time', { action: 'run', speed: 50 });
    expect(running).toMatchObject({ ok: true, value: { running: true, askedSpeed: 50 } });
    socket.close();
  });

  it('turns away wrong tokens and survives hostile bytes', async () => {
    const stranger = view('guess');
    const [error] = (await once(stranger as never, 'connect_error')) as [Error];
    expect(error.message).toBe('wrong token');
    const port = Number(new URL(server.url).port);
    for (const bytes of [
      '\0\0\0\0',
      'GET / HTTP/9.9\r\n\r\n',
      'GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n',
    ]) {
      const raw = connect(port, '127.0.0.1');
      raw.on('error', () => undefined);
      raw.resume();
      raw.end(bytes);
      await once(raw, 'close');
    }
    const rebound = await fetch(`${server.url}/`, { headers: { Host: 'evil.example' } }).catch(
      () => undefined,
    );
    expect(rebound?.status ?? 403).not.toBe(200);
    const socket = view(server.token);
    expect((await next<SceneMessage>(socket, 'scene')).scene.name).toBe('expansion-suite');
    socket.close();
  });
});
