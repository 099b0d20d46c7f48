import { isoFromMicros } from '../../kernel/time.ts';
import { findUnit } from '../../kernel/units.ts';
import type { SignalDescription } from '../../kernel/plant-contract.ts';
import type { LiveValue } from '../state/signal-store.ts';

/** What a person reads for a UCUM code. */
export function unitSymbol(code: string): string {
  return code === '' ? '' : (findUnit(code)?.symbol ?? code);
}

/** `2026-01-05 06:00:00` of simulated time [us]. */
export function formatClock(epochUnixMicros: number, time: number): string {
  return isoFromMicros(epochUnixMicros, time).slice(0, 19).replace('T', ' ');
}

/** `3 d 04:12:05` since the start. */
export function formatElapsed(time: number): string {
  const seconds = Math.floor(time / 1e6);
  const two = (n: number): string => String(n).padStart(2, '0');
  const days = Math.floor(seconds / 86_400);
  const clock = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${days} d ${clock}`;
}

export function formatSpeed(speed: number): string {
  if (speed >= 1000) return `×${Math.round(speed).toLocaleString('en-GB')}`;
  return `×${speed >= 10 ? speed.toFixed(0) : speed.toFixed(speed === Math.round(speed) ? 0 : 2)}`;
}

function decimals(resolution: number | undefined): number | undefined {
  if (resolution === undefined || resolution <= 0) return undefined;
  return Math.min(6, Math.max(0, Math.ceil(-Math.log10(resolution) - 1e-9)));
}

/** A live value as text, without its unit. */
export function formatValue(signal: SignalDescription, live: LiveValue | undefined): string {
  if (live === undefined) return '–';
  if (signal.kind === 'text') return live.text ?? '–';
  if (Number.isNaN(live.value)) return live.text ?? '–';
  if (signal.kind === 'boolean') return live.value === 0 ? 'no' : 'yes';
  if (signal.kind === 'enum') return signal.values?.[live.value] ?? String(live.value);
  if (signal.kind === 'integer') return String(Math.round(live.value));
  const digits = decimals(signal.resolution);
  if (Math.abs(live.value) >= 1e6) return live.value.toExponential(3);
  return digits === undefined
    ? String(Number(live.value.toPrecision(5)))
    : live.value.toFixed(digits);
}
