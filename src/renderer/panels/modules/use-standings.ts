import { useEffect, useState } from 'react';
import type { ViewScene } from '../../../kernel/view-contract.ts';
import { devicePoses } from '../../state/device-poses.ts';
import { frameStore } from '../../state/frame-store.ts';
import type { Rack } from './rack-layout.ts';

/** What stands in a dock. */
export interface Standing {
  /** Index of the module, -1 when the dock is empty. */
  readonly module: number;
  /** Index into DEVICE_CONDITIONS. */
  readonly condition: number;
  /** Batches of which something stands in the module, each once. */
  readonly batches: readonly string[];
}

const EMPTY: Standing = { module: -1, condition: 0, batches: [] };
/** A module stands in the dock from whose place it is not further away than this [m]. */
const NEAR = 0.2;
const PULSE_MS = 400;

/** What stands in each dock of each rack; looked at a few times a second, redrawn when it differs. */
export function useStandings(
  scene: ViewScene | undefined,
  racks: readonly Rack[],
): readonly (readonly Standing[])[] {
  const [standings, setStandings] = useState<readonly (readonly Standing[])[]>([]);
  useEffect(() => {
    if (scene === undefined) return;
    let shown = '';
    const look = (): void => {
      const found = lookAtRacks(scene, racks);
      const key = JSON.stringify(found);
      if (key === shown) return;
      shown = key;
      setStandings(found);
    };
    look();
    const timer = setInterval(look, PULSE_MS);
    return () => clearInterval(timer);
  }, [scene, racks]);
  return standings;
}

function lookAtRacks(scene: ViewScene, racks: readonly Rack[]): Standing[][] {
  const held = new Map<number, number[]>();
  scene.equipment.forEach((_, index) => {
    const holder = devicePoses.holderOf(index);
    if (holder < 0) return;
    held.set(holder, [...(held.get(holder) ?? []), index]);
  });
  const batches = batchesByHolder(scene);
  return racks.map(({ id, docks }) => {
    const modules = held.get(devicePoses.indexOf(id)) ?? [];
    return docks.map(({ position: [x, y, z] }): Standing => {
      const module = modules.find((index) => {
        const at = devicePoses.positionOf(scene.equipment[index]?.id ?? '');
        return at !== undefined && Math.hypot(at[0] - x, at[1] - y, at[2] - z) < NEAR;
      });
      if (module === undefined) return EMPTY;
      return {
        module,
        condition: frameStore.condition(module),
        batches: [...(batches.get(module) ?? [])].sort(),
      };
    });
  });
}

/** Labels of the vessels that stand in each device. */
function batchesByHolder({ vessels }: ViewScene): ReadonlyMap<number, ReadonlySet<string>> {
  const found = new Map<number, Set<string>>();
  vessels.forEach(({ batch }, slot) => {
    if (batch === '' || frameStore.vessel(slot, 'present') !== 1) return;
    const holder = frameStore.vessel(slot, 'holder');
    if (!(holder >= 0)) return;
    found.set(holder, (found.get(holder) ?? new Set()).add(batch));
  });
  return found;
}
