import type { ClientSession, DataValue, NodeId } from 'node-opcua';
import type { Passed, PlantDescription } from '../../../../kernel/plant-contract.ts';
import type { Micros } from '../../../../kernel/time.ts';
import type { Opcua } from '../opcua-module.ts';

/** Waits on a server whose clock runs by itself. */
export interface Waiter {
  /** Undefined when the clock has come to be held in lockstep, so that waiting is of no use. */
  waitUntil(until: Micros): Promise<Passed | undefined>;
  close(): Promise<void>;
}

/** Value of `Mode` while clients grant time. */
export const LOCKSTEP = 'lockstep';

/** Period of notifications [ms]. */
const PUBLISHING_INTERVAL = 50;

/**
 * Follows simulated time and what changes by subscription. What ended or was raised since the last
 * wait ends the next one at once, so nothing is missed between two waits; when more has changed than
 * the server remembers, every device counts as changed.
 */
export async function createWaiter(
  opcua: Opcua,
  session: ClientSession,
  nodeOf: (name: string) => NodeId,
  plant: PlantDescription,
): Promise<Waiter> {
  const names = ['SimulatedTime', 'RecentChanges', 'Mode'] as const;
  let time = 0;
  let count = 0;
  let recent: readonly string[] = [];
  let mode = '';
  const take = (name: (typeof names)[number], value: unknown): void => {
    if (name === 'SimulatedTime') time = value as number;
    else if (name === 'Mode') mode = value as string;
    else {
      const [total, ...devices] = value as string[];
      count = Number(total);
      recent = devices;
    }
  };
  const initial = await session.read(
    names.map((name) => ({ nodeId: nodeOf(name), attributeId: opcua.AttributeIds.Value })),
  );
  names.forEach((name, i) => take(name, initial[i]?.value.value));
  let seen = count;
  let wake: () => void = () => {};
  let closed = false;

  const subscription = await session.createSubscription2({
    requestedPublishingInterval: PUBLISHING_INTERVAL,
    requestedLifetimeCount: 1000,
    requestedMaxKeepAliveCount: 20,
    maxNotificationsPerPublish: 0,
    publishingEnabled: true,
    priority: 1,
  });
  const end = (): void => {
    closed = true;
    wake();
  };
  subscription.on('terminated', end);
  session.on('session_closed', end);
  for (const name of names) {
    const item = await subscription.monitor(
      { nodeId: nodeOf(name), attributeId: opcua.AttributeIds.Value },
      { samplingInterval: 0, queueSize: 1, discardOldest: true },
      opcua.TimestampsToReturn.Source,
    );
    item.on('changed', (value: DataValue) => {
      take(name, value.value.value);
      wake();
    });
  }

  return {
    async waitUntil(until) {
      for (;;) {
        if (time >= until || count > seen) {
          const fresh = count - seen;
          seen = count;
          if (fresh > recent.length) return { time, changed: plant.devices.map(({ id }) => id) };
          return { time, changed: fresh === 0 ? [] : [...new Set(recent.slice(-fresh))] };
        }
        if (mode === LOCKSTEP) return undefined;
        if (closed) throw new Error('the connection to the OPC UA server was lost');
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    async close() {
      await subscription.terminate();
    },
  };
}
