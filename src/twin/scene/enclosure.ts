import type { Vec3 } from '../../kernel/pose.ts';
import type { Solid, SolidPart } from '../../kernel/solid.ts';
import type { Bounds } from './bounds.ts';
import type { SceneZone } from './scene.ts';

/** Thickness of walls, floors and ceilings [m]; assumed. */
const WALL = 0.1;

/** A face of a zone: the axis it is normal to, its side, and the axes along it. */
const FACES = [
  { name: 'west wall', normal: 0, side: 'min' },
  { name: 'east wall', normal: 0, side: 'max' },
  { name: 'south wall', normal: 1, side: 'min' },
  { name: 'north wall', normal: 1, side: 'max' },
  { name: 'floor', normal: 2, side: 'min' },
  { name: 'ceiling', normal: 2, side: 'max' },
] as const;

type Axis = 0 | 1 | 2;

/** An area of a face: lowest and highest coordinates [m] along both of its axes. */
interface Area {
  readonly u: readonly [number, number];
  readonly v: readonly [number, number];
}

/**
 * Walls, floor and ceiling of a zone: slabs outside its box, with an opening wherever a body reaches
 * through, as a lock between two zones does.
 */
export function enclosureOf(zone: SceneZone, bodies: readonly Bounds[]): Solid[] {
  return FACES.map(({ name, normal, side }): Solid => {
    const axes = ([0, 1, 2] as const).filter((axis) => axis !== normal) as [Axis, Axis];
    const plane = zone[side][normal];
    const whole = areaOf(zone, axes);
    const openings = bodies.filter(
      ({ min, max }) => min[normal] < plane - WALL / 2 && max[normal] > plane + WALL / 2,
    );
    const areas = openings.reduce<readonly Area[]>(
      (left, body) => left.flatMap((area) => cut(area, areaOf(body, axes))),
      [whole],
    );
    const depth: readonly [number, number] =
      side === 'min' ? [plane - WALL, plane] : [plane, plane + WALL];
    return {
      id: `${name} of ${zone.id}`,
      parts: areas.map((area) => slab(area, normal, axes, depth)),
    };
  });
}

function areaOf({ min, max }: Bounds, [u, v]: readonly [Axis, Axis]): Area {
  return { u: [min[u], max[u]], v: [min[v], max[v]] };
}

/** What is left of `area` around `hole`: up to four areas. */
function cut(area: Area, hole: Area): Area[] {
  const u = [Math.max(area.u[0], hole.u[0]), Math.min(area.u[1], hole.u[1])] as const;
  const v = [Math.max(area.v[0], hole.v[0]), Math.min(area.v[1], hole.v[1])] as const;
  if (u[0] >= u[1] || v[0] >= v[1]) return [area];
  const parts: Area[] = [
    { u: [area.u[0], u[0]], v: area.v },
    { u: [u[1], area.u[1]], v: area.v },
    { u, v: [area.v[0], v[0]] },
    { u, v: [v[1], area.v[1]] },
  ];
  return parts.filter((part) => part.u[0] < part.u[1] && part.v[0] < part.v[1]);
}

function slab(
  { u, v }: Area,
  normal: Axis,
  [uAxis, vAxis]: readonly [Axis, Axis],
  depth: readonly [number, number],
): SolidPart {
  const centre: [number, number, number] = [0, 0, 0];
  const half: [number, number, number] = [0, 0, 0];
  for (const [axis, [low, high]] of [
    [normal, depth],
    [uAxis, u],
    [vAxis, v],
  ] as const) {
    centre[axis] = (low + high) / 2;
    half[axis] = (high - low) / 2;
  }
  return {
    shape: { kind: 'box', halfExtents: half satisfies Vec3 },
    pose: { position: centre, orientation: [0, 0, 0, 1] },
  };
}
