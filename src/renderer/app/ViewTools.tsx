import { useStore } from 'zustand';
import { type CameraRequest, uiStore } from '../state/ui-store.ts';

const VIEWS: readonly { kind: CameraRequest; label: string; hint: string }[] = [
  { kind: 'home', label: 'Home', hint: 'Whole plant (Home)' },
  { kind: 'front', label: 'Front', hint: 'Front view (1)' },
  { kind: 'right', label: 'Right', hint: 'Right view (3)' },
  { kind: 'top', label: 'Top', hint: 'Top view (7)' },
];

/** Camera buttons over the picture. */
export function ViewTools() {
  const selected = useStore(uiStore, (s) => s.selected);
  const follow = useStore(uiStore, (s) => s.follow);
  const { moveCamera, setFollow } = uiStore.getState();
  return (
    <div className="view-tools" role="toolbar" aria-label="Camera">
      {VIEWS.map(({ kind, label, hint }) => (
        <button
          key={kind}
          type="button"
          className="button"
          title={hint}
          onClick={() => moveCamera(kind)}
        >
          {label}
        </button>
      ))}
      <button
        type="button"
        className="button"
        title="Look at the selected device (F)"
        disabled={selected === undefined}
        onClick={() => moveCamera('frame')}
      >
        Focus
      </button>
      <button
        type="button"
        className="button"
        title="Move with the selected device (Shift+F)"
        disabled={selected === undefined}
        aria-pressed={follow}
        onClick={() => setFollow(!follow)}
      >
        Follow
      </button>
    </div>
  );
}
