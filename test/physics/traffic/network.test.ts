import { describe, expect, it } from 'vitest';
import { planMatrixTrack } from '../../../src/physics/traffic/matrix-track.ts';
import type { TrackEdge, TrackNode } from '../../../src/kernel/track.ts';
import {
  blocksAt,
  createNetwork,
  isSameSpot,
  pointAt,
  spotOfNode,
} from '../../../src/physics/traffic/network.ts';
import { SHUTTLE_MOTION } from '../../../src/physics/traffic/shuttle-motion.data.ts';

const node = (id: string, x: number, y = 0, z = 0, block = id): TrackNode => {
  return { id, position: [x, y, z], block };
};

const edge = (from: string, to: string, kind: TrackEdge['kind'] = 'rail'): TrackEdge => {
  return { from, to, kind };
};

const create = (nodes: readonly TrackNode[], edges: readonly TrackEdge[]) =>
  createNetwork({ nodes, edges, motion: SHUTTLE_MOTION });

describe('network of tracks', () => {
  it('joins edges of one kind and direction to one line, whatever their order', () => {
    const nodes = [node('a', 0), node('b', 1), node('c', 3), node('d', 3, 2), node('e', 3, 3)];
    const network = create(nodes, [
      edge('c', 'b'),
      edge('e', 'd', 'cross'),
      edge('b', 'a'),
      edge('c', 'd', 'cross'),
    ]);
    expect(network.lines.map(({ kind, offsets }) => [kind, offsets])).toEqual([
      ['rail', [0, 2, 3]],
      ['cross', [0, 1, 3]],
    ]);
    const onRail = spotOfNode(network, 'c');
    expect(onRail).toEqual({ line: 0, offset: 0 });
    expect(isSameSpot(network, { line: 0, offset: 0 }, { line: 1, offset: 3 })).toBe(true);
    expect(pointAt(network, { line: 0, offset: 0.5 })).toEqual([2.5, 0, 0]);
  });

  it('holds the node at a spot, or both beside it', () => {
    const network = create([node('a', 0), node('b', 1)], [edge('a', 'b')]);
    expect(blocksAt(network, { line: 0, offset: 1 })).toEqual([1]);
    expect(blocksAt(network, { line: 0, offset: 0.4 })).toEqual([0, 1]);
  });

  it.each([
    ['two nodes are named a', [node('a', 0), node('a', 1)], []],
    ['unknown node b', [node('a', 0)], [edge('a', 'b')]],
    ['no track leads to the node b', [node('a', 0), node('b', 1), node('c', 2)], [edge('a', 'c')]],
    ['not level', [node('a', 0), node('b', 1, 0, 1)], [edge('a', 'b')]],
    ['not vertical', [node('a', 0), node('b', 1, 0, 1)], [edge('a', 'b', 'lift')]],
    ['has no length', [node('a', 0), node('b', 0)], [edge('a', 'b')]],
    [
      'both nodes must be of one block',
      [node('a', 0), node('b', 0, 0, 1)],
      [edge('a', 'b', 'lift')],
    ],
    [
      'the block s of a lift must hold the stops of that lift alone',
      [node('a', 0, 0, 0, 's'), node('b', 0, 0, 1, 's'), node('c', 1, 0, 0, 's')],
      [edge('a', 'b', 'lift'), edge('a', 'c')],
    ],
  ])('tells what is wrong: %s', (message, nodes, edges) => {
    expect(() => create(nodes, edges)).toThrow(message);
  });

  it('refuses a matrix whose shuttles would touch side by side', () => {
    const size = { aisles: 2, columns: 3, levels: 2, farLifts: false, levelPitch: 1.15 };
    const at = { ...size, firstLevel: 0.1, columnPitch: 0.65, aislePitch: 2.3 };
    expect(() => planMatrixTrack(at, SHUTTLE_MOTION)).toThrow('2.35 m apart or more');
  });
});
