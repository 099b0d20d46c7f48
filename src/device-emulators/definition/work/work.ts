import type { Refusal } from '../../../kernel/error-catalogue.ts';
import type { Micros } from '../../../kernel/time.ts';
import type { CommandParameters } from '../command.ts';
import type { EffectContext } from '../device.ts';

/** One step of a module's work. Plain data; what it does may have more arguments. */
export interface WorkStep {
  /** State of the machine meanwhile. */
  readonly state: string;
  /** [s] */
  readonly seconds: number;
  /** Name of what it does to the plant. */
  readonly act: string;
  readonly [argument: string]: number | string | boolean;
}

/** A command being carried out, step by step. */
export interface Work {
  readonly command: string;
  readonly steps: readonly WorkStep[];
  /** Present step and its beginning. */
  index: number;
  since: Micros;
}

/** What every working module remembers. */
export interface WorkState {
  work: Work | undefined;
  /** Names of the faults that it has, `breakdown` among them. */
  faults: readonly string[];
  unpowered: boolean;
  /** What the cells have been through in the present work; see `CellStress`. */
  stress: unknown;
  /** Reservoirs exchanged so far. */
  refills: number;
}

/** A module at rest. */
export function atRest(): WorkState {
  return { work: undefined, faults: [], unpowered: false, stress: undefined, refills: 0 };
}

export function hasFault({ faults }: Readonly<WorkState>, fault: string): boolean {
  return faults.includes(fault);
}

/** Share of the present step that has passed, 0..1. */
export function stepShare(work: Readonly<Work>, now: Micros): number {
  const seconds = work.steps[work.index]?.seconds ?? 0;
  return seconds > 0 ? Math.min(1, (now - work.since) / 1e6 / seconds) : 1;
}

/** Time left of the present work [s]. */
export function remainingTime({ work }: Readonly<Pick<WorkState, 'work'>>, now: Micros): number {
  if (work === undefined) return 0;
  const left = work.steps.slice(work.index).reduce((sum, { seconds }) => sum + seconds, 0);
  return Math.max(0, left - (now - work.since) / 1e6);
}

/** How far the present work has come, 0..1; 0 at rest. */
export function progress({ work }: Readonly<Pick<WorkState, 'work'>>, now: Micros): number {
  if (work === undefined) return 0;
  const all = work.steps.reduce((sum, { seconds }) => sum + seconds, 0);
  return all > 0 ? 1 - remainingTime({ work }, now) / all : 1;
}

/** What a step does to the plant. */
export interface Act<Ctx> {
  readonly begin?: (ctx: Ctx, step: WorkStep) => void;
  /**
   * @param share of the step that has passed since its beginning: 1 at its end, less when it is cut
   * @returns why the work cannot go on, or that the step is to be done once more
   */
  readonly end?: (ctx: Ctx, step: WorkStep, share: number) => Refusal | 'again' | undefined;
}

type Result = Readonly<Record<string, number | boolean | string>>;

/** How a module works, by the names of its commands and acts. */
export interface Trade<Ctx> {
  /** Steps of a command; none when there is nothing to do. */
  readonly plans: Readonly<
    Record<string, (ctx: Ctx, parameters: CommandParameters) => readonly WorkStep[]>
  >;
  readonly acts: Readonly<Record<string, Act<Ctx>>>;
  /** What a completed command tells; nothing when absent. */
  readonly results?: Readonly<Record<string, (ctx: Ctx, work: Readonly<Work>) => Result>>;
  /** Places that are closed meanwhile. */
  readonly closes: readonly string[];
  /** After the last step, and when the work ended early. */
  readonly ended?: (ctx: Ctx) => void;
  /** Steps that have to follow when `step` was cut or failed, as braking after spinning. */
  readonly afterCut?: (ctx: Ctx, step: WorkStep, share: number) => readonly WorkStep[];
  /** Faults, power, supplies or couplings have changed: `state` and the plant tell. Called at the start, too. */
  readonly changed?: (ctx: Ctx) => void;
}

