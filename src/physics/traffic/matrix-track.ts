import type { Vec3 } from '../../kernel/pose.ts';
import { SHUTTLE_LENGTH, SHUTTLE_WIDTH } from './shuttle-motion.data.ts';
import type {
  TrackEdge,
  TrackKind,
  TrackMotion,
  TrackNode,
  TrackPlan,
} from '../../kernel/track.ts';

/** Size of the rails of a farming matrix; lengths [m]. */
export interface MatrixSize {
  readonly aisles: number;
  readonly columns: number;
  readonly levels: number;
  /** Distance between aisles, columns and levels. */
  readonly aislePitch: number;
  readonly columnPitch: number;
  readonly levelPitch: number;
  /** Height of the rails of level 1. */
  readonly firstLevel: number;
  /** Whether aisles have lifts at both ends. */
  readonly farLifts: boolean;
}

/** Distance [m] from the last column to the end of the rail, where the lift is. */
export const HEAD_GAP = 0.8;
/** Distance [m] from an end of the rail to the lift and the berth on its sides. */
export const SIDE_GAP = 0.8;
/** Distance [m] from the end of the rail to the cross rail, and on to the berths beyond. */
export const CROSS_GAP = 0.9;
/** Places along the cross rail per aisle. */
const CROSS_PLACES = 3;

/** Room between shuttles side by side [m]; assumed. */
const CLEARANCE = 0.05;
/** Least distances [m] between aisles, where a berth and a lift are neighbours, and between columns. */
const LEAST_AISLE_PITCH = 2 * SIDE_GAP + SHUTTLE_WIDTH + CLEARANCE;
const LEAST_COLUMN_PITCH = SHUTTLE_LENGTH + CLEARANCE;

/**
 * Rails of a farming matrix, in a frame with X along the aisles, the middle of columns, aisles and floor
 * at its origin. Per aisle and level one rail past all columns, its near end (low X) between a lift at
 * +Y and a berth at -Y; beyond on level 1 the cross rail with berths behind it, on other levels a berth.
 * Nodes: `column-<aisle>-<level>-<column>`, `head-`, `tail-<aisle>-<level>`, `lift-<aisle>-near-<level>`
 * (block `lift-<aisle>-near`), `cross-<n>` and `berth-<n>`.
 *
 * @throws RangeError when aisles or columns are too close for shuttles side by side
 */
export function planMatrixTrack(size: MatrixSize, motion: TrackMotion): TrackPlan {
  if (size.aislePitch < LEAST_AISLE_PITCH || size.columnPitch < LEAST_COLUMN_PITCH) {
    throw new RangeError(
      `aisles must be ${LEAST_AISLE_PITCH.toFixed(2)} m apart or more, columns ${LEAST_COLUMN_PITCH} m`,
    );
  }
  const nodes: TrackNode[] = [];
  const edges: TrackEdge[] = [];
  const add = (id: string, position: Vec3, block = id): string => {
    nodes.push({ id, position, block });
    return id;
  };
  const join = (from: string, to: string, kind: TrackKind): void => {
    edges.push({ from, to, kind });
  };
  let berths = 0;
  const addBerth = (beside: string, position: Vec3, kind: TrackKind): void => {
    berths += 1;
    join(add(`berth-${berths}`, position), beside, kind);
  };
  const head = columnAt(size, 1) - HEAD_GAP;
  const tail = columnAt(size, size.columns) + HEAD_GAP;
  const cross = head - CROSS_GAP;
  addCrossRail();
  for (let level = 1; level <= size.levels; level++) {
    for (let aisle = 1; aisle <= size.aisles; aisle++) addAisle(aisle, level);
  }
  return { nodes, edges, motion };

  function addCrossRail(): void {
    const z = levelAt(size, 1);
    for (let n = 1; n <= CROSS_PLACES * (size.aisles - 1) + 1; n++) {
      const y = aisleAt(size, 1) + ((n - 1) * size.aislePitch) / CROSS_PLACES;
      const id = add(`cross-${n}`, [cross, y, z]);
      if (n > 1) join(`cross-${n - 1}`, id, 'cross');
      addBerth(id, [cross - CROSS_GAP, y, z], 'rail');
    }
  }

  function addAisle(aisle: number, level: number): void {
    const [y, z] = [aisleAt(size, aisle), levelAt(size, level)];
    const near = add(`head-${aisle}-${level}`, [head, y, z]);
    if (level === 1) join(`cross-${CROSS_PLACES * (aisle - 1) + 1}`, near, 'rail');
    else addBerth(near, [cross, y, z], 'rail');
    addBerth(near, [head, y - SIDE_GAP, z], 'cross');
    addLiftStop('near', aisle, level, near, [head, y + SIDE_GAP, z]);
    let last = near;
    for (let column = 1; column <= size.columns; column++) {
      const id = add(`column-${aisle}-${level}-${column}`, [columnAt(size, column), y, z]);
      join(last, id, 'rail');
      last = id;
    }
    const far = add(`tail-${aisle}-${level}`, [tail, y, z]);
    join(last, far, 'rail');
    if (size.farLifts) addLiftStop('far', aisle, level, far, [tail, y + SIDE_GAP, z]);
  }

  function addLiftStop(end: string, aisle: number, level: number, at: string, p: Vec3): void {
    if (size.levels === 1) return;
    const lift = `lift-${aisle}-${end}`;
    const id = add(`${lift}-${level}`, p, lift);
    join(at, id, 'cross');
    if (level > 1) join(`${lift}-${level - 1}`, id, 'lift');
  }
}

/** X of a column, counted from 1 [m]. */
export function columnAt({ columns, columnPitch }: MatrixSize, column: number): number {
  return (column - (columns + 1) / 2) * columnPitch;
}

/** Y of an aisle, counted from 1 [m]. */
export function aisleAt({ aisles, aislePitch }: MatrixSize, aisle: number): number {
  return (aisle - (aisles + 1) / 2) * aislePitch;
}

/** Height of the rails of a level, counted from 1 [m]. */
export function levelAt({ firstLevel, levelPitch }: MatrixSize, level: number): number {
  return firstLevel + (level - 1) * levelPitch;
}
