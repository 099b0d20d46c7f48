import type { PlantDescription } from '../kernel/plant-contract.ts';
import { MICROS_PER_MINUTE } from '../kernel/time.ts';
import { batchContext, type BatchState, record } from './batch-context.ts';
import type { BatchHistory } from './history.ts';
import type { PhaseDefinition } from './phase.ts';
import { recoverDevices, stopPumps } from './recovery.ts';
import { conditionText, holds } from './recipe/condition.ts';
import type { PhaseEntry, Recipe, RecipeStep } from './recipe/schema.ts';
import { now, PhaseFailure, type Task, wait } from './task.ts';

export interface BatchPlan {
  readonly id: string;
  readonly product: string;
  readonly recipe: Recipe;
  readonly library: ReadonlyMap<string, PhaseDefinition>;
  readonly plant: PlantDescription;
  readonly equipment: ReadonlyMap<string, string>;
  readonly vessels: Readonly<Record<string, string>>;
  readonly history: BatchHistory;
}

/** The batch cannot go on. */
class BatchFailure extends Error {
  override readonly name = 'BatchFailure';
}

/** Carries one batch through the recipe, from where its record ends. */
export function* batchTask(plan: BatchPlan): Task<void> {
  const { history, recipe, id } = plan;
  const state: BatchState = { plan, facts: {} };
  for (const fact of history.facts) {
    if (!isResumed(plan, fact.path)) state.facts[fact.name] = fact.value;
  }
  if (history.finished !== undefined) return;
  if (!history.started) {
    const { product } = plan;
    yield* record({ batch: id, time: 0, type: 'batch.started', product, recipe: recipe.name });
  }
  let outcome: 'complete' | 'failed' = 'complete';
  let reason = '';
  try {
    for (const step of recipe.steps) yield* runStep(state, step);
  } catch (error) {
    if (!(error instanceof BatchFailure)) throw error;
    outcome = 'failed';
    reason = error.message;
    yield* stopPumps(plan.plant, plan.equipment);
  }
  yield* record({ batch: id, time: 0, type: 'batch.finished', outcome, reason });
}

function* runStep(state: BatchState, step: RecipeStep): Task<void> {
  const { plan } = state;
  const times = plan.history.steps.get(step.step);
  if (times?.end !== undefined) return;
  const batch = plan.id;
  const { name } = step;
  for (const resource of step.exclusive) yield { kind: 'acquire', resource };
  yield* now();
  if (times === undefined) {
    yield* record({ batch, time: 0, type: 'step.started', step: step.step, name });
  }
  try {
    for (const [i, entry] of step.phases.entries()) {
      yield* runEntry(state, step, entry, `${step.step}.${i}`);
    }
  } finally {
    for (const resource of step.exclusive) yield { kind: 'release', resource };
  }
  yield* now();
  yield* record({ batch, time: 0, type: 'step.finished', step: step.step, name });
}

function* runEntry(
  state: BatchState,
  step: RecipeStep,
  entry: PhaseEntry,
  path: string,
): Task<void> {
  const done = state.plan.history.finishedPhases;
  if (done.has(path)) return;
  if (entry.when !== undefined && !state.plan.history.openPhases.has(path)) {
    const taken = holds(entry.when, state.facts);
    yield* decide(state, path, conditionText(entry.when, state.facts), taken);
    if (!taken) return yield* close(state, path);
  }
  if (entry.require !== undefined) {
    const taken = holds(entry.require, state.facts);
    const text = conditionText(entry.require, state.facts);
    yield* decide(state, path, text, taken);
    if (taken) return yield* close(state, path);
    throw new BatchFailure(`step ${step.step} ${step.name}: ${entry.reason} (wanted ${text})`);
  }
  if (entry.repeat === undefined) return yield* runPhase(state, step, entry, path);
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

/** Runs a phase under its rules for failure and restart. */
function* runPhase(
  state: BatchState,
  step: RecipeStep,
  entry: PhaseEntry,
  path: string,
): Task<void> {
  const { plan } = state;
  const batch = plan.id;
  const phase = entry.phase ?? '';
  const definition = plan.library.get(phase);
  if (definition === undefined) throw new RangeError(`unknown phase ${phase}`);
  const place = `step ${step.step} ${step.name}, phase ${phase}`;
  const interrupted = plan.history.openPhases.has(path);
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
  const context = batchContext(state, path);
  const { retry, wait: pause, recover } = entry.onFailure;
  for (let attempt = 0; ; attempt++) {
    try {
      yield* definition.run(context, entry.with);
      break;
    } catch (error) {
      if (!(error instanceof PhaseFailure)) throw error;
      const { device, code, message } = error;
      const action = attempt >= retry ? 'fail' : recover ? 'recover' : 'retry';
      const failed = { batch, time: 0, type: 'phase.failed', path } as const;
      yield* record({ ...failed, device, code, message, action });
      if (action === 'fail') {
        yield { kind: 'leavePhase' };
        throw new BatchFailure(`${place}: ${device}: ${code}: ${message}`);
      }
      yield* wait(pause * MICROS_PER_MINUTE);
      if (recover) yield* recoverDevices(plan.plant, [...new Set([device, ...robots(plan)])]);
    }
  }
  yield { kind: 'leavePhase' };
  yield* close(state, path);
}

function robots({ equipment }: BatchPlan): readonly string[] {
  const robot = equipment.get('robot');
  return robot === undefined ? [] : [robot];
}

function* close(state: BatchState, path: string): Task<void> {
  yield* record({ batch: state.plan.id, time: 0, type: 'phase.finished', path });
}

function* decide(state: BatchState, path: string, text: string, taken: boolean): Task<void> {
  yield* record({ batch: state.plan.id, time: 0, type: 'decision', path, text, taken });
}

/** Whether the facts of a phase are found out again because its replies are given again. */
function isResumed({ history, recipe }: BatchPlan, path: string): boolean {
  if (!history.openPhases.has(path)) return false;
  return entryAt(recipe, path)?.onRestart === 'resume';
}

/** Entry of a path such as `4.2` or, in a loop, `4.2.1.0`. */
function entryAt(recipe: Recipe, path: string): PhaseEntry | undefined {
  const [number, first, ...rest] = path.split('.').map(Number);
  const step = recipe.steps.find((s) => s.step === number);
  let entry = step?.phases[first ?? -1];
  for (let i = 1; i < rest.length; i += 2) entry = entry?.repeat?.[rest[i] ?? -1];
  return entry;
}
