import { fromSi } from '../../../kernel/units.ts';
import { resting, travelTo } from '../../../physics/mechanism/travel.ts';
import { type Coupling, PORT_SETS, type PortSet } from '../../definition/coupling.ts';
import type { EffectContext } from '../../definition/device.ts';
import {
  type ConnectorConfig,
  type ConnectorState,
  couplingOf,
  type Head,
  headOf,
  mostUses,
  NEW_HEAD,
  placeOfHead,
} from './heads.ts';
import type { Goal, Step } from './machine.ts';

type Context = EffectContext<ConnectorConfig, ConnectorState>;

/** Fraction of what is moved that gets out at a damaged seal and at one past its life; assumed. */
const DAMAGED = 0.02;
const WORN = 0.005;
/** Leak that the test still lets pass, and its standard deviation; assumed. */
const TIGHT = 1e-3;
const TEST_ERROR = 1e-4;

export function parted({ heads }: Pick<ConnectorConfig, 'heads'>): ConnectorState {
  return {
    heads: Array.from({ length: heads }, () => ({ ...NEW_HEAD })),
    task: undefined,
    vessel: '',
    fork: resting(0),
    leakRate: 0,
    faults: { leak: false, noLock: false, worn: false },
  };
}

/** The step that is missing for the goal, if one is. */
function missingStep(
  { goal, tested }: NonNullable<ConnectorState['task']>,
  head: Head,
  coupling: Coupling | undefined,
): Step | undefined {
  const isOpen = coupling?.open === true;
  switch (goal) {
    case 'leakTest':
      return tested ? undefined : goal;
    case 'couple':
      return coupling === undefined ? goal : undefined;
    case 'seal':
      return head.sealed ? undefined : goal;
    case 'sterilise':
      return head.sterilised ? undefined : goal;
    case 'open':
      return isOpen ? undefined : goal;
    case 'close':
      return isOpen ? goal : undefined;
    case 'connect':
      if (coupling === undefined) return 'couple';
      if (!head.sealed) return 'seal';
      if (!head.sterilised) return 'sterilise';
      if (!head.tested) return 'leakTest';
      return isOpen ? undefined : 'open';
    default:
      if (isOpen) return 'close';
      return coupling === undefined ? undefined : 'decouple';
  }
}

function percent(share: number): number {
  return Number(fromSi(share, '%').toFixed(2));
}

function change(ctx: Context, head: Head, part: Partial<Coupling>): void {
  const coupling = couplingOf(ctx, head);
  if (coupling !== undefined) ctx.plant.setCoupling(head.place, { ...coupling, ...part });
}

function inspect(ctx: Context): void {
  const { state, config } = ctx;
  const uses = mostUses(state);
  const isWorn = state.faults.worn || uses >= config.maximumUses;
  ctx.setAlarm('worn', isWorn, `a head was used ${uses} times of ${config.maximumUses}`);
}

/** How tight a seal has turned out. */
function leakOf(ctx: Context, { uses }: Head): number {
  const { faults } = ctx.state;
  const { leakChance, maximumUses } = ctx.config;
  const isDamaged = faults.leak || ctx.random('seal').uniform() < leakChance;
  if (isDamaged) return DAMAGED;
  return faults.worn || uses > maximumUses ? WORN : 0;
}

function fail(ctx: Context, code: Parameters<Context['fail']>[0], message: string): void {
  ctx.state.task = undefined;
  ctx.fail(code, message);
}

function moveFork(ctx: Context, to: number, seconds: number): void {
  ctx.state.fork = travelTo(ctx.state.fork, to, ctx.now, seconds);
}

