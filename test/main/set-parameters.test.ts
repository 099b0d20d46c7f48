import { describe, expect, it } from 'vitest';
import { parseScene, readScene } from '../../src/main/scene-files.ts';
import { doppel } from './support/cli.ts';

const RACKS = 'test/main/fixtures/racks.yaml';

function read(...pairs: readonly (readonly [string, string])[]) {
  return readScene(RACKS, { set: new Map(pairs) });
}

describe('parameters that are set from outside', () => {
  it('change what is made of a scene, in its text as well', () => {
    const result = read(['racks', '3'], ['look', 'fancy'], ['pitch', '80 cm']);
    if (!('scene' in result)) throw new Error(JSON.stringify(result.problems));
    expect(result.scene.devices.map(({ id, title }) => [id, title])).toEqual([
      ['rack-1', 'Rack 1 (fancy)'],
      ['rack-2', 'Rack 2 (fancy)'],
      ['rack-3', 'Rack 3 (fancy)'],
    ]);
    expect(result.scene.devices[2]?.pose.position[0]).toBeCloseTo(2.4, 12);
    // The thread of the twin parses the text again.
    const again = parseScene(result.text ?? '', RACKS);
    expect(again).toEqual({ scene: result.scene });
  });

  it.each([
    [['rocks', '3'], 6, /there is no parameter "rocks"/, 'Parameters: racks, pitch, look.'],
    [['racks', '9'], 7, /^9 is out of range/, 'Allowed: 0 to 8.'],
    [['racks', '2.5'], 7, /^2.5 is no whole number/, 'integer: false'],
    [['racks', '2 m'], 7, /^2 m is a length, but its min is 0/, 'same unit'],
    [['racks', 'many'], 7, /^"many" is no number/, 'Write for instance 4'],
    [['racks', '3, max: 99'], 7, /^"3, max: 99" is no number/, 'Write for instance 4'],
    [['pitch', '1'], 8, /^1 is a plain number, but its min is 0.6 m/, 'same unit'],
    [['pitch', '1 s'], 8, /^1 s is a time, but its min is 0.6 m/, 'same unit'],
    [['look', 'ugly'], 9, /^"ugly" is none of the options/, 'Options: plain, fancy.'],
  ] as const)('%s is refused', (pair, line, message, remedy) => {
    const result = read(pair);
    if (!('problems' in result)) throw new Error('no problem was found');
    expect(result.problems).toHaveLength(1);
    expect(result.problems[0]?.line).toBe(line);
    expect(result.problems[0]?.message).toMatch(message);
    expect(result.problems[0]?.remedy).toContain(remedy);
  });

  it('are told of by a scene without any', () => {
    const result = readScene('scenes/expansion-suite.yaml', { set: new Map([['racks', '3']]) });
    expect(result).toMatchObject({ problems: [{ remedy: 'This scene has no parameters.' }] });
  });

  it('are printed by check, with what they came to', async () => {
    const { code, stdout } = await doppel(
      'check',
      RACKS,
      '--set',
      'racks=3',
      '--set',
      'look=fancy',
    );
    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      `${RACKS}: fine. 1 zones, 3 devices, 3 vessels, 0 lines, 0 supplies.`,
      '  racks  3      0 to 8        Racks',
      '  pitch  1 m    0.6 m to 2 m  Distance of racks',
      '  look   fancy  plain, fancy  Look',
      '  bottle-rack  3',
      '',
    ]);
  });

  it('are printed by check for programs', async () => {
    const { stdout } = await doppel('check', RACKS, '--set', 'racks=0', '--json');
    const answer = JSON.parse(stdout) as Record<string, unknown>;
    expect(answer).toMatchObject({ problems: [], deviceTypes: {} });
    expect(answer.parameters).toMatchObject([{ name: 'racks', value: 0 }, {}, {}]);
  });

  it('count in list, run and serve', async () => {
    const [list, run, serve] = await Promise.all([
      doppel('list', RACKS, '--set', 'racks=1', '--json'),
      doppel('run', RACKS, '--set', 'racks=1', '--recipe', 'none', '--until', '1h', '--json'),
      doppel('serve', RACKS, '--set', 'racks=-1'),
    ]);
    expect(JSON.parse(list.stdout)).toMatchObject({
      devices: [{ id: 'rack-1', type: 'bottle-rack', zone: 'hall' }],
      vessels: [{ id: 'bottle-1', place: 'rack-1.rack1' }],
    });
    expect(JSON.parse(run.stdout)).toMatchObject({ parameters: { racks: 1, pitch: '1 m' } });
    expect(serve.code).toBe(2);
    expect(serve.stderr).toContain('-1 is out of range. Allowed: 0 to 8.');
  });

  it('need a name and a value', async () => {
    const { code, stderr } = await doppel('check', RACKS, '--set', 'racks');
    expect(code).toBe(2);
    expect(stderr).toContain('--set racks: write name=value, for instance --set rows=4');
  });
});
