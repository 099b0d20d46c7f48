import { describe, expect, it } from 'vitest';
import type { BatchProgress } from '../../src/kernel/bridge-contract.ts';
import type { ParameterDescription, PlantEvent } from '../../src/kernel/plant-contract.ts';
import { currentStep, extentOf, shareOf } from '../../src/renderer/panels/batches/batch-look.ts';
import {
  describeEvent,
  isAbnormal,
  kindOf,
} from '../../src/renderer/panels/events/describe-event.ts';
import { initialText, parseField } from '../../src/renderer/panels/faceplate/field-values.ts';
import {
  formatClock,
  formatDate,
  formatElapsed,
  formatSpan,
  formatSpeed,
} from '../../src/renderer/panels/format.ts';
import { formatState } from '../../src/renderer/panels/state-text.ts';
import { neighbour } from '../../src/renderer/panels/time/speeds.ts';

const EPOCH = Date.UTC(2026, 0, 5, 6) * 1000;
const HOUR = 3600e6;

describe('paces', () => {
  it('go up and down by one, also from a pace between two', () => {
    expect(neighbour(1, 1)).toBe(2);
    expect(neighbour(25, 1)).toBe(30);
    expect(neighbour(25, -1)).toBe(10);
    expect(neighbour(100_000, 1)).toBe('max');
    expect(neighbour(null, -1)).toBe(100_000);
    expect(neighbour(null, 1)).toBe('max');
    expect(neighbour(1, -1)).toBe(1);
  });

  it('read well', () => {
    expect(formatSpeed(1)).toBe('×1');
    expect(formatSpeed(9.73)).toBe('×9.7');
    expect(formatSpeed(36_000)).toBe('×36\u202f000');
  });
});

describe('simulated time', () => {
  it('is written as date, clock, elapsed time and spans', () => {
    expect(formatDate(EPOCH, 0)).toBe('Mon 5 Jan 2026');
    expect(formatDate(EPOCH, 18 * HOUR)).toBe('Tue 6 Jan 2026');
    expect(formatClock(EPOCH, 61e6)).toBe('5 Jan 06:01:01');
    expect(formatElapsed(49 * HOUR + 5e6)).toBe('Day 2 01:00:05');
    expect([5e6, 300e6, 5 * HOUR, 60 * HOUR].map(formatSpan)).toEqual([
      '5 s',
      '5 min',
      '5.0 h',
      '2.5 d',
    ]);
  });
});

describe('form fields', () => {
  const number: ParameterDescription = {
    name: 'duration',
    title: 'Time at speed',
    kind: 'number',
    unit: 'min',
    range: [0.1, 120],
  };

  it('take numbers of their range, and say what does not fit', () => {
    expect(parseField(number, ' 1,5 ')).toEqual({ value: 1.5 });
    expect(parseField(number, '1e2')).toEqual({ value: 100 });
    expect(parseField(number, '')).toEqual({ problem: 'needed' });
    expect(parseField(number, 'ten')).toEqual({ problem: 'not a number' });
    expect(parseField(number, '121')).toEqual({ problem: '0.1 to 120 min' });
    expect(parseField({ ...number, kind: 'integer' }, '2.5')).toEqual({
      problem: 'whole numbers only',
    });
  });

  it('start with what is declared', () => {
    expect(initialText({ ...number, default: 10 })).toBe('10');
    expect(initialText(number)).toBe('');
    expect(initialText({ ...number, kind: 'boolean' })).toBe('false');
    expect(initialText({ ...number, kind: 'enum', values: ['full', 'soft'] })).toBe('full');
  });
});

describe('a batch', () => {
  const batch: BatchProgress = {
    id: 'P-001',
    product: 'CAR-T',
    outcome: 'running',
    steps: [
      { step: 3, name: 'Thaw', state: 'completed', start: HOUR, end: 2 * HOUR },
      { step: 4, name: 'Wash', state: 'running', start: 2 * HOUR, progress: 0.25 },
      { step: 5, name: 'Selection', state: 'waiting' },
    ],
  };

  it('is where its running step is, and reaches until now', () => {
    expect(currentStep(batch)?.name).toBe('Wash');
    expect(batch.steps.map(shareOf)).toEqual([1, 0.25, 0]);
    expect(extentOf(batch, 5 * HOUR)).toEqual([HOUR, 5 * HOUR]);
    expect(extentOf({ ...batch, steps: batch.steps.slice(0, 1) }, 5 * HOUR)).toEqual([
      HOUR,
      2 * HOUR,
    ]);
    expect(extentOf({ ...batch, steps: [] }, 5 * HOUR)).toBeUndefined();
  });
});

describe('events and states', () => {
  const refused: PlantEvent = {
    type: 'device.command.refused',
    time: 0,
    sequence: 1,
    device: 'centrifuge',
    command: 'spin',
    client: 'operator',
    code: 'LID_OPEN',
    message: 'the lid is open',
  };

  it('are told in words', () => {
    expect(describeEvent(refused, undefined)).toBe('spin refused · LID_OPEN: the lid is open');
    expect(kindOf(refused)).toBe('refusals');
    expect(isAbnormal(refused)).toBe(true);
    expect(isAbnormal({ ...refused, type: 'alarm.cleared', alarm: 'x', details: '' })).toBe(false);
    expect(formatState('running.spinningDown')).toBe('running · spinning down');
  });
});
