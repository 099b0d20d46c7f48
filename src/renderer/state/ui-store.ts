import { create } from 'zustand';

export type Theme = 'light' | 'dark';
export type DockTab = 'batches' | 'modules' | 'trends' | 'alarms' | 'events';
export type CameraRequest = 'frame' | 'home' | 'front' | 'right' | 'top';
export type Overlay = 'palette' | 'shortcuts';

/** What the person at the screen chose. */
interface UiState {
  readonly selected: string | undefined;
  readonly follow: boolean;
  readonly theme: Theme;
  readonly dockTab: DockTab;
  readonly overlay: Overlay | undefined;
  readonly trendSignals: readonly string[];
  /** A wish to move the camera; the number makes each one new. */
  readonly cameraRequest: { readonly kind: CameraRequest; readonly serial: number } | undefined;
  select(id: string | undefined): void;
  /** Selects a device and looks at it. */
  focus(id: string): void;
  setFollow(follow: boolean): void;
  setTheme(theme: Theme): void;
  showDock(tab: DockTab): void;
  setOverlay(overlay: Overlay | undefined): void;
  addTrend(path: string): void;
  removeTrend(path: string): void;
  moveCamera(kind: CameraRequest): void;
}

/** More lines than this cannot be told apart. */
export const MAX_TRENDS = 8;
const THEME_KEY = 'doppel-theme';

export const uiStore = create<UiState>((set, get) => ({
  selected: undefined,
  follow: false,
  theme: localStorage.getItem(THEME_KEY) === 'dark' ? 'dark' : 'light',
  dockTab: 'batches',
  overlay: undefined,
  trendSignals: [],
  cameraRequest: undefined,
  select: (selected) => set(selected === undefined ? { selected, follow: false } : { selected }),
  focus: (id) => {
    get().select(id);
    get().moveCamera('frame');
  },
  setFollow: (follow) => set({ follow }),
  setTheme: (theme) => {
    localStorage.setItem(THEME_KEY, theme);
    set({ theme });
  },
  showDock: (dockTab) => set({ dockTab }),
  setOverlay: (overlay) => set({ overlay }),
  addTrend: (path) =>
    set(({ trendSignals }) =>
      trendSignals.includes(path)
        ? { dockTab: 'trends' }
        : { dockTab: 'trends', trendSignals: [...trendSignals, path].slice(-MAX_TRENDS) },
    ),
  removeTrend: (path) =>
    set(({ trendSignals }) => ({ trendSignals: trendSignals.filter((p) => p !== path) })),
  moveCamera: (kind) =>
    set(({ cameraRequest }) => ({
      cameraRequest: { kind, serial: (cameraRequest?.serial ?? 0) + 1 },
    })),
}));
