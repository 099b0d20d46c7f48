import { useEffect } from 'react';
import { useHost } from '../host/host-context.ts';
import { plantStore } from '../state/plant-store.ts';
import { type CameraRequest, uiStore } from '../state/ui-store.ts';

const CAMERA_KEYS: Readonly<Record<string, CameraRequest>> = {
  Home: 'home',
  '1': 'front',
  '3': 'right',
  '7': 'top',
  f: 'frame',
};

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, select, textarea');
}

/** Keys of the whole page: Space, `.`, F, Shift+F, Home, 1, 3, 7, Escape. */
export function useShortcuts(): void {
  const host = useHost();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const ui = uiStore.getState();
      const camera = CAMERA_KEYS[event.key];
      if (event.key === ' ') {
        event.preventDefault();
        const running = plantStore.getState().time?.running ?? false;
        void host.time({ action: running ? 'freeze' : 'run' });
      } else if (event.key === '.') void host.time({ action: 'step' });
      else if (event.key === 'F') {
        if (ui.selected !== undefined) ui.setFollow(!ui.follow);
      } else if (event.key === 'Escape') ui.select(undefined);
      else if (camera !== undefined) ui.moveCamera(camera);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [host]);
}
