import { isDecisive } from '../../kernel/change-log.ts';
import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import { refusal } from '../../kernel/error-catalogue.ts';
import { err } from '../../kernel/result.ts';
import type { Micros } from '../../kernel/time.ts';
import { applySceneChange } from '../../kernel/scene-change.ts';
import { SignalPublisher } from '../../twin/signal-publisher.ts';
import { SignalTable, signalRows } from '../../twin/signal-table.ts';
import { FrameWriter } from '../../twin/frame-writer.ts';
import { changesOfView, describeView } from '../../twin/view.ts';
import { formatProblem } from '../../twin/scene/problem.ts';
import { DECISIVE, type StopRule } from '../../twin/twin.ts';
import { Watch } from '../../twin/watch.ts';
import { dumpFailure } from '../failure-dump.ts';
import { buildTwin, lookOf } from '../plant-assembly.ts';
import { Recorder } from '../recording/recorder.ts';
import { reportTwin } from '../twin-report.ts';
import { parseScene } from '../scene-files.ts';
import { writeSnapshot } from '../snapshots/snapshot-file.ts';
import { Effort } from './effort.ts';
import type { FromTwin, Stops, ToTwin, Truth, TwinThreadOptions } from './messages.ts';
import { Pacer } from './time-control.ts';
import { Trial } from './trial.ts';

/** Smallest interval between two frames for views, that of large plants, and between two status messages [ms]. */
const FRAME_MS = 33;
const LONGEST_FRAME_MS = 100;
const STATUS_MS = 200;
/** Share of the thread that frames may take, as long as they come in time. */
const FRAME_SHARE = 0.05;
/** Smallest interval between two changes of the scene [ms]. */
const SCENE_MS = 500;
/** Smallest interval of publication while time is paced by the wall clock [ms]. */
const PUBLISH_MS = 50;
/** Share of the thread that publication may take at any pace. */
const PUBLISH_SHARE = 0.2;
/** Longest stretch of an advance in which it cannot be interrupted [ms]. */
const PASSAGE_MS = 50;
const NO_STOPS: Stops = { decisive: false, conditions: [] };

const port = parentPort;
if (port === null) throw new Error('twin-thread.ts runs as a worker only');
const options = workerData as TwinThreadOptions;

const loaded = parseScene(options.sceneText, options.sceneFile);
if ('problems' in loaded) throw new Error(loaded.problems.map(formatProblem).join('\n'));
const twin = buildTwin(loaded.scene, options.seed);
if (options.state !== undefined) {
  twin.restore(options.state);
  twin.announce();
}
const recorder =
  options.record === undefined ? undefined : new Recorder(options.record, twin, options);
const description = twin.describe();
const table = new SignalTable(signalRows(description));
const publisher = new SignalPublisher(twin, table);
let view = describeView(twin);
const frames = new FrameWriter(twin, view, lookOf);
const wall = (): number => performance.now();
const effort = new Effort(wall);
const { sceneFile, sceneText, seed } = options;
const trial = new Trial(twin, { sceneFile, sceneText, seed }, options);
const { history } = trial;
const pacer = new Pacer(history, options.mode, options.running, wall, effort);
/** The advance that is under way in lockstep, and what waits for its end. */
let passage: { readonly id: number; readonly until: Micros; readonly rule: StopsRule } | undefined;
const waiting: ToTwin[] = [];
let broken = false;
let framesWanted = false;
let frameInFlight = false;
let lastFrame = -Infinity;
let frameInterval = FRAME_MS;
let lastScene = -Infinity;
let sceneSeen = sceneRevision();
let lastStatus = -Infinity;
let lastPublish = -Infinity;
let publishInterval = PUBLISH_MS;

function post(message: FromTwin): void {
  port?.postMessage(message);
}

/** Publishes signals and events; whether something decisive was among the events. */
function flush(): boolean {
  const begin = performance.now();
  recorder?.follow();
  effort.measure('publish', () => publisher.publish());
  lastPublish = performance.now();
  publishInterval = Math.max(PUBLISH_MS, (lastPublish - begin) / PUBLISH_SHARE);
  const events = twin.takeEvents();
  trial.follow(events);
  if (events.length > 0) post({ type: 'events', events });
  return events.some(isDecisive);
}

/** Counts what a description may differ by: which vessels there are, and their labels. */
function sceneRevision(): number {
  return twin.plant.revisions.of(['inventory', 'lots']);
}

function sendSceneChange(now: number): void {
  const seen = sceneRevision();
  if (seen === sceneSeen || now - lastScene < SCENE_MS) return;
  sceneSeen = seen;
  lastScene = now;
  const change = changesOfView(twin, view);
  if (change === undefined) return;
  view = applySceneChange(view, change);
  frames.follow(view);
  post({ type: 'scene-change', change });
}

