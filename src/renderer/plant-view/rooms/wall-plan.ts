import type { CleanroomGrade, ViewEquipment, ViewZone } from '../../../kernel/view-contract.ts';

export type Side = ViewZone['glass'][number];

/** Rectangle left out of a wall: along the wall and up [m]. */
export interface Opening {
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
}

/** A stretch of wall to build. */
export interface WallRun {
  readonly zone: ViewZone;
  readonly side: Side;
  readonly glass: boolean;
  /** Position of the wall's plane across it [m]. */
  readonly plane: number;
  /** Ends along the wall: X of south and north walls, Y of the others [m]. */
  readonly from: number;
  readonly to: number;
  /** Along the wall as seen from inside, left to right. */
  readonly openings: readonly Opening[];
  /** Outward direction in the plane of the floor. */
  readonly outward: readonly [number, number];
}

const SIDES = ['south', 'north', 'west', 'east'] as const;
const OPPOSITE = { south: 'north', north: 'south', west: 'east', east: 'west' } as const;
const OUTWARD = { south: [0, -1], north: [0, 1], west: [-1, 0], east: [1, 0] } as const;
const STRICTEST: readonly CleanroomGrade[] = ['A', 'B', 'C', 'D', 'unclassified'];
/** Planes closer than this are the same wall [m]. */
const SAME = 0.15;
/** Device types that stand in a wall. */
const THROUGH = new Set(['lock', 'tube-lock']);
/** A shorter remainder is not built [m]. */
const SHORTEST = 0.1;

/** Plane and ends of a zone's side. */
function sideOf({ min, max }: ViewZone, side: Side): { plane: number; from: number; to: number } {
  const alongX = side === 'south' || side === 'north';
  const plane = { south: min[1], north: max[1], west: min[0], east: max[0] }[side];
  return alongX ? { plane, from: min[0], to: max[0] } : { plane, from: min[1], to: max[1] };
}

/** What is left of [from, to] outside the given stretches. */
function without(
  from: number,
  to: number,
  taken: readonly { from: number; to: number }[],
): readonly [number, number][] {
  let left: [number, number][] = [[from, to]];
  for (const cut of taken) {
    left = left.flatMap(([a, b]): [number, number][] => [
      [a, Math.min(b, cut.from)],
      [Math.max(a, cut.to), b],
    ]);
    left = left.filter(([a, b]) => b - a > SHORTEST);
  }
  return left;
}

function openingsIn(
  run: { side: Side; plane: number; from: number; to: number; floor: number },
  equipment: readonly ViewEquipment[],
): Opening[] {
  const alongX = run.side === 'south' || run.side === 'north';
  const mirrored = run.side === 'north' || run.side === 'west';
  return equipment.flatMap(({ type, pose, size }): Opening[] => {
    if (!THROUGH.has(type)) return [];
    const [x, y, z] = pose.position;
    const [, , qz, qw] = pose.orientation;
    const turned = Math.abs(Math.sin(2 * Math.atan2(qz, qw))) > 0.7;
    const [w, d] = turned ? [size[1], size[0]] : [size[0], size[1]];
    const [along, across, width, depth] = alongX ? [x, y, w, d] : [y, x, d, w];
    if (Math.abs(across - run.plane) > depth / 2 + 0.02) return [];
    if (along < run.from || along > run.to) return [];
    const middle = mirrored ? run.to - along : along - run.from;
    return [
      {
        from: middle - width / 2,
        to: middle + width / 2,
        low: z - run.floor,
        high: z + size[2] - run.floor,
      },
    ];
  });
}

/**
 * The walls of all zones, each drawn once: where two zones touch, the stricter one's wall stands. It
 * is glass when either side asks for glass, and is left open where locks stand in it.
 */
export function planWalls(
  zones: readonly ViewZone[],
  equipment: readonly ViewEquipment[],
): readonly WallRun[] {
  const walled = zones.filter(({ grade }) => grade !== 'unclassified');
  const ordered = [...walled].sort(
    (a, b) => STRICTEST.indexOf(a.grade) - STRICTEST.indexOf(b.grade),
  );
  const runs: WallRun[] = [];
  for (const zone of ordered) {
    for (const side of SIDES) {
      const { plane, from, to } = sideOf(zone, side);
      const shared = runs.filter(
        (r) => r.side === OPPOSITE[side] && Math.abs(r.plane - plane) < SAME,
      );
      const neighbour = walled.find(
        (z) =>
          z !== zone &&
          Math.abs(sideOf(z, OPPOSITE[side]).plane - plane) < SAME &&
          sideOf(z, OPPOSITE[side]).from < to &&
          sideOf(z, OPPOSITE[side]).to > from,
      );
      const glass = zone.glass.includes(side) || neighbour?.glass.includes(OPPOSITE[side]) === true;
      for (const [a, b] of without(from, to, shared)) {
        const run = { side, plane, from: a, to: b, floor: zone.min[2] };
        runs.push({
          zone,
          side,
          glass,
          plane,
          from: a,
          to: b,
          openings: openingsIn(run, equipment),
          outward: OUTWARD[side],
        });
      }
    }
  }
  return runs;
}
