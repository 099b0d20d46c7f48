import type { ViewEquipment, ViewZone } from '../../../kernel/view-contract.ts';

/** What the tree shows, from the top down. */
export type TreeRowData =
  | { readonly kind: 'zone'; readonly key: string; readonly title: string; readonly note: string }
  | {
      readonly kind: 'type';
      readonly key: string;
      readonly title: string;
      readonly count: number;
      readonly isOpen: boolean;
    }
  | {
      readonly kind: 'device';
      readonly key: string;
      readonly device: ViewEquipment;
      readonly index: number;
      readonly depth: number;
      /** Devices that stand in it; they are listed below when it is open. */
      readonly count: number;
      readonly isOpen: boolean;
    };

export type TreeOrder = 'place' | 'type';

export interface TreePlant {
  readonly zones: readonly ViewZone[];
  readonly equipment: readonly ViewEquipment[];
  /** Index of the device in which a movable one stands, -1 for all others. */
  readonly holderOf: (index: number) => number;
}

export interface TreeView {
  readonly order: TreeOrder;
  readonly needle: string;
  /** Keys of the rows whose contents are listed. */
  readonly open: ReadonlySet<string>;
}

/** Words of a device type: `cell-cassette` as `Cell cassettes`. */
function typeTitle(type: string): string {
  const words = type.replaceAll('-', ' ');
  return `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}s`;
}

/** Rows of the tree. A filter lists what matches, without what it stands in. */
export function treeRows(plant: TreePlant, view: TreeView): TreeRowData[] {
  if (view.needle.trim() !== '') return matches(plant, view.needle);
  return view.order === 'type' ? byType(plant, view) : byPlace(plant, view);
}

function row(plant: TreePlant, index: number, depth = 0): TreeRowData[] {
  const device = plant.equipment[index];
  if (device === undefined) return [];
  return [{ kind: 'device', key: device.id, device, index, depth, count: 0, isOpen: false }];
}

function matches(plant: TreePlant, needle: string): TreeRowData[] {
  const words = needle.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ id, title, type }: ViewEquipment): boolean => {
    const text = `${title} ${id} ${type}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const found = plant.equipment.flatMap((device, index) => (fits(device) ? [index] : []));
  return inZones(plant, found, (index) => row(plant, index));
}

function byType(plant: TreePlant, { open }: TreeView): TreeRowData[] {
  const types = new Map<string, number[]>();
  plant.equipment.forEach(({ type }, index) => {
    types.set(type, [...(types.get(type) ?? []), index]);
  });
  return [...types]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([type, indices]): TreeRowData[] => {
      const key = `type:${type}`;
      const isOpen = open.has(key);
      const head = {
        kind: 'type',
        key,
        title: typeTitle(type),
        count: indices.length,
        isOpen,
      } as const;
      return isOpen ? [head, ...indices.flatMap((index) => row(plant, index))] : [head];
    });
}

function byPlace(plant: TreePlant, { open }: TreeView): TreeRowData[] {
  const inside = new Map<number, number[]>();
  const roots: number[] = [];
  plant.equipment.forEach((_, index) => {
    const holder = plant.holderOf(index);
    if (holder < 0 || holder === index) roots.push(index);
    else inside.set(holder, [...(inside.get(holder) ?? []), index]);
  });
  const list = (index: number, depth: number): TreeRowData[] => {
    const device = plant.equipment[index];
    if (device === undefined) return [];
    const children = inside.get(index) ?? [];
    const isOpen = children.length > 0 && open.has(device.id);
    const head = {
      kind: 'device',
      key: device.id,
      device,
      index,
      depth,
      count: children.length,
      isOpen,
    } as const;
    return isOpen ? [head, ...children.flatMap((child) => list(child, depth + 1))] : [head];
  };
  return inZones(plant, roots, (index) => list(index, 0));
}

/** Devices under the titles of their zones; what stands in none comes last. */
function inZones(
  { zones, equipment }: TreePlant,
  indices: readonly number[],
  list: (index: number) => TreeRowData[],
): TreeRowData[] {
  const known = new Set(zones.map(({ id }) => id));
  const groups = [
    ...zones.map(({ id, title, grade }) => ({
      id,
      title,
      note: grade === 'unclassified' ? grade : `grade ${grade}`,
    })),
    { id: '', title: 'Outside', note: '' },
  ];
  return groups.flatMap(({ id, title, note }): TreeRowData[] => {
    const members = indices.filter((index) => {
      const zone = equipment[index]?.zone ?? '';
      return id === '' ? !known.has(zone) : zone === id;
    });
    if (members.length === 0) return [];
    return [{ kind: 'zone', key: `zone:${id}`, title, note }, ...members.flatMap(list)];
  });
}

/** Devices in which a device stands, from the outside in. */
export function holdersOf({ holderOf, equipment }: TreePlant, index: number): string[] {
  const ids: string[] = [];
  for (let at = holderOf(index); at >= 0 && ids.length < equipment.length; at = holderOf(at)) {
    ids.unshift(equipment[at]?.id ?? '');
  }
  return ids;
}
