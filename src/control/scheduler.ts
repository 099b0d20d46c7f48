import { EventQueue } from '../kernel/event-queue.ts';
import type { CommandOutcome, PlantClient } from '../kernel/plant-contract.ts';
import { MICROS_PER_HOUR, type Micros } from '../kernel/time.ts';
import { Claims, type Waiter } from './claims.ts';
import type { JournalStore } from './journal.ts';
import { endOf, readOperations } from './operations.ts';
import { type Replay, replayOf } from './replay.ts';
import type { OperationEnd, Request, Task, Vain } from './task.ts';
import { advance, bundleOutcome, newThread, type Thread } from './thread.ts';

/** Longest grant of time when nothing has an earlier deadline. */
const HORIZON = MICROS_PER_HOUR;

export interface Scheduled {
  readonly batch: string;
  readonly task: Task<unknown>;
  /** Simulated time at which it begins; at once when absent. */
  readonly start?: Micros;
  /** Goes on for as long as others do, and nobody waits for its end. */
  readonly isService?: boolean;
}

type Claim = Extract<Request, { kind: 'claim' }>;
type OperationWait = Extract<Request, { kind: 'waitOperation' }>;
interface ClaimWaiter extends Waiter {
  readonly thread: Thread;
}

/**
 * Runs tasks side by side and returns when all but services have ended. Requests are carried out one
 * at a time: of the tasks that can go on, the first in order runs until it waits, then the next. Time
 * passes only when all wait, so the sequence of commands depends on the plant's replies and on nothing
 * else. What a task waits for wakes it: the cost of a decision does not depend on how many others
 * wait. At `until` it returns although tasks still wait; their outcomes are undefined. An error that a
 * task does not catch ends everything.
 */
export async function runTasks(
  client: PlantClient,
  journal: JournalStore,
  tasks: readonly Scheduled[],
  until: Micros = Number.POSITIVE_INFINITY,
): Promise<readonly unknown[]> {
  return new Scheduler(client, journal).run(tasks, until);
}

class Scheduler {
  private readonly client: PlantClient;
  private readonly journal: JournalStore;
  private readonly replay: Replay;
  private readonly claims: Claims<ClaimWaiter>;
  private readonly claimWaits = new Map<Thread, ClaimWaiter>();
  /** Commands under way, by device and number. */
  private readonly commands = new Map<string, Extract<Request, { kind: 'invoke' }>>();
  /** Threads that can go on, by their order. */
  private readonly ready = new EventQueue<Thread>();
  /** Ends of waits by time. */
  private readonly timers = new EventQueue<Thread>();
  /** Threads that wait for operations or changes, by device. */
  private readonly deviceWaits = new Map<string, Set<Thread>>();
  /** Threads that look at whatever changes. */
  private readonly watchers = new Set<Thread>();
  private threads = 0;
  private claimsMade = 0;
  /** Simulated time as last seen. */
  private time: Micros = 0;

  constructor(client: PlantClient, journal: JournalStore) {
    this.client = client;
    this.journal = journal;
    this.replay = replayOf(journal.entries());
    this.claims = new Claims((type, batch, resource) =>
      journal.append({ type, batch, time: this.time, resource }),
    );
    this.claims.restore(journal.entries());
  }

  async run(tasks: readonly Scheduled[], until: Micros): Promise<readonly unknown[]> {
    this.time = await this.client.now();
    let running = 0;
    // Services begin anew, so they hold nothing.
    for (const { batch, isService } of tasks) if (isService === true) this.claims.forget(batch);
    const roots = tasks.map(({ batch, task, start = 0, isService = false }) => {
      const thread = newThread(this.threads++, batch, batch, task, undefined, isService);
      if (!isService) running += 1;
      if (start <= this.time) this.wake(thread);
      else thread.timer = this.timers.push(start, 0, thread);
      return thread;
    });
    for (;;) {
      for (let next = this.ready.pop(); next !== undefined; next = this.ready.pop()) {
        const thread = next.payload;
        await this.runThread(thread);
        if (thread.outcome === undefined || thread.parent !== undefined) continue;
        if ('error' in thread.outcome) throw thread.outcome.error;
        if (!thread.isService) running -= 1;
      }
      if (running === 0 || this.time >= until) break;
      await this.letTimePass(until);
    }
    return roots.map(({ outcome }) =>
      outcome !== undefined && 'value' in outcome ? outcome.value : undefined,
    );
  }

