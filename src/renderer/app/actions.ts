import type { HostCalls } from '../host/connect-host.ts';
import { neighbour } from '../panels/time/speeds.ts';
import { panelStore } from '../state/panel-store.ts';
import { plantStore } from '../state/plant-store.ts';
import { type CameraRequest, type DockTab, uiStore } from '../state/ui-store.ts';

/** Something that can be asked for by key, from the palette, or from the menu of the desktop shell. */
export interface Action {
  readonly id: string;
  readonly group: 'Time' | 'Camera' | 'Panels' | 'General';
  readonly title: string;
  /** `event.key` that asks for it. */
  readonly key?: string;
  /** With Ctrl, or Command on a Mac. */
  readonly ctrl?: boolean;
  /** How the key is written on the shortcut sheet. */
  readonly keys?: readonly string[];
  run(host: HostCalls): void;
}

function camera(kind: CameraRequest, title: string, key: string): Action {
  const keys = [key.length === 1 ? key.toUpperCase() : key];
  const run = (): void => uiStore.getState().moveCamera(kind);
  return { id: kind, group: 'Camera', title, key, keys, run };
}

function tab(dockTab: DockTab, title: string): Action {
  const run = (): void => {
    if (!panelStore.getState().open.dock) panelStore.getState().toggle('dock');
    uiStore.getState().showDock(dockTab);
  };
  return { id: `tab-${dockTab}`, group: 'Panels', title, run };
}

function changeSpeed(host: HostCalls, direction: -1 | 1): void {
  const { time } = plantStore.getState();
  if (time === undefined || time.mode === 'lockstep') return;
  const action = time.running ? 'run' : 'freeze';
  void host.time({ action, speed: neighbour(time.askedSpeed, direction) });
}

export const ACTIONS: readonly Action[] = [
  {
    id: 'run-freeze',
    group: 'Time',
    title: 'Run or freeze',
    key: ' ',
    keys: ['Space'],
    run: (host) => {
      const running = plantStore.getState().time?.running ?? false;
      void host.time({ action: running ? 'freeze' : 'run' });
    },
  },
  {
    id: 'step',
    group: 'Time',
    title: 'Step to the next event (while frozen)',
    key: '.',
    keys: ['.'],
    run: (host) => void host.time({ action: 'step' }),
  },
  {
    id: 'slower',
    group: 'Time',
    title: 'Slower',
    key: '<',
    keys: ['Shift', ','],
    run: (host) => changeSpeed(host, -1),
  },
  {
    id: 'faster',
    group: 'Time',
    title: 'Faster',
    key: '>',
    keys: ['Shift', '.'],
    run: (host) => changeSpeed(host, 1),
  },
  camera('home', 'Whole plant', 'Home'),
  camera('front', 'From the front', '1'),
  camera('right', 'From the right', '3'),
  camera('top', 'From the top', '7'),
  camera('frame', 'Look at the selected device', 'f'),
  {
    id: 'follow',
    group: 'Camera',
    title: 'Follow the selected device',
    key: 'F',
    keys: ['Shift', 'F'],
    run: () => {
      const { selected, follow, setFollow } = uiStore.getState();
      if (selected !== undefined) setFollow(!follow);
    },
  },
  {
    id: 'deselect',
    group: 'Camera',
    title: 'Select nothing',
    key: 'Escape',
    keys: ['Esc'],
    run: () => uiStore.getState().select(undefined),
  },
  {
    id: 'left',
    group: 'Panels',
    title: 'Plant tree',
    key: '[',
    keys: ['['],
    run: () => panelStore.getState().toggle('left'),
  },
  {
    id: 'right-panel',
    group: 'Panels',
    title: 'Faceplate',
    key: ']',
    keys: [']'],
    run: () => panelStore.getState().toggle('right'),
  },
  {
    id: 'dock',
    group: 'Panels',
    title: 'Lower panels',
    key: '\\',
    keys: ['\\'],
    run: () => panelStore.getState().toggle('dock'),
  },
  tab('batches', 'Show batches'),
  tab('modules', 'Show modules'),
  tab('trends', 'Show trends'),
  tab('alarms', 'Show alarms'),
  tab('events', 'Show events'),
  {
    id: 'palette',
    group: 'General',
    title: 'Search devices, signals and commands',
    key: 'k',
    ctrl: true,
    keys: ['Ctrl', 'K'],
    run: () => uiStore.getState().setOverlay('palette'),
  },
  {
    id: 'shortcuts',
    group: 'General',
    title: 'Keyboard shortcuts',
    key: '?',
    keys: ['?'],
    run: () => uiStore.getState().setOverlay('shortcuts'),
  },
  {
    id: 'theme',
    group: 'General',
    title: 'Light or dark',
    run: () => {
      const { theme, setTheme } = uiStore.getState();
      setTheme(theme === 'dark' ? 'light' : 'dark');
    },
  },
];

/** The action that a key press asks for. */
export function actionOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
): Action | undefined {
  if (event.altKey) return undefined;
  const ctrl = event.ctrlKey || event.metaKey;
  return ACTIONS.find((action) => action.key === event.key && (action.ctrl ?? false) === ctrl);
}
