import { useEffect, useState } from 'react';
import { type LiveValue, signalStore } from './signal-store.ts';

/** Panels show new values at most this often [ms]; faster is unreadable. */
const REFRESH_MS = 200;

/** Keeps signals subscribed while the component is on screen and redraws it with new values. */
export function useSignals(paths: readonly string[]): (path: string) => LiveValue | undefined {
  const key = paths.join('\n');
  const [, redraw] = useState(0);
  useEffect(() => {
    const release = signalStore.want(key === '' ? [] : key.split('\n'));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unlisten = signalStore.listen(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        redraw((n) => n + 1);
      }, REFRESH_MS);
    });
    return () => {
      clearTimeout(timer);
      unlisten();
      release();
    };
  }, [key]);
  return (path) => signalStore.latest(path);
}
