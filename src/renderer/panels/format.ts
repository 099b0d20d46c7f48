import { isoFromMicros } from '../../kernel/time.ts';
import { findUnit } from '../../kernel/units.ts';
import type { SignalDescription } from '../../kernel/plant-contract.ts';
import type { LiveValue } from '../state/signal-store.ts';

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const WEEKDAYS = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ');

/** What a person reads for a UCUM code. */
export function unitSymbol(code: string): string {
  return code === '' ? '' : (findUnit(code)?.symbol ?? code);
}

/** `5 Jan` of simulated time [us]. */
export function formatDay(epochUnixMicros: number, time: number): string {
  const iso = isoFromMicros(epochUnixMicros, time);
  return `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1]}`;
}

/** `06:00:00` of simulated time [us]. */
export function formatTimeOfDay(epochUnixMicros: number, time: number): string {
  return isoFromMicros(epochUnixMicros, time).slice(11, 19);
}

/** `5 Jan 06:00:00` of simulated time [us]. */
export function formatClock(epochUnixMicros: number, time: number): string {
  return `${formatDay(epochUnixMicros, time)} ${formatTimeOfDay(epochUnixMicros, time)}`;
}

/** `Mon 5 Jan 2026` of simulated time [us]. */
export function formatDate(epochUnixMicros: number, time: number): string {
  const days = Math.floor((epochUnixMicros + time) / 86_400e6);
  // Day 0 of 1970 was a Thursday.
  const weekday = WEEKDAYS[(((days + 4) % 7) + 7) % 7];
  const year = isoFromMicros(epochUnixMicros, time).slice(0, 4);
  return `${weekday} ${formatDay(epochUnixMicros, time)} ${year}`;
}

/** `Day 3 04:12:05` since the start. */
export function formatElapsed(time: number): string {
  const seconds = Math.floor(time / 1e6);
  const two = (n: number): string => String(n).padStart(2, '0');
  const clock = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `Day ${Math.floor(seconds / 86_400)} ${clock}`;
}

/** `12 s`, `4 min`, `3.2 h` or `11.4 d` of a stretch of simulated time [us]. */
export function formatSpan(micros: number): string {
  const seconds = Math.max(0, micros / 1e6);
  if (seconds < 60) return `${seconds.toFixed(0)} s`;
  if (seconds < 3600) return `${(seconds / 60).toFixed(0)} min`;
  if (seconds < 86_400) return `${(seconds / 3600).toFixed(1)} h`;
  return `${(seconds / 86_400).toFixed(1)} d`;
}

export function formatSpeed(speed: number): string {
  if (speed >= 1000) {
    return `×${Math.round(speed).toLocaleString('en-GB').replaceAll(',', '\u202f')}`;
  }
  return `×${speed.toFixed(speed >= 10 || speed === Math.round(speed) ? 0 : 1)}`;
}

/** Digits after the point that a resolution asks for. */
function decimals(resolution: number | undefined): number | undefined {
  if (resolution === undefined || resolution <= 0) return undefined;
  return Math.min(6, Math.max(0, Math.ceil(-Math.log10(resolution) - 1e-9)));
}

/** A live value as text, without its unit. */
export function formatValue(signal: SignalDescription, live: LiveValue | undefined): string {
  if (live === undefined) return '–';
  if (signal.kind === 'text') return live.text ?? '–';
  if (Number.isNaN(live.value)) return live.text ?? '–';
  return formatNumber(signal, live.value);
}

/** A number of a signal as a person reads it. */
export function formatNumber(signal: SignalDescription, value: number): string {
  if (signal.kind === 'boolean') return value === 0 ? 'no' : 'yes';
  if (signal.kind === 'enum') return signal.values?.[value] ?? String(value);
  if (signal.kind === 'integer') return String(Math.round(value));
  const digits = decimals(signal.resolution);
  if (Math.abs(value) >= 1e6) return value.toExponential(3);
  return digits === undefined ? String(Number(value.toPrecision(5))) : value.toFixed(digits);
}
