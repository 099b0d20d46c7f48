import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openStream } from '../../../src/kernel/random.ts';
import { hashState } from '../../../src/kernel/state-hash.ts';
import { MICROS_PER_SECOND } from '../../../src/kernel/time.ts';
import { endOfStep, loadAt, motionAt } from '../../../src/physics/traffic/journey.ts';
import { pointAt } from '../../../src/physics/traffic/network.ts';
import { isParked } from '../../../src/physics/traffic/orders.ts';
import { SHUTTLE_MOTION } from '../../../src/physics/traffic/shuttle-motion.data.ts';
import type { ShuttleTraffic } from '../../../src/physics/traffic/traffic.ts';
import {
  act,
  type Action,
  calmActions,
  columnSpot,
  comeHome,
  createWorld,
  giveOrder,
  pass,
  sizeArbitrary,
  wildActions,
  type World,
} from './support/world.ts';

const SEED = 416;

/** Four aisles of 13 columns and 4 levels with modules on both sides: 416 modules. */
const MATRIX = {
  aisles: 4,
  columns: 13,
  levels: 4,
  farLifts: true,
  aislePitch: 2.4,
  columnPitch: 0.65,
  levelPitch: 1.15,
  firstLevel: 0.1,
};

function play(world: World, actions: readonly Action[]): World {
  for (const action of actions) act(world, action);
  comeHome(world);
  return world;
}

function expectAllHome({ network, traffic, now, open, problems, refused }: World): void {
  expect(problems).toEqual([]);
  expect(refused).toEqual([]);
  expect([...open]).toEqual([]);
  for (const record of Object.values(traffic.shuttles)) {
    expect(isParked(network, record, now)).toBe(true);
    expect(record.suspended).toEqual([]);
  }
}

const shuttles = fc.integer({ min: 1, max: 12 });

describe(`traffic without disturbances (seed ${SEED})`, () => {
  it('takes every order, does it once and brings all home; no two shuttles share a block', () => {
    fc.assert(
      fc.property(sizeArbitrary, shuttles, calmActions, (size, count, actions) => {
        const world = play(createWorld(size, count), actions);
        expectAllHome(world);
        expect(world.done).toHaveLength(2 * world.orders);
      }),
      { seed: SEED, numRuns: 25 },
    );
  });

  it('is a function of orders and their times alone', () => {
    fc.assert(
      fc.property(sizeArbitrary, shuttles, wildActions, (size, count, actions) => {
        const [a, b] = [createWorld(size, count), createWorld(size, count)];
        for (const action of actions) {
          act(a, action);
          act(b, action);
        }
        expect(hashState(a.traffic)).toBe(hashState(b.traffic));
        expect(JSON.parse(JSON.stringify(a.traffic))).toEqual(a.traffic);
      }),
      { seed: SEED, numRuns: 10 },
    );
  });

  it('keeps speed and acceleration within the limits of track and load', () => {
    fc.assert(
      fc.property(sizeArbitrary, calmActions, (size, actions) => {
        const world = createWorld(size, 4);
        const dt = 0.02;
        for (const action of actions) {
          act(world, action);
          const { network, traffic, now } = world;
          for (const { journey } of Object.values(traffic.shuttles)) {
            for (let t = now; t < now + 3 * MICROS_PER_SECOND; t += 110_000) {
              const at = (k: number) => motionAt(network, journey, t + k * dt * MICROS_PER_SECOND);
              const point = (k: number) =>
                pointAt(network, { line: at(k).line, offset: at(k).position });
              const [p, q, r] = [point(0), point(1), point(2)];
              const length = (v: number[]) => Math.hypot(...v);
              const speed = length([0, 1, 2].map((i) => (r[i as 0] - p[i as 0]) / (2 * dt)));
              const change = length(
                [0, 1, 2].map((i) => (r[i as 0] - 2 * q[i as 0] + p[i as 0]) / dt ** 2),
              );
              const kind = network.lines[at(1).line]?.kind ?? 'rail';
              const limits = SHUTTLE_MOTION.limits[kind][loadAt(network, journey, t)];
              expect(speed).toBeLessThan(limits.velocity + 1e-3);
              expect(change).toBeLessThan(limits.acceleration + 2e-3);
            }
          }
        }
      }),
      { seed: SEED, numRuns: 10 },
    );
  });
});

describe(`traffic with breakdowns and failing lifts (seed ${SEED})`, () => {
  it('stays free of meetings, and all is done once all is repaired', () => {
    fc.assert(
      fc.property(sizeArbitrary, shuttles, wildActions, (size, count, actions) => {
        expectAllHome(play(createWorld(size, count), actions));
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it('leaves a dead end in which those who stopped stand in the way of one another', () => {
    // One aisle on one level, many shuttles: whoever stops on its rail or before it shuts it off.
    const narrow = { ...MATRIX, aisles: 2, levels: 1, columns: 6, farLifts: false };
    fc.assert(
      fc.property(wildActions, (actions) => {
        expectAllHome(play(createWorld(narrow, 8), actions));
      }),
      { seed: SEED, numRuns: 40 },
    );
  });
});

describe('a matrix of 416 modules', () => {
  it('carries a cassette within half a minute to four minutes', () => {
    const world = createWorld(MATRIX, 16);
    const draws = openStream(SEED, 'matrix', 'orders');
    const times: number[] = [];
    const ids = Object.keys(world.traffic.shuttles);
    for (let n = 0; n < 30; n++) {
      const id = ids[n % ids.length] as string;
      const [from, to] = [draws.uniform(), draws.uniform()].map((u) =>
        columnSpot(world, Math.floor(u * 208)),
      );
      if (from === undefined || to === undefined) continue;
      expect(giveOrder(world, id, from, to)).toBe(true);
      const { journey } = world.traffic.shuttles[id] as ShuttleTraffic;
      const last = journey.steps.findLast((step) => step.kind === 'task');
      if (last === undefined) continue;
      times.push((endOfStep(world.network, last) - world.now) / MICROS_PER_SECOND);
      pass(world, world.now + 60 * MICROS_PER_SECOND);
    }
    expect(Math.min(...times)).toBeGreaterThan(30);
    expect(Math.max(...times)).toBeLessThan(240);
    expect(world.problems).toEqual([]);
  });

  it('lets a shuttle turn round on its way home', () => {
    const world = createWorld(MATRIX, 2);
    const near = columnSpot(world, 0);
    const far = columnSpot(world, 12);
    expect(giveOrder(world, 'shuttle-1', near, far)).toBe(true);
    const { journey } = world.traffic.shuttles['shuttle-1'] as ShuttleTraffic;
    const placed = journey.steps.findLast((step) => step.kind === 'task');
    pass(world, endOfStep(world.network, placed as NonNullable<typeof placed>) + 500_000);
    expect(giveOrder(world, 'shuttle-1', far, near)).toBe(true);
    const { steps } = (world.traffic.shuttles['shuttle-1'] as ShuttleTraffic).journey;
    // The motion under way is ended, then it goes back: not by its berth.
    expect(steps.slice(0, 3).map(({ kind }) => kind)).toEqual(['leg', 'leg', 'task']);
    comeHome(world);
    expectAllHome(world);
  });
});
