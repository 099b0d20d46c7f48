import { describe, expect, it } from 'vitest';
import type { ViewEquipment } from '../../src/kernel/view-contract.ts';
import {
  holdersOf,
  type TreePlant,
  type TreeView,
  treeRows,
} from '../../src/renderer/panels/tree/tree-rows.ts';

function device(id: string, type: string, zone = 'hall'): ViewEquipment {
  return {
    id,
    type,
    title: id.toUpperCase(),
    zone,
    pose: { position: [0, 0, 0], orientation: [0, 0, 0, 1] },
    size: [1, 1, 1],
    appearance: {},
    channels: [],
    firstChannel: 0,
    places: {},
  };
}

/** A cassette in a module in a rack, another module beside, and a robot outside of all zones. */
const plant: TreePlant = {
  zones: [
    {
      id: 'hall',
      title: 'Hall',
      grade: 'C',
      min: [0, 0, 0],
      max: [1, 1, 1],
      glass: [],
      hepaCeiling: false,
    },
  ],
  equipment: [
    device('rack', 'module-rack'),
    device('mixer', 'liquid-module'),
    device('cassette', 'cell-cassette'),
    device('magnet', 'magnet-module'),
    device('robot', 'six-axis-arm', 'yard'),
  ],
  holderOf: (index) => [-1, 0, 1, 0, -1][index] ?? -1,
};

const keys = (view: Partial<TreeView>): string[] =>
  treeRows(plant, { order: 'place', needle: '', open: new Set(), ...view }).map(({ key }) => key);

describe('rows of the tree', () => {
  it('list zones and what stands on their floors; more when a row is open', () => {
    expect(keys({})).toEqual(['zone:hall', 'rack', 'zone:', 'robot']);
    expect(keys({ open: new Set(['rack']) })).toEqual([
      'zone:hall',
      'rack',
      'mixer',
      'magnet',
      'zone:',
      'robot',
    ]);
    const rows = treeRows(plant, {
      order: 'place',
      needle: '',
      open: new Set(['rack', 'mixer']),
    });
    expect(rows.find(({ key }) => key === 'cassette')).toMatchObject({ depth: 2, count: 0 });
    expect(rows.find(({ key }) => key === 'rack')).toMatchObject({ count: 2, isOpen: true });
  });

  it('list types with their numbers', () => {
    const rows = treeRows(plant, {
      order: 'type',
      needle: '',
      open: new Set(['type:liquid-module']),
    });
    expect(rows.map(({ key }) => key)).toEqual([
      'type:cell-cassette',
      'type:liquid-module',
      'mixer',
      'type:magnet-module',
      'type:module-rack',
      'type:six-axis-arm',
    ]);
    expect(rows[0]).toMatchObject({ title: 'Cell cassettes', count: 1 });
  });

  it('list whatever fits all words of a filter, wherever it stands', () => {
    expect(keys({ needle: 'module' })).toEqual(['zone:hall', 'rack', 'mixer', 'magnet']);
    expect(keys({ needle: 'cell CASS' })).toEqual(['zone:hall', 'cassette']);
    expect(keys({ needle: 'nothing' })).toEqual([]);
  });

  it('know what a device stands in', () => {
    expect(holdersOf(plant, 2)).toEqual(['rack', 'mixer']);
    expect(holdersOf(plant, 0)).toEqual([]);
  });
});
