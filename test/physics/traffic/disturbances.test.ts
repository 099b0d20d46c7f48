import { describe, expect, it } from 'vitest';
import { MICROS_PER_SECOND } from '../../../src/kernel/time.ts';
import {
  breakDown,
  closeBlocks,
  insertShuttle,
  openBlocks,
  removeShuttle,
  repairShuttle,
} from '../../../src/physics/traffic/disturbances.ts';
import { endOfJourney, motionAt, stepAt } from '../../../src/physics/traffic/journey.ts';
import type { Spot } from '../../../src/physics/traffic/network.ts';
import { assignTasks } from '../../../src/physics/traffic/orders.ts';
import type { ShuttleTraffic } from '../../../src/physics/traffic/traffic.ts';
import { columnSpot, comeHome, createWorld, giveOrder, pass, type World } from './support/world.ts';

const SIZE = {
  aisles: 1,
  columns: 6,
  levels: 2,
  farLifts: true,
  aislePitch: 2.4,
  columnPitch: 0.65,
  levelPitch: 1.15,
  firstLevel: 0.1,
};

/** Places in front of columns of level 1 and 2. */
const low = (world: World, column: number): Spot => columnSpot(world, column - 1);
const high = (world: World, column: number): Spot => columnSpot(world, 5 + column);

function shuttle(world: World, number: number): ShuttleTraffic {
  return world.traffic.shuttles[`shuttle-${number}`] as ShuttleTraffic;
}

/** Time goes on until a shuttle does something of a kind. */
function passUntil(world: World, number: number, kind: string): void {
  for (let k = 0; k < 1000; k++) {
    if (stepAt(world.network, shuttle(world, number).journey, world.now)?.kind === kind) return;
    pass(world, world.now + MICROS_PER_SECOND / 4);
  }
  throw new Error(`shuttle-${number} never came to a ${kind}`);
}

/** Time goes on until the journeys of now are over. */
function passAll(world: World): void {
  const ends = Object.values(world.traffic.shuttles).map(
    ({ journey }) => endOfJourney(world.network, journey).time,
  );
  pass(world, Math.max(world.now, ...ends) + 1);
}

describe('a shuttle that breaks down', () => {
  it('brakes, keeps its place and goes on where it stood after its repair', () => {
    const world = createWorld(SIZE, 1);
    giveOrder(world, 'shuttle-1', low(world, 5), low(world, 2));
    pass(world, 2 * MICROS_PER_SECOND);
    const { network } = world;
    const speed = motionAt(network, shuttle(world, 1).journey, world.now).velocity;
    expect(Math.abs(speed)).toBeGreaterThan(0.1);
    world.traffic = breakDown(network, world.traffic, 'shuttle-1', world.now);
    expect(motionAt(network, shuttle(world, 1).journey, world.now).velocity).toBeCloseTo(speed, 6);
    passAll(world);
    const rest = motionAt(network, shuttle(world, 1).journey, world.now);
    expect(rest.velocity).toBe(0);
    expect(assignTasks(network, world.traffic, 'shuttle-1', [], world.now)).toBeUndefined();
    world.traffic = repairShuttle(network, world.traffic, 'shuttle-1', world.now);
    expect(motionAt(network, shuttle(world, 1).journey, world.now).position).toBe(rest.position);
    comeHome(world);
    expect(world.done).toEqual(['shuttle-1 picks 1', 'shuttle-1 places 1']);
    expect(world.problems).toEqual([]);
  });

  it('ends a task that it was at without beginning it anew', () => {
    const world = createWorld(SIZE, 1);
    giveOrder(world, 'shuttle-1', low(world, 5), low(world, 2));
    const { network } = world;
    passUntil(world, 1, 'task');
    pass(world, world.now + 3 * MICROS_PER_SECOND);
    world.traffic = breakDown(network, world.traffic, 'shuttle-1', world.now);
    pass(world, world.now + 60 * MICROS_PER_SECOND);
    expect(world.done).toEqual([]);
    world.traffic = repairShuttle(network, world.traffic, 'shuttle-1', world.now);
    pass(world, world.now + 4.5 * MICROS_PER_SECOND);
    expect(world.done).toEqual(['shuttle-1 picks 1']);
  });

  it('makes another that cannot pass it come home with its order, and go again after the repair', () => {
    const world = createWorld({ ...SIZE, levels: 1 }, 2);
    const { network } = world;
    giveOrder(world, 'shuttle-1', low(world, 3), low(world, 2));
    passUntil(world, 1, 'task');
    giveOrder(world, 'shuttle-2', low(world, 6), low(world, 5));
    world.traffic = breakDown(network, world.traffic, 'shuttle-1', world.now);
    expect(shuttle(world, 2).suspended.map(({ name }) => name)).toEqual([
      'shuttle-2 picks 2',
      'shuttle-2 places 2',
    ]);
    passAll(world);
    world.traffic = repairShuttle(network, world.traffic, 'shuttle-1', world.now);
    expect(shuttle(world, 2).suspended).toEqual([]);
    comeHome(world);
    expect(world.done).toHaveLength(4);
    expect(world.problems).toEqual([]);
  });

  it('can be taken away and put into its berth, which frees the way', () => {
    const world = createWorld({ ...SIZE, levels: 1 }, 2);
    const { network } = world;
    giveOrder(world, 'shuttle-1', low(world, 3), low(world, 2));
    passUntil(world, 1, 'task');
    world.traffic = breakDown(network, world.traffic, 'shuttle-1', world.now);
    expect(giveOrder(world, 'shuttle-2', low(world, 6), low(world, 5))).toBe(false);
    world.traffic = removeShuttle(network, world.traffic, 'shuttle-1', world.now);
    const home = world.homes['shuttle-1'] as Spot;
    const back = insertShuttle(network, world.traffic, 'shuttle-1', home, world.now);
    expect(back).toBeDefined();
    world.traffic = back ?? world.traffic;
    expect(insertShuttle(network, world.traffic, 'shuttle-1', home, world.now)).toBeUndefined();
    expect(giveOrder(world, 'shuttle-2', low(world, 6), low(world, 5))).toBe(true);
  });
});

