import { z } from 'zod';
import { MAX_SUBSCRIBED_SIGNALS } from '../../kernel/bridge-contract.ts';

const name = z.string().max(200);
const value = z.union([z.number(), z.boolean(), z.string().max(1000)]);

/** What a view may send; anything else is answered as an invalid parameter. */
export const REQUESTS = {
  subscribe: z.strictObject({
    subscription: z.number(),
    signals: z.array(name).max(MAX_SUBSCRIBED_SIGNALS).readonly(),
  }),
  command: z.strictObject({ device: name, command: name, parameters: z.record(name, value) }),
  write: z.strictObject({ device: name, signal: name, value }),
  acknowledge: z.strictObject({ device: name, alarm: name, comment: z.string().max(1000) }),
  fault: z.strictObject({ device: name, fault: name, active: z.boolean() }),
  journey: z.union([z.strictObject({ batch: name.min(1) }), z.strictObject({ device: name })]),
  time: z.strictObject({
    action: z.enum(['run', 'freeze', 'step']),
    speed: z.union([z.number().min(0.1).max(1e6), z.literal('max')]).optional(),
  }),
} as const;

/** Requests of one view per second, and how many may come at once. */
const RATE = 50;
const BURST = 200;

/** Token bucket over the wall clock [ms]. */
export class RequestLimit {
  private tokens = BURST;
  private last: number;
  private readonly wall: () => number;

  constructor(wall: () => number) {
    this.wall = wall;
    this.last = wall();
  }

  /** Whether one more request is fine. */
  take(): boolean {
    const now = this.wall();
    this.tokens = Math.min(BURST, this.tokens + ((now - this.last) / 1000) * RATE);
    this.last = now;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
