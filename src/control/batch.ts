import type { PlantDescription } from '../kernel/plant-contract.ts';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE, type Micros } from '../kernel/time.ts';
import { batchContext, type BatchState, has, leave, record } from './batch-context.ts';
import { BatchFailure } from './batch-failure.ts';
import { enterFor, gather } from './gather.ts';
import type { BatchHistory } from './history.ts';
import type { Order, PhaseDefinition } from './phase.ts';
import type {
  RealisationOffer,
  RealisedEntry,
  RealisedPhase,
  RealisedRecipe,
  RealisedStep,
} from './realisation/realise.ts';
import type { Outlook } from './outlook.ts';
import { callFor, canBeHelped, HELP_PAUSE } from './persist.ts';
import { recoverDevices } from './recovery.ts';
import { untilRepaired, waitForRepair } from './repairs.ts';
import { type Condition, conditionText, factsOf, holds } from './recipe/condition.ts';
import { now, PhaseFailure, type Task, wait } from './task.ts';

export interface BatchPlan {
  readonly order: Order;
  readonly realised: RealisedRecipe;
  readonly library: ReadonlyMap<string, PhaseDefinition>;
  /** Puts the plant in order when the batch cannot go on. */
  readonly abandon?: RealisationOffer['abandon'];
  readonly plant: PlantDescription;
  readonly vessels: Readonly<Record<string, string>>;
  readonly history: BatchHistory;
  /** Shared with all batches of the plant. */
  readonly outlook: Outlook;
}

/** Last part of the path under which a step's first station is waited for. */
const PREPARATION = 'prepare';

/** How long a repair is waited for in a step whose product keeps for no stated time; assumed. */
const USUAL_PATIENCE_HOURS = 2;

/** Carries one batch through the recipe, from where its record ends. */
export function* batchTask(plan: BatchPlan): Task<void> {
  const { history, realised, order } = plan;
  const { id } = order;
  const state: BatchState = { plan, facts: {}, held: new Set(history.held), told: new Set() };
  for (const fact of history.facts) {
    if (!isResumed(plan, fact.path)) state.facts[fact.name] = fact.value;
  }
  if (history.finished !== undefined) {
    if (history.held.size > 0) yield { kind: 'giveUp' };
    return;
  }
  if (!history.started) {
    const { product } = order;
    const recipe = realised.recipe.name;
    yield* record({ batch: id, time: 0, type: 'batch.started', product, recipe });
  }
  let outcome: 'complete' | 'failed' = 'complete';
  let reason = '';
  let inOrder = true;
  try {
    for (const step of realised.steps) yield* runStep(state, step);
  } catch (error) {
    if (!(error instanceof BatchFailure)) throw error;
    outcome = 'failed';
    reason = error.message;
    inOrder = yield* abandon(state);
  }
  plan.outlook.forget(id);
  // What is stuck keeps its places, so that nobody else comes there.
  yield { kind: inOrder ? 'releaseAll' : 'giveUp' };
  yield* record({ batch: id, time: 0, type: 'batch.finished', outcome, reason });
}

/** A batch that the plant cannot make: the record says so when it comes in. */
export function* refuseBatch(
  { id, product }: Order,
  history: BatchHistory,
  lacks: readonly string[],
): Task<void> {
  if (history.finished !== undefined) return;
  const [first = ''] = lacks;
  const reason = `the plant cannot make ${product}: ${first}`;
  yield* record({ batch: id, time: 0, type: 'batch.finished', outcome: 'failed', reason });
}

/** Puts the plant in order; what cannot be is left as it is, and the record says so. */
function* abandon(state: BatchState): Task<boolean> {
  const context = batchContext(state, 'abandon');
  try {
    const devices = [...state.plan.realised.equipment.keys()].flatMap(context.candidates);
    yield* state.plan.abandon?.(context, devices) ?? nothing();
    for (const [i, phase] of state.plan.realised.abandon.entries()) {
      if (!phase.exclusive.every((resource) => has(state, resource))) continue;
      const definition = state.plan.library.get(phase.phase);
      if (definition === undefined) throw new RangeError(`unknown phase ${phase.phase}`);
      const path = `abandon.${i}`;
      yield* untilRepaired(state, () =>
        runPhase(state, GIVING_UP, phase, path, { covering: {} }, definition),
      );
      for (const resource of phase.leaves) yield* leave(state, resource);
      yield* close(state, path);
    }
    return true;
  } catch (error) {
    if (!(error instanceof PhaseFailure || error instanceof BatchFailure)) throw error;
    const where = error instanceof PhaseFailure ? `${error.device}: ${error.code}: ` : '';
    yield* context.note(`left as it is: ${where}${error.message}`);
    return false;
  }
}

