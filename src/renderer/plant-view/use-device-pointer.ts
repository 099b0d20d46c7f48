import type { ThreeEvent } from '@react-three/fiber';
import { useMemo } from 'react';
import { uiStore } from '../state/ui-store.ts';
import { hoverStore } from './hover-store.ts';

/** Further apart than this, press and release were a camera move [px]. */
const CLICK_SLACK = 4;

/** What the pointer does with the devices of an object: choose, look at, and point out. */
export interface DevicePointer {
  readonly onClick: (event: ThreeEvent<MouseEvent>) => void;
  readonly onDoubleClick: (event: ThreeEvent<MouseEvent>) => void;
  readonly onPointerOver: (event: ThreeEvent<PointerEvent>) => void;
  readonly onPointerOut: (event: ThreeEvent<PointerEvent>) => void;
}

/** Handlers for an object that shows devices; `idOf` says which one an event met. */
export function useDevicePointer(
  idOf: (event: ThreeEvent<MouseEvent>) => string | undefined,
): DevicePointer {
  return useMemo(
    () => ({
      onClick: (event) => {
        if (event.delta > CLICK_SLACK) return;
        event.stopPropagation();
        uiStore.getState().select(idOf(event));
      },
      onDoubleClick: (event) => {
        event.stopPropagation();
        uiStore.getState().moveCamera('frame');
      },
      onPointerOver: (event) => {
        event.stopPropagation();
        hoverStore.setState({ hovered: idOf(event) });
      },
      onPointerOut: (event) => {
        if (hoverStore.getState().hovered === idOf(event)) {
          hoverStore.setState({ hovered: undefined });
        }
      },
    }),
    [idOf],
  );
}
