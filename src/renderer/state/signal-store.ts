import type { SignalsMessage, SignalTextsMessage } from '../../kernel/bridge-contract.ts';

/** Latest value of a signal; `text` for texts. */
export interface LiveValue {
  readonly value: number;
  readonly text: string | undefined;
  readonly quality: number;
  readonly time: number;
}

type Subscribe = (subscription: number, signals: readonly string[]) => void;
/** Called after new values, with their simulated time [us]. */
type Listener = (time: number) => void;

/**
 * Values of the signals that something on screen shows. Only those are subscribed: panels that are
 * closed cost nothing.
 */
class SignalStore {
  private readonly wanted = new Map<string, number>();
  private readonly values = new Map<string, LiveValue>();
  private readonly listeners = new Set<Listener>();
  private subscribe: Subscribe = () => undefined;
  private subscription = 0;
  private subscribed: readonly string[] = [];
  private pending = false;

  connect(subscribe: Subscribe): void {
    this.subscribe = subscribe;
  }

  /** Asks for signals until the returned function is called. */
  want(paths: readonly string[]): () => void {
    for (const path of paths) this.wanted.set(path, (this.wanted.get(path) ?? 0) + 1);
    this.schedule();
    return () => {
      for (const path of paths) {
        const left = (this.wanted.get(path) ?? 0) - 1;
        if (left > 0) this.wanted.set(path, left);
        else this.wanted.delete(path);
      }
      this.schedule();
    };
  }

  latest(path: string): LiveValue | undefined {
    return this.values.get(path);
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Sends the subscription again, after a new connection. */
  resubscribe(): void {
    this.subscribed = [...this.wanted.keys()];
    this.subscription++;
    this.subscribe(this.subscription, this.subscribed);
  }

  acceptValues(message: SignalsMessage): void {
    if (message.subscription !== this.subscription) return;
    const indices = new Uint32Array(message.indices);
    const values = new Float64Array(message.values);
    const qualities = new Uint8Array(message.qualities);
    for (let i = 0; i < indices.length; i++) {
      const path = this.subscribed[indices[i] as number];
      if (path === undefined) continue;
      const text = this.values.get(path)?.text;
      const value = values[i] as number;
      this.values.set(path, { value, text, quality: qualities[i] as number, time: message.time });
    }
    for (const listener of this.listeners) listener(message.time);
  }

  acceptTexts(message: SignalTextsMessage): void {
    if (message.subscription !== this.subscription) return;
    for (const { index, text } of message.texts) {
      const path = this.subscribed[index];
      if (path === undefined) continue;
      const quality = this.values.get(path)?.quality ?? 0;
      this.values.set(path, { value: Number.NaN, text, quality, time: message.time });
    }
    for (const listener of this.listeners) listener(message.time);
  }

  /** One subscription for all panels that change in the same turn. */
  private schedule(): void {
    if (this.pending) return;
    this.pending = true;
    queueMicrotask(() => {
      this.pending = false;
      const same =
        this.subscribed.length === this.wanted.size &&
        this.subscribed.every((path) => this.wanted.has(path));
      if (!same) this.resubscribe();
    });
  }
}

export const signalStore = new SignalStore();
