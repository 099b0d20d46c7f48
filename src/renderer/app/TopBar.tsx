import { useStore } from 'zustand';
import { plantStore } from '../state/plant-store.ts';
import { uiStore } from '../state/ui-store.ts';

/** Name of the plant, what runs in it, and how the page looks. */
export function TopBar() {
  const title = useStore(plantStore, (s) => s.scene?.title ?? '');
  const batch = useStore(plantStore, (s) => s.batches.find((b) => b.outcome === 'running'));
  const alarms = useStore(plantStore, (s) => s.alarms.length);
  const theme = useStore(uiStore, (s) => s.theme);
  const { setTheme, showDock } = uiStore.getState();
  const step = batch?.steps.find(({ state }) => state === 'running');
  return (
    <header className="top">
      <span className="brand">Doppel</span>
      <span className="scene-title">{title}</span>
      <span className="simulated" data-testid="simulated">
        SIMULATED
      </span>
      <span className="spacer" />
      {batch !== undefined && (
        <span className="scene-title">
          Batch <strong>{batch.id}</strong>
          {step !== undefined && ` · step ${step.step} ${step.name}`}
        </span>
      )}
      <button type="button" className="button" onClick={() => showDock('events')}>
        {alarms === 0 ? 'No alarms' : `${alarms} alarm${alarms === 1 ? '' : 's'}`}
      </button>
      <button
        type="button"
        className="button"
        aria-label="Change theme"
        onClick={() => setTheme(theme === 'dark' ? 'light' : 'dark')}
      >
        {theme === 'dark' ? 'Light' : 'Dark'}
      </button>
    </header>
  );
}
