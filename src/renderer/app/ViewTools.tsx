import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconFocus2,
  IconHome,
  IconSquareLetterF,
  IconSquareLetterR,
  IconSquareLetterT,
  IconTarget,
} from '@tabler/icons-react';
import { useStore } from 'zustand';
import { type CameraRequest, uiStore } from '../state/ui-store.ts';

const VIEWS: readonly { kind: CameraRequest; label: string; Icon: typeof IconHome }[] = [
  { kind: 'home', label: 'Whole plant (Home)', Icon: IconHome },
  { kind: 'front', label: 'From the front (1)', Icon: IconSquareLetterF },
  { kind: 'right', label: 'From the right (3)', Icon: IconSquareLetterR },
  { kind: 'top', label: 'From the top (7)', Icon: IconSquareLetterT },
];

/** Camera buttons over the picture. */
export function ViewTools() {
  const selected = useStore(uiStore, (s) => s.selected);
  const follow = useStore(uiStore, (s) => s.follow);
  const { moveCamera, setFollow } = uiStore.getState();
  return (
    <div className="view-tools" role="toolbar" aria-label="Camera">
      {VIEWS.map(({ kind, label, Icon }) => (
        <Tooltip key={kind} label={label}>
          <ActionIcon aria-label={label} onClick={() => moveCamera(kind)}>
            <Icon size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      ))}
      <hr />
      <Tooltip label="Look at the selected device (F)">
        <ActionIcon
          aria-label="Look at the selected device"
          disabled={selected === undefined}
          onClick={() => moveCamera('frame')}
        >
          <IconFocus2 size={18} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Follow the selected device (Shift+F)">
        <ActionIcon
          aria-label="Follow the selected device"
          aria-pressed={follow}
          variant={follow ? 'light' : 'subtle'}
          disabled={selected === undefined}
          onClick={() => setFollow(!follow)}
        >
          <IconTarget size={18} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
