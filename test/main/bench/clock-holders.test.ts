import { describe, expect, it } from 'vitest';
import { refusal } from '../../../src/kernel/error-catalogue.ts';
import { ClockHolders } from '../../../src/main/bench/clock-holders.ts';
import type { Stops } from '../../../src/main/twin-thread/messages.ts';

/** A clock that stops at given times as if an operation had ended there, and remembers what it was asked. */
function setUp({ decisive = [] as number[], expected = 0, patience = Infinity } = {}) {
  const clock = { now: 0, lockstep: true, asked: [] as number[], stops: [] as Stops[] };
  const lines: string[] = [];
  const holders = new ClockHolders({
    expected,
    patience,
    log: (line) => lines.push(line),
    interrupt: () => {},
    advance: async (until, stops) => {
      clock.asked.push(until);
      clock.stops.push(stops);
      const stop = decisive.find((time) => time > clock.now && time <= until);
      const isStopped = stops.decisive && stop !== undefined;
      if (clock.lockstep) clock.now = isStopped ? stop : until;
      const met = stops.conditions.map(() => clock.now >= 70);
      return { time: clock.now, decisive: isStopped, met, lockstep: clock.lockstep };
    },
  });
  return { clock, holders, lines };
}

const until = (time: number, decisive = false) => ({ until: time, decisive });

describe('clients that hold the clock', () => {
  it('one is granted what it asks for', async () => {
    const { holders, clock } = setUp();
    expect(await holders.grant('a', until(5))).toEqual({
      ok: true,
      value: { time: 5, met: false },
    });
    expect(await holders.grant('a', until(9))).toMatchObject({ value: { time: 9 } });
    expect(clock.asked).toEqual([5, 9]);
  });

  it('time advances to the smallest grant of all', async () => {
    const { holders, clock } = setUp();
    holders.hold('b');
    const a = holders.grant('a', until(100));
    await Promise.resolve();
    expect(clock.now).toBe(0);
    expect(await holders.grant('b', until(30))).toMatchObject({ value: { time: 30 } });
    expect(clock.now).toBe(30);
    expect(holders.list()).toEqual([{ name: 'b' }, { name: 'a', granted: 100 }]);
    expect(await holders.grant('b', until(100))).toMatchObject({ value: { time: 100 } });
    expect(await a).toMatchObject({ value: { time: 100 } });
    expect(clock.asked).toEqual([30, 100]);
  });

  it('what is decisive answers those who want to know, and the others keep their grants', async () => {
    const { holders, clock } = setUp({ decisive: [40] });
    holders.hold('test');
    const controller = holders.grant('controller', until(100, true));
    const test = holders.grant('test', until(60));
    expect(await controller).toMatchObject({ value: { time: 40 } });
    expect(clock.now).toBe(40);
    const next = holders.grant('controller', until(200, true));
    expect(await test).toMatchObject({ value: { time: 60 } });
    holders.release('test');
    expect(await next).toMatchObject({ value: { time: 200 } });
  });

  it('a condition that holds answers its holder', async () => {
    const { holders } = setUp();
    const condition = [[{ device: 'd', signal: 's', operator: '>', value: 1 } as const]];
    holders.hold('b');
    const a = holders.grant('a', { until: 500, decisive: false, condition });
    expect(await holders.grant('b', until(80))).toMatchObject({ value: { time: 80, met: false } });
    expect(await a).toEqual({ ok: true, value: { time: 80, met: true } });
  });

  it('time does not begin before all that are expected hold the clock', async () => {
    const { holders, clock } = setUp({ expected: 2 });
    const a = holders.grant('a', until(10));
    await Promise.resolve();
    expect(clock.asked).toEqual([]);
    const b = holders.grant('b', until(10));
    expect(await a).toMatchObject({ value: { time: 10 } });
    expect(await b).toMatchObject({ value: { time: 10 } });
    // Later one may go without the other.
    holders.release('b');
    expect(await holders.grant('a', until(20))).toMatchObject({ value: { time: 20 } });
  });

  it('time stands while another one is awaited', async () => {
    const { holders, clock } = setUp();
    holders.hold('old');
    holders.awaitOne();
    const a = holders.grant('old', until(10));
    await Promise.resolve();
    expect(clock.asked).toEqual([]);
    const b = holders.grant('new', until(4));
    expect(await b).toMatchObject({ value: { time: 4 } });
    holders.release('new');
    expect(await a).toMatchObject({ value: { time: 10 } });
  });

  it('who leaves no longer holds it, and its grant is refused', async () => {
    const { holders } = setUp();
    holders.hold('b');
    holders.hold('c');
    const a = holders.grant('a', until(10));
    const b = holders.grant('b', until(20));
    holders.release('b', 'b is gone');
    expect(await b).toMatchObject({ ok: false, error: { code: 'ABORTED', message: 'b is gone' } });
    holders.release('c');
    expect(await a).toMatchObject({ value: { time: 10 } });
    expect(holders.list()).toEqual([{ name: 'a' }]);
  });

  it('who keeps others waiting for too long is released, and the log says so', async () => {
    const { holders, lines } = setUp({ patience: 20 });
    holders.hold('sleeper');
    expect(await holders.grant('a', until(10))).toMatchObject({ value: { time: 10 } });
    expect(lines).toEqual(['sleeper granted no time for 0.02 s and no longer holds the clock']);
    expect(holders.list()).toEqual([{ name: 'a' }]);
  });

  it('a second grant before the first is answered is refused', async () => {
    const { holders } = setUp({ expected: 2 });
    const first = holders.grant('a', until(10));
    expect(await holders.grant('a', until(20))).toMatchObject({ error: { code: 'BUSY' } });
    holders.release('a');
    await first;
  });

  it('without lockstep grants are refused', async () => {
    const { holders, clock } = setUp();
    clock.lockstep = false;
    expect(await holders.grant('a', until(10))).toMatchObject({ error: { code: 'WRONG_STATE' } });
    clock.lockstep = true;
    holders.hold('b');
    const waiting = holders.grant('a', until(10));
    holders.dismiss(refusal('WRONG_STATE', 'time is no longer held in lockstep'));
    expect(await waiting).toMatchObject({ error: { code: 'WRONG_STATE' } });
  });
});