describe('a lift that fails', () => {
  it('is avoided while there is another, and shuts off its level otherwise', () => {
    const world = createWorld(SIZE, 1);
    const { network } = world;
    const close = (name: string) => {
      world.traffic = closeBlocks(network, world.traffic, [name], world.now);
    };
    close('lift-1-near');
    expect(giveOrder(world, 'shuttle-1', low(world, 1), high(world, 1))).toBe(true);
    const lifts = shuttle(world, 1).journey.steps.flatMap((step) =>
      step.kind === 'leg' && network.lines[step.line]?.kind === 'lift' ? [step.line] : [],
    );
    expect(lifts.length).toBeGreaterThan(0);
    close('lift-1-far');
    // The order waits for a lift, the shuttle for the order.
    expect(shuttle(world, 1).suspended).toHaveLength(2);
    passAll(world);
    world.traffic = openBlocks(network, world.traffic, ['lift-1-near'], world.now);
    expect(shuttle(world, 1).suspended).toEqual([]);
    comeHome(world);
    expect(world.done).toHaveLength(2);
    expect(world.problems).toEqual([]);
  });

  it('keeps a shuttle that it carries where it is until it works again', () => {
    const world = createWorld({ ...SIZE, farLifts: false }, 1);
    const { network } = world;
    giveOrder(world, 'shuttle-1', high(world, 3), low(world, 3));
    for (let k = 0; k < 400; k++) {
      const { line } = motionAt(network, shuttle(world, 1).journey, world.now);
      if (network.lines[line]?.kind === 'lift') break;
      pass(world, world.now + MICROS_PER_SECOND / 4);
    }
    pass(world, world.now + MICROS_PER_SECOND);
    world.traffic = closeBlocks(network, world.traffic, ['lift-1-near'], world.now);
    expect(shuttle(world, 1).held).toBeDefined();
    pass(world, world.now + 60 * MICROS_PER_SECOND);
    const { line, position } = motionAt(network, shuttle(world, 1).journey, world.now);
    expect(network.lines[line]?.kind).toBe('lift');
    expect(position).toBeGreaterThan(0);
    expect(position).toBeLessThan(1.15);
    comeHome(world);
    expect(world.done).toHaveLength(2);
    expect(world.problems).toEqual([]);
  });
});
