import { beforeAll, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/control/journal.ts';
import { MICROS_PER_DAY, type Micros } from '../../src/kernel/time.ts';
import type { Intervention } from '../../src/main/run/interventions.ts';
import type { RunResult } from '../../src/main/run/run.ts';
import { runDemand } from './support/run-scene.ts';

const SEED = 1;
const DAYS = 18;

const at = (day: number): Micros => Math.round(day * MICROS_PER_DAY);
const fail = (device: string, fault: string, from: number, to?: number): Intervention[] => [
  { time: at(from), command: { kind: 'fault', device, fault, active: true } },
  ...(to === undefined
    ? []
    : [{ time: at(to), command: { kind: 'fault', device, fault, active: false } as const }]),
];

describe('a farming matrix in which one thing after the other fails', () => {
  let result: RunResult;
  const record: JournalEntry[] = [];
  const entriesOf = <T extends JournalEntry['type']>(type: T) =>
    record.filter((entry): entry is Extract<JournalEntry, { type: T }> => entry.type === type);
  beforeAll(async () => {
    result = await runDemand('farming-matrix', 'default', SEED, {
      until: DAYS * MICROS_PER_DAY,
      onEntry: (entry) => record.push(entry),
      interventions: [
        // An incubator with cultures in it, for good.
        ...fail('incubator-6', 'breakdown', 4),
        // Every magnet but one.
        ...['magnet-1', 'magnet-2', 'magnet-3', 'magnet-4', 'magnet-5'].flatMap((id) =>
          fail(id, 'breakdown', 5, 8),
        ),
        // A shuttle on its way, and the pumps of a medium main that has a spare.
        ...fail('shuttle-1', 'breakdown', 6.31, 7),
        ...fail('media-3', 'pumpFailure', 7, 9),
        // People have a module exchanged for one that stands elsewhere while the plant runs.
        {
          time: at(9.5),
          command: {
            kind: 'invoke',
            device: 'shuttle-6',
            command: 'carry',
            parameters: { from: 'rack-5.dock16', to: 'rack-6.dock16' },
          },
        },
      ],
    });
  }, 240_000);

  it('rescues the cultures of the broken incubator into others', () => {
    const moved = entriesOf('note').filter(({ text }) => /leaves incubator-6/.test(text));
    expect(moved.length).toBeGreaterThan(0);
    const released = entriesOf('operation').filter(
      ({ device, command }) => device === 'incubator-6' && command === 'releaseManually',
    );
    expect(released.map(({ state }) => state)).toEqual(moved.map(() => 'completed'));
    for (const { batch } of moved) {
      const end = entriesOf('batch.finished').find((entry) => entry.batch === batch);
      expect(end?.outcome ?? 'complete', batch).toBe('complete');
    }
  });

  it('goes on with the one magnet that is left, and with all when they are repaired', () => {
    const selections = entriesOf('operation').filter(({ command }) => command === 'select');
    const during = selections.filter(({ time }) => time > at(5.1) && time < at(8));
    expect(during.length).toBeGreaterThan(2);
    expect(new Set(during.map(({ device }) => device))).toEqual(new Set(['magnet-6']));
    const later = selections.filter(({ time }) => time > at(8.2));
    expect(new Set(later.map(({ device }) => device)).size).toBeGreaterThan(1);
  });

  it('uses other shuttles while one is broken, and loses no load', () => {
    const carried = entriesOf('operation').filter(
      ({ command, time }) => command === 'carry' && time > at(6.32) && time < at(7),
    );
    expect(carried.length).toBeGreaterThan(5);
    expect(carried.filter(({ device }) => device === 'shuttle-1')).toEqual([]);
  });

  it('says of every piece of equipment when and why it was not used', () => {
    const told = entriesOf('equipment').map(({ device, state }) => `${device} ${state}`);
    for (const device of ['magnet-1', 'magnet-5', 'shuttle-1']) {
      expect(told.filter((text) => text.startsWith(`${device} `))).toEqual([
        `${device} unavailable`,
        `${device} available`,
      ]);
    }
    expect(told).toContain('incubator-6 unavailable');
    expect(told).not.toContain('incubator-6 available');
  });

  it('works on in a module that was carried to another dock', () => {
    expect(result.plant.devices.find(({ home }) => home === 'rack-5.dock16')?.id).toBe(
      'centrifuge-8',
    );
    const moved = entriesOf('operation').filter(
      ({ device, time }) => device === 'centrifuge-8' && time > at(9.6),
    );
    expect(moved.length).toBeGreaterThan(0);
    expect(result.report.devices['shuttle-6']?.commands['carry']?.ended).toBeGreaterThan(0);
  });

  it('breaks no rule and loses nothing; batches that fail say why', () => {
    expect(result.violations).toEqual([]);
    expect(result.report.worstRelativeError).toBeLessThan(1e-9);
    const lost = result.batches.filter(({ outcome }) => outcome === 'failed');
    expect(lost.map(({ id, reason }) => `${id} ${reason}`)).toEqual([]);
  });
});
