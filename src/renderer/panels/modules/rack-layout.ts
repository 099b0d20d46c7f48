import { rotate, type Vec3 } from '../../../kernel/pose.ts';
import type { DeviceDescription } from '../../../kernel/plant-contract.ts';
import type { ViewEquipment } from '../../../kernel/view-contract.ts';

/** One place for a module. */
export interface Dock {
  /** Full name of the place. */
  readonly place: string;
  readonly title: string;
  /** Counted from 0, from the left as seen from the front. */
  readonly column: number;
  /** Counted from 0, from below. */
  readonly level: number;
  /** [m], Z up. */
  readonly position: Vec3;
}

/** Device in which modules stand. */
export interface Rack {
  readonly id: string;
  readonly title: string;
  readonly columns: number;
  readonly levels: number;
  readonly docks: readonly Dock[];
}

/** Places nearer to each other than this [m] stand in one line. */
const SAME = 0.05;

/** All that holds modules, from the front of the plant to the back, then from left to right. */
export function layOutRacks(
  equipment: readonly ViewEquipment[],
  devices: ReadonlyMap<string, DeviceDescription>,
): readonly Rack[] {
  const racks = equipment.flatMap((device) => {
    const names = (devices.get(device.id)?.places ?? []).filter(({ accepts }) =>
      accepts.includes('module'),
    );
    return names.length === 0 ? [] : [{ rack: layOut(device, names), pose: device.pose }];
  });
  return racks
    .sort(({ pose: { position: a } }, { pose: { position: b } }) =>
      Math.abs(a[1] - b[1]) > SAME ? a[1] - b[1] : a[0] - b[0],
    )
    .map(({ rack }) => rack);
}

function layOut(
  { id, title, pose, places }: ViewEquipment,
  names: readonly { readonly name: string; readonly title: string }[],
): Rack {
  const right = rotate(pose.orientation, [1, 0, 0]);
  const docks = names.flatMap(({ name, title: dock }) => {
    const position = places[name]?.position;
    if (position === undefined) return [];
    const along = position[0] * right[0] + position[1] * right[1];
    return [{ place: `${id}.${name}`, title: dock, position, along }];
  });
  const columns = steps(docks.map(({ along }) => along));
  const levels = steps(docks.map(({ position }) => position[2]));
  return {
    ...{ id, title, columns: columns.length, levels: levels.length },
    docks: docks.map(({ along, ...dock }) => ({
      ...dock,
      column: stepOf(columns, along),
      level: stepOf(levels, dock.position[2]),
    })),
  };
}

/** Distinct values, rising. */
function steps(values: readonly number[]): readonly number[] {
  const found: number[] = [];
  for (const value of [...values].sort((a, b) => a - b)) {
    if (found.length === 0 || value - (found.at(-1) ?? 0) > SAME) found.push(value);
  }
  return found;
}

function stepOf(values: readonly number[], value: number): number {
  return values.findIndex((step) => Math.abs(step - value) <= SAME);
}
