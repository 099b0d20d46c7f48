import type { Socket } from 'socket.io';
import type { z } from 'zod';
import type { BenchPort } from '../../kernel/bench-contract.ts';
import type {
  ClientToServerEvents,
  ServerToClientEvents,
  TimeMessage,
} from '../../kernel/bridge-contract.ts';
import { type Refusal, refusal } from '../../kernel/error-catalogue.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { ViewFrame } from '../../kernel/view-contract.ts';
import type { TimeMode, TimeStatus } from '../twin-thread/time-control.ts';
import type { TwinHandle } from '../twin-thread/twin-handle.ts';
import { FrameFeed } from './frame-feed.ts';
import type { JourneyBoard } from './journey-board.ts';
import { REQUESTS, type RequestLimit } from './requests.ts';
import type { SignalFeed } from './signal-feed.ts';

export type ViewSocket = Socket<ClientToServerEvents, ServerToClientEvents>;

/** Who commands from a view, whichever it is: their commands share one sequence. */
const CLIENT = 'operator';
/** Who lets things go wrong. */
const INSTRUCTOR = 'instructor';
/** Interval at which changed signals are looked for [ms]. */
const SIGNALS_MS = 100;

export function timeMessage(status: TimeStatus): TimeMessage {
  const { askedSpeed } = status;
  return { ...status, askedSpeed: Number.isFinite(askedSpeed) ? askedSpeed : null };
}

/** What a view is served from. */
export interface ViewParts {
  readonly twin: TwinHandle;
  readonly feed: SignalFeed;
  readonly journeys: JourneyBoard;
  readonly bench: BenchPort;
  readonly limit: RequestLimit;
  nextSequence(): number;
}

/** Serves one connected view until it goes away. */
export function serveView(socket: ViewSocket, parts: ViewParts): void {
  const { twin, feed, journeys, bench, limit, nextSequence } = parts;
  const frames = new FrameFeed();
  let newest: ViewFrame | undefined;
  let frameInFlight = false;
  let signalsInFlight = false;
  const caller = `socket ${socket.id}`;

  const sendFrame = (): void => {
    if (newest === undefined || frameInFlight) return;
    const frame = newest;
    newest = undefined;
    frameInFlight = true;
    socket.emit('frame', frames.encode(frame), () => {
      frameInFlight = false;
      sendFrame();
    });
  };
  const stopFrames = twin.onFrame((frame) => {
    newest = frame;
    sendFrame();
  });
  const signals = setInterval(() => {
    if (signalsInFlight) return;
    const changes = feed.changes();
    if (changes === undefined) return;
    signalsInFlight = true;
    if (changes.texts.texts.length > 0) socket.emit('signal-texts', changes.texts);
    socket.emit('signals', changes.numbers, () => {
      signalsInFlight = false;
    });
  }, SIGNALS_MS);
  socket.on('disconnect', () => {
    stopFrames();
    clearInterval(signals);
    bench.left(caller);
  });

  /** Checks a request and its rate, then answers; a request without an answer function is dropped. */
  function guarded<T, A>(
    schema: z.ZodType<T>,
    handle: (request: T) => Promise<Result<A, Refusal>> | Result<A, Refusal>,
  ): (request: T, answer: (outcome: Result<A, Refusal>) => void) => void {
    return (request, answer) => {
      if (typeof answer !== 'function') return;
      if (!limit.take()) return answer(err(refusal('BUSY', 'too many requests; wait a second')));
      const parsed = schema.safeParse(request);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        const message = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}`;
        return answer(err(refusal('INVALID_PARAMETER', message)));
      }
      void Promise.resolve(handle(parsed.data)).then(answer);
    };
  }

  socket.on(
    'subscribe',
    guarded(REQUESTS.subscribe, ({ subscription, signals: paths }) =>
      ok({ unknown: feed.subscribe(subscription, paths) }),
    ),
  );
  socket.on(
    'command',
    guarded(REQUESTS.command, (request) =>
      twin.execute({ kind: 'invoke', client: CLIENT, sequence: nextSequence(), ...request }),
    ),
  );
  socket.on(
    'write',
    guarded(REQUESTS.write, (request) =>
      twin.execute({ kind: 'write', client: CLIENT, sequence: nextSequence(), ...request }),
    ),
  );
  socket.on(
    'acknowledge',
    guarded(REQUESTS.acknowledge, (request) =>
      twin.execute({ kind: 'acknowledge', client: CLIENT, sequence: nextSequence(), ...request }),
    ),
  );
  socket.on(
    'fault',
    guarded(REQUESTS.fault, (request) =>
      twin.execute({ kind: 'fault', client: INSTRUCTOR, sequence: nextSequence(), ...request }),
    ),
  );
  socket.on(
    'journey',
    guarded(REQUESTS.journey, (request) => ok(journeys.journey(request))),
  );
  socket.on('bench', (name, parameters, answer) => {
    if (typeof answer !== 'function') return;
    const isRecord = typeof parameters === 'object' && parameters !== null;
    void bench.call(String(name), isRecord ? parameters : {}, caller).then(answer);
  });
  socket.on(
    'time',
    guarded(REQUESTS.time, async ({ action, speed }) => {
      if (action === 'step') {
        if (twin.time.running) return err(refusal('WRONG_STATE', 'freeze before stepping'));
        await twin.step();
      } else {
        const mode: TimeMode | undefined =
          speed === undefined
            ? undefined
            : speed === 'max'
              ? { kind: 'max' }
              : { kind: 'scaled', factor: speed };
        return ok(timeMessage(await twin.setTime(mode, action === 'run')));
      }
      return ok(timeMessage(twin.time));
    }),
  );
}
