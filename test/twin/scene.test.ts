import { describe, expect, it } from 'vitest';
import { formatProblem } from '../../src/twin/scene/problem.ts';
import { loadScene } from '../../src/twin/scene/load-scene.ts';
import { CONTEXT, SCENE_YAML, testScene } from './support/test-plant.ts';

/** [what is wrong, text to replace, replacement, what the error must say, line with the fault] */
const BROKEN: readonly [string, string, string, RegExp, RegExp][] = [
  ['no version', 'doppel: 1', 'doppel: 2', /"doppel: 1"/, /doppel: 2/],
  ['an unknown key', 'yaw: 90 deg', 'yow: 90 deg', /unknown key "yow"/, /yow/],
  [
    'an unknown type',
    'kettle-2: { type: kettle',
    'kettle-2: { type: pot',
    /unknown device type "pot".*Known: kettle/,
    /pot/,
  ],
  ['a wrong unit', 'yaw: 90 deg', 'yaw: 90 ml', /wrong unit "ml"/, /yaw: 90 ml/],
  ['a missing unit', 'bore: 3.2 mm', 'bore: 3.2', /quantity with its unit/, /bore/],
  ['an unknown unit', 'pressure: 15 Pa', 'pressure: 15 psi', /unknown unit "psi"/, /psi/],
  [
    'a dangling zone',
    'zone: hall, at: [2 m',
    'zone: hull, at: [2 m',
    /no zone "hull".*Zones: hall/,
    /hull/,
  ],
  ['a dangling line', 'line: hose }', 'line: house }', /no line "house".*hose/, /house/],
  [
    'a dangling place',
    'place: kettle-2.slot',
    'place: kettle-2.shelf',
    /no place "kettle-2.shelf".*kettle-2.slot/,
    /shelf/,
  ],
  [
    'a dangling port',
    'to: kettle-2.spout',
    'to: kettle-2.drain',
    /no port "kettle-2.drain".*kettle-2.spout/,
    /drain/,
  ],
  [
    'overlapping devices',
    'at: [2 m, 1 m',
    'at: [1.1 m, 1 m',
    /overlaps kettle-1 by 0.20 m/,
    /1.1 m/,
  ],
  ['a device outside its zone', 'at: [2 m, 1 m', 'at: [7 m, 1 m', /outside its zone hall/, /7 m/],
  [
    'too much liquid',
    'volume: 200 ml',
    'volume: 900 ml',
    /more than the vessel holds.*250 ml/,
    /900/,
  ],
  ['an unknown liquid', 'liquid: brine', 'liquid: beer', /unknown liquid "beer".*brine/, /beer/],
  [
    'two vessels in one place',
    'place: kettle-2.slot',
    'place: kettle-1.slot',
    /already holds bottle-1/,
    /bottle-2/,
  ],
  ['an impossible date', '2026-01-05T06', '2026-02-30T06', /no UTC instant/, /epoch/],
  [
    'a config out of range',
    'config: { line: hose }',
    'config: { lidTime: 90 s }',
    /out of range.*0.1 to 60 s/,
    /lidTime/,
  ],
  ['broken YAML', 'zones:', 'zones: [', /no valid YAML/, /.*/],
];

describe('scene files', () => {
  it('loads what is right, in SI', () => {
    const scene = testScene();
    expect(scene.devices.map((d) => d.id)).toEqual(['kettle-1', 'kettle-2']);
    expect(scene.lines[0]?.bore).toBeCloseTo(0.0032, 12);
    expect(scene.zones[0]?.temperature).toBeCloseTo(294.15, 9);
  });

  it.each(BROKEN)('reports %s with line and remedy', (_, from, to, message, faultyLine) => {
    expect(SCENE_YAML).toContain(from);
    const text = SCENE_YAML.replace(from, to);
    const result = loadScene(text, 'kettles.yaml', CONTEXT);
    if (!('problems' in result)) throw new Error('no problem was found');
    const [problem] = result.problems;
    if (problem === undefined) throw new Error('no problem was found');
    expect(formatProblem(problem)).toMatch(message);
    expect(problem.remedy).not.toBe('');
    expect(text.split('\n')[problem.line - 1]).toMatch(faultyLine);
  });
});
