import { openStream } from '../src/kernel/random.ts';
import { MICROS_PER_SECOND } from '../src/kernel/time.ts';
import { endOfStep, type Task } from '../src/physics/traffic/journey.ts';
import { planMatrixTrack } from '../src/physics/traffic/matrix-track.ts';
import { createNetwork, type Spot, spotOfNode } from '../src/physics/traffic/network.ts';
import { assignTasks, createTraffic, tasksLeft } from '../src/physics/traffic/orders.ts';
import { FORK_CYCLE, SHUTTLE_MOTION } from '../src/physics/traffic/shuttle-motion.data.ts';

/** What a plan costs and how long a transfer takes in a matrix of 416 modules, by shuttles and load. */
const SEED = 400;
const ORDERS = 400;

function run(shuttles: number, everySeconds: number, farLifts: boolean): void {
  const size = { aisles: 4, columns: 13, levels: 4, columnPitch: 0.65, levelPitch: 1.15 };
  const network = createNetwork(
    planMatrixTrack({ ...size, aislePitch: 2.4, firstLevel: 0.1, farLifts }, SHUTTLE_MOTION),
  );
  const ids = Array.from({ length: shuttles }, (_, k) => `shuttle-${k + 1}`);
  const homes = ids.map((id, k) => [id, spotOfNode(network, `berth-${k + 1}`) as Spot] as const);
  let traffic = createTraffic(network, Object.fromEntries(homes));
  const draws = openStream(SEED, 'bench', 'traffic');
  const draw = (count: number): number => 1 + Math.floor(draws.uniform() * count);
  const place = (): Spot => spotOfNode(network, `column-${draw(4)}-${draw(4)}-${draw(13)}`) as Spot;
  const duration = FORK_CYCLE * MICROS_PER_SECOND;
  const costs: number[] = [];
  const transfers: number[] = [];
  let now = 0;
  while (costs.length < ORDERS) {
    now += Math.round(2 * everySeconds * draws.uniform() * MICROS_PER_SECOND);
    const idle = ids.find((id) => {
      const journey = traffic.shuttles[id]?.journey;
      return journey !== undefined && tasksLeft(network, journey, now).length === 0;
    });
    if (idle === undefined) continue;
    const tasks: Task[] = [
      { name: 'pick', spot: place(), duration, load: 'cassette' },
      { name: 'place', spot: place(), duration, load: 'empty' },
    ];
    const begin = process.cpuUsage().user;
    traffic = assignTasks(network, traffic, idle, tasks, now) ?? traffic;
    costs.push((process.cpuUsage().user - begin) / 1000);
    const last = traffic.shuttles[idle]?.journey.steps.findLast(({ kind }) => kind === 'task');
    if (last !== undefined) transfers.push((endOfStep(network, last) - now) / MICROS_PER_SECOND);
  }
  const at = (list: number[], part: number): string => {
    const sorted = [...list].sort((a, b) => a - b);
    return (sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(1).padStart(7);
  };
  console.log(
    `${String(shuttles).padStart(8)} ${farLifts ? '      8' : '      4'} ${String(everySeconds).padStart(8)} s` +
      `  ${at(costs, 0.5)} ${at(costs, 0.99)} ms  ${at(transfers, 0.5)} ${at(transfers, 0.95)} s`,
  );
}

console.log('shuttles   lifts  order per   plan: median 99 %   transfer: median 95 %');
for (const [shuttles, every, farLifts] of [
  [16, 60, false],
  [16, 60, true],
  [16, 25, true],
  [36, 18, true],
] as const) {
  run(shuttles, every, farLifts);
}
