import fc from 'fast-check';
import { MICROS_PER_SECOND, type Micros } from '../../../../src/kernel/time.ts';
import {
  breakDown,
  closeBlocks,
  insertShuttle,
  openBlocks,
  removeShuttle,
  repairShuttle,
} from '../../../../src/physics/traffic/disturbances.ts';
import { endOfJourney, endOfStep, type Task } from '../../../../src/physics/traffic/journey.ts';
import { type MatrixSize, planMatrixTrack } from '../../../../src/physics/traffic/matrix-track.ts';
import {
  blocksAt,
  createNetwork,
  type Network,
  type Spot,
  spotOfNode,
} from '../../../../src/physics/traffic/network.ts';
import { assignTasks, createTraffic, tasksLeft } from '../../../../src/physics/traffic/orders.ts';
import { platformHeight } from '../../../../src/physics/traffic/platform.ts';
import { FORK_CYCLE, SHUTTLE_MOTION } from '../../../../src/physics/traffic/shuttle-motion.data.ts';
import type { Traffic } from '../../../../src/physics/traffic/traffic.ts';
import { findMeetings, findTouches, type Geometry, geometryOf, sight } from './sampler.ts';

/** A matrix with its traffic, watched as time goes on. */
export interface World {
  readonly size: MatrixSize;
  readonly geometry: Geometry;
  readonly network: Network;
  readonly homes: Readonly<Record<string, Spot>>;
  traffic: Traffic;
  now: Micros;
  /** Names of tasks that were taken on and are not done. */
  readonly open: Set<string>;
  readonly done: string[];
  /** Orders that were refused although nothing was in the way. */
  readonly refused: string[];
  orders: number;
  /** What should not have happened. */
  readonly problems: string[];
  readonly heights: Map<number, number>;
}

export type Action =
  | {
      readonly kind: 'order';
      readonly shuttle: number;
      readonly from: number;
      readonly to: number;
      readonly shift: number;
      readonly load: 'cassette' | 'module';
    }
  | { readonly kind: 'break' | 'repair' | 'exchange'; readonly shuttle: number }
  | { readonly kind: 'close' | 'open'; readonly lift: number }
  | { readonly kind: 'wait'; readonly time: Micros };

/** Time between two looks at all shuttles. */
const LOOK: Micros = MICROS_PER_SECOND / 4;

export const sizeArbitrary: fc.Arbitrary<MatrixSize> = fc.record({
  aisles: fc.integer({ min: 1, max: 3 }),
  columns: fc.integer({ min: 2, max: 8 }),
  levels: fc.integer({ min: 1, max: 4 }),
  farLifts: fc.boolean(),
  aislePitch: fc.constant(2.4),
  columnPitch: fc.constant(0.65),
  levelPitch: fc.constant(1.15),
  firstLevel: fc.constant(0.1),
});

const wait: fc.Arbitrary<Action> = fc.record({
  kind: fc.constant('wait' as const),
  time: fc.integer({ min: 1, max: 12 * MICROS_PER_SECOND }),
});

const order: fc.Arbitrary<Action> = fc.record({
  kind: fc.constant('order' as const),
  shuttle: fc.nat(99),
  from: fc.nat(999),
  to: fc.nat(999),
  shift: fc.constantFrom(0, 0, 0.14, -0.14),
  load: fc.constantFrom('cassette' as const, 'cassette' as const, 'module' as const),
});

const disturbance: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('break' as const, 'repair' as const, 'exchange' as const),
    shuttle: fc.nat(99),
  }),
  fc.record({ kind: fc.constantFrom('close' as const, 'open' as const), lift: fc.nat(99) }),
);

/** Orders with time between them. */
export const calmActions = fc.array(fc.oneof(order, wait), { minLength: 10, maxLength: 60 });

/** Orders, breakdowns and repairs with time between them. */
export const wildActions = fc.array(
  fc.oneof({ weight: 2, arbitrary: order }, { weight: 2, arbitrary: wait }, disturbance),
  { minLength: 10, maxLength: 80 },
);

export function createWorld(size: MatrixSize, shuttles: number): World {
  const plan = planMatrixTrack(size, SHUTTLE_MOTION);
  const network = createNetwork(plan);
  const berths = plan.nodes.filter(({ id }) => id.startsWith('berth-')).slice(0, shuttles);
  const homes = Object.fromEntries(
    berths.map(({ id }, k) => [`shuttle-${k + 1}`, spotOfNode(network, id) as Spot]),
  );
  return {
    size,
    geometry: geometryOf(plan),
    network,
    homes,
    traffic: createTraffic(network, homes),
    now: 0,
    open: new Set(),
    done: [],
    refused: [],
    orders: 0,
    problems: [],
    heights: new Map(),
  };
}

/** The place in front of a column, counted through all. */
export function columnSpot({ network, size }: World, number: number, shift = 0): Spot {
  const { aisles, columns, levels } = size;
  const column = 1 + (number % columns);
  const level = 1 + (Math.floor(number / columns) % levels);
  const aisle = 1 + (Math.floor(number / columns / levels) % aisles);
  const { line, offset } = spotOfNode(network, `column-${aisle}-${level}-${column}`) as Spot;
  return { line, offset: offset + shift };
}

