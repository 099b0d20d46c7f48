/**
 * Simulated time: an integer count of microseconds since the scene's epoch. Seconds and ISO 8601
 * times are views of it. Integers stay exact up to 2^53 us, about 285 years.
 */
export type Micros = number;

export const MICROS_PER_MILLISECOND = 1_000;
export const MICROS_PER_SECOND = 1_000_000;
export const MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
export const MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
export const MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

/** Nearest tick to a duration in seconds. */
export function microsFromSeconds(seconds: number): Micros {
  return Math.round(seconds * MICROS_PER_SECOND);
}

/** Seconds of a tick count. */
export function secondsFromMicros(micros: Micros): number {
  return micros / MICROS_PER_SECOND;
}

const ISO_PATTERN = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))?Z$/;

/** Days from 1970-01-01 to a civil date (proleptic Gregorian calendar; Howard Hinnant's algorithm). */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Inverse of {@link daysFromCivil}. */
function civilFromDays(days: number): {
  year: number;
  month: number;
  day: number;
} {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted + (shifted < 10 ? 3 : -9);
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return {
    year,
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

/**
 * Microseconds since 1970-01-01T00:00:00Z of an ISO 8601 UTC instant such as `2026-01-05T06:00:00Z`.
 * Returns undefined when the text is not such an instant (wrong form, month 13, 30 February) or lies
 * too far from 1970 (285 years) to be exact to the microsecond.
 */
export function unixMicrosFromIso(iso: string): number | undefined {
  const match = ISO_PATTERN.exec(iso);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(Number);
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return undefined;
  const days = daysFromCivil(year, month, day);
  const back = civilFromDays(days);
  if (back.year !== year || back.month !== month || back.day !== day) return undefined;
  const fraction = Number((match[7] ?? '').padEnd(6, '0'));
  const seconds = days * 86_400 + hour * 3600 + minute * 60 + second;
  const micros = seconds * MICROS_PER_SECOND + fraction;
  return Number.isSafeInteger(micros) ? micros : undefined;
}

/** ISO 8601 UTC text, to the millisecond, of microseconds since 1970-01-01T00:00:00Z. */
export function isoFromUnixMicros(unixMicros: number): string {
  const millis = Math.floor(unixMicros / MICROS_PER_MILLISECOND);
  const days = Math.floor(millis / 86_400_000);
  const ofDay = millis - days * 86_400_000;
  const { year, month, day } = civilFromDays(days);
  const two = (n: number): string => String(n).padStart(2, '0');
  const seconds = Math.floor(ofDay / 1000);
  return (
    `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(Math.floor(seconds / 3600))}:` +
    `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${String(ofDay % 1000).padStart(3, '0')}Z`
  );
}

/** ISO 8601 UTC text of simulated time `t` in a scene whose epoch is `epochUnixMicros`. */
export function isoFromMicros(epochUnixMicros: number, t: Micros): string {
  return isoFromUnixMicros(epochUnixMicros + t);
}

const DURATION_UNITS: Readonly<Record<string, number>> = {
  us: 1,
  ms: MICROS_PER_MILLISECOND,
  s: MICROS_PER_SECOND,
  min: MICROS_PER_MINUTE,
  h: MICROS_PER_HOUR,
  d: MICROS_PER_DAY,
};

/** Ticks of a duration such as `14d`, `90 min` or `1.5 h`; undefined when it is not one. */
export function parseDuration(text: string): Micros | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*$/.exec(text);
  const factor = match === null ? undefined : DURATION_UNITS[match[2] ?? ''];
  return match === null || factor === undefined ? undefined : Math.round(Number(match[1]) * factor);
}
