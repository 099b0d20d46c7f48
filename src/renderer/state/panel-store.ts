import { create } from 'zustand';

/** The panels around the picture that can be resized and put away. */
export type Side = 'left' | 'right' | 'dock';

/** Limits of a panel's width, or height for the dock [px]. */
export const PANEL_LIMITS: Readonly<Record<Side, readonly [least: number, most: number]>> = {
  left: [180, 420],
  right: [280, 560],
  dock: [120, 560],
};

interface PanelState {
  readonly sizes: Readonly<Record<Side, number>>;
  readonly open: Readonly<Record<Side, boolean>>;
  resize(side: Side, size: number): void;
  toggle(side: Side): void;
}

const KEY = 'doppel-panels';
const DEFAULTS = {
  sizes: { left: 250, right: 344, dock: 236 },
  open: { left: true, right: true, dock: true },
} as const;

function clamp(side: Side, size: number): number {
  const [least, most] = PANEL_LIMITS[side];
  return Math.round(Math.min(most, Math.max(least, size)));
}

/** What was kept from the last visit; anything that does not fit is as new. */
function restore(): Pick<PanelState, 'sizes' | 'open'> {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<PanelState>;
    const side = (name: Side): number =>
      clamp(name, Number(kept.sizes?.[name]) || DEFAULTS.sizes[name]);
    return {
      sizes: { left: side('left'), right: side('right'), dock: side('dock') },
      open: { ...DEFAULTS.open, ...kept.open },
    };
  } catch {
    return DEFAULTS;
  }
}

export const panelStore = create<PanelState>((set) => ({
  ...restore(),
  resize: (side, size) => set(({ sizes }) => ({ sizes: { ...sizes, [side]: clamp(side, size) } })),
  toggle: (side) => set(({ open }) => ({ open: { ...open, [side]: !open[side] } })),
}));

panelStore.subscribe(({ sizes, open }) => {
  localStorage.setItem(KEY, JSON.stringify({ sizes, open }));
});