function sendFrame(now: number): void {
  if (!framesWanted || frameInFlight || now - lastFrame < frameInterval) return;
  const values = effort.measure('frames', () => frames.write());
  const frame = { time: twin.now, revision: view.revision, values };
  port?.postMessage({ type: 'frame', frame } satisfies FromTwin, [values.buffer as ArrayBuffer]);
  frameInFlight = true;
  lastFrame = now;
  const cost = performance.now() - now;
  frameInterval = Math.min(LONGEST_FRAME_MS, Math.max(FRAME_MS, cost / FRAME_SHARE));
}

/** Does some work of the twin; when an invariant breaks, the session pauses and says where the dump is. */
function guarded(work: () => void): void {
  try {
    work();
  } catch (error) {
    broken = true;
    pacer.set(pacer.mode, false);
    post({ type: 'failed', message: dumpFailure(twin, error).message });
  }
}

/** Answers in place of a twin that stands still. */
function answerBroken(message: ToTwin): void {
  if (message.type === 'execute') {
    const outcome = err(refusal('MALFUNCTION', 'the session is paused after an internal error'));
    post({ type: 'outcome', id: message.id, outcome });
  } else if (
    message.type === 'advance' ||
    message.type === 'run-until' ||
    message.type === 'step'
  ) {
    const reached = { time: twin.now, decisive: true, met: [], lockstep: false };
    post({ type: 'reached', id: message.id, reached });
  } else if (message.type === 'set-time') {
    post({ type: 'time-set', id: message.id, status: pacer.status() });
  } else if (message.type === 'end') {
    history.close();
    post({ type: 'ended', id: message.id });
  }
}

port.on('message', receive);

function receive(message: ToTwin): void {
  if (passage !== undefined) {
    if (message.type === 'interrupt' || message.type === 'set-time') endPassage();
    else if (message.type !== 'frames' && message.type !== 'frame-taken') {
      waiting.push(message);
      return;
    }
  }
  if (!broken) guarded(() => handle(message));
  if (broken) answerBroken(message);
}

/** Goes on with the advance that is under way for a while, so that it can be interrupted. */
function pass(): void {
  if (passage === undefined) return;
  const { until, rule } = passage;
  const begin = performance.now();
  let isPaused = false;
  guarded(() => {
    history.advanceTo(until, {
      nextLook: (t) => rule.nextLook(t),
      isMet: (events, isDue) => {
        if (rule.isMet(events, isDue)) return true;
        isPaused = performance.now() - begin >= PASSAGE_MS;
        return isPaused;
      },
    });
  });
  if (!isPaused || broken) endPassage();
  else {
    flush();
    setImmediate(pass);
  }
}

/** Answers the advance that is under way, and then whoever waited for that. */
function endPassage(): void {
  if (passage === undefined) return;
  const { id, rule } = passage;
  passage = undefined;
  answerReached(id, rule);
  while (passage === undefined) {
    const message = waiting.shift();
    if (message === undefined) return;
    receive(message);
  }
}