/** Time goes on to `until`; all shuttles and platforms are looked at on the way. */
export function pass(world: World, until: Micros): void {
  const { network, geometry, problems, traffic, heights } = world;
  const berths = Object.fromEntries(
    Object.entries(traffic.shuttles).map(([id, { home }]) => {
      return [network.blocks[blocksAt(network, home)[0] as number], id] as const;
    }),
  );
  for (let t = world.now; t < until; t += LOOK) {
    const sightings = sight(network, traffic, t);
    for (const meeting of findMeetings(geometry, sightings, berths))
      problems.push(`${meeting} at ${t}`);
    for (const touch of findTouches(sightings)) problems.push(`${touch} at ${t}`);
    // Platforms go, never jump.
    network.isShaft.forEach((isShaft, block) => {
      if (!isShaft) return;
      const height = platformHeight(network, traffic, block, t);
      const step = Math.abs(height - (heights.get(block) ?? height));
      const most = SHUTTLE_MOTION.limits.lift.empty.velocity * (LOOK / MICROS_PER_SECOND);
      if (step > most * 1.001) problems.push(`the platform of ${block} jumps at ${t}`);
      heights.set(block, height);
    });
  }
  for (const { journey } of Object.values(traffic.shuttles)) {
    for (const step of journey.steps) {
      if (step.kind !== 'task') continue;
      const end = endOfStep(network, step);
      if (end <= world.now || end > until) continue;
      if (!world.open.delete(step.task.name)) problems.push(`${step.task.name} is done twice`);
      world.done.push(step.task.name);
    }
  }
  world.now = until;
}

/** Gives a shuttle two tasks; whether it took them. */
export function giveOrder(
  world: World,
  id: string,
  from: Spot,
  to: Spot,
  load: 'cassette' | 'module' = 'cassette',
): boolean {
  const { network, now } = world;
  const number = ++world.orders;
  const duration = FORK_CYCLE * MICROS_PER_SECOND;
  const tasks: Task[] = [
    { name: `${id} picks ${number}`, spot: from, duration, load },
    { name: `${id} places ${number}`, spot: to, duration, load: 'empty' },
  ];
  const next = assignTasks(network, world.traffic, id, tasks, now);
  if (next === undefined) return false;
  world.traffic = next;
  for (const { name } of tasks) world.open.add(name);
  return true;
}

export function act(world: World, action: Action): void {
  const { network, now, traffic, open } = world;
  const ids = Object.keys(traffic.shuttles).sort();
  const idOf = (number: number): string => ids[number % ids.length] ?? '';
  const shafts = network.blocks.filter((_, block) => network.isShaft[block]);
  switch (action.kind) {
    case 'wait':
      pass(world, now + action.time);
      return;
    case 'order': {
      const id = idOf(action.shuttle);
      const record = traffic.shuttles[id];
      if (record === undefined || record.broken || record.held !== undefined) return;
      if (record.suspended.length > 0 || tasksLeft(network, record.journey, now).length > 0) return;
      const from = columnSpot(world, action.from, action.shift);
      const to = columnSpot(world, action.to);
      if (giveOrder(world, id, from, to, action.load)) return;
      const isFree =
        traffic.closed.length === 0 &&
        Object.values(traffic.shuttles).every(({ held, broken }) => held === undefined && !broken);
      if (isFree) world.refused.push(id);
      return;
    }
    case 'break':
      world.traffic = breakDown(network, traffic, idOf(action.shuttle), now);
      return;
    case 'repair':
      world.traffic = repairShuttle(network, traffic, idOf(action.shuttle), now);
      return;
    case 'exchange': {
      const broken = ids.filter((id) => traffic.shuttles[id]?.broken === true);
      const id = broken[action.shuttle % broken.length];
      if (id === undefined) return;
      const rest = removeShuttle(network, traffic, id, now);
      for (const name of [...open]) if (name.startsWith(`${id} `)) open.delete(name);
      world.traffic = insertShuttle(network, rest, id, world.homes[id] as Spot, now) ?? rest;
      return;
    }
    case 'close':
    case 'open': {
      const name = shafts[action.lift % shafts.length];
      if (name === undefined) return;
      const change = action.kind === 'close' ? closeBlocks : openBlocks;
      world.traffic = change(network, traffic, [name], now);
    }
  }
}

/** All is repaired and opened, then time goes on until everybody is home. */
export function comeHome(world: World): void {
  const { network } = world;
  world.traffic = openBlocks(network, world.traffic, world.traffic.closed, world.now);
  for (const id of Object.keys(world.traffic.shuttles)) {
    world.traffic = repairShuttle(network, world.traffic, id, world.now);
  }
  const journeys = Object.values(world.traffic.shuttles).map(({ journey }) => journey);
  const end = Math.max(
    world.now,
    ...journeys.map((journey) => endOfJourney(network, journey).time),
  );
  pass(world, end + 1);
}
