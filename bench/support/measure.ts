import { EventQueue } from '../../src/kernel/event-queue.ts';

/** CPU and wall time of some work [s]. */
export async function timed<T>(
  work: () => T | Promise<T>,
): Promise<{ readonly result: T; readonly cpu: number; readonly wall: number }> {
  const from = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const wall = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(from);
  return { result, cpu: (user + system) / 1e6, wall };
}

/** Share of a core that this process uses in some seconds. */
export async function load(seconds: number): Promise<number> {
  const { cpu, wall } = await timed(
    () => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000)),
  );
  return cpu / wall;
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} % of one core`;
}

/** Peer of what the twin does: so many bare events through the queue. */
export function passEvents(events: number): void {
  const queue = new EventQueue<number>();
  for (let i = 0; i < 1000; i++) queue.push(i, 1, i);
  for (let i = 0; i < events; i++) {
    const next = queue.peek();
    if (next === undefined) return;
    queue.pop();
    queue.push(next.time + 1000, 1, next.payload);
  }
}
