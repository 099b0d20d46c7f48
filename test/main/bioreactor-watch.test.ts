import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { liquid } from '../../src/bio-models/liquids.ts';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE } from '../../src/kernel/time.ts';
import { buildTwin } from '../../src/main/plant-assembly.ts';
import { parseScene } from '../../src/main/scene-files.ts';
import type { Twin } from '../../src/twin/twin.ts';

const PATH = fileURLToPath(new URL('../../scenes/expansion-suite.yaml', import.meta.url));
const REACTOR = 'transduction-1';

/** The suite with its small reactor under control for six hours. */
function running(): Twin {
  const loaded = parseScene(readFileSync(PATH, 'utf8'), PATH);
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  const twin = buildTwin(loaded.scene, 1);
  twin.execute({
    kind: 'invoke',
    client: 'test',
    sequence: 0,
    device: REACTOR,
    command: 'start',
    parameters: {},
  });
  twin.advanceTo(6 * MICROS_PER_HOUR);
  return twin;
}

const alarms = (twin: Twin): string[] =>
  [...twin.runtime(REACTOR).alarms.values()].filter(({ active }) => active).map((a) => a.alarm);

/** Adds cold medium to the culture at the present instant. */
function pour(twin: Twin, volume: number): void {
  const portions = [{ lot: 'MED-2601', amounts: liquid('expansion-medium', volume) }];
  const vessel = twin.plant.vessel(`${REACTOR}.culture`);
  twin.plant.deposit(vessel, { portions, temperature: 275 }, twin.now);
}

describe('a bioreactor under control', () => {
  it('looks at a steady culture less than ten times an hour', () => {
    const twin = running();
    const before = twin.runtime(REACTOR).revision;
    twin.advanceTo(twin.now + 6 * MICROS_PER_HOUR);
    const looks = twin.runtime(REACTOR).revision - before;
    expect(looks).toBeLessThan(60);
    expect(looks).toBeGreaterThan(30);
  });

  it('sees within a minute what comes of a disturbance', () => {
    const twin = running();
    twin.advanceTo(twin.now + 3 * MICROS_PER_MINUTE + 1234);
    pour(twin, 80e-6);
    expect(alarms(twin)).toEqual([]);
    twin.advanceTo(twin.now + MICROS_PER_MINUTE);
    expect(alarms(twin)).toContain('temperatureDeviation');
    twin.advanceTo(twin.now + MICROS_PER_HOUR);
    expect(alarms(twin)).not.toContain('temperatureDeviation');
  });

  it('looks every minute while something is near its limit', () => {
    const twin = running();
    // 220 ml of 250 ml are between 85 and 90 %: no alarm, but not far from one.
    pour(twin, 120e-6);
    twin.advanceTo(twin.now + MICROS_PER_HOUR);
    const before = twin.runtime(REACTOR).revision;
    twin.advanceTo(twin.now + MICROS_PER_HOUR);
    expect(alarms(twin)).not.toContain('levelHigh');
    expect(twin.runtime(REACTOR).revision - before).toBeGreaterThanOrEqual(59);
  });
});
