import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { Server } from 'socket.io';
import type { BenchPort } from '../../kernel/bench-contract.ts';
import type { ClientToServerEvents, ServerToClientEvents } from '../../kernel/bridge-contract.ts';
import type { PlantEvent } from '../../kernel/plant-contract.ts';
import type { TwinHandle } from '../twin-thread/twin-handle.ts';
import { AlarmBoard } from './alarm-board.ts';
import type { BatchSource } from './batch-board.ts';
import { isApiRequest, serveApi } from './http-api.ts';
import { JourneyBoard } from './journey-board.ts';
import { RequestLimit } from './requests.ts';
import { enumValues, SignalFeed } from './signal-feed.ts';
import { isLoopbackHost, isOwnOrigin, serveFiles } from './static-files.ts';
import { serveView, timeMessage } from './view-session.ts';

export interface ViewServer {
  readonly url: string;
  /** Secret of this launch; the page carries it, other clients need it in `auth.token`. */
  readonly token: string;
  close(): Promise<void>;
}

const MOST_VIEWS = 20;
const LARGEST_MESSAGE = 64 * 1024;
/** Events that a new view is told of. */
const KEPT_EVENTS = 500;

export interface ViewServerOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Folder of the built page. */
  readonly root: string;
  readonly batches: BatchSource;
  readonly bench: BenchPort;
  /** Origins of pages that may connect besides the one served here. */
  readonly origins?: readonly string[];
}

/** Serves the page and its socket on loopback. */
export async function startViewServer(
  twin: TwinHandle,
  options: ViewServerOptions,
): Promise<ViewServer> {
  const { batches, bench, origins = [] } = options;
  const token = randomBytes(32).toString('base64url');
  let port = options.port;
  const files = serveFiles(options.root, token, () => port);
  const api = serveApi({
    ...{ bench, origins },
    port: () => port,
    isToken: (given) => isSame(given, token),
  });
  const http = createServer((request, response) => {
    if (isApiRequest(request)) api(request, response);
    else files(request, response);
  });
  const io = new Server<ClientToServerEvents, ServerToClientEvents>(http, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: LARGEST_MESSAGE,
    allowRequest: (request, decide) => {
      const { host, origin } = request.headers;
      decide(null, isLoopbackHost(host, port) && isOwnOrigin(origin, port, origins));
    },
  });
  io.use((socket, next) => {
    const { token: given } = socket.handshake.auth as { token?: unknown };
    if (!isSame(given, token)) next(new Error('wrong token'));
    else if (io.sockets.sockets.size >= MOST_VIEWS) next(new Error('too many views'));
    else next();
  });

  const alarms = new AlarmBoard();
  const journeys = new JourneyBoard();
  const kept: PlantEvent[] = [];
  const enums = enumValues(twin.description.devices);
  let sequence = 0;
  const stopEvents = twin.onEvents((events) => {
    keepEvents(kept, events);
    io.emit('events', events);
    let changed = false;
    for (const event of events) {
      journeys.follow(event);
      changed = alarms.follow(event) || changed;
    }
    if (changed) io.emit('alarms', alarms.list());
  });
  const stopTime = twin.onTime((status) => io.emit('time', timeMessage(status)));
  const stopScene = twin.onSceneChange((change) => io.emit('scene-change', change));
  const stopBatches = batches.onChange((all) => io.emit('batches', all));
  io.on('connection', (socket) => {
    socket.emit('scene', { scene: twin.view, devices: twin.description.devices });
    socket.emit('time', timeMessage(twin.time));
    socket.emit('events', kept);
    socket.emit('alarms', alarms.list());
    socket.emit('batches', batches.batches);
    const feed = new SignalFeed(twin.table, enums);
    serveView(socket, {
      ...{ twin, feed, journeys, bench },
      limit: new RequestLimit(() => performance.now()),
      nextSequence: () => sequence++,
    });
  });

  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.port, '127.0.0.1', resolve);
  });
  port = (http.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    close: async () => {
      stopEvents();
      stopTime();
      stopScene();
      stopBatches();
      await io.close();
    },
  };
}

/** Appends events to those kept for new views; what a jump of time undid is dropped. */
function keepEvents(kept: PlantEvent[], events: readonly PlantEvent[]): void {
  for (const event of events) {
    if (event.type === 'time.jumped') {
      kept.splice(0, kept.length, ...kept.filter(({ sequence }) => sequence < event.sequence));
    }
    kept.push(event);
  }
  kept.splice(0, Math.max(0, kept.length - KEPT_EVENTS));
}

/** Compares in constant time. */
function isSame(given: unknown, token: string): boolean {
  if (typeof given !== 'string') return false;
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}
