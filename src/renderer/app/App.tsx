import { useEffect } from 'react';
import { useStore } from 'zustand';
import { Dock } from '../panels/Dock.tsx';
import { Faceplate } from '../panels/faceplate/Faceplate.tsx';
import { PlantTree } from '../panels/PlantTree.tsx';
import { TimeBar } from '../panels/TimeBar.tsx';
import { PlantCanvas } from '../plant-view/PlantCanvas.tsx';
import { plantStore } from '../state/plant-store.ts';
import { uiStore } from '../state/ui-store.ts';
import { TopBar } from './TopBar.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import { ViewTools } from './ViewTools.tsx';

const NOTICES = {
  connecting: 'Connecting to the plant …',
  connected: 'Waiting for the scene …',
  lost: 'The host does not answer. Trying again …',
  refused: 'The host refused this page. Open the address that the host printed.',
} as const;

export function App() {
  const theme = useStore(uiStore, (s) => s.theme);
  const scene = useStore(plantStore, (s) => s.scene);
  const connection = useStore(plantStore, (s) => s.connection);
  useShortcuts();
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const showNotice = scene === undefined || connection !== 'connected';
  return (
    <div className="app">
      <TopBar />
      <PlantTree />
      <main className="view">
        <PlantCanvas />
        <ViewTools />
        {showNotice && (
          <div className="notice" role="status">
            {NOTICES[connection]}
          </div>
        )}
      </main>
      <Faceplate />
      <Dock />
      <TimeBar />
    </div>
  );
}
