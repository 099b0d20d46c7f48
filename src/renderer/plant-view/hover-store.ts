import { create } from 'zustand';

/** The device under the pointer. */
export const hoverStore = create<{ readonly hovered: string | undefined }>(() => ({
  hovered: undefined,
}));
