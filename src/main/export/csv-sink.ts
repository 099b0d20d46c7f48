import { closeSync, openSync, writeSync } from 'node:fs';
import { isoFromMicros, secondsFromMicros } from '../../kernel/time.ts';
import type { Column, Sink } from './sink.ts';

/** Characters that are collected before they are written. */
const BLOCK = 1 << 16;

/**
 * Signals as CSV by RFC 4180: a line for each sample, with its time in seconds since the epoch and as ISO 8601; units
 * stand in the head. What has no usable value is empty.
 */
export function csvSink(path: string, columns: readonly Column[], epochUnixMicros: number): Sink {
  const file = openSync(path, 'w');
  const head = columns.map(({ path: name, unit }) => (unit === '' ? name : `${name} [${unit}]`));
  let text = `${['time [s]', 'time', ...head].map(quoted).join(',')}\r\n`;
  return {
    draws: false,
    sample: async ({ time, readings }) => {
      const cells = readings.map(({ value, quality }) => (quality === 2 ? '' : quoted(`${value}`)));
      const iso = isoFromMicros(epochUnixMicros, time);
      text += `${[secondsFromMicros(time), iso, ...cells].join(',')}\r\n`;
      if (text.length < BLOCK) return;
      writeSync(file, text);
      text = '';
    },
    events: async () => {},
    end: async () => {
      writeSync(file, text);
      closeSync(file);
    },
  };
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