  private async letTimePass(until: Micros): Promise<void> {
    const deadline = this.timers.peek()?.time ?? Number.POSITIVE_INFINITY;
    const horizon = this.time + HORIZON;
    // Durations of phases need not be whole microseconds; those of the clock are.
    const limit = Math.ceil(Math.min(horizon, until, deadline));
    const { time, changed } = await this.client.waitUntil(limit);
    this.time = Math.max(this.time, time);
    const woken = new Set<Thread>();
    for (const device of changed) {
      for (const thread of this.deviceWaits.get(device) ?? []) woken.add(thread);
      for (const watcher of this.watchers) watcher.seen?.add(device);
    }
    if (changed.length === 0 && this.time >= horizon) {
      // An hour without news: should a server have lost a notification, this look finds the end.
      for (const threads of this.deviceWaits.values()) {
        for (const thread of threads) {
          if (thread.waiting?.kind === 'waitOperation') woken.add(thread);
        }
      }
    }
    for (let next = this.timers.peek(); next !== undefined; next = this.timers.peek()) {
      if (next.time > this.time) break;
      this.timers.pop();
      next.payload.timer = undefined;
      woken.add(next.payload);
    }
    for (const watcher of this.watchers) {
      if (watcher.waiting?.kind === 'waitChange' && (watcher.seen?.size ?? 0) > 0) {
        woken.add(watcher);
      }
    }
    await this.endWaits([...woken].sort((a, b) => a.order - b.order));
  }

  /** Ends the waits that are over, in order. */
  private async endWaits(threads: readonly Thread[]): Promise<void> {
    const devices = threads.flatMap(({ waiting }) =>
      waiting?.kind === 'waitOperation' ? [waiting.device] : [],
    );
    const unique = [...new Set(devices)];
    const latest = unique.length === 0 ? [] : await readOperations(this.client, unique);
    const byDevice = new Map(unique.map((device, i) => [device, latest[i]]));
    for (const thread of threads) {
      const { waiting } = thread;
      if (waiting === undefined) this.wake(thread);
      else if (waiting.kind === 'waitUntil') this.endWait(thread, this.time);
      else if (waiting.kind === 'waitChange') this.endWait(thread, this.look(thread));
      else if (waiting.kind === 'claim') {
        this.forgetClaim(thread);
        this.endWait(thread, '');
      } else if (waiting.kind === 'waitOperation') {
        const seen = byDevice.get(waiting.device);
        const end = seen === undefined ? undefined : endOf(waiting.operation, seen);
        if (end !== undefined) this.endOperation(thread, waiting, end);
        else if (this.time >= waiting.deadline) {
          const late = { state: 'timeout', code: '', message: '', result: {} } as const;
          this.endOperation(thread, waiting, late);
        }
      }
    }
  }

  private look(thread: Thread): readonly string[] {
    const seen = [...(thread.seen ?? [])];
    thread.seen = new Set();
    return seen;
  }

  private endOperation(thread: Thread, waiting: OperationWait, end: OperationEnd): void {
    this.document(thread, waiting, end);
    this.endWait(thread, end);
  }

  private endWait(thread: Thread, value: unknown): void {
    if (thread.timer !== undefined) this.timers.cancel(thread.timer);
    thread.timer = undefined;
    for (const device of devicesOf(thread.waiting)) {
      const waits = this.deviceWaits.get(device);
      waits?.delete(thread);
      if (waits?.size === 0) this.deviceWaits.delete(device);
    }
    thread.waiting = undefined;
    this.answer(thread, value);
    this.wake(thread);
  }

  private wake(thread: Thread): void {
    this.ready.push(thread.order, 0, thread);
  }

  /** Runs a thread until it waits or ends; then its parent may go on. */
  private async runThread(thread: Thread): Promise<void> {
    while (thread.waiting === undefined) {
      const request = advance(thread);
      if (request === undefined) break;
      await this.handle(thread, request);
    }
    const { parent } = thread;
    if (thread.outcome === undefined || parent === undefined) return;
    const outcome = bundleOutcome(parent.children);
    if (outcome === undefined) return;
    parent.input = outcome;
    parent.children = [];
    parent.waiting = undefined;
    this.wake(parent);
  }

