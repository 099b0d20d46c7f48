import { describe, expect, it } from 'vitest';
import { MICROS_PER_SECOND } from '../../src/kernel/time.ts';
import type { Journey } from '../../src/physics/traffic/journey.ts';
import { spotOfNode } from '../../src/physics/traffic/network.ts';
import type { ShuttleTraffic } from '../../src/physics/traffic/traffic.ts';
import { type ModularTwin, modularTwin } from '../device-emulators/support/modular-twin.ts';

const SCENE = `
devices:
  rails: { type: rail-system, title: Rails, zone: hall, at: [6 m, 6 m, 0 m], config: { aisles: 1, columns: 8 } }
  shuttle-1: { type: shuttle, title: Shuttle 1, in: rails.berth1 }
  shuttle-2: { type: shuttle, title: Shuttle 2, in: rails.berth2 }
`;

/** Lets a shuttle go along the rail of the aisle at a time, past all reservations. */
function forceLeg(
  { twin }: ModularTwin,
  shuttle: string,
  from: number,
  to: number,
  seconds: number,
): void {
  const state = twin.plant.state.tracks.get('rails');
  const [rails] = twin.rails.all();
  if (state === undefined || rails === undefined) throw new Error('there are no rails');
  const at = (column: number) => spotOfNode(rails.network, `column-1-1-${column}`);
  const [a, b] = [at(from), at(to)];
  if (a === undefined || b === undefined) throw new Error('there is no such column');
  const start = seconds * MICROS_PER_SECOND;
  const way = { line: a.line, from: a.offset, to: b.offset, load: 'empty' } as const;
  const journey: Journey = { origin: a, load: 'empty', steps: [{ kind: 'leg', start, ...way }] };
  const record = { ...(state.traffic.shuttles[shuttle] as ShuttleTraffic), journey };
  state.traffic = {
    ...state.traffic,
    shuttles: { ...state.traffic.shuttles, [shuttle]: record },
  };
  twin.plant.revisions.changed('traffic');
}

describe('observer of shuttles', () => {
  it('reports two that run into one another, when they touch', () => {
    const bench = modularTwin(SCENE);
    forceLeg(bench, 'shuttle-1', 1, 7, 1);
    forceLeg(bench, 'shuttle-2', 8, 2, 1);
    bench.give('shuttle-1', 'abort');
    bench.advance(60);
    const found = bench.violations.filter(({ observer }) => observer === 'shuttle-collision');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      place: 'rails',
      cause: 'shuttle-1 and shuttle-2 touch on rails',
    });
    // Each goes 3.9 m of the 4.55 m between them; they touch halfway, half a length from the middle.
    // (4.55 - 0.6) / 2 m at up to 2 m/s and 1 m/s2, reached in 2.5 s, take 1 s + 2.24 s.
    expect((found[0]?.time ?? 0) / MICROS_PER_SECOND).toBeCloseTo(3.24, 1);
  });

  it('is quiet while they only pass by', () => {
    const bench = modularTwin(SCENE);
    forceLeg(bench, 'shuttle-1', 1, 4, 1);
    forceLeg(bench, 'shuttle-2', 8, 5, 1);
    bench.give('shuttle-1', 'abort');
    bench.advance(60);
    expect(bench.violations).toEqual([]);
  });
});
