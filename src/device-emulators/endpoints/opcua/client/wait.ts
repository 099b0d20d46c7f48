import type { ClientSession, DataValue, NodeId } from 'node-opcua';
import type { Micros } from '../../../../kernel/time.ts';
import type { Opcua } from '../opcua-module.ts';

/** Waits on a server whose clock runs by itself. */
export interface Waiter {
  waitUntil(until: Micros): Promise<Micros>;
  close(): Promise<void>;
}

/** Period of notifications [ms]. */
const PUBLISHING_INTERVAL = 50;

/**
 * Follows simulated time and the counts of ended operations and raised alarms by subscription.
 * What ended or was raised since the last wait ends the next one at once, so nothing is missed
 * between two waits.
 */
export async function createWaiter(
  opcua: Opcua,
  session: ClientSession,
  nodeOf: (name: string) => NodeId,
): Promise<Waiter> {
  const latest = { SimulatedTime: 0, OperationsEnded: 0, AlarmsRaised: 0 };
  type Name = keyof typeof latest;
  const names = Object.keys(latest) as Name[];
  const initial = await session.read(
    names.map((name) => ({ nodeId: nodeOf(name), attributeId: opcua.AttributeIds.Value })),
  );
  names.forEach((name, i) => {
    latest[name] = initial[i]?.value.value as number;
  });
  const seen = { ended: latest.OperationsEnded, raised: latest.AlarmsRaised };
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
      latest[name] = value.value.value as number;
      wake();
    });
  }

  return {
    async waitUntil(until) {
      for (;;) {
        const { SimulatedTime, OperationsEnded, AlarmsRaised } = latest;
        if (SimulatedTime >= until || OperationsEnded > seen.ended || AlarmsRaised > seen.raised) {
          seen.ended = OperationsEnded;
          seen.raised = AlarmsRaised;
          return SimulatedTime;
        }
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
