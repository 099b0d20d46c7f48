import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import type { Object3D } from 'three';
import { createPortal } from '@react-three/fiber';
import { Batches } from './batches.ts';
import { BATCH_RULES } from './materials.ts';

/** Draws what stands below `roots` in batches; shadows are drawn anew only when something moved. */
export function Batched({ roots }: { roots: readonly Object3D[] }) {
  const gl = useThree((s) => s.gl);
  const scene = useThree((s) => s.scene);
  const batches = useMemo(() => new Batches(roots, BATCH_RULES), [roots]);
  useEffect(() => () => batches.dispose(), [batches]);
  useFrame(() => {
    if (batches.update()) gl.shadowMap.needsUpdate = true;
  });
  return createPortal(<primitive object={batches.object} />, scene);
}
