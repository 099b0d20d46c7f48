import { Loader, MantineProvider } from '@mantine/core';
import { type CSSProperties, useEffect } from 'react';
import { useStore } from 'zustand';
import { Dock } from '../panels/Dock.tsx';
import { Faceplate } from '../panels/faceplate/Faceplate.tsx';
import { TimeBar } from '../panels/time/TimeBar.tsx';
import { PlantTree } from '../panels/tree/PlantTree.tsx';
import { PlantCanvas } from '../plant-view/PlantCanvas.tsx';
import { panelStore } from '../state/panel-store.ts';
import { plantStore } from '../state/plant-store.ts';
import { uiStore } from '../state/ui-store.ts';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { mantineTheme, mantineVariables } from './mantine-theme.ts';
import { Palette } from './palette/Palette.tsx';
import { ShortcutSheet } from './ShortcutSheet.tsx';
import { Splitter } from './Splitter.tsx';
import { TopBar } from './TopBar.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import { ViewTools } from './ViewTools.tsx';

/** The window: picture in the middle, tree, faceplate and lower panels around it, time below. */
export function App() {
  const theme = useStore(uiStore, (s) => s.theme);
  const { sizes, open } = useStore(panelStore);
  const connection = useStore(plantStore, (s) => s.connection);
  const hasScene = useStore(plantStore, (s) => s.scene !== undefined);
  useShortcuts();
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const isStale = connection === 'lost' || connection === 'refused';
  const lengths = {
    '--left-width': open.left ? `${sizes.left}px` : '0px',
    '--right-width': open.right ? `${sizes.right}px` : '0px',
    '--dock-height': open.dock ? `${sizes.dock}px` : '0px',
  } as CSSProperties;
  return (
    <MantineProvider
      theme={mantineTheme}
      cssVariablesResolver={mantineVariables}
      forceColorScheme={theme}
    >
      <div className={isStale ? 'app stale' : 'app'} style={lengths}>
        <TopBar />
        <ConnectionBanner />
        {open.left && <PlantTree />}
        <main className="view">
          <PlantCanvas />
          <ViewTools />
          {!hasScene && (
            <div className="view-notice" role="status">
              <Loader color="gray" size="sm" />
              {connection === 'connecting'
                ? 'Connecting to the plant …'
                : 'Waiting for the scene …'}
            </div>
          )}
        </main>
        {open.right && <Faceplate />}
        {open.dock && <Dock />}
        {open.left && <Splitter side="left" />}
        {open.right && <Splitter side="right" />}
        {open.dock && <Splitter side="dock" />}
        <TimeBar />
      </div>
      <Palette />
      <ShortcutSheet />
    </MantineProvider>
  );
}