function* runStep(state: BatchState, step: RealisedStep): Task<void> {
  const { plan } = state;
  const { step: number, name } = step;
  const times = plan.history.steps.get(number);
  if (times?.end !== undefined) return;
  const batch = plan.order.id;
  const [first] = step.entries;
  // A step that was begun before a restart may have left its first place to others.
  if (times === undefined) {
    const where = { title: titleOf(step), path: `${number}.${PREPARATION}` };
    yield* gather(state, where, first?.phases[0]?.exclusive ?? []);
    if (first !== undefined) yield* prepare(state, step, first);
  }
  const time = yield* now();
  if (times === undefined) {
    yield* record({ batch, time: 0, type: 'step.started', step: number, name });
  }
  plan.outlook.expect(batch, plan.realised, number, times?.start ?? time);
  // What has begun waits no longer.
  if (state.facts.due !== undefined) yield* setDue(state, `${number}`, 0);
  for (const [i, entry] of step.entries.entries()) {
    yield* runEntry(state, step, entry, `${number}.${i}`);
  }
  const end = yield* now();
  const { shelfLife } = step;
  if (shelfLife !== undefined) {
    yield* setDue(state, `${number}`, Math.round(end + shelfLife * MICROS_PER_HOUR));
  }
  yield* record({ batch, time: 0, type: 'step.finished', step: number, name });
}

/** Notes when what waits for the next step loses its shelf life; 0 when nothing waits. */
function* setDue(state: BatchState, path: string, value: number): Task<void> {
  state.facts.due = value;
  const batch = state.plan.order.id;
  yield* record({ batch, time: 0, type: 'fact', path, name: 'due', value });
}

/** What waits for a step's first station waits before the step begins. */
function* prepare(state: BatchState, step: RealisedStep, entry: RealisedEntry): Task<void> {
  const [phase] = entry.phases;
  const definition = phase === undefined ? undefined : state.plan.library.get(phase.phase);
  if (phase === undefined || definition?.prepare === undefined) return;
  const path = `${step.step}.${PREPARATION}`;
  if (state.plan.history.finishedPaths.has(path)) return;
  const preparation: PhaseDefinition = {
    ...definition,
    run: (context, parameters) => definition.prepare?.(context, parameters) ?? nothing(),
  };
  yield* runPhase(
    state,
    { title: titleOf(step), patience: 0 },
    { ...phase, onRestart: 'resume' },
    path,
    entry,
    preparation,
  );
  yield* close(state, path);
}

function* nothing(): Task<void> {}

function* runEntry(
  state: BatchState,
  step: RealisedStep,
  entry: RealisedEntry,
  path: string,
): Task<void> {
  const { history } = state.plan;
  const done = history.finishedPaths;
  if (done.has(path)) return;
  if (!(yield* isTaken(state, entry.when, path))) return;
  if (entry.check !== undefined) {
    const { check } = entry;
    const isUnknown = factsOf(check).some((fact) => state.facts[fact] === undefined);
    const isLeft = entry.ifKnown === true && isUnknown;
    const taken = isLeft || holds(check, state.facts);
    const said = conditionText(check, state.facts);
    const text = isLeft ? `${said}; left to release testing` : said;
    yield* decide(state, path, text, taken);
    if (taken) return yield* close(state, path);
    throw new BatchFailure(`step ${step.step} ${step.name}: ${entry.reason} (wanted ${text})`);
  }
  if (entry.repeat === undefined) return yield* runFunction(state, step, entry, path);
  for (let round = 1; round <= (entry.atMost ?? 1); round++) {
    for (const [i, inner] of entry.repeat.entries()) {
      yield* runEntry(state, step, inner, `${path}.${round}.${i}`);
    }
    const end = `${path}.${round}`;
    if (done.has(`${end}.again`)) continue;
    const enough = entry.until === undefined || holds(entry.until, state.facts);
    const text = entry.until === undefined ? '' : conditionText(entry.until, state.facts);
    yield* decide(state, end, `enough when ${text}; round ${round} of ${entry.atMost}`, enough);
    if (enough) break;
    yield* close(state, `${end}.again`);
  }
  yield* close(state, path);
}

/** Does a function by its phases, and tells in the record what was required of the equipment. */
function* runFunction(
  state: BatchState,
  step: RealisedStep,
  entry: RealisedEntry,
  path: string,
): Task<void> {
  const { plan } = state;
  const batch = plan.order.id;
  const { parameters, specifications } = entry;
  const name = entry.function ?? '';
  if (!plan.history.openFunctions.has(path)) {
    const said = { function: name, parameters, specifications };
    yield* record({ batch, time: 0, type: 'function.started', path, ...said });
  }
  for (const [i, phase] of entry.phases.entries()) {
    const own = `${path}.${i}`;
    if (plan.history.finishedPaths.has(own)) continue;
    if (!(yield* isTaken(state, phase.when, own))) continue;
    for (const resource of phase.exclusive) {
      if (!has(state, resource))
        yield* enterFor(state, { title: titleOf(step), path: own }, resource);
    }
    const definition = plan.library.get(phase.phase);
    if (definition === undefined) throw new RangeError(`unknown phase ${phase.phase}`);
    const patience = step.shelfLife ?? USUAL_PATIENCE_HOURS;
    yield* runPhase(state, { title: titleOf(step), patience }, phase, own, entry, definition);
    for (const resource of phase.leaves) yield* leave(state, resource);
    yield* close(state, own);
  }
  yield* record({ batch, time: 0, type: 'function.finished', path, function: name });
}

