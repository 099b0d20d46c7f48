import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { Color } from 'three';
import { LINE_FIELDS, LINE_STRIDE, type ViewScene } from '../../kernel/view-contract.ts';
import { frameStore } from '../state/frame-store.ts';
import { plantStore } from '../state/plant-store.ts';
import { routeOf } from './line-route.ts';
import { buildTubing, type Tubing } from './tubing.ts';
import { liquidColour } from './liquid-look.ts';

/** Speed of the pattern: fast enough to see at 1 mL/min, calm at 300 mL/min [m/s]. */
const SLOWEST = 0.05;
const FASTEST = 0.45;
/** Flow at which the pattern is fastest [m3/s]. */
const FULL_FLOW = 5e-6;
/** Less liquid than this, as a share of the line, is not drawn. */
const DRY = 0.02;
const colour = new Color();

function update(tubing: Tubing, scene: ViewScene, dt: number): void {
  const f = frameStore.current;
  for (let i = 0; i < scene.lines.length; i++) {
    const at = scene.layout.lines + i * LINE_STRIDE;
    const flow = f[at + LINE_FIELDS.flow] ?? 0;
    const wet = f[at + LINE_FIELDS.wet] ?? 0;
    liquidColour(f[at + LINE_FIELDS.tint] ?? 0, 0.1, colour);
    const moves = Math.abs(flow) > 1e-12 && wet > DRY;
    const share = Math.min(1, Math.sqrt(Math.abs(flow) / FULL_FLOW));
    const speed = moves ? Math.sign(flow) * (SLOWEST + (FASTEST - SLOWEST) * share) : 0;
    tubing.show(i, { colour, wet: wet > DRY, moves, advance: speed * dt });
  }
}

/** Tubing with its liquid; a moving pattern shows direction and pace of the flow. */
export function Lines({ scene }: { scene: ViewScene }) {
  const gl = useThree((s) => s.gl);
  const { lines, equipment } = scene;
  const tubing = useMemo(
    () =>
      buildTubing(
        lines.map((line) => ({
          points: routeOf(line, equipment),
          outerDiameter: line.outerDiameter,
        })),
      ),
    [lines, equipment],
  );
  useEffect(() => {
    gl.shadowMap.needsUpdate = true;
    return () => tubing.dispose();
  }, [gl, tubing]);
  useFrame((_, delta) => {
    const running = plantStore.getState().time?.running ?? false;
    update(tubing, scene, running ? Math.min(delta, 0.1) : 0);
  });
  return <primitive object={tubing.object} />;
}
