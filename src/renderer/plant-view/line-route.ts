import { CatmullRomCurve3, Vector3 } from 'three';
import { rotate, type Vec3 } from '../../kernel/pose.ts';
import type { ViewEquipment, ViewLine } from '../../kernel/view-contract.ts';
import { PUMP_HEAD } from './models/peristaltic-pump.ts';

/** A point of the scene's route this close to a pump stands for the pump [m]. */
const AT_PUMP = 0.32;

/** The way over a pump's rollers in the world, from its left to its right. */
function overRollers({ pose, size }: ViewEquipment): Vector3[] {
  const { radius, drop, reach } = PUMP_HEAD;
  const z = PUMP_HEAD.height(size);
  const y = PUMP_HEAD.front(size);
  const local: Vec3[] = [[-reach, y, z + drop]];
  for (let i = 0; i <= 6; i++) {
    const a = Math.PI * (0.9 - 0.8 * (i / 6));
    local.push([radius * Math.cos(a), y, z + radius * Math.sin(a)]);
  }
  local.push([reach, y, z + drop]);
  const [px, py, pz] = pose.position;
  return local.map((p) => {
    const [x, yy, zz] = rotate(pose.orientation, p);
    return new Vector3(x + px, yy + py, zz + pz);
  });
}

/** Replaces the route's point nearest to a pump by the way over its rollers. */
function throughPump(points: Vector3[], pump: ViewEquipment): Vector3[] {
  const over = overRollers(pump);
  const middle = over[Math.floor(over.length / 2)] as Vector3;
  let nearest = -1;
  let least = AT_PUMP;
  for (let i = 1; i < points.length - 1; i++) {
    const distance = (points[i] as Vector3).distanceTo(middle);
    if (distance < least) [least, nearest] = [distance, i];
  }
  if (nearest < 0) return points;
  const before = points[nearest - 1] as Vector3;
  const [first, last] = [over[0] as Vector3, over[over.length - 1] as Vector3];
  if (before.distanceTo(last) < before.distanceTo(first)) over.reverse();
  return [...points.slice(0, nearest), ...over, ...points.slice(nearest + 1)];
}

/** Smooth way of a line: from port to port through the scene's points and over the pump's rollers. */
export function routeOf(line: ViewLine, equipment: readonly ViewEquipment[]): CatmullRomCurve3 {
  let points = line.points.map((p) => new Vector3(...p));
  for (const pump of equipment) {
    if (pump.type === 'peristaltic-pump' && pump.appearance.line === line.id) {
      points = throughPump(points, pump);
    }
  }
  // Tubing leaves and meets its fittings upright.
  const [first, last] = [points[0], points[points.length - 1]];
  if (first === undefined || last === undefined) return new CatmullRomCurve3(points);
  const stub = (p: Vector3): Vector3 => p.clone().add(new Vector3(0, 0, 0.05));
  const inner = points.slice(1, -1);
  return new CatmullRomCurve3(
    [first, stub(first), ...inner, stub(last), last],
    false,
    'centripetal',
  );
}