/** Whether a module can neither heat nor move now. */
export function isDead(state: Readonly<WorkState>): boolean {
  return state.unpowered || hasFault(state, 'breakdown');
}

type Context<C, S extends WorkState> = EffectContext<C, S>;

/** Effects of the actions of a machine made by `workMachine`. */
export function workEffects<C, S extends WorkState>(trade: Trade<Context<C, S>>) {
  type Ctx = Context<C, S>;

  function startStep(ctx: Ctx): void {
    const { work } = ctx.state;
    const step = work?.steps[work.index];
    if (work === undefined || step === undefined) return;
    work.since = ctx.now;
    trade.acts[step.act]?.begin?.(ctx, step);
    ctx.raise({ type: 'work.step', state: step.state, seconds: step.seconds });
  }

  function leave(ctx: Ctx): void {
    ctx.state.work = undefined;
    ctx.state.stress = undefined;
    for (const place of trade.closes) ctx.plant.setPlaceOpen(place, true);
    trade.ended?.(ctx);
    ctx.raise({ type: 'work.ended' });
  }

  function finish(ctx: Ctx, work: Readonly<Work>): void {
    leave(ctx);
    ctx.complete(trade.results?.[work.command]?.(ctx, work) ?? {});
  }

  /** Goes on with what has to follow a step that was the last of its work. */
  function windUp(ctx: Ctx, command: string, step: WorkStep, share: number): void {
    const steps = trade.afterCut?.(ctx, step, share) ?? [];
    if (steps.length === 0) {
      leave(ctx);
      return;
    }
    ctx.state.work = { command, steps, index: 0, since: ctx.now };
    startStep(ctx);
  }

  return {
    started: (ctx: Ctx) => trade.changed?.(ctx),
    workAsked: (ctx: Ctx, event: { type: string } & CommandParameters) => {
      const { type, ...parameters } = event;
      const steps = trade.plans[type]?.(ctx, parameters) ?? [];
      const work = { command: type, steps, index: 0, since: ctx.now };
      ctx.state.work = work;
      for (const place of trade.closes) ctx.plant.setPlaceOpen(place, false);
      if (steps.length === 0) finish(ctx, work);
      else startStep(ctx);
    },
    stepEnded: (ctx: Ctx) => {
      const { work } = ctx.state;
      const step = work?.steps[work.index];
      if (work === undefined || step === undefined) {
        ctx.raise({ type: 'work.ended' });
        return;
      }
      const refusal = trade.acts[step.act]?.end?.(ctx, step, 1);
      if (refusal === 'again') {
        startStep(ctx);
        return;
      }
      if (refusal !== undefined) {
        ctx.fail(refusal.code, refusal.message);
        windUp(ctx, work.command, step, 1);
        return;
      }
      work.index += 1;
      if (work.index < work.steps.length) startStep(ctx);
      else finish(ctx, work);
    },
    workCut: (ctx: Ctx) => {
      const { work } = ctx.state;
      const step = work?.steps[work.index];
      if (work === undefined || step === undefined) {
        ctx.raise({ type: 'work.ended' });
        return;
      }
      const share = stepShare(work, ctx.now);
      trade.acts[step.act]?.end?.(ctx, step, share);
      windUp(ctx, work.command, step, share);
    },
    stateChanged: (ctx: Ctx, event: { type: string }) => {
      note(ctx.state, event.type);
      trade.changed?.(ctx);
    },
  } as const;
}

/** Takes down what an event says of faults and power. */
function note(state: WorkState, event: string): void {
  const [, fault, ended] = /^fault\.(\w+)(\.ended)?$/.exec(event) ?? [];
  if (event === 'power.lost' || event === 'power.on') state.unpowered = event === 'power.lost';
  const name = fault ?? (event === 'breakdown' || event === 'repaired' ? 'breakdown' : undefined);
  if (name === undefined) return;
  const others = state.faults.filter((other) => other !== name);
  const begins = fault === undefined ? event === 'breakdown' : ended === undefined;
  state.faults = begins ? [...others, name] : others;
}
