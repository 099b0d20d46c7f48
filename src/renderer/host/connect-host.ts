import { io, type Socket } from 'socket.io-client';
import type {
  AcknowledgeRequest,
  ClientToServerEvents,
  CommandRequest,
  FaultRequest,
  JourneyRequest,
  ServerToClientEvents,
  TimeMessage,
  TimeRequest,
  Visit,
  WriteRequest,
} from '../../kernel/bridge-contract.ts';
import type { Refusal } from '../../kernel/error-catalogue.ts';
import type { HostSession } from '../../kernel/desktop-contract.ts';
import type { CommandOutcome } from '../../kernel/plant-contract.ts';
import type { Result } from '../../kernel/result.ts';
import { devicePoses } from '../state/device-poses.ts';
import { frameStore } from '../state/frame-store.ts';
import { plantStore } from '../state/plant-store.ts';
import { signalStore } from '../state/signal-store.ts';

/** What a view can ask of its host. */
export interface HostCalls {
  command(request: CommandRequest): Promise<CommandOutcome>;
  write(request: WriteRequest): Promise<CommandOutcome>;
  acknowledge(request: AcknowledgeRequest): Promise<CommandOutcome>;
  fault(request: FaultRequest): Promise<CommandOutcome>;
  time(request: TimeRequest): Promise<Result<TimeMessage, Refusal>>;
  journey(request: JourneyRequest): Promise<Result<readonly Visit[], Refusal>>;
  /** Takes the plant back to a simulated time [us], where it stands frozen. */
  goBack(time: number): Promise<Result<unknown, Refusal>>;
}

type HostSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

const NO_ANSWER = {
  ok: false,
  error: { code: 'MALFUNCTION', message: 'the host did not answer in time' },
} as const;
const ANSWER_TIMEOUT_MS = 5000;
/** Going back may have to do a long stretch again, and to start the controller anew. */
const BACK_TIMEOUT_MS = 60_000;

/** Connects to the host and feeds the stores; reconnects by itself. */
export function connectHost({ url, token }: HostSession): HostCalls {
  const socket: HostSocket = io(url, {
    transports: ['websocket'],
    auth: { token },
    reconnectionDelayMax: 2000,
  });
  const plant = plantStore.getState();
  socket.on('connect', () => {
    plant.setConnection('connected');
    signalStore.resubscribe();
  });
  socket.on('disconnect', () => plant.setConnection('lost'));
  socket.on('connect_error', ({ message }) => {
    plant.setConnection(message === 'refused' ? 'refused' : 'lost');
  });
  socket.on('scene', ({ scene, devices }) => {
    frameStore.begin(scene.layout);
    devicePoses.begin(scene);
    plant.setScene(scene, devices);
  });
  socket.on('scene-change', (change) => {
    const known = plantStore.getState().scene?.vessels ?? [];
    const taken = change.vessels.filter(({ slot, vessel }) => known[slot]?.id !== vessel.id);
    frameStore.change(
      change.layout,
      taken.map(({ slot }) => slot),
    );
    plant.changeScene(change);
  });
  socket.on('time', plant.setTime);
  socket.on('events', plant.addEvents);
  socket.on('alarms', plant.setAlarms);
  socket.on('batches', plant.setBatches);
  socket.on('frame', (frame, taken) => {
    frameStore.accept(frame, performance.now());
    // Taken with the next picture, so that a slow page is not flooded.
    requestAnimationFrame(() => taken());
  });
  socket.on('signals', (message, taken) => {
    signalStore.acceptValues(message);
    taken();
  });
  socket.on('signal-texts', (message) => signalStore.acceptTexts(message));
  signalStore.connect((subscription, signals) => {
    if (socket.connected) socket.emit('subscribe', { subscription, signals }, () => undefined);
  });
  const calls = socket.timeout(ANSWER_TIMEOUT_MS);
  return {
    command: (request) => calls.emitWithAck('command', request).catch(() => NO_ANSWER),
    write: (request) => calls.emitWithAck('write', request).catch(() => NO_ANSWER),
    acknowledge: (request) => calls.emitWithAck('acknowledge', request).catch(() => NO_ANSWER),
    fault: (request) => calls.emitWithAck('fault', request).catch(() => NO_ANSWER),
    journey: (request) => calls.emitWithAck('journey', request).catch(() => NO_ANSWER),
    goBack: async (time) => {
      if (plantStore.getState().time?.mode !== 'lockstep') {
        await calls.emitWithAck('time', { action: 'freeze' }).catch(() => NO_ANSWER);
      }
      return socket
        .timeout(BACK_TIMEOUT_MS)
        .emitWithAck('bench', 'restore', { time: `${time} us` })
        .catch(() => NO_ANSWER);
    },
    time: async (request) => {
      const answer = await calls.emitWithAck('time', request).catch(() => NO_ANSWER);
      if (answer.ok) plant.setTime(answer.value);
      return answer;
    },
  };
}
