import { describe, expect, it } from 'vitest';
import { memoryJournal } from '../../src/control/journal.ts';
import { runControl } from '../../src/control/run-control.ts';
import { DECISIVE } from '../../src/twin/twin.ts';
import { clientOf } from '../../src/main/twin-client.ts';
import { createChangeLog } from '../../src/kernel/change-log.ts';
import type { Passed, PlantEvent } from '../../src/kernel/plant-contract.ts';
import { buildTwin } from '../../src/main/plant-assembly.ts';
import { productionOf } from '../../src/main/production.ts';
import { readRecipe } from '../../src/main/control-files.ts';
import { readScene } from '../../src/main/scene-files.ts';

/** Runs the first half hour of the recipe; an operator aborts one operation `delay` seconds in. */
async function runWithAbort(device: string, command: string, delay: number) {
  const scene = readScene('scenes/enclosed-plant.yaml');
  const recipe = readRecipe('car-t');
  if (!('scene' in scene) || !('recipe' in recipe)) throw new Error('scene or recipe is broken');
  const twin = buildTwin(scene.scene, 1);
  const events: PlantEvent[] = [];
  const changes = createChangeLog();
  const passed = (time: number): Passed => {
    const fresh = twin.takeEvents();
    for (const event of fresh) changes.note(event);
    events.push(...fresh);
    return { time, changed: changes.take() };
  };
  let isAborted = false;
  const journal = memoryJournal();
  const [batch] = await runControl({
    client: clientOf(twin, async (until) => {
      const { operation } = twin.runtime(device);
      if (!isAborted && operation.command === command && operation.state === 'running') {
        const common = { client: 'operator', sequence: 0, device, parameters: {} };
        twin.advanceTo(twin.now + delay * 1e6);
        isAborted = twin.execute({ kind: 'invoke', command: 'abort', ...common }).ok;
        return passed(twin.now);
      }
      const reached = isAborted
        ? twin.advanceTo(until, DECISIVE)
        : twin.advanceTo(Math.min(until, twin.now + 1e6), DECISIVE);
      return passed(reached);
    }),
    recipes: [recipe.recipe],
    plantConfiguration: productionOf(scene.scene, recipe.recipe).configuration,
    journal,
    until: 32 * 60e6,
  });
  return { batch, isAborted, events, entries: journal.entries(), twin };
}

describe('a batch in which an operator aborts an operation', () => {
  it.each([
    ['robot', 'pick', 1],
    ['robot', 'place', 1],
    ['robot', 'place', 5],
    ['liquid-handler', 'mix', 2],
    ['pump-thaw', 'dispense', 20],
  ])('goes on after %s %s was aborted %i s in', async (device, command, delay) => {
    const { batch, isAborted, events, entries, twin } = await runWithAbort(device, command, delay);
    expect(isAborted).toBe(true);
    const failed = entries.filter((entry) => entry.type === 'phase.failed');
    expect(failed).toMatchObject([{ device, code: 'ABORTED' }]);
    expect(
      batch?.reason,
      JSON.stringify(entries.filter(({ type }) => type === 'phase.failed')),
    ).toBeUndefined();
    const path = failed[0]?.path;
    expect(entries.some((entry) => entry.type === 'phase.finished' && entry.path === path)).toBe(
      true,
    );
    expect(events.filter(({ type }) => type === 'observer.violation')).toEqual([]);
    expect(twin.massBalance.worst(twin.plant, twin.now).relativeError).toBeLessThan(1e-9);
  });
});
