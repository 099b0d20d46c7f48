import { describe, expect, it } from 'vitest';
import { memoryJournal } from '../../src/control/journal.ts';
import { runTasks } from '../../src/control/scheduler.ts';
import {
  all,
  claim,
  now,
  perform,
  PhaseFailure,
  read,
  release,
  type Task,
  wait,
  waitChange,
} from '../../src/control/task.ts';
import { ScriptedPlant, type ScriptedDevice } from './support/scripted-plant.ts';

const timer = (id: string, seconds: number): ScriptedDevice => ({
  id,
  type: 'timer',
  commands: {
    go: () => ({ seconds, result: { took: seconds } }),
    break: () => ({ seconds, fail: 'MALFUNCTION' }),
    never: () => ({ refuse: 'INTERLOCK', message: 'locked' }),
  },
  signals: { level: (time) => time / 1e6 },
});

const run = (plant: ScriptedPlant, ...tasks: Task<unknown>[]) =>
  runTasks(
    plant,
    memoryJournal(),
    tasks.map((task, i) => ({ batch: `B${i}`, task })),
  );

describe('scheduler', () => {
  it('lets time pass only while every task waits, and ends waits at their times', async () => {
    const plant = new ScriptedPlant([timer('a', 30), timer('b', 10)]);
    function* first(): Task<number> {
      yield* perform('a', 'go');
      yield* wait(5e6);
      return yield* now();
    }
    function* second(): Task<number> {
      yield* perform('b', 'go');
      yield* perform('b', 'go');
      return yield* now();
    }
    expect(await run(plant, first(), second())).toEqual([35e6, 20e6]);
    expect(plant.log).toEqual(['a go', 'b go', 'b go']);
  });

  it('grants whole microseconds although a wait ends between two', async () => {
    const plant = new ScriptedPlant([timer('a', 30)]);
    function* task(): Task<number> {
      yield* wait(1e6 / 3);
      return yield* now();
    }
    expect(await run(plant, task())).toEqual([333_334]);
  });

  it('sends the same commands whatever the delays of the transport', async () => {
    const logOf = async (drift: number): Promise<readonly string[]> => {
      const plant = new ScriptedPlant([timer('a', 7), timer('b', 11), timer('c', 3)]);
      plant.drift = drift;
      function* loop(device: string): Task<void> {
        for (let i = 0; i < 5; i++) yield* perform(device, 'go', { i });
      }
      await run(plant, loop('a'), loop('b'), loop('c'));
      return plant.log;
    };
    const exact = await logOf(0);
    expect(exact).toHaveLength(15);
    expect(await logOf(0)).toEqual(exact);
    expect(await logOf(20)).toEqual(exact);
  });

  it('runs tasks side by side and returns their results in order', async () => {
    const plant = new ScriptedPlant([timer('a', 30), timer('b', 10)]);
    function* both(): Task<unknown> {
      const results = yield* all([perform('a', 'go'), perform('b', 'go')]);
      return [results, yield* now()];
    }
    expect(await run(plant, both())).toEqual([[[{ took: 30 }, { took: 10 }], 30e6]]);
  });

  it('throws refusals and failures into the task with device, code and message', async () => {
    const plant = new ScriptedPlant([timer('a', 4)]);
    function* failing(command: string): Task<string> {
      try {
        yield* perform('a', command);
        return 'done';
      } catch (error) {
        if (!(error instanceof PhaseFailure)) throw error;
        return `${error.device} ${error.code} ${error.message}`;
      }
    }
    expect(await run(plant, failing('never'))).toEqual(['a INTERLOCK locked']);
    expect(await run(plant, failing('break'))).toEqual(['a MALFUNCTION break failed']);
  });

  it('reports an operation that does not end in time', async () => {
    const plant = new ScriptedPlant([timer('a', 1000)]);
    function* slow(): Task<unknown> {
      try {
        return yield* perform('a', 'go', {}, 60e6);
      } catch (error) {
        return [(error as Error).message, yield* now()];
      }
    }
    expect(await run(plant, slow())).toEqual([['a did not end its operation in time', 60e6]]);
  });

  it('gives a shared place to one task at a time', async () => {
    const plant = new ScriptedPlant([timer('a', 10)]);
    function* user(): Task<number> {
      yield* claim([{ resource: 'zone-a', cost: 0 }]);
      yield* perform('a', 'go');
      yield* release('zone-a');
      return yield* now();
    }
    expect(await run(plant, user(), user(), user())).toEqual([10e6, 20e6, 30e6]);
    expect(plant.log).toEqual(['a go', 'a go', 'a go']);
  });

  it('reads signals at the present time', async () => {
    const plant = new ScriptedPlant([timer('a', 10)]);
    function* reader(): Task<unknown> {
      yield* wait(3e6);
      return (yield* read('a.level')).map(({ value }) => value);
    }
    expect(await run(plant, reader())).toEqual([[3]]);
  });

  it('begins a task at its time and ends services with the last of the others', async () => {
    const plant = new ScriptedPlant([timer('a', 10)]);
    const begun: number[] = [];
    function* late(): Task<number> {
      begun.push(yield* now());
      yield* perform('a', 'go');
      return yield* now();
    }
    function* service(): Task<void> {
      for (;;) yield* wait(4e6);
    }
    const outcomes = await runTasks(plant, memoryJournal(), [
      { batch: 'S', task: service(), isService: true },
      { batch: 'L', task: late(), start: 25e6 },
    ]);
    expect(begun).toEqual([25e6]);
    expect(outcomes).toEqual([undefined, 35e6]);
  });

  it('tells a service which devices changed since its last look', async () => {
    const plant = new ScriptedPlant([timer('a', 10), timer('b', 30)]);
    const seen: unknown[] = [];
    function* watch(): Task<void> {
      for (;;) seen.push([yield* waitChange(), yield* now()]);
    }
    function* work(device: string): Task<void> {
      yield* perform(device, 'go');
    }
    await runTasks(plant, memoryJournal(), [
      { batch: 'W', task: watch(), isService: true },
      { batch: 'A', task: work('a') },
      { batch: 'B', task: work('b') },
    ]);
    expect(seen).toEqual([
      [['a'], 10e6],
      [['b'], 30e6],
    ]);
  });

  it('ends with the error of a task that nobody catches', async () => {
    const plant = new ScriptedPlant([timer('a', 10)]);
    function* wrong(): Task<void> {
      yield* perform('a', 'go');
      throw new RangeError('a mistake');
    }
    await expect(run(plant, wrong())).rejects.toThrow('a mistake');
  });

  it('asks the plant no more often for a decision when more tasks wait', async () => {
    const readsPerDecision = async (waiting: number): Promise<number> => {
      const plant = new ScriptedPlant([
        timer('a', 10),
        ...Array.from({ length: waiting }, (_, i) => timer(`w${i}`, 1e5)),
      ]);
      function* busy(): Task<void> {
        for (let i = 0; i < 100; i++) yield* perform('a', 'go');
      }
      function* patient(device: string): Task<void> {
        yield* perform(device, 'go');
      }
      const before = plant.reads;
      await runTasks(
        plant,
        memoryJournal(),
        [
          { batch: 'B', task: busy() },
          ...Array.from({ length: waiting }, (_, i) => ({
            batch: `W${i}`,
            task: patient(`w${i}`),
          })),
        ],
        990e6,
      );
      // Each of those who wait has looked once, at the five signals of its operation.
      return (plant.reads - before - 5 * waiting) / 100;
    };
    const alone = await readsPerDecision(0);
    expect(await readsPerDecision(1000)).toBeCloseTo(alone, 1);
  });
});
