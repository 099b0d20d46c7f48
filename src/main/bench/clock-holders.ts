import type { Condition } from '../../kernel/condition.ts';
import { type Refusal, refusal } from '../../kernel/error-catalogue.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { Micros } from '../../kernel/time.ts';
import type { Reached, Stops } from '../twin-thread/messages.ts';

/** Up to where a holder lets time pass, and what it wants to be answered at before. */
export interface Grant {
  readonly until: Micros;
  /** Whether an operation's end or a change of an alarm ends it. */
  readonly decisive: boolean;
  readonly condition?: Condition | undefined;
}

/** Where time stands when a grant is answered. */
export interface Granted {
  readonly time: Micros;
  /** Whether the condition of the grant holds. */
  readonly met: boolean;
}

export interface HolderState {
  readonly name: string;
  /** Time up to which it has granted; absent while it thinks. */
  readonly granted?: Micros;
}

export interface ClockHolderOptions {
  advance(until: Micros, stops: Stops): Promise<Reached>;
  /** Ends an advance that is under way where it is. */
  interrupt(): void;
  /** Longest that the others wait for a holder that grants nothing [ms of wall clock]; Infinity for ever. */
  readonly patience: number;
  /** Time does not begin to pass before so many hold the clock. */
  readonly expected: number;
  log(line: string): void;
}

interface Holder {
  grant: (Grant & { readonly answer: (outcome: Result<Granted, Refusal>) => void }) | undefined;
  /** Wall clock at which it was last answered or came [ms]. */
  idleSince: number;
}

/**
 * Several clients that hold the clock of one plant in lockstep: time passes only while all of them have
 * granted some, up to the smallest grant. One that leaves, or that keeps the others waiting for
 * longer than their patience, no longer holds it; whoever grants again holds it again.
 */
export class ClockHolders {
  private readonly options: ClockHolderOptions;
  private readonly holders = new Map<string, Holder>();
  private expected: number;
  private isAwaiting = false;
  private passing = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(options: ClockHolderOptions) {
    this.options = options;
    this.expected = options.expected;
  }

  list(): readonly HolderState[] {
    return [...this.holders].map(([name, { grant }]) => ({
      name,
      ...(grant === undefined ? {} : { granted: grant.until }),
    }));
  }

  /** No time passes before another client has come, or the patience is over. */
  awaitOne(): void {
    this.isAwaiting = true;
    const { patience } = this.options;
    if (!Number.isFinite(patience)) return;
    setTimeout(() => {
      this.isAwaiting = false;
      void this.pass();
    }, patience).unref();
  }

  /** From now on no time passes without this client's grant. */
  hold(name: string): void {
    if (this.holders.has(name)) return;
    this.interrupt();
    this.holders.set(name, { grant: undefined, idleSince: performance.now() });
    this.isAwaiting = false;
    if (this.holders.size >= this.expected) this.expected = 0;
  }

  /** Lets time pass as far as this client is concerned; answered when the grant is used up. */
  grant(name: string, grant: Grant): Promise<Result<Granted, Refusal>> {
    this.hold(name);
    const holder = this.holders.get(name);
    if (holder?.grant !== undefined) {
      const words = `${name} has granted time already and is not answered yet`;
      return Promise.resolve(err(refusal('BUSY', words)));
    }
    return new Promise((answer) => {
      if (holder !== undefined) holder.grant = { ...grant, answer };
      void this.pass();
    });
  }

  /** The client no longer holds the clock; a grant under way is refused. */
  release(name: string, why = `${name} no longer holds the clock`): void {
    const holder = this.holders.get(name);
    if (holder === undefined) return;
    this.interrupt();
    this.holders.delete(name);
    holder.grant?.answer(err(refusal('ABORTED', why)));
    void this.pass();
  }

  /** Everybody but one is gone, and nobody else is expected. */
  leaveTo(name: string): void {
    this.expected = 0;
    this.isAwaiting = false;
    for (const other of [...this.holders.keys()]) if (other !== name) this.release(other);
    void this.pass();
  }

  /** Refuses all grants under way, because time passes otherwise from now on. */
  dismiss(why: Refusal): void {
    this.interrupt();
    for (const holder of this.holders.values()) answer(holder, err(why));
  }

  /** The grants have changed while time passes by them. */
  private interrupt(): void {
    if (this.passing) this.options.interrupt();
  }

  private async pass(): Promise<void> {
    if (this.passing) return;
    this.passing = true;
    try {
      while (this.isGranted()) await this.advance();
    } finally {
      this.passing = false;
    }
    this.watchIdle();
  }

  private isGranted(): boolean {
    const holders = [...this.holders.values()];
    const isComplete = holders.length > 0 && this.expected === 0 && !this.isAwaiting;
    return isComplete && holders.every(({ grant }) => grant !== undefined);
  }

  private async advance(): Promise<void> {
    const granting = [...this.holders.values()].flatMap((holder) =>
      holder.grant === undefined ? [] : [{ holder, grant: holder.grant }],
    );
    const watching = granting.flatMap(({ holder, grant: { condition } }) =>
      condition === undefined ? [] : [{ holder, condition }],
    );
    const until = Math.min(...granting.map(({ grant }) => grant.until));
    const decisive = granting.some(({ grant }) => grant.decisive);
    const reached = await this.options.advance(until, {
      decisive,
      conditions: watching.map(({ condition }) => condition),
    });
    if (!reached.lockstep) {
      this.dismiss(refusal('WRONG_STATE', 'time is not held in lockstep; nobody can grant it'));
      return;
    }
    const { time } = reached;
    for (const { holder, grant } of granting) {
      if (holder.grant !== grant) continue;
      const place = watching.findIndex((other) => other.holder === holder);
      const met = place >= 0 && reached.met[place] === true;
      if (met || time >= grant.until || (reached.decisive && grant.decisive)) {
        answer(holder, ok({ time, met }));
      }
    }
  }

  /** Releases in time whoever keeps others waiting. */
  private watchIdle(): void {
    clearTimeout(this.timer);
    const { patience, log } = this.options;
    const all = [...this.holders];
    if (!Number.isFinite(patience) || all.every(([, { grant }]) => grant === undefined)) return;
    const now = performance.now();
    let soonest = Number.POSITIVE_INFINITY;
    for (const [name, { grant, idleSince }] of all) {
      if (grant !== undefined) continue;
      const left = patience - (now - idleSince);
      if (left > 0) soonest = Math.min(soonest, left);
      else {
        log(`${name} granted no time for ${patience / 1000} s and no longer holds the clock`);
        this.release(name);
        return;
      }
    }
    if (!Number.isFinite(soonest)) return;
    this.timer = setTimeout(() => this.watchIdle(), soonest + 1);
    this.timer.unref();
  }
}

function answer(holder: Holder, outcome: Result<Granted, Refusal>): void {
  const { grant } = holder;
  holder.grant = undefined;
  holder.idleSince = performance.now();
  grant?.answer(outcome);
}
