import { useEffect } from 'react';
import { useHost } from '../host/host-context.ts';
import { uiStore } from '../state/ui-store.ts';
import { ACTIONS, actionOf } from './actions.ts';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, select, textarea');
}

/** A key that the focused control takes for itself. */
function belongsToControl({ key, target }: KeyboardEvent): boolean {
  return key === ' ' && target instanceof HTMLElement && target.matches('button, summary, [role]');
}

/** Keys of the whole page, and the menu of the desktop shell. */
export function useShortcuts(): void {
  const host = useHost();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const action = actionOf(event);
      if (action === undefined || uiStore.getState().overlay !== undefined) return;
      if (action.ctrl !== true && (isTyping(event.target) || belongsToControl(event))) return;
      event.preventDefault();
      action.run(host);
    };
    window.addEventListener('keydown', onKey);
    const stopMenu = window.doppel?.onMenu((command) => {
      ACTIONS.find(({ id }) => id === command)?.run(host);
    });
    return () => {
      window.removeEventListener('keydown', onKey);
      stopMenu?.();
    };
  }, [host]);
}
