import { useEffect, useState } from 'react';
import { type LiveValue, signalStore } from './signal-store.ts';

/** Panels show new values at most this often [ms]; faster is unreadable. */
const REFRESH_MS = 200;

/** Keeps signals subscribed while the component is on screen and redraws it when one has changed. */
export function useSignals(paths: readonly string[]): (path: string) => LiveValue | undefined {
  const key = paths.join('\n');
  const [, redraw] = useState(0);
  useEffect(() => {
    const wanted = key === '' ? [] : key.split('\n');
    const release = signalStore.want(wanted);
    const shown: (LiveValue | undefined)[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (): void => {
      timer = undefined;
      wanted.forEach((path, i) => {
        shown[i] = signalStore.latest(path);
      });
      redraw((n) => n + 1);
    };
    const unlisten = signalStore.listen(() => {
      if (timer !== undefined) return;
      if (wanted.some((path, i) => shown[i] !== signalStore.latest(path))) {
        timer = setTimeout(show, REFRESH_MS);
      }
    });
    return () => {
      clearTimeout(timer);
      unlisten();
      release();
    };
  }, [key]);
  return (path) => signalStore.latest(path);
}
