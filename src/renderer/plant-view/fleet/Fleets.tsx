import { type ThreeEvent, useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import type { PerspectiveCamera } from 'three';
import type { ViewScene } from '../../../kernel/view-contract.ts';
import { plantStore } from '../../state/plant-store.ts';
import { fleetModelOf } from '../models/registry.ts';
import { useDevicePointer } from '../use-device-pointer.ts';
import { FleetContents } from './contents.ts';
import { Fleet } from './fleet.ts';
import { NamePlates } from './name-plates.ts';
import { FleetPicker } from './picker.ts';
import { StandIns } from './StandIns.tsx';
import { StatusLights } from './status-lights.ts';

/** Smallest interval between two shadow maps for what moves here [ms]. */
const SHADOW_MS = 120;

/** Devices of which there are many: modules, cassettes, racks, shuttles. */
export function Fleets({ scene: { equipment, vessels } }: { scene: ViewScene }) {
  const gl = useThree((s) => s.gl);
  const drawn = useMemo(() => {
    const fleet = new Fleet(equipment, fleetModelOf);
    return {
      fleet,
      lights: new StatusLights(fleet, equipment),
      contents: new FleetContents(fleet),
      plates: new NamePlates(fleet, equipment),
      picker: new FleetPicker(fleet, equipment),
      shadowAt: -Infinity,
    };
  }, [equipment]);
  useEffect(
    () => () => {
      for (const part of [drawn.fleet, drawn.lights, drawn.contents, drawn.plates]) part.dispose();
    },
    [drawn],
  );
  useEffect(() => drawn.contents.follow(vessels), [drawn, vessels]);
  useFrame(({ camera, size }, delta) => {
    const now = performance.now();
    const running = plantStore.getState().time?.running ?? false;
    const dt = running ? Math.min(delta, 0.1) : 0;
    const moved = drawn.fleet.picture(camera as PerspectiveCamera, size.height, dt);
    drawn.lights.picture(now);
    drawn.contents.picture();
    drawn.plates.picture();
    if (!moved || now - drawn.shadowAt < SHADOW_MS) return;
    drawn.shadowAt = now;
    gl.shadowMap.needsUpdate = true;
  });
  const idOf = ({ instanceId }: ThreeEvent<unknown>): string | undefined =>
    equipment[instanceId ?? -1]?.id;
  const pointer = useDevicePointer(idOf);
  return (
    <>
      <primitive object={drawn.fleet.object} />
      <primitive object={drawn.lights.object} />
      <primitive object={drawn.contents.object} />
      <primitive object={drawn.plates.object} />
      <primitive object={drawn.picker} {...pointer} />
      <StandIns fleet={drawn.fleet} />
    </>
  );
}
