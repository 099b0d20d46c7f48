import { ActionIcon, Kbd, Tooltip } from '@mantine/core';
import { IconFolderOpen, IconKeyboard, IconMoon, IconSearch, IconSun } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { plantStore } from '../state/plant-store.ts';
import { uiStore } from '../state/ui-store.ts';
import { AlarmSummary } from './AlarmSummary.tsx';
import { BatchStrip } from './BatchStrip.tsx';
import { BrandMark } from './BrandMark.tsx';

/** Name of the plant, where its batch is, what is wrong, and how to find anything. */
export function TopBar() {
  const title = useStore(plantStore, (s) => s.scene?.title ?? '');
  const theme = useStore(uiStore, (s) => s.theme);
  const { setTheme, setOverlay } = uiStore.getState();
  const desktop = window.doppel;
  return (
    <header className="top">
      <span className="brand">
        <BrandMark />
        Doppel
      </span>
      <span className="ellipsis muted">{title}</span>
      <span
        className="simulated"
        data-testid="simulated"
        title="Nothing here is real equipment; no command reaches any."
      >
        SIMULATED
      </span>
      <span className="spacer" />
      <BatchStrip />
      <span className="spacer" />
      <AlarmSummary />
      <button
        type="button"
        className="search-button"
        data-testid="open-palette"
        onClick={() => setOverlay('palette')}
      >
        <IconSearch size={14} />
        <span className="spacer">Search or command</span>
        <Kbd>Ctrl K</Kbd>
      </button>
      <span style={{ display: 'flex', gap: 2 }}>
        {desktop !== undefined && (
          <Tooltip label="Open a scene">
            <ActionIcon aria-label="Open a scene" onClick={() => void desktop.openScene()}>
              <IconFolderOpen size={17} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        )}
        <Tooltip label="Keyboard shortcuts (?)">
          <ActionIcon aria-label="Keyboard shortcuts" onClick={() => setOverlay('shortcuts')}>
            <IconKeyboard size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={theme === 'dark' ? 'Light theme' : 'Dark theme'}>
          <ActionIcon
            aria-label="Change theme"
            onClick={() => setTheme(theme === 'dark' ? 'light' : 'dark')}
          >
            {theme === 'dark' ? (
              <IconSun size={17} stroke={1.7} />
            ) : (
              <IconMoon size={17} stroke={1.7} />
            )}
          </ActionIcon>
        </Tooltip>
      </span>
    </header>
  );
}
