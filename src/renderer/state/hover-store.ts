import { create } from 'zustand';

interface HoverState {
  /** Simulated instant under the pointer, shared by everything with a time axis [us]. */
  readonly time: number | undefined;
  hover(time: number | undefined): void;
}

export const hoverStore = create<HoverState>((set) => ({
  time: undefined,
  hover: (time) => set({ time }),
}));
