import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isoFromMicros,
  isoFromUnixMicros,
  MICROS_PER_DAY,
  MICROS_PER_HOUR,
  microsFromSeconds,
  parseDuration,
  secondsFromMicros,
  unixMicrosFromIso,
} from '../../src/kernel/time.ts';

const SEED = 20_260_105;
/** Milliseconds to either side of 1970 whose microseconds are exact. */
const FAR = Math.floor(Number.MAX_SAFE_INTEGER / 1000);

describe('ISO 8601 instants', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0],
    ['1969-12-31T23:59:59.999Z', -1000],
    ['2000-02-29T12:00:00Z', 951_825_600_000_000],
    ['2026-01-05T06:00:00Z', 1_767_592_800_000_000],
    ['2026-01-05T06:00:00.000001Z', 1_767_592_800_000_001],
    ['2100-03-01T00:00:00Z', 4_107_542_400_000_000],
  ])('%s is %d us', (iso, micros) => {
    expect(unixMicrosFromIso(iso)).toBe(micros);
  });

  it.each([
    '2026-01-05',
    '2026-01-05T06:00:00',
    '2026-01-05T06:00:00+01:00',
    '2026-13-01T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '2100-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-05T24:00:00Z',
    '2026-01-05T06:60:00Z',
    '2026-01-05T06:00:60Z',
    ' 2026-01-05T06:00:00Z',
    '9999-01-01T00:00:00Z',
    '0001-01-01T00:00:00Z',
  ])('%s is none', (text) => {
    expect(unixMicrosFromIso(text)).toBeUndefined();
  });

  it('agrees with the platform calendar at every millisecond, leap years and centuries included', () => {
    const millis = fc.integer({ min: -FAR, max: FAR });
    fc.assert(
      fc.property(millis, (ms) => {
        const iso = new Date(ms).toISOString();
        expect(isoFromUnixMicros(ms * 1000)).toBe(iso);
        expect(unixMicrosFromIso(iso)).toBe(ms * 1000);
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });

  it('has every day of the four centuries from 1850', () => {
    const start = Date.UTC(1850, 0, 1);
    for (let day = 0; day < 146_097; day++) {
      const ms = start + day * 86_400_000;
      const iso = isoFromUnixMicros(ms * 1000);
      if (unixMicrosFromIso(iso) !== ms * 1000 || iso !== new Date(ms).toISOString()) {
        expect.fail(`day ${day}: ${iso} instead of ${new Date(ms).toISOString()}`);
      }
    }
  });

  it('cuts microseconds off, before and after 1970', () => {
    expect(isoFromUnixMicros(1999)).toBe('1970-01-01T00:00:00.001Z');
    expect(isoFromUnixMicros(-1)).toBe('1969-12-31T23:59:59.999Z');
  });

  it('shows simulated time from the epoch of the scene', () => {
    const epoch = unixMicrosFromIso('2028-02-28T23:00:00Z') ?? Number.NaN;
    expect(isoFromMicros(epoch, 2 * MICROS_PER_HOUR)).toBe('2028-02-29T01:00:00.000Z');
    expect(isoFromMicros(epoch, MICROS_PER_DAY)).toBe('2028-02-29T23:00:00.000Z');
  });
});

describe('ticks', () => {
  it('go to seconds and back exactly for a hundred years', () => {
    const ticks = fc.integer({ min: 0, max: 36_525 * MICROS_PER_DAY });
    fc.assert(
      fc.property(ticks, (t) => {
        expect(microsFromSeconds(secondsFromMicros(t))).toBe(t);
      }),
      { seed: SEED },
    );
  });

  it('are whole: a duration goes to the nearest', () => {
    expect(microsFromSeconds(1 / 240)).toBe(4167);
    expect(microsFromSeconds(0.1 + 0.2)).toBe(300_000);
  });
});

describe('durations', () => {
  it.each([
    ['14d', 14 * MICROS_PER_DAY],
    ['1.5 h', 1.5 * MICROS_PER_HOUR],
    ['90 min', 1.5 * MICROS_PER_HOUR],
    ['0.1 s', 100_000],
    ['250ms', 250_000],
    [' 7 us ', 7],
    ['0s', 0],
  ])('%s', (text, micros) => {
    expect(parseDuration(text)).toBe(micros);
  });

  it.each(['', '14', 'd', '-1 s', '1 fortnight', '1,5 h', '1 h 30 min', '.5 s', '1 S'])(
    '"%s" is none',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );
});
