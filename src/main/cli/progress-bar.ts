import type { WriteStream } from 'node:tty';

/** Shows how far something has come. */
export interface ProgressBar {
  show(share: number, text: string): void;
  /** Takes the bar away, before other output. */
  clear(): void;
}

const WIDTH = 24;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/**
 * On a terminal one line that is drawn again; elsewhere a plain line whenever the text changes, so
 * that a log stays readable.
 */
export function createProgressBar(stream: WriteStream, isPlain: boolean): ProgressBar {
  let last = '';
  if (isPlain) {
    return {
      show: (share, text) => {
        if (text === last) return;
        last = text;
        stream.write(`${percent(share)} ${text}\n`);
      },
      clear: () => {},
    };
  }
  return {
    show: (share, text) => {
      const room = Math.max(0, (stream.columns ?? 80) - WIDTH - 8);
      stream.write(`\r${bar(share)} ${percent(share)} ${text.slice(0, room)}\u001b[K`);
    },
    clear: () => stream.write('\r\u001b[K'),
  };
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`.padStart(5);
}

function bar(share: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * WIDTH * 8);
  const full = '█'.repeat(Math.floor(eighths / 8));
  return (full + (EIGHTHS[eighths % 8] ?? '')).padEnd(WIDTH, '░');
}
