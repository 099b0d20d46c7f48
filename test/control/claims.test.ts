import { describe, expect, it } from 'vitest';
import { memoryJournal } from '../../src/control/journal.ts';
import { runTasks } from '../../src/control/scheduler.ts';
import { type Candidate, claim, now, release, type Task, wait } from '../../src/control/task.ts';
import { ScriptedPlant } from './support/scripted-plant.ts';

const places = (...names: string[]): readonly Candidate[] =>
  names.map((resource, cost) => ({ resource, cost }));

const run = (tasks: Readonly<Record<string, Task<unknown>>>, journal = memoryJournal()) =>
  runTasks(
    new ScriptedPlant([]),
    journal,
    Object.entries(tasks).map(([batch, task]) => ({ batch, task })),
  );

/** Claims, keeps for some seconds, gives back; tells what it got and when. */
function* user(
  candidates: readonly Candidate[],
  seconds: number,
  priority = 0,
): Task<[string | undefined, number]> {
  const got = yield* claim(candidates, priority);
  const time = (yield* now()) / 1e6;
  yield* wait(seconds * 1e6);
  if (got !== undefined) yield* release(got);
  return [got, time];
}

describe('claims', () => {
  it('give the cheapest of the free ones', async () => {
    const both = [
      { resource: 'a.x', cost: 5 },
      { resource: 'b.x', cost: 2 },
    ];
    expect(await run({ A: user(both, 10), B: user(both, 10), C: user(both, 10) })).toEqual([
      ['b.x', 0],
      ['a.x', 0],
      ['b.x', 10],
    ]);
  });

  it('serve the highest priority first, then who came first', async () => {
    const one = places('m.x');
    const outcomes = await run({
      A: user(one, 10),
      B: user(one, 10),
      C: user(one, 10, 3),
      D: user(one, 10),
      E: user(one, 10, 3),
    });
    expect(outcomes.map((outcome) => (outcome as [string, number])[1])).toEqual([
      0, 30, 10, 40, 20,
    ]);
  });

  it('give a batch what it has already', async () => {
    function* twice(): Task<unknown> {
      const first = yield* claim(places('a.x'));
      return [first, yield* claim(places('b.x', 'a.x'))];
    }
    expect(await run({ A: twice() })).toEqual([['a.x', 'a.x']]);
  });

  it('end without one when none becomes free in time', async () => {
    function* impatient(): Task<unknown> {
      return [
        yield* claim(places('m.x'), 0, 0),
        yield* claim(places('m.x'), 0, 5e6),
        yield* now(),
        yield* claim(places('m.x'), 0, 60e6),
        yield* now(),
      ];
    }
    expect(await run({ A: user(places('m.x'), 20), B: impatient() })).toEqual([
      ['m.x', 0],
      [undefined, undefined, 5e6, 'm.x', 20e6],
    ]);
  });

  it('withhold the places of a device that is not offered', async () => {
    function* watch(): Task<void> {
      yield { kind: 'offer', device: 'a', available: false };
      yield* wait(30e6);
      yield { kind: 'offer', device: 'a', available: true };
    }
    const outcomes = await run({
      W: watch(),
      A: user(places('a.x'), 5),
      B: user(places('a.x', 'b.x'), 5),
    });
    expect(outcomes.slice(1)).toEqual([
      ['a.x', 30],
      ['b.x', 0],
    ]);
  });

  it('are released by their owner only', async () => {
    function* thief(): Task<void> {
      yield* release('a.x');
    }
    const outcomes = await run({
      A: user(places('a.x'), 10),
      T: thief(),
      B: user(places('a.x'), 1),
    });
    expect(outcomes[2]).toEqual(['a.x', 10]);
  });

  it('outlive the controller by its record', async () => {
    const journal = memoryJournal();
    await run({ A: claim(places('a.x')) }, journal);
    expect(journal.entries()).toEqual([{ type: 'claimed', batch: 'A', time: 0, resource: 'a.x' }]);
    function* other(): Task<unknown> {
      return yield* claim(places('a.x'), 0, 10e6);
    }
    expect(await run({ B: other(), A: claim(places('z.x', 'a.x')) }, journal)).toEqual([
      undefined,
      'a.x',
    ]);
  });
});
