import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import type { Group } from 'three';
import type { ViewScene } from '../../kernel/view-contract.ts';
import { placeCarriers } from './place-carriers.ts';
import { VesselFleet } from './vessel-fleet.ts';

/** Every vessel with its contents, moved by the frames. */
export function Vessels({ scene: { equipment, vessels } }: { scene: ViewScene }) {
  const gl = useThree((s) => s.gl);
  const fleet = useMemo(() => new VesselFleet(equipment), [equipment]);
  const plant = useRef<Group>(null);
  useEffect(() => fleet.follow(vessels), [fleet, vessels]);
  useEffect(() => () => fleet.dispose(), [fleet]);
  useFrame(() => {
    if (plant.current !== null) placeCarriers.update(plant.current);
    if (fleet.picture()) gl.shadowMap.needsUpdate = true;
  });
  return (
    <group ref={plant}>
      <primitive object={fleet.object} />
    </group>
  );
}
