import { DOCK_PITCH, LEVEL_PITCH } from '../../definition/rack-grid.ts';
import type { TrackMotion } from '../../../kernel/track.ts';
import type { SolidPart } from '../../../kernel/solid.ts';
import type { Vec3 } from '../../../kernel/pose.ts';
import { type MatrixSize, planMatrixTrack } from '../../../physics/traffic/matrix-track.ts';
import { createNetwork } from '../../../physics/traffic/network.ts';
import { SHUTTLE_MOTION } from '../../../physics/traffic/shuttle-motion.data.ts';
import type { PlaceDeclaration } from '../../definition/device.ts';
import { block } from '../../definition/solids.ts';
import type { TrackDeclaration } from '../../definition/track.ts';
import { upright } from '../../definition/upright.ts';

/** Height of the lowest rails [m]: in the floor, so that the deck of a shuttle is level with docks. */
const FLOOR = 0;

/** Width and thickness of a rail and of a berth [m]; assumed. */
const RAIL_WIDTH = 0.5;
const RAIL_THICKNESS = 0.06;

/** Configuration, SI. */
export interface RailConfig {
  readonly aisles: number;
  readonly columns: number;
  readonly levels: number;
  readonly aislePitch: number;
  readonly farLifts: boolean;
  readonly emptySpeed: number;
  readonly cassetteSpeed: number;
  readonly moduleSpeed: number;
  readonly liftSpeed: number;
  readonly turnTime: number;
}

type Size = Pick<RailConfig, 'aisles' | 'columns' | 'levels' | 'aislePitch' | 'farLifts'>;

function sizeOfMatrix({ aisles, columns, levels, aislePitch, farLifts }: Size): MatrixSize {
  const pitches = {
    aislePitch,
    columnPitch: DOCK_PITCH,
    levelPitch: LEVEL_PITCH,
    firstLevel: FLOOR,
  };
  return { aisles, columns, levels, farLifts, ...pitches };
}

/** Motion with the configured speeds; accelerations as in {@link SHUTTLE_MOTION}. */
function motionOf(config: RailConfig): TrackMotion {
  const { rail, lift } = SHUTTLE_MOTION.limits;
  const shuttle = {
    empty: { ...rail.empty, velocity: config.emptySpeed },
    cassette: { ...rail.cassette, velocity: config.cassetteSpeed },
    module: { ...rail.module, velocity: config.moduleSpeed },
  };
  const platform = { ...lift.empty, velocity: config.liftSpeed };
  return {
    limits: {
      rail: shuttle,
      cross: shuttle,
      lift: { empty: platform, cassette: platform, module: platform },
    },
    turnTime: config.turnTime,
  };
}

/** Place of a lift: its aisle and the end of it. */
function liftPlace(aisle: number, end: 'near' | 'far'): string {
  return `lift${aisle}${end}`;
}

/** The rails of a configuration. */
export function trackOf(config: RailConfig): TrackDeclaration {
  const plan = planMatrixTrack(sizeOfMatrix(config), motionOf(config));
  const parts: Record<string, readonly string[]> = {
    all: [...new Set(plan.nodes.map((node) => node.block))],
    crossRail: plan.nodes.flatMap(({ id }) => (id.startsWith('cross-') ? [id] : [])),
  };
  const blocks = new Set(plan.nodes.map((node) => node.block));
  for (let aisle = 1; aisle <= config.aisles; aisle++) {
    for (const end of ['near', 'far'] as const) {
      const name = `lift-${aisle}-${end}`;
      if (blocks.has(name)) parts[liftPlace(aisle, end)] = [name];
    }
  }
  const berths = plan.nodes.flatMap(({ id }) =>
    id.startsWith('berth-') ? [[id.replace('-', ''), id] as const] : [],
  );
  return { plan, berths: Object.fromEntries(berths), parts };
}

/** Berths for shuttles, and the places of lifts. */
export function placesOf(config: RailConfig): readonly PlaceDeclaration[] {
  const { plan, berths, parts } = trackOf(config);
  const at = (id: string): Vec3 => plan.nodes.find((node) => node.id === id)?.position ?? [0, 0, 0];
  const place = (name: string, title: string, kind: string, position: Vec3): PlaceDeclaration => {
    return {
      name,
      title,
      pose: upright(...position),
      accepts: [kind],
      open: true,
      robot: false,
      power: true,
    };
  };
  return [
    ...Object.entries(berths).map(([name, node], k) =>
      place(name, `Berth ${k + 1}`, 'shuttle', at(node)),
    ),
    ...Object.entries(parts).flatMap(([name, [lift = '']]) => {
      if (!name.startsWith('lift')) return [];
      const [x, y] = at(`${lift}-1`);
      return [place(name, `Lift ${lift.slice('lift-'.length)}`, 'lift', [x, y, 0])];
    }),
  ];
}

/** A beam under each straight run of track above the floor. */
export function solidsOfRails(config: RailConfig): readonly SolidPart[] {
  const half = RAIL_WIDTH / 2;
  return createNetwork(trackOf(config).plan).lines.flatMap((line) => {
    if (line.kind === 'lift' || line.origin[2] < RAIL_THICKNESS) return [];
    const { origin: a, direction, offsets } = line;
    const length = offsets.at(-1) ?? 0;
    const end = (axis: 0 | 1): number => a[axis] + direction[axis] * length;
    const low = (axis: 0 | 1): number => Math.min(a[axis], end(axis)) - half;
    const high = (axis: 0 | 1): number => Math.max(a[axis], end(axis)) + half;
    return [block([low(0), low(1), a[2] - RAIL_THICKNESS], [high(0), high(1), a[2]])];
  });
}

/** Extent of the rails, the same on both sides of the middle [m]. */
export function extentOf(config: RailConfig): Vec3 {
  const { nodes } = trackOf(config).plan;
  const reach = (axis: 0 | 1): number =>
    Math.max(...nodes.map(({ position }) => Math.abs(position[axis]))) + RAIL_WIDTH / 2;
  const top = Math.max(RAIL_THICKNESS, ...nodes.map(({ position }) => position[2]));
  return [2 * reach(0), 2 * reach(1), top];
}

/** Numbers from which the rails can be drawn [m]. */
export const RAIL_LOOK = {
  column: DOCK_PITCH,
  level: LEVEL_PITCH,
  floor: FLOOR,
  railWidth: RAIL_WIDTH,
  railThickness: RAIL_THICKNESS,
} as const;
