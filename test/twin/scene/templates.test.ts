import { describe, expect, it } from 'vitest';
import { orderKinds } from '../../../src/twin/scene/template/spread.ts';
import { loadStacked, stackedProblems } from '../support/stacked-devices.ts';

const PLANT = `parameters:
  columns: { title: Racks in a row, value: 3, min: 1, max: 20 }
  pitch: { title: Distance of racks, value: 1.5 m, min: 140 cm, max: 3 m }
  look: { title: Look, value: plain, options: [plain, fancy] }
  docks: { title: Docks, value: =columns * 4, min: 0, max: =columns * 4 }
devices:
  rack-{i}:
    repeat: { i: 1..=columns }
    type: rack
    title: Rack {i} of {columns}, {look}
    zone: hall
    at: ["=1 m + pitch * (i - 1)", =2 * 1 m, 0 m]
  crate-{i}-{j}:
    repeat: { i: 1..=columns, j: 1..4 }
    when: =(i - 1) * 4 + j <= docks and not13(i, j)
    type: crate
    title: Crate
    in: rack-{i}.dock{j}
  source-1: { type: source, title: Source, zone: hall, at: [50 m, 2 m, 0 m] }
supplies:
  medium:
    title: Medium
    carries: medium
    from: source-1.tank
    to: [source-1, { repeat: { i: 1..=columns }, each: "rack-{i}" }]
    bore: =2 * 4 mm
`.replace(' and not13(i, j)', ' and (i != 1 or j != 3)');

function ids(body: string): string[] {
  return loadStacked(body).devices.map(({ id }) => id);
}

