import type {
  CommandOutcome,
  PlantClient,
  SignalReading,
  Value,
} from '../kernel/plant-contract.ts';
import { MICROS_PER_HOUR, type Micros } from '../kernel/time.ts';
import type { JournalStore } from './journal.ts';
import { type Replay, replayOf } from './replay.ts';
import type { OperationEnd, Request, Task } from './task.ts';

/** Longest grant of time when nothing has an earlier deadline. */
const HORIZON = MICROS_PER_HOUR;

interface Thread {
  readonly key: string;
  readonly batch: string;
  readonly task: Task<unknown>;
  readonly parent: Thread | undefined;
  /** Path of the phase whose replies are recorded, if inside one. */
  path: string;
  /** Replies given in this phase so far. */
  index: number;
  /** Bundles of side-by-side tasks begun so far. */
  bundles: number;
  children: Thread[];
  /** What it waits for; undefined when it can go on with `input`. */
  waiting: Request | undefined;
  input: { readonly value: unknown } | { readonly error: unknown };
  outcome: { readonly value: unknown } | { readonly error: unknown } | undefined;
}

export interface Scheduled {
  readonly batch: string;
  readonly task: Task<unknown>;
}

/**
 * Runs tasks side by side and returns when all have ended. Requests are carried out one at a time:
 * the first thread in order runs until it waits, then the next. Time passes only when all wait, so
 * the sequence of commands depends on the plant's replies and on nothing else. At `until` it returns
 * although tasks still wait; their outcomes are undefined.
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
  /** Batch that has each shared place for itself. */
  private readonly owners = new Map<string, string>();
  /** Commands under way, by device and number. */
  private readonly commands = new Map<string, Extract<Request, { kind: 'invoke' }>>();
  /** Simulated time as last seen. */
  private time: Micros = 0;

  constructor(client: PlantClient, journal: JournalStore) {
    this.client = client;
    this.journal = journal;
    this.replay = replayOf(journal.entries());
    for (const entry of journal.entries()) {
      if (entry.type === 'claimed') this.owners.set(entry.resource, entry.batch);
      else if (entry.type === 'released') this.owners.delete(entry.resource);
    }
  }

  async run(tasks: readonly Scheduled[], until: Micros): Promise<readonly unknown[]> {
    const roots = tasks.map(({ batch, task }) => newThread(batch, batch, task, undefined));
    this.time = await this.client.now();
    for (;;) {
      for (const thread of roots) await this.runThread(thread);
      const open = roots.flatMap(waitingLeaves);
      if (open.length === 0) break;
      if (await this.wakeAny(open)) continue;
      if (this.time >= until) break;
      const deadlines = open.map(({ waiting }) => deadlineOf(waiting));
      const limit = Math.min(this.time + HORIZON, until, ...deadlines);
      this.time = Math.max(this.time, await this.client.waitUntil(limit));
    }
    return roots.map(({ outcome }) => {
      if (outcome === undefined) return undefined;
      if ('error' in outcome) throw outcome.error;
      return outcome.value;
    });
  }

  /** Runs a thread and what it began until all of them wait. */
  private async runThread(thread: Thread): Promise<void> {
    for (;;) {
      if (thread.outcome !== undefined) return;
      if (thread.waiting?.kind === 'all') {
        for (const child of thread.children) await this.runThread(child);
        if (thread.children.some(({ outcome }) => outcome === undefined)) return;
        const failed = thread.children.find(({ outcome }) => outcome && 'error' in outcome);
        thread.input = failed?.outcome ?? {
          value: thread.children.map(
            ({ outcome }) => outcome && 'value' in outcome && outcome.value,
          ),
        };
        thread.children = [];
        thread.waiting = undefined;
      }
      if (thread.waiting !== undefined) return;
      const step = advance(thread);
      if (step === undefined) return;
      await this.handle(thread, step);
    }
  }

  private async handle(thread: Thread, request: Request): Promise<void> {
    const reply = (value: unknown): void => {
      thread.input = { value };
    };
    switch (request.kind) {
      case 'all': {
        const prefix = `${thread.key}/${thread.bundles++}`;
        thread.children = request.tasks.map((task, i) => {
          const child = newThread(`${prefix}.${i}`, thread.batch, task, thread);
          child.path = thread.path;
          return child;
        });
        thread.waiting = request;
        return;
      }
      case 'acquire':
        if (!this.claim(thread, request.resource)) thread.waiting = request;
        return reply(undefined);
      case 'release':
        if (this.owners.get(request.resource) === thread.batch) {
          const { batch } = thread;
          const { resource } = request;
          this.owners.delete(resource);
          this.journal.append({ type: 'released', batch, time: this.time, resource });
        }
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
        if (request.kind === 'waitOperation' || request.kind === 'waitUntil') {
          thread.waiting = request;
          return;
        }
        return this.answer(thread, await this.execute(thread, request));
      }
    }
  }

  private claim({ batch }: Thread, resource: string): boolean {
    const owner = this.owners.get(resource);
    if (owner === undefined) {
      this.owners.set(resource, batch);
      this.journal.append({ type: 'claimed', batch, time: this.time, resource });
    }
    return owner === undefined || owner === batch;
  }

  private async execute(
    thread: Thread,
    request: Extract<Request, { kind: 'invoke' | 'write' | 'read' | 'now' }>,
  ): Promise<unknown> {
    const { client } = this;
    switch (request.kind) {
      case 'now':
        this.time = await client.now();
        return this.time;
      case 'read':
        return client.read(request.paths);
      case 'write':
        return client.write(request.device, request.signal, request.value);
      default:
        return this.invoke(thread, request);
    }
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
    if (outcome.ok) sent(outcome.value.operation);
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
    { device, operation }: Extract<Request, { kind: 'waitOperation' }>,
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

  /** Ends the waits that are over; whether there was one. */
  private async wakeAny(open: readonly Thread[]): Promise<boolean> {
    const { time } = this;
    const devices = open.flatMap(({ waiting }) =>
      waiting?.kind === 'waitOperation' ? [waiting.device] : [],
    );
    const ends = await this.readOperations([...new Set(devices)]);
    let woken = false;
    for (const thread of open) {
      const { waiting } = thread;
      if (waiting === undefined) continue;
      if (waiting.kind === 'acquire') {
        if (!this.claim(thread, waiting.resource)) continue;
        thread.waiting = undefined;
        woken = true;
      } else if (waiting.kind === 'waitUntil') {
        if (time < waiting.time) continue;
        thread.waiting = undefined;
        this.answer(thread, time);
        woken = true;
      } else if (waiting.kind === 'waitOperation') {
        const end = endOf(waiting.operation, ends.get(waiting.device), time >= waiting.deadline);
        if (end === undefined) continue;
        thread.waiting = undefined;
        this.document(thread, waiting, end);
        this.answer(thread, end);
        woken = true;
      }
    }
    return woken;
  }

  private async readOperations(devices: readonly string[]) {
    if (devices.length === 0) return new Map<string, readonly SignalReading[]>();
    const readings = await this.client.read(
      devices.flatMap((device) => OPERATION_SIGNALS.map((signal) => `${device}.${signal}`)),
    );
    const width = OPERATION_SIGNALS.length;
    return new Map(
      devices.map((device, i) => [device, readings.slice(i * width, (i + 1) * width)]),
    );
  }
}

