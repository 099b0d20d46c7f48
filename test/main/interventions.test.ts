import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/control/journal.ts';
import { MICROS_PER_HOUR } from '../../src/kernel/time.ts';
import { duesOf, InterventionError, stoppingFor } from '../../src/main/run/interventions.ts';
import { runScene } from './support/run-scene.ts';

const fault = (device: string, from: number, to: number) =>
  [
    [from, true],
    [to, false],
  ].map(([hours, active]) => ({
    time: Number(hours) * MICROS_PER_HOUR,
    command: { kind: 'fault', device, fault: 'breakdown', active: active === true } as const,
  }));

describe('interventions', () => {
  it('stop the clock at their times, in order, also when given out of order', async () => {
    let now = 0;
    const log: string[] = [];
    const dues = duesOf([...fault('b', 3, 5), ...fault('a', 1, 4)], (command) => {
      log.push(`${command.device} ${now / MICROS_PER_HOUR}`);
      return { ok: true, value: { operation: 0 } };
    });
    const step = stoppingFor(dues, {
      now: () => now,
      step: (until) => {
        now = until;
        return { time: now, decisive: false };
      },
    });
    while (now < 6 * MICROS_PER_HOUR) await step(6 * MICROS_PER_HOUR);
    expect(log).toEqual(['a 1', 'b 3', 'a 4', 'b 5']);
  });

  it('end the run when a device refuses one', async () => {
    await expect(
      runScene('modular-lab', 'car-t', 1, { interventions: fault('nobody', 1, 2) }),
    ).rejects.toThrow(InterventionError);
  });
});

describe('the laboratory, which has one module of each kind and a centrifuge in reserve', () => {
  it('waits for the only magnet, and makes its batch when it is repaired', async () => {
    const { batches, violations } = await runScene('modular-lab', 'car-t', 1, {
      interventions: fault('magnet', 2, 3.5),
    });
    const selection = batches[0]?.steps.find(({ step }) => step === 5);
    expect(batches[0]?.outcome).toBe('complete');
    expect(selection?.end).toBeGreaterThan(3.5 * MICROS_PER_HOUR);
    expect(violations).toEqual([]);
  });

  it('lets a culture wait in the broken incubator when there is no other', async () => {
    const { batches, violations } = await runScene('modular-lab', 'car-t', 1, {
      interventions: fault('incubator', 72, 75),
    });
    expect(batches[0]?.outcome).toBe('complete');
    expect(violations).toEqual([]);
  });

  it('goes on with the centrifuge in reserve, which people exchange for the broken one', async () => {
    const record: JournalEntry[] = [];
    const { batches, violations } = await runScene('modular-lab', 'car-t', 1, {
      interventions: fault('centrifuge', 1.2, 24 * 40).slice(0, 1),
      onEntry: (entry) => record.push(entry),
    });
    expect(batches.map(({ outcome, reason }) => `${outcome} ${reason ?? ''}`)).toEqual([
      'complete ',
    ]);
    expect(violations).toEqual([]);
    const done = record.flatMap((entry) =>
      entry.type === 'operator' && entry.device === 'trolley'
        ? [`${entry.state}: ${entry.text}`]
        : [],
    );
    const text = 'exchange centrifuge in bench-north.dock4 for centrifuge-spare';
    expect(done).toEqual([`asked: ${text}`, `done: ${text}`]);
    const spins = record.flatMap((entry) =>
      entry.type === 'operation' && entry.command === 'concentrate' ? [entry.device] : [],
    );
    expect(spins.at(-1)).toBe('centrifuge-spare');
  });
});