/** Whether an entry is done at all; what is not done is closed at once. */
function* isTaken(state: BatchState, when: Condition | undefined, path: string): Task<boolean> {
  if (when === undefined || state.plan.history.openPaths.has(path)) return true;
  const taken = holds(when, state.facts);
  yield* decide(state, path, conditionText(when, state.facts), taken);
  if (!taken) yield* close(state, path);
  return taken;
}

function titleOf({ step, name }: RealisedStep): string {
  return `step ${step} ${name}`;
}

/** In which part of the batch a phase runs, and how long what is worked on may wait for repairs [h]. */
interface During {
  readonly title: string;
  readonly patience: number;
}

const GIVING_UP: During = { title: 'giving the batch up', patience: 0 };

/** Runs a phase under its rules for failure and restart. */
function* runPhase(
  state: BatchState,
  { title, patience }: During,
  entry: RealisedPhase,
  path: string,
  { covering }: Pick<RealisedEntry, 'covering'>,
  definition: PhaseDefinition,
): Task<void> {
  const { plan } = state;
  const batch = plan.order.id;
  const { phase } = entry;
  const place = `${title}, phase ${phase}`;
  const interrupted = plan.history.openPaths.has(path);
  if (interrupted) {
    const rule = entry.onRestart;
    yield* record({ batch, time: 0, type: 'phase.restarted', path, rule });
    if (rule === 'fail') {
      throw new BatchFailure(
        `${place}: the controller was restarted in a phase that must not stop`,
      );
    }
  }
  const fresh = !interrupted || entry.onRestart === 'repeat';
  if (fresh) yield* record({ batch, time: 0, type: 'phase.started', path, phase });
  yield { kind: 'enterPhase', path, fresh };
  const context = batchContext(state, path, covering);
  const { retry, wait: pause, recover } = entry.onFailure;
  let limit: Micros | undefined;
  let asked: { readonly device: string; readonly text: string } | undefined;
  for (let attempt = 0; ; attempt++) {
    try {
      yield* definition.run(context, entry.with);
      break;
    } catch (error) {
      if (!(error instanceof PhaseFailure)) throw error;
      const { device, code, message } = error;
      const time = yield* now();
      // What may be tried again may also wait for people, as long as the material keeps.
      limit ??= time + Math.round(patience * MICROS_PER_HOUR);
      const isSpent = attempt >= retry;
      const isHelped = isSpent && retry > 0 && canBeHelped(error) && time < limit;
      const action = isSpent && !isHelped ? 'fail' : recover ? 'recover' : 'retry';
      const failed = { batch, time: 0, type: 'phase.failed', path } as const;
      yield* record({ ...failed, device, code, message, action });
      if (action === 'fail') {
        yield { kind: 'leavePhase' };
        throw new BatchFailure(`${place}: ${device}: ${code}: ${message}`, device);
      }
      if (isHelped && asked?.device !== device) {
        asked = { device, text: callFor(error) };
        yield* context.record({ type: 'operator', ...asked, state: 'asked' });
      }
      if (yield* waitForRepair(state, device, limit)) attempt -= 1;
      else if (isHelped) yield* wait(Math.min(limit - time, HELP_PAUSE));
      else yield* wait(pause * MICROS_PER_MINUTE);
      if (recover) yield* recoverDevices(plan.plant, [...new Set([device, ...robots(plan)])]);
    }
  }
  if (asked !== undefined) yield* context.record({ type: 'operator', ...asked, state: 'done' });
  yield { kind: 'leavePhase' };
}

function robots({ realised }: BatchPlan): readonly string[] {
  return realised.equipment.get('robot') ?? [];
}

function* close(state: BatchState, path: string): Task<void> {
  yield* record({ batch: state.plan.order.id, time: 0, type: 'phase.finished', path });
}

function* decide(state: BatchState, path: string, text: string, taken: boolean): Task<void> {
  yield* record({ batch: state.plan.order.id, time: 0, type: 'decision', path, text, taken });
}

/** Whether the facts of a phase are found out again because its replies are given again. */
function isResumed({ history, realised }: BatchPlan, path: string): boolean {
  if (!history.openPaths.has(path)) return false;
  if (path.endsWith(`.${PREPARATION}`)) return true;
  return phaseAt(realised, path)?.onRestart === 'resume';
}

/** Phase of a path such as `4.2.0` or, in a loop, `4.2.1.0.0`: step, entry, rounds with entries, phase. */
function phaseAt(realised: RealisedRecipe, path: string): RealisedPhase | undefined {
  const [number, first, ...rest] = path.split('.').map(Number);
  const step = realised.steps.find((s) => s.step === number);
  let entry = step?.entries[first ?? -1];
  for (let i = 1; i < rest.length; i += 2) entry = entry?.repeat?.[rest[i] ?? -1];
  return entry?.phases[rest.at(-1) ?? -1];
}
