import { Worker } from 'node:worker_threads';
import type { Check } from '../../kernel/check.ts';
import type { Refusal } from '../../kernel/error-catalogue.ts';
import type {
  CommandOutcome,
  PlannedCommand,
  PlanState,
  PlantCommand,
  PlantDescription,
  PlantEvent,
  SignalPath,
} from '../../kernel/plant-contract.ts';
import type { Result } from '../../kernel/result.ts';
import type { Micros } from '../../kernel/time.ts';
import { applySceneChange } from '../../kernel/scene-change.ts';
import type { SceneChange, ViewFrame, ViewScene } from '../../kernel/view-contract.ts';
import { SignalTable, signalRows } from '../../twin/signal-table.ts';
import type { Occasion } from '../../twin/plans.ts';
import type { TwinState } from '../../twin/twin-state.ts';
import type { TwinReport } from '../twin-report.ts';
import type { FromTwin, Reached, Stops, ToTwin, Truth, TwinThreadOptions } from './messages.ts';
import type { TimeMode, TimeStatus } from './time-control.ts';
import type { Findings } from './trial.ts';

/** A twin running in its own thread, as the host sees it. */
export interface TwinHandle {
  readonly description: PlantDescription;
  /** The scene as it is now. */
  readonly view: ViewScene;
  readonly table: SignalTable;
  readonly time: TimeStatus;
  execute(command: PlantCommand): Promise<CommandOutcome>;
  /** Lockstep: grants time up to `until`, or to the first stop; to operations' ends and alarms when absent. */
  advance(until: Micros, stops?: Stops): Promise<Reached>;
  /** Ends an advance that is under way where it is; what comes meanwhile waits for its end. */
  interrupt(): void;
  /** Other modes: runs to `until` or to the first stop, then freezes; ends where it is when somebody freezes it. */
  runUntil(until: Micros, stops: Stops): Promise<Reached>;
  /** Advances to the next event. */
  step(): Promise<Reached>;
  /** Changes the pace, or keeps it when there is no mode; answers how time passes from now on. */
  setTime(mode: TimeMode | undefined, running: boolean): Promise<TimeStatus>;
  report(): Promise<TwinReport>;
  /** Writes the present moment into a snapshot file. Rejects when it cannot be written. */
  save(path: string): Promise<void>;
  /**
   * Takes the twin back to a time, or to the moment in a snapshot file of its scene; who follows its events
   * is told. Rejects with the reason when that cannot be done.
   */
  restore(to: Micros | string): Promise<void>;
  /** Plans a fault or a force, and its end unless it lasts for good; answers its number. */
  plan(
    command: PlannedCommand,
    occasion: Occasion,
    lasts?: Micros,
  ): Promise<Result<number, Refusal>>;
  /** What is planned and still to come. */
  plans(): Promise<readonly PlanState[]>;
  /** Gives up a plan; false when there is none of that number. */
  cancelPlan(plan: number): Promise<boolean>;
  /** What is really so, and what is wrong. */
  truth(signals: readonly SignalPath[]): Promise<Truth>;
  /** Watches for something from now on. */
  observe(check: Check): Promise<void>;
  /** Takes broken rules of the plant for failures, but those of these observers. */
  mindRules(allowed: readonly string[]): void;
  /** What came of what is watched for, and what was met so far. */
  findings(isOver: boolean): Promise<Findings>;
  /** Something has gone wrong outside: of the first failure, the moment is kept. */
  failed(): void;
  /** Times of the snapshots that are kept, oldest first. */
  history(): Promise<readonly Micros[]>;
  /**
   * Another twin in a thread of its own, which begins at the present moment of this one and knows nothing
   * of it afterwards. It is paced by `mode`; this one's when absent.
   */
  fork(mode?: TimeMode): Promise<TwinHandle>;
  /** Who listens before anything happens is told first what holds already, in a twin that was restored. */
  onEvents(listener: (events: readonly PlantEvent[]) => void): () => void;
  onTime(listener: (status: TimeStatus) => void): () => void;
  /** Frames flow while somebody listens, the next after all have seen one. */
  onFrame(listener: (frame: ViewFrame) => void): () => void;
  /** Called when vessels have come or gone; later frames are laid out by the changed scene. */
  onSceneChange(listener: (change: SceneChange) => void): () => void;
  /** Called once if the thread dies by itself. */
  onFailure(listener: (error: Error) => void): void;
  close(): Promise<void>;
}

const DECISIVE_STOPS: Stops = { decisive: true, conditions: [] };