describe('parameters and repetition', () => {
  it('make the entries that a person would have written', () => {
    const scene = loadStacked(PLANT);
    const racks = scene.devices.filter(({ definition }) => definition.type === 'rack');
    expect(racks.map(({ id, title }) => [id, title])).toEqual([
      ['rack-1', 'Rack 1 of 3, plain'],
      ['rack-2', 'Rack 2 of 3, plain'],
      ['rack-3', 'Rack 3 of 3, plain'],
    ]);
    expect(racks.map(({ pose }) => pose.position)).toEqual([
      [1, 2, 0],
      [2.5, 2, 0],
      [4, 2, 0],
    ]);
    const crates = scene.devices.filter(({ definition }) => definition.type === 'crate');
    expect(crates).toHaveLength(11);
    expect(crates[2]?.in).toBe('rack-1.dock4');
    expect(scene.supplies[0]?.to).toEqual(['source-1', 'rack-1', 'rack-2', 'rack-3']);
    expect(scene.supplies[0]?.bore).toBeCloseTo(0.008, 12);
    expect(scene.parameters).toEqual([
      { name: 'columns', title: 'Racks in a row', value: 3, min: 1, max: 20, options: [] },
      {
        name: 'pitch',
        title: 'Distance of racks',
        value: '1.5 m',
        min: '140 cm',
        max: '3 m',
        options: [],
      },
      {
        name: 'look',
        title: 'Look',
        value: 'plain',
        min: undefined,
        max: undefined,
        options: ['plain', 'fancy'],
      },
      { name: 'docks', title: 'Docks', value: 12, min: 0, max: 12, options: [] },
    ]);
  });

  it('may repeat an entry no times, and leave it out', () => {
    expect(
      ids(`devices:
  rack-{i}: { repeat: { i: 1..0 }, type: rack, title: Rack, zone: hall, at: [1 m, 1 m, 0 m] }
  rack-a: { when: false, type: rack, title: Rack, zone: hall, at: [1 m, 1 m, 0 m] }
  rack-b: { when: =1 < 2, type: rack, title: Rack, zone: hall, at: [1 m, 1 m, 0 m] }
`),
    ).toEqual(['rack-b']);
  });

  it('let an inner loop depend on the outer one', () => {
    expect(
      ids(`devices:
  rack-{i}{j}:
    repeat: { i: 1..3, j: 1..=i }
    type: rack
    title: Rack
    zone: hall
    at: ["=2 m * i", "=2 m * j", 0 m]
`),
    ).toEqual(['rack-11', 'rack-21', 'rack-22', 'rack-31', 'rack-32', 'rack-33']);
  });

  it.each<[string, string, string, RegExp, string, RegExp]>([
    [
      'an unknown name',
      'pitch * (i',
      'pith * (i',
      /^there is no "pith" \(for i = 1; 2 more here\)$/,
      'Known: columns, pitch, look, docks, i',
      /at:/,
    ],
    [
      'dimensions that do not fit',
      '=1 m + pitch',
      '=1 s + pitch',
      /^a time and a length cannot be added/,
      'of one kind',
      /at:/,
    ],
    [
      'a computed value with the wrong unit',
      '=2 * 1 m',
      '=2 * 1 s',
      /^"2 s" has the wrong unit "s" \(for i = 1; 2 more here\)$/,
      'Write for instance "1 m"',
      /at:/,
    ],
    [
      'a computed place that does not exist',
      'dock{j}',
      'dock{j + 3}',
      /^there is no place "rack-1.dock5" \(for i = 1, j = 2; 7 more here\)$/,
      'rack-1 has',
      /in:/,
    ],
    [
      'a name that is made twice',
      'crate-{i}-{j}',
      'crate-{j}',
      /^"crate-1" is there already \(for i = 2, j = 1; 6 more here\)$/,
      'rack-{i}-{j}',
      /crate-\{j\}/,
    ],
    [
      'a name with a wrong letter',
      'crate-{i}-{j}',
      'crate-{i}.{j}',
      /^"crate-1.1" is no name/,
      'Write lower-case',
      /crate-/,
    ],
    [
      'a brace without a partner',
      'Rack {i}',
      'Rack {i',
      /^a brace in .* has no partner/,
      'placeholders',
      /title: Rack/,
    ],
    [
      'a range without an end',
      'j: 1..4',
      'j: 1..columns',
      /^"1..columns" is no range/,
      '"1..=columns"',
      /repeat/,
    ],
    [
      'a range of parts',
      'j: 1..4',
      'j: 1..=columns / 2',
      /is no range of whole numbers/,
      '"1..4"',
      /repeat/,
    ],
    [
      'a range that is a number',
      'j: 1..4',
      'j: 4',
      /^no range/,
      'Write for instance "1..4"',
      /repeat/,
    ],
    [
      'a range without end',
      'j: 1..4',
      'j: 1..99999999',
      /repeats more than 10000 times/,
      'smaller',
      /repeat/,
    ],
    [
      'a loop variable called like a unit',
      '{ i: 1..=columns, j: 1..4 }',
      '{ i: 1..=columns, m: 1..4 }',
      /^"m" is a unit already/,
      'another name',
      /repeat/,
    ],
    [
      'a loop variable called like a parameter',
      '{ i: 1..=columns, j: 1..4 }',
      '{ i: 1..=columns, pitch: 1..4 }',
      /^"pitch" is the name of another number/,
      'another name',
      /repeat/,
    ],
    [
      'a condition that is none',
      'when: =(i - 1) * 4 + j <= docks and',
      'when: =docks and',
      /^"12" is neither true nor false, as and needs \(for i = 1, j = 1\)$/,
      'Write a comparison',
      /when/,
    ],
    [
      'an order without a mix',
      'type: crate',
      'order: spread\n    type: crate',
      /no mix to order/,
      'Remove order',
      /order/,
    ],
    [
      'an unknown key in a repeated entry',
      'type: crate',
      'tipe: crate\n    type: crate',
      /^unknown key "tipe" \(for i = 1, j = 1; 10 more here\)$/,
      'Remove it',
      /tipe/,
    ],
    [
      'an unknown device in a repeated list',
      'each: "rack-{i}"',
      'each: "rick-{i}"',
      /^there is no device "rick-1" \(for i = 1; 2 more here\)$/,
      'Name a device',
      /to:/,
    ],
    [
      'a parameter out of range',
      'value: 3',
      'value: 30',
      /^30 is out of range/,
      'Allowed: 1 to 20',
      /columns/,
    ],
    [
      'a parameter with parts',
      'value: 3',
      'value: 2.5',
      /^2.5 is no whole number/,
      'integer: false',
      /columns/,
    ],
    [
      'a parameter with another unit',
      'value: 1.5 m',
      'value: 1.5 s',
      /^1.5 s is a time, but its min is 140 cm/,
      'same unit',
      /pitch/,
    ],
    [
      'a parameter with an unknown unit',
      'value: 1.5 m',
      'value: 1.5 mu',
      /^"1.5 mu" is no number, nor a quantity with a known unit/,
      'Write for instance 4',
      /pitch/,
    ],
    ['a parameter without limits', ', min: 1, max: 20', '', /^3 has no min/, 'Add min', /columns/],
    [
      'a choice that is none',
      'value: plain',
      'value: ugly',
      /^"ugly" is none of the options/,
      'plain, fancy',
      /look/,
    ],
    [
      'a parameter that comes later',
      'value: 3',
      'value: =docks',
      /^there is no "docks"/,
      'Add it to the parameters',
      /columns/,
    ],
    [
      'a parameter called like a unit',
      '  pitch: {',
      '  h: {',
      /^"h" is a unit already/,
      'another name',
      /h:/,
    ],
    [
      'a parameter with a dash',
      '  pitch: {',
      '  rack-pitch: {',
      /^"rack-pitch" is no name for a number/,
      'small letter',
      /rack-pitch:/,
    ],
    [
      'an unknown key of a parameter',
      'title: Look,',
      'title: Look, tittle: Look,',
      /^unknown key "tittle"/,
      'Remove it',
      /look/,
    ],
    [
      'parameters that are none',
      PLANT.slice(0, PLANT.indexOf('devices:')),
      'parameters: [1]\n',
      /expected record/,
      '',
      /parameters/,
    ],
  ])('%s is reported with its line', (_, from, to, message, remedy, source) => {
    expect(PLANT).toContain(from);
    const problems = stackedProblems(PLANT.replace(from, to));
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.remedy).toContain(remedy);
    expect(problems[0]?.source).toMatch(source);
    expect(problems).toHaveLength(1);
  });

  it('name the entry that a problem is of', () => {
    const [problem] = stackedProblems(PLANT.replace('=2 * 1 m', '"=if(i == 2, 2 s, 2 m)"'));
    expect(problem?.path).toBe('devices.rack-2.at.1');
    expect(problem?.message).toBe('"2 s" has the wrong unit "s" (for i = 2)');
  });
});