  private async handle(thread: Thread, request: Request): Promise<void> {
    const reply = (value: unknown): void => {
      thread.input = { value };
    };
    switch (request.kind) {
      case 'all':
        if (request.tasks.length === 0) return reply([]);
        return this.begin(thread, request);
      case 'release':
        // While an interrupted phase catches up, it has given back already what it will again.
        if (!this.replay.covers(thread, thread.index)) {
          this.grant(this.claims.release(thread.batch, request.resource));
        }
        return reply(undefined);
      case 'releaseAll':
        for (const given of this.claims.forget(thread.batch)) this.grant(given);
        return reply(undefined);
      case 'giveUp':
        for (const { thread: vain, candidates } of this.claims.keep(thread.batch)) {
          this.claimWaits.delete(vain);
          this.endWait(vain, this.vain(candidates));
        }
        return reply(undefined);
      case 'offer':
        for (const given of this.claims.offer(request.device, request.available)) this.grant(given);
        return reply(undefined);
      case 'record':
        // While an interrupted phase catches up, its entries are in the record already.
        if (!this.replay.covers(thread, thread.index)) {
          this.journal.append({ ...request.entry, time: this.time });
        }
        return reply(undefined);
      case 'enterPhase':
        if (request.fresh) this.replay.forget(thread.batch, request.path);
        thread.path = request.path;
        thread.index = 0;
        thread.bundles = 0;
        return reply(undefined);
      case 'leavePhase':
        this.replay.forget(thread.batch, thread.path);
        thread.path = '';
        return reply(undefined);
      default: {
        const known = this.replay.reply(thread, thread.index);
        if (known !== undefined) {
          this.follow(request, known.value);
          thread.index += 1;
          return reply(known.value);
        }
        return this.carryOut(thread, request);
      }
    }
  }

  private begin(thread: Thread, request: Extract<Request, { kind: 'all' }>): void {
    const prefix = `${thread.key}/${thread.bundles++}`;
    thread.children = request.tasks.map((task, i) =>
      newThread(this.threads++, `${prefix}.${i}`, thread.batch, task, thread),
    );
    thread.waiting = request;
    for (const child of thread.children) this.wake(child);
  }

  private async carryOut(
    thread: Thread,
    request: Exclude<
      Request,
      {
        kind:
          | 'all'
          | 'release'
          | 'releaseAll'
          | 'giveUp'
          | 'offer'
          | 'record'
          | 'enterPhase'
          | 'leavePhase';
      }
    >,
  ): Promise<void> {
    const { client } = this;
    switch (request.kind) {
      case 'now':
        this.time = await client.now();
        return this.answer(thread, this.time);
      case 'read':
        return this.answer(thread, await client.read(request.paths));
      case 'write':
        return this.answer(
          thread,
          await client.write(request.device, request.signal, request.value),
        );
      case 'invoke':
        return this.answer(thread, await this.invoke(thread, request));
      case 'claim':
        return this.claim(thread, request);
      case 'waitChange':
        return this.watch(thread, request.until);
      case 'waitUntil':
        if (request.time <= this.time) return this.answer(thread, this.time);
        return this.awaitDevices(thread, request, request.time);
      default:
        return this.waitOperation(thread, request);
    }
  }

  private async waitOperation(thread: Thread, request: OperationWait): Promise<void> {
    const { device, operation, deadline } = request;
    const [latest] = await readOperations(this.client, [device]);
    const end = latest === undefined ? undefined : endOf(operation, latest);
    if (end !== undefined) {
      this.document(thread, request, end);
      return this.answer(thread, end);
    }
    this.awaitDevices(thread, request, deadline);
  }

  private awaitDevices(thread: Thread, request: Request, until: Micros): void {
    thread.waiting = request;
    if (Number.isFinite(until)) thread.timer = this.timers.push(until, 0, thread);
    for (const device of devicesOf(request)) {
      const waits = this.deviceWaits.get(device) ?? new Set();
      waits.add(thread);
      this.deviceWaits.set(device, waits);
    }
  }

  private watch(thread: Thread, until: Micros): void {
    if (thread.seen === undefined) {
      thread.seen = new Set();
      this.watchers.add(thread);
    }
    if (thread.seen.size > 0 || until <= this.time) return this.answer(thread, this.look(thread));
    thread.waiting = { kind: 'waitChange', until };
    if (Number.isFinite(until)) thread.timer = this.timers.push(until, 0, thread);
  }