/** What each step does when its time is over. */
const DONE: Readonly<Record<Step, (ctx: Context, head: Head) => void>> = {
  couple: (ctx, head) => {
    const { plant, state, id } = ctx;
    const { task, vessel } = state;
    if (task === undefined) return;
    const place = placeOfHead(plant, task.head);
    if (place === undefined || plant.vesselAt(place)?.id !== vessel) {
      moveFork(ctx, 0, ctx.config.coupleTime);
      fail(ctx, 'NO_VESSEL', `${vessel} was taken away from head ${task.head} of ${id}`);
      return;
    }
    head.uses += 1;
    for (const port of PORT_SETS[task.ports]) plant.usePort(vessel, port);
    inspect(ctx);
    if (state.faults.noLock) {
      moveFork(ctx, 0, ctx.config.coupleTime);
      ctx.setAlarm('notLocked', true, `head ${task.head} did not lock on ${vessel}`);
      fail(ctx, 'MALFUNCTION', `head ${task.head} of ${id} did not lock; look at its latch`);
      return;
    }
    ctx.setAlarm('notLocked', false);
    Object.assign(head, { place, sealed: false, sterilised: false, tested: false });
    const { ports } = task;
    plant.setCoupling(place, {
      connector: id,
      vessel,
      ports,
      open: false,
      sterile: false,
      leak: 0,
    });
  },
  seal: (ctx, head) => {
    head.sealed = true;
    change(ctx, head, { leak: leakOf(ctx, head) });
  },
  sterilise: (ctx, head) => {
    head.sterilised = true;
    change(ctx, head, { sterile: head.tested });
  },
  leakTest: (ctx, head) => {
    const { state, id } = ctx;
    const coupling = couplingOf(ctx, head);
    if (state.task === undefined || coupling === undefined) return;
    state.task.tested = true;
    const error = TEST_ERROR * ctx.random('test').normal();
    state.leakRate = Math.max(0, coupling.leak + error);
    head.tested = state.leakRate <= TIGHT;
    change(ctx, head, { sterile: head.sterilised && head.tested });
    const lost = percent(state.leakRate);
    ctx.setAlarm('leak', !head.tested, `${lost} % get out at ${coupling.vessel}`);
    if (head.tested) return;
    fail(ctx, 'MALFUNCTION', `${id} leaks at ${coupling.vessel}: ${lost} %; couple it anew`);
  },
  open: (ctx, head) => change(ctx, head, { open: true }),
  close: (ctx, head) => change(ctx, head, { open: false }),
  decouple: (ctx, head) => {
    if (head.place !== '') ctx.plant.setCoupling(head.place, undefined);
    Object.assign(head, { place: '', sealed: false, sterilised: false, tested: false });
    ctx.setAlarm('leak', false);
  },
};

/** Effects of the connector by the names of its machine's actions. */
export const connectorEffects = {
  begun: (ctx: Context, event: { type: Goal; head: number; ports?: PortSet }) => {
    const { type: goal, head, ports = 'process' } = event;
    ctx.state.task = { goal, head, ports, tested: false };
  },
  choose: (ctx: Context) => {
    const { task } = ctx.state;
    const head = task === undefined ? undefined : headOf(ctx, task.head);
    const next =
      task === undefined || head === undefined
        ? undefined
        : missingStep(task, head, couplingOf(ctx, head));
    ctx.raise({ type: next === undefined ? 'goal.reached' : `next.${next}` });
  },
  stepBegun: (ctx: Context, { step }: { step: Step }) => {
    const { plant, state, config } = ctx;
    const place = placeOfHead(plant, state.task?.head ?? 1);
    if (step === 'couple') {
      state.vessel = place === undefined ? '' : (plant.vesselAt(place)?.id ?? '');
      moveFork(ctx, 1, config.coupleTime);
    }
    if (step === 'decouple') moveFork(ctx, 0, config.coupleTime);
  },
  stepDone: (ctx: Context, { step }: { step: Step }) => {
    const { task } = ctx.state;
    if (task !== undefined) DONE[step](ctx, headOf(ctx, task.head));
  },
  finished: (ctx: Context) => {
    const { task, leakRate } = ctx.state;
    ctx.state.task = undefined;
    if (task === undefined) return;
    const { uses } = headOf(ctx, task.head);
    ctx.complete({ head: task.head, uses, leakRate: percent(leakRate) });
  },
  stopped: (ctx: Context) => {
    const { task } = ctx.state;
    ctx.state.task = undefined;
    if (task === undefined) return;
    const isHeld = couplingOf(ctx, headOf(ctx, task.head)) !== undefined;
    moveFork(ctx, isHeld ? 1 : 0, ctx.config.coupleTime);
  },
  shut: (ctx: Context) => {
    for (const head of ctx.state.heads) change(ctx, head, { open: false });
  },
  faultChanged: (ctx: Context, { type }: { type: string }) => {
    const [, name = '', ended] = type.split('.');
    const { state } = ctx;
    state.faults[name as keyof typeof state.faults] = ended === undefined;
    if (state.faults.leak) {
      for (const head of state.heads) if (head.sealed) change(ctx, head, { leak: DAMAGED });
    }
    inspect(ctx);
  },
  headRenewed: (ctx: Context, { head }: { head: number }) => {
    headOf(ctx, head).uses = 0;
    inspect(ctx);
  },
} as const;
