import { composePose, type Vec3 } from '../../kernel/pose.ts';
import type { Report } from './problem.ts';
import type { Scene } from './scene.ts';

/** Tubing may be this much shorter than its way by the points, for they are only roughly given. */
const STRETCH = 0.05;
/** Tubing longer than this many times its way is taken for a mistake; coils are allowed for [m]. */
const SLACK = 2;
const COIL = 1;

/** Reports ports with more than one line, and tubing that does not fit its way. */
export function findLineProblems(scene: Scene, report: Report): void {
  const taken = new Map<string, string>();
  const positions = portPositions(scene);
  const manifolds = new Set(
    scene.devices.flatMap(({ id, definition, config }) =>
      definition.ports(config).flatMap(({ name, manifold }) => (manifold ? [`${id}.${name}`] : [])),
    ),
  );
  for (const { id, from, to, points, length } of scene.lines) {
    for (const [end, port] of [
      ['from', from],
      ['to', to],
    ] as const) {
      const other = taken.get(port);
      if (other !== undefined && !manifolds.has(port)) {
        report(
          ['lines', id, end],
          `${port} already has line ${other}`,
          'Connect the line to another port; a port takes one line.',
        );
      }
      taken.set(port, id);
    }
    const way = [positions.get(from), ...points, positions.get(to)];
    const distance = lengthOf(way.filter((point) => point !== undefined));
    const short = length < distance * (1 - STRETCH);
    if (!short && length <= SLACK * distance + COIL) continue;
    report(
      ['lines', id, 'length'],
      `${length} m of tubing is too ${short ? 'short' : 'long'} for its way of ${distance.toFixed(2)} m from ${from} to ${to}`,
      `Write for instance length: ${(Math.ceil(distance * 11) / 10).toFixed(1)} m, or correct the points.`,
    );
  }
}

function portPositions(scene: Scene): ReadonlyMap<string, Vec3> {
  const found = new Map<string, Vec3>();
  for (const { id, definition, config, pose } of scene.devices) {
    for (const { name, position } of definition.ports(config)) {
      const { position: p } = composePose(pose, { position, orientation: [0, 0, 0, 1] });
      found.set(`${id}.${name}`, p);
    }
  }
  return found;
}

/** Length of a polyline [m]. */
function lengthOf(points: readonly Vec3[]): number {
  let sum = 0;
  points.forEach((p, i) => {
    const last = points[i - 1];
    if (last !== undefined) sum += Math.hypot(p[0] - last[0], p[1] - last[1], p[2] - last[2]);
  });
  return sum;
}
