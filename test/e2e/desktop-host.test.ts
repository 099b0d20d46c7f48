import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { io } from 'socket.io-client';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildIfStale } from '../../scripts/build-if-stale.ts';
import type { BatchProgress } from '../../src/kernel/bridge-contract.ts';
import { APP_ORIGIN } from '../../src/kernel/desktop-contract.ts';
import type { FromHost, HostRequest } from '../../src/main/electron/host-messages.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
/** Stands in for Electron's `process.parentPort` in a child process; like it, waits for a listener. */
const PARENT_PORT = `
import { EventEmitter } from 'node:events';
const port = Object.assign(new EventEmitter(), { postMessage: (m) => process.send(m) });
port.on('newListener', () => process.on('message', (data) => port.emit('message', { data })));
process.parentPort = port;`;

let child: ChildProcess | undefined;

beforeAll(buildIfStale);

afterEach(async () => {
  if (child === undefined || child.exitCode !== null) return;
  const gone = once(child, 'exit');
  child.kill();
  await gone;
});

async function launch(scene: string): Promise<FromHost> {
  child = fork(at('out/main/host-process.js'), [], {
    execArgv: ['--import', `data:text/javascript,${encodeURIComponent(PARENT_PORT)}`],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const request: HostRequest = { scene, seed: 1, time: 'realtime', control: 'car-t', opcuaPort: 0 };
  child.send({ kind: 'start', request });
  const told = once(child, 'message').then(([message]) => message as FromHost);
  const gone = once(child, 'exit').then(([code]): never => {
    throw new Error(`the host ended with code ${String(code)} and told nothing`);
  });
  return Promise.race([told, gone]);
}

describe('the built host of the desktop shell', () => {
  it('serves the scene and its controller, with workers, processes and data files found', async () => {
    const told = await launch(at('scenes/enclosed-plant.yaml'));
    if (told.kind !== 'ready') throw new Error(told.message);
    expect(told.session.token).toHaveLength(43);
    const page = await fetch(told.session.url);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('<div id="root">');
    const { url, token } = told.session;
    const socket = io(url, {
      transports: ['websocket'],
      auth: { token },
      extraHeaders: { Origin: APP_ORIGIN },
    });
    const batch = await new Promise<BatchProgress>((resolve, reject) => {
      socket.on('connect_error', reject);
      socket.on('batches', ([first]: readonly BatchProgress[]) => {
        if (first !== undefined) resolve(first);
      });
    });
    expect(batch).toMatchObject({ product: 'CAR-T', outcome: 'running' });
    socket.close();
  });

  it('says what is wrong with a scene that it cannot serve', async () => {
    const told = await launch('/nowhere.yaml');
    expect(told).toMatchObject({ kind: 'ended' });
    expect(told.kind === 'ended' && told.message).toContain('/nowhere.yaml');
  });
});