const MIX = `parameters:
  crates: { title: Crates, value: 4, min: 0, max: 100 }
devices:
  rack-{r}: { repeat: { r: 1..4 }, type: rack, title: Rack, zone: hall, at: ["=2 m * r", 1 m, 0 m] }
  "{name}-{n}":
    repeat: { r: 1..4, k: 1..4 }
    mix:
      box: 8
      crate: { count: =crates, name: big-crate, title: "{type} {n}", config: {} }
    order: listed
    title: Something
    in: rack-{r}.dock{k}
supplies:
  gas: { title: Gas, carries: gas, to: [{ repeat: { r: 1..4 }, each: "rack-{r}" }], bore: 8 mm }
  medium: { title: Medium, carries: medium, from: source-1.tank, to: [{ repeat: { r: 1..4 }, each: "rack-{r}" }], bore: 8 mm }
`.replace(
  'devices:\n',
  'devices:\n  source-1: { type: source, title: Source, zone: hall, at: [50 m, 2 m, 0 m] }\n',
);

/** Type and number of what stands in the docks of each rack. */
function racksOf(body: string): string[][] {
  const { devices } = loadStacked(body);
  return [1, 2, 3, 4].map((rack) =>
    devices.flatMap((device) => (device.in?.startsWith(`rack-${rack}.`) ? device.id : [])),
  );
}

