import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useStore } from 'zustand';
import { PANEL_LIMITS, panelStore, type Side } from '../state/panel-store.ts';

const LABELS: Readonly<Record<Side, string>> = {
  left: 'Width of the plant tree',
  right: 'Width of the faceplate',
  dock: 'Height of the lower panels',
};
/** One press of an arrow key [px]. */
const KEY_STEP = 16;
/** Dragging away from the panel's own side makes it larger (1) or smaller (-1). */
const DIRECTION: Readonly<Record<Side, 1 | -1>> = { left: 1, right: -1, dock: -1 };

/** The edge of a panel, to drag or to move with the arrow keys. */
export function Splitter({ side }: { readonly side: Side }) {
  const size = useStore(panelStore, (s) => s.sizes[side]);
  const start = useRef<{ readonly at: number; readonly size: number }>(undefined);
  const isVertical = side !== 'dock';
  const place = (event: PointerEvent): number => (isVertical ? event.clientX : event.clientY);
  const { resize } = panelStore.getState();
  const onKeyDown = (event: KeyboardEvent): void => {
    const forward = isVertical ? 'ArrowRight' : 'ArrowDown';
    const back = isVertical ? 'ArrowLeft' : 'ArrowUp';
    if (event.key !== forward && event.key !== back) return;
    event.preventDefault();
    resize(side, size + (event.key === forward ? 1 : -1) * DIRECTION[side] * KEY_STEP);
  };
  return (
    <div
      className={`splitter ${isVertical ? 'vertical' : 'horizontal'} ${side === 'dock' ? 'dock-edge' : side}`}
      role="separator"
      aria-orientation={isVertical ? 'vertical' : 'horizontal'}
      aria-label={LABELS[side]}
      aria-valuenow={size}
      aria-valuemin={PANEL_LIMITS[side][0]}
      aria-valuemax={PANEL_LIMITS[side][1]}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.dataset.dragging = '';
        start.current = { at: place(event), size };
      }}
      onPointerMove={(event) => {
        if (start.current === undefined) return;
        const moved = (place(event) - start.current.at) * DIRECTION[side];
        resize(side, start.current.size + moved);
      }}
      onPointerUp={(event) => {
        delete event.currentTarget.dataset.dragging;
        start.current = undefined;
      }}
    />
  );
}
