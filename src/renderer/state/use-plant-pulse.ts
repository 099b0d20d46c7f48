import { useEffect, useState } from 'react';
import { devicePoses } from './device-poses.ts';
import { frameStore } from './frame-store.ts';

/** Panels look at frames at this pace [ms]. */
const PULSE_MS = 400;

/** Redraws a component when devices changed their places; returns the number of such changes. */
export function useHolders(): number {
  const [revision, setRevision] = useState(devicePoses.holdersRevision);
  useEffect(() => {
    const timer = setInterval(() => setRevision(devicePoses.holdersRevision), PULSE_MS);
    return () => clearInterval(timer);
  }, []);
  return revision;
}

/** Redraws a component when the condition of one of these devices changed. */
export function useConditions(devices: readonly number[]): (device: number) => number {
  const key = devices.join();
  const [, redraw] = useState('');
  useEffect(() => {
    const list = key === '' ? [] : key.split(',').map(Number);
    const look = (): void => redraw(list.map((device) => frameStore.condition(device)).join());
    look();
    const timer = setInterval(look, PULSE_MS);
    return () => clearInterval(timer);
  }, [key]);
  return (device) => frameStore.condition(device);
}
