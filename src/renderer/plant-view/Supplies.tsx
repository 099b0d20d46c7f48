import { useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { Mesh, SphereGeometry } from 'three';
import type { ViewScene } from '../../kernel/view-contract.ts';
import { Assembly } from './assembly.ts';
import { MATERIALS, PIPES } from './materials.ts';
import { type PipeRun, routeSupplies } from './supply-route.ts';

/** Distance of hangers along a pipe [m]. */
const HANGERS = 1.3;

function addRun(body: Assembly, { carries, radius, from, to }: PipeRun): void {
  const axis = [0, 1, 2].find((i) => Math.abs((from[i] ?? 0) - (to[i] ?? 0)) > 1e-3) ?? 0;
  const low = (from[axis] ?? 0) < (to[axis] ?? 0) ? from : to;
  const length = Math.abs((to[axis] ?? 0) - (from[axis] ?? 0));
  const material = PIPES[carries];
  body.cylinder(material, radius, length, low, (['x', 'y', 'z'] as const)[axis]);
  for (const end of [from, to]) {
    body.add(material, new SphereGeometry(radius, 10, 6).translate(...end));
  }
  if (axis === 2) return;
  for (let at = HANGERS / 2; at < length; at += HANGERS) {
    const point = low.map((value, i) => (i === axis ? value + at : value));
    const [x = 0, y = 0, z = 0] = point;
    body.box(MATERIALS.grey, [0.012, 0.012, 0.06], [x, y, z + radius], 0.002);
  }
}

/** Mains of medium, buffer, gas and drain between their sources and the racks. */
export function Supplies({ scene: { supplies, equipment } }: { scene: ViewScene }) {
  const gl = useThree((s) => s.gl);
  const group = useMemo(() => {
    const body = new Assembly();
    for (const run of routeSupplies(supplies, equipment)) addRun(body, run);
    const built = body.build();
    // So many thin lines of shadow would only be noise.
    built.traverse((object) => {
      object.castShadow = false;
    });
    return built;
  }, [supplies, equipment]);
  useEffect(() => {
    gl.shadowMap.needsUpdate = true;
    return () => {
      group.traverse((object) => {
        if (object instanceof Mesh) (object.geometry as { dispose(): void }).dispose();
      });
    };
  }, [gl, group]);
  return <primitive object={group} />;
}
