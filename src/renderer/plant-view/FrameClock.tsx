import { useFrame, useThree } from '@react-three/fiber';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { devicePoses } from '../state/device-poses.ts';
import { frameStore } from '../state/frame-store.ts';
import { plantStore } from '../state/plant-store.ts';
import { viewProbe } from './view-probe.ts';

/** While time stands still, the page looks for news at this pace [ms]. */
const WATCH_MS = 250;

/**
 * Blends the two latest frames before anything else of the picture reads them. While simulated time
 * stands still, pictures are drawn only when something arrived or the camera moves.
 */
export function FrameClock() {
  const gl = useThree((s) => s.gl);
  const invalidate = useThree((s) => s.invalidate);
  const setFrameloop = useThree((s) => s.setFrameloop);
  const running = useStore(plantStore, (s) => s.time?.running ?? true);
  useFrame(() => {
    frameStore.blend(performance.now());
    devicePoses.picture();
  }, -1);
  useEffect(() => {
    viewProbe.rendererInfo = () => ({
      calls: gl.info.render.calls,
      triangles: gl.info.render.triangles,
    });
  }, [gl]);
  useEffect(() => {
    setFrameloop(running ? 'always' : 'demand');
    invalidate();
    if (running) return undefined;
    let seen = -1;
    let was = true;
    const timer = setInterval(() => {
      // A picture later than the last change is drawn too: only then has the blend arrived.
      const isNew = frameStore.changes !== seen;
      if (isNew || was) invalidate(2);
      seen = frameStore.changes;
      was = isNew;
    }, WATCH_MS);
    return () => clearInterval(timer);
  }, [running, invalidate, setFrameloop]);
  return null;
}
