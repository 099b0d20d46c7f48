import type { Quat, Vec3 } from '../../kernel/pose.ts';
import { VESSEL_FIELDS, VESSEL_STRIDE, type ViewScene } from '../../kernel/view-contract.ts';

/**
 * The plant in the words of Foxglove's well-known schemas `foxglove.SceneUpdate` and `foxglove.FrameTransforms`
 * (docs.foxglove.dev/docs/visualization/message-schemas), as far as it uses them.
 */
export interface Stamp {
  readonly sec: number;
  readonly nsec: number;
}

/** Frame of the plant: metres, Z up. */
const WORLD = 'plant';
const NO_TURN: Quat = [0, 0, 0, 1];
const DEVICE_COLOUR = { r: 0.82, g: 0.85, b: 0.88, a: 1 };
const VESSEL_COLOUR = { r: 0.25, g: 0.6, b: 0.85, a: 0.9 };
const ZONE_COLOUR = { r: 0.55, g: 0.6, b: 0.66, a: 1 };

/** Zones, devices and vessels as boxes and cylinders, each vessel in a frame of its own. */
export function sceneUpdate({ zones, equipment, vessels }: ViewScene, timestamp: Stamp): unknown {
  const entity = (id: string, frame: string, primitives: object): object => ({
    ...{ timestamp, frame_id: frame, id, frame_locked: true, metadata: [] },
    ...{ lifetime: { sec: 0, nsec: 0 }, arrows: [], cubes: [], spheres: [], cylinders: [] },
    ...{ lines: [], triangles: [], texts: [], models: [] },
    ...primitives,
  });
  return {
    deletions: [],
    entities: [
      ...zones.map(({ id, min, max }) =>
        entity(`zone ${id}`, WORLD, {
          lines: [
            {
              ...{ type: 2, pose: poseOf([0, 0, 0], NO_TURN), thickness: 0.015 },
              ...{ scale_invariant: false, points: edges(min, max), color: ZONE_COLOUR },
              ...{ colors: [], indices: [] },
            },
          ],
        }),
      ),
      ...equipment
        .filter(({ body }) => body === undefined)
        .map(({ id, pose: { position, orientation }, size }) => {
          const [x, y, z] = position;
          const middle = poseOf([x, y, z + size[2] / 2], orientation);
          return entity(id, WORLD, {
            cubes: [{ pose: middle, size: xyz(size), color: DEVICE_COLOUR }],
          });
        }),
      ...vessels.map(({ id, shape, radius, height }) => {
        const pose = poseOf([0, 0, height / 2], NO_TURN);
        const size = { x: 2 * radius, y: 2 * radius, z: height };
        return entity(id, frameOf(id), {
          ...(shape === 'bag' || shape === 'cassette' || shape === 'body'
            ? { cubes: [{ pose, size, color: VESSEL_COLOUR }] }
            : {
                cylinders: [{ pose, size, bottom_scale: 1, top_scale: 1, color: VESSEL_COLOUR }],
              }),
        });
      }),
    ],
  };
}

/** Where the vessels are that are in the plant. */
export function frameTransforms(
  { vessels, layout }: ViewScene,
  values: Float32Array,
  timestamp: Stamp,
): unknown {
  return {
    transforms: vessels.flatMap(({ id }, slot) => {
      const base = layout.vessels + slot * VESSEL_STRIDE;
      const at = (field: keyof typeof VESSEL_FIELDS): number =>
        values[base + VESSEL_FIELDS[field]] ?? 0;
      if (at('present') !== 1) return [];
      return [
        {
          ...{ timestamp, parent_frame_id: WORLD, child_frame_id: frameOf(id) },
          translation: { x: at('x'), y: at('y'), z: at('z') },
          rotation: { x: at('qx'), y: at('qy'), z: at('qz'), w: at('qw') },
        },
      ];
    }),
  };
}

function frameOf(vessel: string): string {
  return `vessel ${vessel}`;
}

function xyz([x, y, z]: Vec3): object {
  return { x, y, z };
}

function poseOf(position: Vec3, [x, y, z, w]: Quat): object {
  return { position: xyz(position), orientation: { x, y, z, w } };
}

/** Ends of the twelve edges of a box, two by two. */
function edges(min: Vec3, max: Vec3): readonly object[] {
  const corner = (i: number): Vec3 => [
    (i & 1 ? max : min)[0],
    (i & 2 ? max : min)[1],
    (i & 4 ? max : min)[2],
  ];
  const points: object[] = [];
  for (let i = 0; i < 8; i++) {
    for (const bit of [1, 2, 4]) {
      if ((i & bit) === 0) points.push(xyz(corner(i)), xyz(corner(i | bit)));
    }
  }
  return points;
}

const STAMP = {
  type: 'object',
  title: 'time',
  properties: { sec: { type: 'integer' }, nsec: { type: 'integer' } },
};
const numbers = (...names: readonly string[]): object => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { type: 'number' }])),
});
const list = (items: object): object => ({ type: 'array', items });

/** JSON Schemas of the two, as far as they are used. */
export const FRAME_TRANSFORMS_SCHEMA = {
  title: 'foxglove.FrameTransforms',
  type: 'object',
  properties: {
    transforms: list({
      type: 'object',
      properties: {
        timestamp: STAMP,
        parent_frame_id: { type: 'string' },
        child_frame_id: { type: 'string' },
        translation: numbers('x', 'y', 'z'),
        rotation: numbers('x', 'y', 'z', 'w'),
      },
    }),
  },
};

const POSE = {
  type: 'object',
  properties: { position: numbers('x', 'y', 'z'), orientation: numbers('x', 'y', 'z', 'w') },
};
const COLOUR = numbers('r', 'g', 'b', 'a');
const BODY = { pose: POSE, size: numbers('x', 'y', 'z'), color: COLOUR };

export const SCENE_UPDATE_SCHEMA = {
  title: 'foxglove.SceneUpdate',
  type: 'object',
  properties: {
    deletions: list({ type: 'object', properties: {} }),
    entities: list({
      type: 'object',
      properties: {
        timestamp: STAMP,
        frame_id: { type: 'string' },
        id: { type: 'string' },
        lifetime: { ...STAMP, title: 'duration' },
        frame_locked: { type: 'boolean' },
        metadata: list({ type: 'object', properties: {} }),
        arrows: list({ type: 'object', properties: {} }),
        cubes: list({ type: 'object', properties: BODY }),
        spheres: list({ type: 'object', properties: BODY }),
        cylinders: list({
          type: 'object',
          properties: { ...BODY, bottom_scale: { type: 'number' }, top_scale: { type: 'number' } },
        }),
        lines: list({
          type: 'object',
          properties: {
            type: { type: 'integer' },
            pose: POSE,
            thickness: { type: 'number' },
            scale_invariant: { type: 'boolean' },
            points: list(numbers('x', 'y', 'z')),
            color: COLOUR,
            colors: list(COLOUR),
            indices: list({ type: 'integer' }),
          },
        }),
        triangles: list({ type: 'object', properties: {} }),
        texts: list({ type: 'object', properties: {} }),
        models: list({ type: 'object', properties: {} }),
      },
    }),
  },
};
