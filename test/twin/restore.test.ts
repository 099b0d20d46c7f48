import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readRecipe } from '../../src/main/control-files.ts';
import { buildTwin } from '../../src/main/plant-assembly.ts';
import { productionOf } from '../../src/main/production.ts';
import { clientOf } from '../../src/main/twin-client.ts';
import { readScene } from '../../src/main/scene-files.ts';
import { createChangeLog } from '../../src/kernel/change-log.ts';
import { memoryJournal } from '../../src/control/journal.ts';
import { runControl } from '../../src/control/run-control.ts';
import { DECISIVE, type Twin } from '../../src/twin/twin.ts';
import type { LoggedCommand } from '../../src/twin/twin-state.ts';
import type { Scene } from '../../src/twin/scene/scene.ts';

const SEED = 3;
const POINTS = 50;

function sceneOf(name: string): Scene {
  const file = fileURLToPath(new URL(`../../scenes/${name}.yaml`, import.meta.url));
  const read = readScene(file);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.scene;
}

/** Makes a batch and returns the twin with its log. */
async function make(scene: Scene): Promise<Twin> {
  const twin = buildTwin(scene, SEED);
  const found = readRecipe('car-t');
  if ('problems' in found) throw new Error(JSON.stringify(found.problems));
  const { recipes, configuration } = productionOf(scene, found.recipe, 1);
  const changes = createChangeLog();
  const take = (): void => {
    for (const event of twin.takeEvents()) changes.note(event);
  };
  await runControl({
    client: clientOf(twin, async (limit) => {
      take();
      const time = changes.urgent ? twin.now : twin.advanceTo(limit, DECISIVE);
      take();
      return { time, changed: changes.take() };
    }),
    recipes,
    plantConfiguration: configuration,
    journal: memoryJournal(),
  });
  return twin;
}

/** Gives a twin the commands of a log from its present on, up to a time. */
function follow(twin: Twin, log: readonly LoggedCommand[], until: number): void {
  for (const { time, command } of log.slice(twin.log.length)) {
    if (time > until) break;
    twin.advanceTo(time);
    twin.execute(command);
  }
  twin.advanceTo(until);
}

describe.each(['enclosed-plant', 'modular-lab'])('a batch in %s', (name) => {
  let scene: Scene;
  let log: readonly LoggedCommand[];
  let end: number;
  let hash: string;
  beforeAll(async () => {
    scene = sceneOf(name);
    const twin = await make(scene);
    log = [...twin.log];
    end = twin.now;
    hash = twin.stateHash();
  }, 120_000);

  it('ends in the same state when its commands are given again', () => {
    const twin = buildTwin(scene, SEED);
    follow(twin, log, end);
    expect(twin.stateHash()).toBe(hash);
  });

  it(`goes on in the same way from ${POINTS} stored points`, () => {
    const original = buildTwin(scene, SEED);
    const other = buildTwin(scene, SEED);
    const doings = new Set<string>();
    for (let k = 1; k <= POINTS; k++) {
      // Most commands come within hours: half of the points lie among them, evenly by number.
      const at = log[Math.floor((k / (POINTS + 1)) * log.length)]?.time ?? end;
      follow(original, log, Math.max(original.now, at + 1_500_000));
      const saved = original.save();
      original.takeEvents();
      const before = original.stateHash();
      other.restore(saved);
      expect(other.stateHash(), `restored at ${original.now}`).toBe(before);
      for (const { operation, id } of original.devices.values()) {
        if (operation.state === 'running') doings.add(`${id} ${operation.command}`);
      }
      const next = log[Math.floor(((k + 1) / (POINTS + 1)) * log.length)]?.time ?? end;
      follow(other, log, Math.max(other.now, next));
      follow(original, log, other.now);
      expect(other.stateHash(), `from ${saved.time} to ${other.now}`).toBe(original.stateHash());
      expect(other.takeEvents()).toEqual(original.takeEvents());
      // Saved is saved: what went on since has not altered it.
      other.restore(saved);
      expect(other.stateHash()).toBe(before);
    }
    // Among them pipetting, spinning, gripping and pumping.
    expect(doings.size).toBeGreaterThan(5);
  }, 240_000);
});