function handle(message: ToTwin): void {
  switch (message.type) {
    case 'execute': {
      const outcome = effort.measure('commands', () => history.execute(message.command));
      flush();
      post({ type: 'outcome', id: message.id, outcome });
      return;
    }
    case 'advance': {
      const rule = stopRule(message.stops);
      const until = Math.max(twin.now, message.until);
      // What holds already needs no time.
      const isOver = pacer.mode.kind !== 'lockstep' || rule.watches.isMet([], true);
      passage = { id: message.id, until: isOver ? twin.now : until, rule };
      pass();
      return;
    }
    case 'interrupt':
      return;
    case 'run-until': {
      const rule = stopRule(message.stops);
      pacer.runTo({
        until: message.until,
        rule,
        reached: () => answerReached(message.id, rule),
      });
      return;
    }
    case 'step': {
      const next = twin.nextEventTime;
      if (Number.isFinite(next)) history.advanceTo(next);
      answerReached(message.id, stopRule(NO_STOPS));
      return;
    }
    case 'set-time':
      pacer.set(message.mode ?? pacer.mode, message.running);
      post({ type: 'time-set', id: message.id, status: pacer.status() });
      return;
    case 'report':
      post({ type: 'report', id: message.id, report: reportTwin(twin) });
      return;
    case 'save':
      post({ type: 'saved', id: message.id, error: save(message.path) });
      return;
    case 'state':
      post({ type: 'state', id: message.id, state: twin.save() });
      return;
    case 'restore':
      post({ type: 'restored', id: message.id, error: restore(message.to) });
      return;
    case 'history':
      post({ type: 'history', id: message.id, times: history.times });
      return;
    case 'plan': {
      const { command, occasion, lasts } = message;
      const planned = history.plans.add(command, occasion, lasts);
      history.settle();
      flush();
      post({ type: 'planned', id: message.id, planned });
      return;
    }
    case 'plans':
      post({ type: 'plans', id: message.id, plans: history.plans.list() });
      return;
    case 'cancel-plan': {
      const found = history.plans.cancel(message.plan);
      post({ type: 'plan-cancelled', id: message.id, found });
      return;
    }
    case 'truth':
      post({ type: 'truth', id: message.id, truth: truthOf(message.signals) });
      return;
    case 'observe':
      history.checks.add(message.check);
      post({ type: 'observed', id: message.id });
      return;
    case 'mind-rules':
      history.checks.mindRules(message.allowed);
      return;
    case 'findings':
      flush();
      post({ type: 'findings', id: message.id, findings: trial.findings(message.isOver) });
      return;
    case 'failed':
      trial.failed();
      return;
    case 'end':
      recorder?.close();
      history.close();
      post({ type: 'ended', id: message.id });
      return;
    case 'frames':
      framesWanted = message.wanted;
      frameInFlight = false;
      return;
    case 'frame-taken':
      frameInFlight = false;
  }
}

/** What is really so, whatever is shown. */
function truthOf(signals: readonly string[]): Truth {
  const values = signals.flatMap((path) => {
    const dot = path.lastIndexOf('.');
    const value = twin.truthOf(path.slice(0, Math.max(0, dot)), path.slice(dot + 1));
    return value === undefined ? [] : [[path, value] as const];
  });
  return { ...twin.disturbed, values: Object.fromEntries(values) };
}

/** Takes the twin to another moment; returns what is in the way. */
function restore(to: Micros | string): string {
  if (recorder !== undefined) {
    return 'the plant is being recorded, and a recording goes one way; serve it without --record';
  }
  flush();
  const error = typeof to === 'string' ? history.open(to) : history.goBack(to);
  if (error === '') pacer.set(pacer.mode, pacer.running);
  lastStatus = -Infinity;
  flush();
  return error;
}

/** Stops of an advance, as one rule; `watches` are those of its conditions. */
interface StopsRule extends StopRule {
  readonly watches: StopRule;
  met(): readonly boolean[];
}

function stopRule({ decisive, conditions }: Stops): StopsRule {
  const all = conditions.map((condition) => ({ watch: new Watch(twin, condition), met: false }));
  const watches: StopRule = {
    nextLook: (t) => all.reduce((next, { watch }) => Math.min(next, watch.nextLook(t)), Infinity),
    isMet: (events, isDue) => {
      for (const one of all) one.met = one.watch.isMet(events, isDue) || one.met;
      return all.some(({ met }) => met);
    },
  };
  return {
    watches,
    met: () => all.map(({ met }) => met),
    nextLook: (t) => watches.nextLook(t),
    isMet: (events, isDue) => {
      const met = watches.isMet(events, isDue);
      return met || (decisive && DECISIVE.isMet(events, isDue));
    },
  };
}

function answerReached(id: number, rule: StopsRule): void {
  const lockstep = pacer.mode.kind === 'lockstep';
  const reached = { time: twin.now, decisive: flush(), met: rule.met(), lockstep };
  // Who asked for it then sees where the clock stands; grants come too often for that.
  if (!lockstep) post({ type: 'time', status: pacer.status() });
  post({ type: 'reached', id, reached });
}

/** Writes the present moment into a file; returns what went wrong. */
function save(path: string): string {
  try {
    writeSnapshot(path, { sceneFile, sceneText, seed, state: twin.save() });
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function loop(): void {
  let rest = STATUS_MS;
  const now = performance.now();
  if (!broken) {
    guarded(() => {
      rest = effort.measure('advance', () => pacer.slice());
      if (performance.now() - lastPublish >= publishInterval) flush();
      sendSceneChange(performance.now());
      sendFrame(performance.now());
    });
  }
  if (now - lastStatus >= STATUS_MS) {
    post({ type: 'time', status: pacer.status() });
    lastStatus = now;
  }
  // A timer comes up to a millisecond late: the last one is waited for by asking.
  if (rest < 1) setImmediate(loop);
  else setTimeout(loop, Math.floor(rest));
}

flush();
post({ type: 'ready', description, view, table: table.buffer, status: pacer.status() });
loop();