  private claim(thread: Thread, request: Claim): void {
    const { candidates, priority, until } = request;
    if (candidates.length === 0) throw new RangeError(`${thread.batch} claims one of nothing`);
    const { batch } = thread;
    const given = this.claims.take({ batch, candidates });
    if (given !== undefined) return this.answer(thread, given);
    if (this.claims.isVain(candidates)) return this.answer(thread, this.vain(candidates));
    if (until <= this.time) return this.answer(thread, '');
    const waiter = { batch, candidates, priority, thread, sequence: this.claimsMade++ };
    this.claims.wait(waiter);
    this.claimWaits.set(thread, waiter);
    thread.waiting = request;
    if (Number.isFinite(until)) thread.timer = this.timers.push(until, 0, thread);
  }

  private vain(candidates: Claim['candidates']): Vain {
    const resource = candidates[0]?.resource ?? '';
    return { resource, keeper: this.claims.ownerOf(resource) ?? '' };
  }

  private forgetClaim(thread: Thread): void {
    const waiter = this.claimWaits.get(thread);
    if (waiter !== undefined) this.claims.leave(waiter);
    this.claimWaits.delete(thread);
  }

  private grant(
    given: { readonly waiter: ClaimWaiter; readonly resource: string } | undefined,
  ): void {
    if (given === undefined) return;
    this.claimWaits.delete(given.waiter.thread);
    this.endWait(given.waiter.thread, given.resource);
  }

  private async invoke(
    thread: Thread,
    request: Extract<Request, { kind: 'invoke' }>,
  ): Promise<unknown> {
    const { device, command, parameters } = request;
    if (thread.path === '') return this.client.invoke(device, command, parameters);
    const sent = (operation: number): void => {
      if (operation > 0) this.commands.set(`${device} ${operation}`, request);
    };
    const intent = this.replay.intent(thread, thread.index);
    const latest = await this.latestOperation(device);
    if (intent !== undefined && latest.number > intent.before && latest.command === command) {
      // The controller ended between sending the command and noting the answer.
      sent(latest.number);
      return { ok: true, value: { operation: latest.number } };
    }
    const before = latest.number;
    this.journal.append({ type: 'intent', ...this.place(thread), device, command, before });
    const outcome = await this.client.invoke(device, command, parameters);
    if (!outcome.ok) return outcome;
    const { operation } = outcome.value;
    if (operation > 0) sent(operation);
    else {
      const { batch, path } = thread;
      this.journal.append({
        ...{ type: 'operation', batch, time: this.time, path, device, operation },
        ...{ command, parameters, state: 'completed', code: '', result: {} },
      });
    }
    return outcome;
  }

  /** Keeps track of commands whose answers are given again. */
  private follow(request: Request, answer: unknown): void {
    if (request.kind === 'waitOperation') {
      this.commands.delete(`${request.device} ${request.operation}`);
    } else if (request.kind === 'invoke') {
      const outcome = answer as CommandOutcome;
      if (!outcome.ok || outcome.value.operation === 0) return;
      this.commands.set(`${request.device} ${outcome.value.operation}`, request);
    }
  }

  /** Notes what a device returned. */
  private document(
    thread: Thread,
    { device, operation }: OperationWait,
    { state, code, result }: OperationEnd,
  ): void {
    if (thread.path === '') return;
    const sent = this.commands.get(`${device} ${operation}`);
    this.commands.delete(`${device} ${operation}`);
    const { batch, path } = thread;
    const { command = '', parameters = {} } = sent ?? {};
    this.journal.append({
      ...{ type: 'operation', batch, time: this.time, path, device, operation },
      ...{ command, parameters, state, code, result },
    });
  }

  private async latestOperation(device: string): Promise<{ number: number; command: string }> {
    const [id, command] = await this.client.read([
      `${device}.operationId`,
      `${device}.operationCommand`,
    ]);
    return { number: Number(id?.value ?? 0), command: String(command?.value ?? '') };
  }

  /** Gives a reply and notes it, if inside a phase. */
  private answer(thread: Thread, value: unknown): void {
    if (thread.path !== '') this.journal.append({ type: 'reply', ...this.place(thread), value });
    thread.index += 1;
    thread.input = { value };
  }

  private place({ batch, path, key, index }: Thread) {
    return { batch, time: this.time, path, thread: key, index };
  }
}

function devicesOf(waiting: Request | undefined): readonly string[] {
  if (waiting?.kind === 'waitOperation') return [waiting.device];
  return waiting?.kind === 'waitUntil' ? (waiting.devices ?? []) : [];
}
