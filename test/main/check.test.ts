import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { deviceDefinitions } from '../../src/main/device-registry.ts';
import { sceneJsonSchema } from '../../src/twin/scene/json-schema.ts';
import type { FileProblem } from '../../src/twin/scene/problem.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDER = 'test/scenes/broken/';

/** What each broken scene must be told, and how it is mended. The faulty line is marked `# fault`. */
const EXPECTED: Readonly<Record<string, readonly [message: RegExp, remedy: RegExp]>> = {
  'bad-yaml': [/no valid YAML: Missing closing "quote/, /quotes and colons here/],
  'config-out-of-range': [/^900 mL is out of range/, /^Allowed: 0.01 to 20 mL/],
  'dangling-line': [/no line "house"/, /^Name one of: hose/],
  'dangling-place': [/no place "rack.shelf9"/, /rack has rack.rack1, /],
  'dangling-port': [/no port "reactor.drain"/, /reactor has reactor.inlet, reactor.feed/],
  'dangling-supply': [/no device "rector"/, /^Name a device/],
  'dangling-zone': [/no zone "hull"/, /^Zones: hall/],
  'impossible-date': [/"2026-02-30.*" is no UTC instant/, /^Write for instance 2026-01-05T06/],
  'line-too-long': [/^60 m of tubing is too long for its way of 1.08 m/, /length: 1.2 m/],
  'line-too-short': [/^0.4 m of tubing is too short for its way of 1.08 m/, /length: 1.2 m/],
  'missing-unit': [/^1.6 has no unit/, /^Write a quantity with its unit, for instance "1 mm"/],
  'no-body-for-a-place': [/a peristaltic-pump has no body/, /^Write zone and at instead of in/],
  'out-of-range': [/"60000 \/h" is out of range/, /^Allowed are 0.1 to 1000/],
  'outside-its-zone': [/pump stands outside its zone hall/, /^Move it, or name the zone/],
  'overfull-vessel': [/more than the vessel holds/, /^At most 20000 ml/],
  'overlapping-equipment': [/pump overlaps reactor by 0.16 m/, /^Move pump by at least that/],
  'parameter-out-of-range': [/^4 is out of range/, /^Allowed: 1 to 3/],
  'place-taken-twice': [/rack.rack1 already holds bottle/, /^Use another place/],
  'port-clash': [/supply.bag already has line hose/, /to another port/],
  'repeated-overlap': [/^rack-2 overlaps rack-1 by .* \(for i = 2; 2 more here\)/, /^Move rack-2/],
  'unknown-device-type': [/unknown device type "peristaltic-pomp"/, /Known: .*peristaltic-pump/],
  'unknown-key': [/unknown key "colour"/, /^Remove it or correct its spelling/],
  'unknown-liquid': [/unknown liquid "beer"/, /^Known: expansion-medium/],
  'unknown-vessel-kind': [/unknown vessel kind "bottle-300"/, /^Known: bottle-250/],
  'vessel-does-not-fit': [/rack.rack1 does not take a bag-20l/, /^It takes bottle-250/],
  'wrong-dimensions': [/^a length and a plain number cannot be added/, /"0.5 m \+ 1" of one kind/],
  'wrong-unit': [/"5 kPa" has the wrong unit "kPa"/, /^Write for instance "1 ml"/],
  'wrong-version': [/unknown format version/, /^Begin the file with "doppel: 1"/],
};

function check(...args: readonly string[]) {
  return spawnSync(process.execPath, ['bin/doppel.mjs', 'check', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
}

describe('doppel check on broken scenes', () => {
  const files = readdirSync(`${ROOT}${FOLDER}`).sort();
  let exitCode: number | null;
  const problems = new Map<string, readonly FileProblem[]>();

  beforeAll(() => {
    const { status, stdout } = check('--json', ...files.map((file) => FOLDER + file));
    exitCode = status;
    const { scenes } = JSON.parse(stdout) as {
      readonly scenes: readonly { scene: string; problems: readonly FileProblem[] }[];
    };
    for (const { scene, problems: found } of scenes) {
      problems.set(scene.slice(FOLDER.length).replace('.yaml', ''), found);
    }
  }, 30_000);

  it('ends with the code for invalid input', () => {
    expect(exitCode).toBe(2);
  });

  it('every scene of the folder is expected, and every expected one is there', () => {
    expect(files.map((file) => file.replace('.yaml', ''))).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(Object.entries(EXPECTED))('%s', (name, [message, remedy]) => {
    const text = readFileSync(`${ROOT}${FOLDER}${name}.yaml`, 'utf8');
    const faulty = text.split('\n').findIndex((line) => line.endsWith('# fault')) + 1;
    expect(faulty).toBeGreaterThan(0);
    const found = problems.get(name) ?? [];
    expect(found).toHaveLength(1);
    expect(found[0]?.line).toBe(faulty);
    expect(found[0]?.message).toMatch(message);
    expect(found[0]?.remedy).toMatch(remedy);
  });
});

describe('scenes that come with the plant', () => {
  const scenes = readdirSync(`${ROOT}scenes`).filter((file) => file.endsWith('.yaml'));

  it('are fine', () => {
    const { status, stdout } = check(...scenes.map((file) => `scenes/${file}`));
    expect(stdout.split('\n').filter((line) => line.includes(': '))).toEqual(
      scenes.map((file) => expect.stringMatching(`^scenes/${file}: fine`)),
    );
    expect(status).toBe(0);
  }, 30_000);

  it('name their schema, which is current (npm run schema writes it)', () => {
    const written = JSON.parse(readFileSync(`${ROOT}scenes/scene.schema.json`, 'utf8')) as object;
    const current = JSON.stringify(sceneJsonSchema(deviceDefinitions().values()));
    expect(written).toEqual(JSON.parse(current));
    for (const file of scenes) {
      expect(readFileSync(`${ROOT}scenes/${file}`, 'utf8')).toMatch(
        /^# yaml-language-server: \$schema=scene.schema.json\n/,
      );
    }
  });
});
