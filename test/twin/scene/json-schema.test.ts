import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { sceneJsonSchema } from '../../../src/twin/scene/json-schema.ts';
import { STACKED, STACKED_HEAD } from '../support/stacked-devices.ts';

/** The schema without what depends on the type of a device, which zod cannot read back. */
function readBack(): z.ZodType {
  const schema = sceneJsonSchema(STACKED.definitions.values());
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === 'allOf' ? undefined : value,
  );
  return z.fromJSONSchema(JSON.parse(text) as Parameters<typeof z.fromJSONSchema>[0]);
}

const SCENE = `${STACKED_HEAD}parameters:
  rows: { title: Rows, value: 2, min: 1, max: =2 * 4 }
  look: { title: Look, value: plain, options: [plain, fancy] }
devices:
  rack-{i}: { repeat: { i: 1..=rows }, when: =i > 1, type: =look, holds: { dock1: { type: crate, title: B, holds: { shelf: { type: flask, title: C } } } }, title: Rack, zone: hall, at: ["=1 m * i", 1 m, 0 m] }
  "{type}-{n}": { repeat: { i: 1..4 }, mix: { box: =rows, crate: { count: 1, title: A } }, order: spread, in: "rack-1.dock{i}" }
lines:
  hose: { from: "rack-1.{look}", to: rack-2.hose, bore: =2 mm * 2, length: 1 m, connected: =rows > 1, maximumJoints: =rows, points: [[1 m, 1 m, =1 m], { repeat: { i: 1..2 }, each: [1 m, "=1 m * i", 1 m] }] }
`;

describe('the JSON Schema', () => {
  const schema = readBack();

  it('takes expressions, placeholders and repetitions', () => {
    expect(schema.safeParse(parse(SCENE)).error?.issues ?? []).toEqual([]);
  });

  it.each([
    ['a key that is none', 'order: spread', 'ordre: spread'],
    ['a text that is no expression for a number', 'maximumJoints: =rows', 'maximumJoints: rows'],
    ['a text that is no expression for a truth', 'connected: =rows > 1', 'connected: maybe'],
    ['a held device without a title', 'type: flask, title: C', 'type: flask'],
    ['a name that is none', 'rack-2.hose', 'Rack 2'],
    ['a repeated element without each', 'each: [1 m, "=1 m * i", 1 m]', 'all: 3'],
    ['an unknown key of a parameter', 'title: Look', 'titel: Look'],
  ])('refuses %s', (_, from, to) => {
    expect(SCENE).toContain(from);
    expect(schema.safeParse(parse(SCENE.replace(from, to))).success).toBe(false);
  });
});