const OPERATION_SIGNALS = [
  'operationId',
  'operationState',
  'operationError',
  'operationMessage',
  'operationResult',
] as const;

function newThread(
  key: string,
  batch: string,
  task: Task<unknown>,
  parent: Thread | undefined,
): Thread {
  return {
    key,
    batch,
    task,
    parent,
    path: '',
    index: 0,
    bundles: 0,
    children: [],
    waiting: undefined,
    input: { value: undefined },
    outcome: undefined,
  };
}

/** Lets a thread run to its next request; undefined when it has ended. */
function advance(thread: Thread): Request | undefined {
  const { input, task } = thread;
  thread.input = { value: undefined };
  try {
    const step = 'error' in input ? task.throw(input.error) : task.next(input.value);
    if (step.done !== true) return step.value;
    thread.outcome = { value: step.value };
  } catch (error) {
    thread.outcome = { error };
  }
  return undefined;
}

function waitingLeaves(thread: Thread): readonly Thread[] {
  if (thread.outcome !== undefined) return [];
  return thread.waiting?.kind === 'all' ? thread.children.flatMap(waitingLeaves) : [thread];
}

function deadlineOf(waiting: Request | undefined): Micros {
  if (waiting?.kind === 'waitUntil') return waiting.time;
  if (waiting?.kind === 'waitOperation') return waiting.deadline;
  return Number.POSITIVE_INFINITY;
}

function endOf(
  operation: number,
  readings: readonly SignalReading[] = [],
  late: boolean,
): OperationEnd | undefined {
  const [id, state, code = '', message = '', result] = readings.map(({ value }) => value);
  const end = { code: String(code), message: String(message), result: parseResult(result) };
  if (Number(id) > operation) return { ...end, state: 'superseded' };
  if (Number(id) === operation && state !== 'running') {
    return { ...end, state: state as OperationEnd['state'] };
  }
  return late ? { ...end, state: 'timeout' } : undefined;
}

function parseResult(text: Value | undefined): Readonly<Record<string, Value>> {
  return typeof text === 'string' && text !== '' ? (JSON.parse(text) as Record<string, Value>) : {};
}
