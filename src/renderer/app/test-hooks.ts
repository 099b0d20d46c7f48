import { devicePoses } from '../state/device-poses.ts';
import { frameStore } from '../state/frame-store.ts';
import { plantStore } from '../state/plant-store.ts';
import { uiStore } from '../state/ui-store.ts';
import { viewProbe } from '../plant-view/view-probe.ts';

/** What tests of the page may read; nothing can be changed through it. */
interface DoppelView {
  readonly selected: string | undefined;
  /** Point that the camera looks at, in world coordinates with Z up [m]. */
  readonly cameraTarget: readonly [number, number, number];
  readonly rendererInfo: { readonly calls: number; readonly triangles: number };
  readonly framesReceived: number;
  readonly frameTime: number;
  /** Latest drawn numbers of a device by channel name. */
  channels(id: string): Readonly<Record<string, number>>;
  /** Where a device is, in the same coordinates [m]. */
  placeOf(id: string): readonly [number, number, number] | undefined;
}

declare global {
  interface Window {
    readonly doppelView: DoppelView;
  }
}

export function installTestHooks(): void {
  const view: DoppelView = {
    get selected() {
      return uiStore.getState().selected;
    },
    get cameraTarget() {
      return viewProbe.cameraTarget();
    },
    get rendererInfo() {
      return viewProbe.rendererInfo();
    },
    get framesReceived() {
      return frameStore.received;
    },
    get frameTime() {
      return frameStore.time;
    },
    placeOf(id) {
      return devicePoses.positionOf(id);
    },
    channels(id) {
      const device = plantStore.getState().scene?.equipment.find((e) => e.id === id);
      if (device === undefined) return {};
      const { channels, firstChannel } = device;
      return Object.fromEntries(
        channels.map((name, i) => [name, frameStore.current[firstChannel + i] ?? Number.NaN]),
      );
    },
  };
  Object.defineProperty(window, 'doppelView', { value: Object.freeze(view) });
}
