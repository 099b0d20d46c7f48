import type { DeviceDescription } from '../../../kernel/plant-contract.ts';
import type { HostCalls } from '../../host/connect-host.ts';
import { SPEEDS } from '../../panels/time/speeds.ts';
import { formatSpeed } from '../../panels/format.ts';
import { panelStore } from '../../state/panel-store.ts';
import { plantStore } from '../../state/plant-store.ts';
import { uiStore } from '../../state/ui-store.ts';
import { ACTIONS } from '../actions.ts';

export type EntryKind = 'device' | 'command' | 'signal' | 'action';

/** Something the palette can find and do. */
export interface Entry {
  readonly key: string;
  readonly kind: EntryKind;
  readonly title: string;
  readonly context: string;
  readonly keys?: readonly string[];
  run(host: HostCalls): void;
}

/** First characters that narrow the search to one kind. */
export const PREFIXES: Readonly<Record<string, EntryKind>> = {
  '@': 'device',
  '>': 'command',
  '#': 'signal',
};

function showFace(device: string): void {
  if (!panelStore.getState().open.right) panelStore.getState().toggle('right');
  uiStore.getState().focus(device);
}

/** Opens the form of a command, or puts the keyboard on its button; nothing is sent yet. */
function showCommand(device: string, command: string): void {
  showFace(device);
  // The faceplate of a newly selected device is drawn first.
  requestAnimationFrame(() => {
    const find = (id: string): HTMLElement | null =>
      document.querySelector(`[data-testid="${id}"]`);
    const summary = find(`faceplate-open-${command}`);
    if (summary?.parentElement instanceof HTMLDetailsElement) summary.parentElement.open = true;
    const target = summary ?? find(`faceplate-command-${command}`);
    target?.scrollIntoView({ block: 'center' });
    target?.focus();
  });
}

function entriesOf({ id, title, zone, commands, signals }: DeviceDescription): Entry[] {
  return [
    { key: `@${id}`, kind: 'device', title, context: zone, run: () => showFace(id) },
    ...commands.map((command): Entry => {
      const run = (): void => showCommand(id, command.name);
      const key = `>${id}.${command.name}`;
      return { key, kind: 'command', title: command.title, context: title, run };
    }),
    ...signals
      .filter(({ kind }) => kind !== 'text')
      .map((signal): Entry => {
        const path = `${id}.${signal.name}`;
        const run = (): void => uiStore.getState().addTrend(path);
        return { key: `#${path}`, kind: 'signal', title: signal.title, context: title, run };
      }),
  ];
}

/** All that can be found, devices first. */
export function allEntries(): Entry[] {
  const { devices, time } = plantStore.getState();
  const action = time?.running === true ? 'run' : 'freeze';
  return [
    ...[...devices.values()].flatMap(entriesOf),
    ...ACTIONS.filter(({ id }) => id !== 'palette').map(
      ({ id, title, group, keys, run }): Entry => {
        const context = group;
        return { key: `!${id}`, kind: 'action', title, context, ...(keys ? { keys } : {}), run };
      },
    ),
    ...SPEEDS.map((speed): Entry => {
      const title = `Speed ${speed === 'max' ? 'maximum' : formatSpeed(speed)}`;
      const run = (host: HostCalls): void => void host.time({ action, speed });
      return { key: `!speed-${speed}`, kind: 'action', title, context: 'Time', run };
    }),
  ];
}

const KIND_ORDER: readonly EntryKind[] = ['device', 'action', 'command', 'signal'];
const MOST_FOUND = 40;

/** How well an entry fits: 0 not at all; a word of the title that starts so counts most. */
function fit({ title, context, key }: Entry, words: readonly string[]): number {
  const lower = title.toLowerCase();
  let score = 1;
  for (const word of words) {
    if (lower.startsWith(word)) score += 4;
    else if (lower.includes(` ${word}`)) score += 3;
    else if (lower.includes(word)) score += 2;
    else if (!`${context} ${key}`.toLowerCase().includes(word)) return 0;
  }
  return score;
}

/** Entries that fit a text, the best first; `@`, `>` and `#` ask for devices, commands, signals. */
export function findEntries(entries: readonly Entry[], text: string): Entry[] {
  const kind = PREFIXES[text[0] ?? ''];
  const words = (kind === undefined ? text : text.slice(1))
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean);
  return entries
    .filter((entry) => kind === undefined || entry.kind === kind)
    .filter((entry) => words.length > 0 || kind !== undefined || entry.kind !== 'signal')
    .map((entry) => ({ entry, score: fit(entry, words) }))
    .filter(({ score }) => score > 0)
    .sort(
      (a, b) =>
        b.score - a.score || KIND_ORDER.indexOf(a.entry.kind) - KIND_ORDER.indexOf(b.entry.kind),
    )
    .slice(0, MOST_FOUND)
    .map(({ entry }) => entry);
}