describe('a mix', () => {
  it('gives positions to one type after another, each with its name and title', () => {
    expect(racksOf(MIX)).toEqual([
      ['box-1', 'box-2', 'box-3', 'box-4'],
      ['box-5', 'box-6', 'box-7', 'box-8'],
      ['big-crate-1', 'big-crate-2', 'big-crate-3', 'big-crate-4'],
      [],
    ]);
    const crate = loadStacked(MIX).devices.find(({ id }) => id === 'big-crate-2');
    expect([crate?.definition.type, crate?.title]).toEqual(['crate', 'crate 2']);
  });

  it('spread over the positions gives every rack of each', () => {
    const racks = racksOf(
      MIX.replace('order: listed', 'order: spread').replace('box: 8', 'box: 12'),
    );
    expect(racks).toEqual([
      ['box-1', 'box-2', 'big-crate-1', 'box-3'],
      ['box-4', 'box-5', 'big-crate-2', 'box-6'],
      ['box-7', 'box-8', 'big-crate-3', 'box-9'],
      ['box-10', 'box-11', 'big-crate-4', 'box-12'],
    ]);
  });

  it.each<[string, string, string, RegExp, string, RegExp]>([
    [
      'more devices than positions',
      'box: 8',
      'box: 13',
      /^the mix has 17 devices for 16 positions/,
      'repeat more often',
      /mix:/,
    ],
    ['a count that is none', 'box: 8', 'box: many', /^"many" is no count/, '=incubators', /box:/],
    [
      'a count below 0',
      'count: =crates',
      'count: =crates - 5',
      /^"=crates - 5" is no count/,
      '4 or =',
      /crate:/,
    ],
    [
      'an unknown type',
      'box: 8',
      'bax: 8',
      /^unknown device type "bax" \(for r = 1, k = 1; 7 more here\)/,
      'Known',
      /bax: 8/,
    ],
    [
      'a wrong key of one type',
      'config: {}',
      'config: {}, colour: red',
      /^unknown key "colour" \(for r = 3, k = 1; 3 more here\)/,
      'Remove',
      /crate: \{/,
    ],
    [
      'a wrong configuration of one type',
      'config: {}',
      'config: { size: 3 }',
      /^unknown key \(for r = 3, k = 1; 3 more here\)/,
      'Known keys',
      /crate: \{/,
    ],
    [
      'a name that is taken',
      'k: 1..4 }',
      'n: 1..4 }',
      /^"n" is the name of another number/,
      'another name',
      /mix:/,
    ],
    [
      'no positions',
      '    repeat: { r: 1..4, k: 1..4 }\n',
      '',
      /a mix needs positions/,
      'Add repeat',
      /mix:/,
    ],
    [
      'no kinds',
      '    mix:\n      box: 8\n',
      '    mix: 3\n    x:\n',
      /^no mix/,
      'bioreactor: 4',
      /mix:/,
    ],
  ])('with %s is reported', (_, from, to, message, remedy, source) => {
    expect(MIX).toContain(from);
    const problems = stackedProblems(MIX.replace(from, to));
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.remedy).toContain(remedy);
    expect(problems[0]?.source).toMatch(source);
    expect(problems).toHaveLength(1);
  });

  it('is for devices only', () => {
    const problems = stackedProblems(`${MIX}vessels:
  bottle-{i}: { repeat: { i: 1..2 }, mix: { a: 2 }, kind: bottle-250, place: box-1.shelf }
`);
    expect(problems.map(({ message }) => message)).toEqual(['only devices can be mixed']);
  });

  it('spread has in every stretch about the share of each kind', () => {
    const counts = new Map([
      ['a', 50],
      ['b', 30],
      ['c', 3],
      ['d', 0],
    ]);
    const order = orderKinds(counts, 'spread');
    for (const [kind, count] of counts) {
      expect(order.filter((other) => other === kind)).toHaveLength(count);
      for (let end = 1; end <= order.length; end++) {
        const had = order.slice(0, end).filter((other) => other === kind).length;
        // Rounding of its own and of the other two kinds.
        expect(Math.abs(had - (count * end) / order.length)).toBeLessThan(2);
      }
    }
  });
});

const HELD = `devices:
  source-1: { type: source, title: Source, zone: hall, at: [50 m, 2 m, 0 m] }
  rack-{r}:
    repeat: { r: 1..2 }
    type: rack
    title: Rack
    zone: hall
    at: ["=2 m * r", 1 m, 0 m]
    holds:
      dock1: { type: crate, title: "Crate of {r}", holds: { shelf: { type: flask, title: Flask } } }
  "{type}-{n}":
    repeat: { r: 1..2, k: 2..4 }
    mix:
      crate: { count: 2, title: Crate, holds: { shelf: { type: flask, title: "Flask {n}" } } }
      box: { count: 1, title: Box }
    in: rack-{r}.dock{k}
supplies:
  gas: { title: Gas, carries: gas, to: [rack-1], bore: 8 mm }
  medium: { title: Medium, carries: medium, from: source-1.tank, to: [rack-1], bore: 8 mm }
`;

describe('devices that are written where they stand', () => {
  it('are named after whom they stand in, and their place', () => {
    const { devices } = loadStacked(HELD);
    expect(
      devices.flatMap(({ id, in: place }) => (place === undefined ? [] : [[id, place]])),
    ).toEqual([
      ['rack-1-dock1', 'rack-1.dock1'],
      ['rack-1-dock1-shelf', 'rack-1-dock1.shelf'],
      ['rack-2-dock1', 'rack-2.dock1'],
      ['rack-2-dock1-shelf', 'rack-2-dock1.shelf'],
      ['crate-1', 'rack-1.dock2'],
      ['crate-1-shelf', 'crate-1.shelf'],
      ['crate-2', 'rack-1.dock3'],
      ['crate-2-shelf', 'crate-2.shelf'],
      ['box-1', 'rack-1.dock4'],
    ]);
    expect(devices.find(({ id }) => id === 'rack-2-dock1')?.title).toBe('Crate of 2');
  });

  it.each<[string, string, string, RegExp, string, RegExp]>([
    [
      'a place that does not exist',
      'dock1: {',
      'dock7: {',
      /^there is no place "rack-1.dock7" \(for r = 1; 1 more here\)/,
      'rack-1 has',
      /dock7:/,
    ],
    [
      'a place that is taken',
      'k: 2..4',
      'k: 1..4',
      /^rack-1.dock1 already holds rack-1-dock1/,
      'another place',
      /in: rack/,
    ],
    [
      'a place of its own',
      'title: Flask }',
      'title: Flask, in: rack-1.dock2 }',
      /^follows from what holds it \(for r = 1; 1 more here\)/,
      'Remove in',
      /dock1:/,
    ],
    [
      'an unknown type',
      'shelf: { type: flask, title: "Flask',
      'shelf: { type: flusk, title: "Flask',
      /^unknown device type "flusk" \(for r = 1, k = 2; 1 more here\)/,
      'Known',
      /crate: \{/,
    ],
    [
      'no devices',
      'holds: { shelf: { type: flask, title: "Flask {n}" } }',
      'holds: 3',
      /^no devices by place/,
      'holds: { connector',
      /crate: \{/,
    ],
  ])('with %s are reported', (_, from, to, message, remedy, source) => {
    expect(HELD).toContain(from);
    const problems = stackedProblems(HELD.replace(from, to));
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.remedy).toContain(remedy);
    expect(problems[0]?.source).toMatch(source);
    expect(problems).toHaveLength(1);
  });
});