/** Starts a twin in a worker thread and waits until it is ready. Rejects when the scene is invalid. */
export async function startTwin(options: TwinThreadOptions): Promise<TwinHandle> {
  const worker = new Worker(new URL('./twin-thread.ts', import.meta.url), {
    workerData: options,
  });
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const pending = new Map<number, (value: never) => void>();
  const events = new Set<(events: readonly PlantEvent[]) => void>();
  const times = new Set<(status: TimeStatus) => void>();
  const frames = new Set<(frame: ViewFrame) => void>();
  const changes = new Set<(change: SceneChange) => void>();
  /** What a restored twin announced; forgotten once something happens. */
  const announced: PlantEvent[] = [];
  let view: ViewScene | undefined;
  let failure: ((error: Error) => void) | undefined;
  let nextId = 1;
  let status: TimeStatus | undefined;

  function send(message: ToTwin): void {
    worker.postMessage(message);
  }

  function ask<T>(build: (id: number) => ToTwin): Promise<T> {
    const id = nextId++;
    return new Promise((resolve) => {
      pending.set(id, resolve as (value: never) => void);
      send(build(id));
    });
  }

  function answer(id: number, value: unknown): void {
    pending.get(id)?.(value as never);
    pending.delete(id);
  }

  const ready = await new Promise<Extract<FromTwin, { type: 'ready' }>>((resolve, reject) => {
    worker.on('error', (error: Error) => {
      reject(error);
      failure?.(error);
    });
    worker.on('message', (message: FromTwin) => {
      switch (message.type) {
        case 'failed':
          failure?.(new Error(message.message));
          return;
        case 'ready':
          view = message.view;
          status = message.status;
          resolve(message);
          return;
        case 'outcome':
          answer(message.id, message.outcome);
          return;
        case 'reached':
          answer(message.id, message.reached);
          return;
        case 'report':
          answer(message.id, message.report);
          return;
        case 'saved':
          answer(message.id, message.error);
          return;
        case 'state':
          answer(message.id, message.state);
          return;
        case 'restored':
          answer(message.id, message.error);
          return;
        case 'history':
          answer(message.id, message.times);
          return;
        case 'planned':
          answer(message.id, message.planned);
          return;
        case 'plans':
          answer(message.id, message.plans);
          return;
        case 'plan-cancelled':
          answer(message.id, message.found);
          return;
        case 'truth':
          answer(message.id, message.truth);
          return;
        case 'observed':
          answer(message.id, undefined);
          return;
        case 'findings':
          answer(message.id, message.findings);
          return;
        case 'time-set':
          status = message.status;
          answer(message.id, message.status);
          for (const listener of times) listener(message.status);
          return;
        case 'ended':
          answer(message.id, undefined);
          return;
        case 'events':
          if (view === undefined) announced.push(...message.events);
          for (const listener of events) listener(message.events);
          return;
        case 'time':
          status = message.status;
          for (const listener of times) listener(message.status);
          return;
        case 'scene-change':
          if (view !== undefined) view = applySceneChange(view, message.change);
          for (const listener of changes) listener(message.change);
          return;
        case 'frame':
          for (const listener of frames) listener(message.frame);
          send({ type: 'frame-taken' });
      }
    });
  });

  return {
    description: ready.description,
    get view() {
      return view ?? ready.view;
    },
    table: new SignalTable(signalRows(ready.description), ready.table),
    get time() {
      return status ?? ready.status;
    },
    execute: (command) => {
      announced.length = 0;
      return ask((id) => ({ type: 'execute', id, command }));
    },
    advance: (until, stops = DECISIVE_STOPS) => {
      announced.length = 0;
      return ask((id) => ({ type: 'advance', id, until, stops }));
    },
    interrupt: () => send({ type: 'interrupt' }),
    runUntil: (until, stops) => {
      announced.length = 0;
      return ask((id) => ({ type: 'run-until', id, until, stops }));
    },
    step: () => ask((id) => ({ type: 'step', id })),
    setTime: (mode, running) => {
      if (running) announced.length = 0;
      return ask((id) => ({ type: 'set-time', id, mode, running }));
    },
    report: () => ask((id) => ({ type: 'report', id })),
    save: async (path) => {
      const error = await ask<string>((id) => ({ type: 'save', id, path }));
      if (error !== '') throw new Error(error);
    },
    restore: async (to) => {
      const error = await ask<string>((id) => ({ type: 'restore', id, to }));
      if (error !== '') throw new Error(error);
    },
    plan: (command, occasion, lasts) =>
      ask((id) => ({ type: 'plan', id, command, occasion, lasts })),
    plans: () => ask((id) => ({ type: 'plans', id })),
    cancelPlan: (plan) => ask((id) => ({ type: 'cancel-plan', id, plan })),
    history: () => ask((id) => ({ type: 'history', id })),
    truth: (signals) => ask((id) => ({ type: 'truth', id, signals })),
    observe: (check) => ask((id) => ({ type: 'observe', id, check })),
    mindRules: (allowed) => send({ type: 'mind-rules', allowed }),
    findings: (isOver) => ask((id) => ({ type: 'findings', id, isOver })),
    failed: () => send({ type: 'failed' }),
    fork: async (mode = options.mode) => {
      const state = await ask<TwinState>((id) => ({ type: 'state', id }));
      const { sceneFile, sceneText, seed } = options;
      return startTwin({
        sceneFile,
        sceneText,
        seed,
        mode,
        running: mode.kind === 'lockstep',
        state,
        history: options.history === true,
      });
    },
    onEvents: (listener) => {
      events.add(listener);
      if (announced.length > 0) listener([...announced]);
      return () => events.delete(listener);
    },
    onTime: (listener) => {
      times.add(listener);
      return () => times.delete(listener);
    },
    onFrame: (listener) => {
      frames.add(listener);
      send({ type: 'frames', wanted: true });
      return () => {
        frames.delete(listener);
        send({ type: 'frames', wanted: frames.size > 0 });
      };
    },
    onSceneChange: (listener) => {
      changes.add(listener);
      return () => changes.delete(listener);
    },
    onFailure: (listener) => {
      failure = listener;
    },
    close: async () => {
      // A recording has a last state, and snapshots are cleared away; a thread that is gone does neither.
      if (options.record !== undefined || options.history === true) {
        await Promise.race([ask((id) => ({ type: 'end', id })), gone]);
      }
      await worker.terminate();
    },
  };
}
