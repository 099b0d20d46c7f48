import { useFrame, useThree } from '@react-three/fiber';
import { useEffect } from 'react';
import { frameStore } from '../state/frame-store.ts';
import { viewProbe } from './view-probe.ts';

/** Blends the two latest frames before anything else of the picture reads them. */
export function FrameClock() {
  const gl = useThree((s) => s.gl);
  useFrame(() => frameStore.blend(performance.now()), -1);
  useEffect(() => {
    viewProbe.rendererInfo = () => ({
      calls: gl.info.render.calls,
      triangles: gl.info.render.triangles,
    });
  }, [gl]);
  return null;
}
