import { Kbd, Modal } from '@mantine/core';
import { IconChartLine, IconCommand, IconCube, IconPlayerPlay } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useHost } from '../../host/host-context.ts';
import { uiStore } from '../../state/ui-store.ts';
import { allEntries, type Entry, type EntryKind, findEntries } from './entries.ts';

const ICONS: Readonly<Record<EntryKind, typeof IconCube>> = {
  device: IconCube,
  command: IconPlayerPlay,
  signal: IconChartLine,
  action: IconCommand,
};

/** One field that finds devices, their commands and signals, and everything the page can do. */
export function Palette() {
  const opened = useStore(uiStore, (s) => s.overlay === 'palette');
  const close = (): void => uiStore.getState().setOverlay(undefined);
  return (
    <Modal
      opened={opened}
      onClose={close}
      withCloseButton={false}
      size={620}
      padding={0}
      yOffset="12vh"
      returnFocus={false}
      aria-label="Search or command"
    >
      {opened && <PaletteSearch onDone={close} />}
    </Modal>
  );
}

function PaletteSearch({ onDone }: { readonly onDone: () => void }) {
  const host = useHost();
  const entries = useMemo(allEntries, []);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const found = findEntries(entries, text);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const choose = (entry: Entry): void => {
    onDone();
    entry.run(host);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const chosen = found[at];
    if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, at + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    else if (event.key === 'Enter' && chosen !== undefined) choose(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <div className="palette" data-testid="palette">
      <input
        data-autofocus
        autoFocus
        className="palette-input"
        aria-label="Search or command"
        placeholder="Device, command or signal …"
        data-testid="palette-input"
        value={text}
        onKeyDown={onKeyDown}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          setAt(0);
        }}
      />
      <div className="palette-list" role="listbox" ref={list}>
        {found.map((entry, i) => {
          const Icon = ICONS[entry.kind];
          return (
            <button
              key={entry.key}
              type="button"
              role="option"
              tabIndex={-1}
              aria-selected={i === at}
              className="palette-entry"
              onPointerMove={() => setAt(i)}
              onClick={() => choose(entry)}
            >
              <Icon size={16} stroke={1.6} />
              <span className="ellipsis">{entry.title}</span>
              <span className="muted ellipsis">{entry.context}</span>
              <span className="keys">
                {entry.keys?.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </span>
            </button>
          );
        })}
        {found.length === 0 && <p className="empty">Nothing is called “{text}”.</p>}
      </div>
      <footer className="palette-foot muted">
        <span>
          <Kbd>@</Kbd> devices
        </span>
        <span>
          <Kbd>&gt;</Kbd> commands
        </span>
        <span>
          <Kbd>#</Kbd> signals to trend
        </span>
        <span className="spacer" />
        <span>
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> <Kbd>Enter</Kbd>
        </span>
      </footer>
    </div>
  );
}
