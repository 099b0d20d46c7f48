import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { BatchProgress } from '../../src/kernel/bridge-contract.ts';
import type { PlantClient } from '../../src/kernel/plant-contract.ts';
import { shareDone } from '../../src/control/batch-standings.ts';
import { UnsuitablePlantError } from '../../src/control/realisation/realise.ts';
import { type JournalStore, memoryJournal } from '../../src/control/journal.ts';
import { definePhase, type PhaseDefinition } from '../../src/control/phase.ts';
import { loadRealisation } from '../../src/control/realisation/load-realisation.ts';
import type { RealisationOffer } from '../../src/control/realisation/realise.ts';
import type { FunctionDefinition } from '../../src/control/recipe/functions.ts';
import { loadRecipe } from '../../src/control/recipe/load-recipe.ts';
import type { Recipe } from '../../src/control/recipe/schema.ts';
import { runControl } from '../../src/control/run-control.ts';
import { perform } from '../../src/control/task.ts';
import { ScriptedPlant, type Reaction } from './support/scripted-plant.ts';

const heat = definePhase({
  name: 'heat',
  title: 'Heat',
  parameters: z.strictObject({ times: z.number().default(1) }),
  vesselParameters: [],
  needs: { heater: ['heat'] },
  facts: ['heated'],
  *run(context, { times }) {
    for (let i = 0; i < times; i++) yield* perform(context.device('heater'), 'heat');
    yield* context.setFact('heated', Number(context.fact('heated') ?? 0) + times);
  },
});
const measure = definePhase({
  name: 'measure',
  title: 'Measure',
  parameters: z.strictObject({}),
  vesselParameters: [],
  needs: { meter: ['measure'] },
  facts: ['viability'],
  *run(context) {
    const { viability } = yield* perform(context.device('meter'), 'measure');
    yield* context.setFact('viability', Number(viability));
  },
});
const library = new Map<string, PhaseDefinition>(
  [heat, measure].map((definition) => [definition.name, definition]),
);

const FUNCTIONS: ReadonlyMap<string, FunctionDefinition> = new Map(
  [
    {
      name: 'warm',
      title: 'Warm',
      parameters: z.strictObject({ times: z.number().optional() }),
      specifications: z.strictObject({}),
      facts: ['heated'],
    },
    {
      name: 'look',
      title: 'Look',
      parameters: z.strictObject({}),
      specifications: z.strictObject({}),
      facts: ['viability'],
    },
  ].map((definition) => [definition.name, definition]),
);

/** How the plant warms; what follows the phase is set by the test. */
function realisations(rules = '', more = ''): readonly RealisationOffer[] {
  const text = `
doppel: 1
name: bench
title: Bench
equipment: { heater: { type: heater }, meter: { device: meter-1 } }
functions:
  warm:
    phases: [{ phase: heat, with: { times: =times }${rules} }${more}]
  look: { phases: [{ phase: measure }] }
`;
  const result = loadRealisation(text, 'bench.yaml', library, FUNCTIONS);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return [{ realisation: result.realisation, library }];
}

function recipe(steps: string): Recipe {
  const text = `
doppel: 1
name: test
title: Test
product: Test
steps:
${steps}`;
  const result = loadRecipe(text, 'test.yaml', FUNCTIONS);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.recipe;
}

interface PlantState {
  heats: number;
  viabilities: number[];
}

function plant(
  state: PlantState,
  reactions: readonly (Reaction | undefined)[] = [],
): ScriptedPlant {
  let heats = 0;
  return new ScriptedPlant([
    {
      id: 'heater-1',
      type: 'heater',
      commands: {
        heat: () =>
          reactions[heats++] ?? {
            seconds: 600,
            then: () => {
              state.heats += 1;
            },
          },
        reset: () => ({ seconds: 0 }),
      },
    },
    {
      id: 'meter-1',
      type: 'meter',
      commands: {
        measure: () => ({ seconds: 60, result: { viability: state.viabilities.shift() ?? 0.9 } }),
      },
    },
  ]);
}

const run = (
  client: PlantClient,
  used: Recipe,
  journal: JournalStore = memoryJournal(),
  until = Number.POSITIVE_INFINITY,
  rules = '',
) =>
  runControl({
    client,
    recipes: [used],
    journal,
    realisations: realisations(rules),
    plantConfiguration: { batches: [{ id: 'P-001', product: 'Test' }], vessels: {} },
    until,
  });

const TWO_STEPS = `
  - step: 3
    name: one
    functions: [{ function: warm, with: { times: 3 } }]
  - step: 4
    name: two
    functions: [{ function: look }, { function: warm }]`;

describe('batch', () => {
  it('runs the steps in order and reports their times', async () => {
    const used = recipe(TWO_STEPS);
    const [report] = await run(plant({ heats: 0, viabilities: [] }), used);
    expect(report).toEqual({
      id: 'P-001',
      product: 'Test',
      outcome: 'complete',
      steps: [
        { step: 3, name: 'one', state: 'completed', start: 0, end: 1800e6 },
        { step: 4, name: 'two', state: 'completed', start: 1800e6, end: 2460e6 },
      ],
    });
  });

  it('stops at the given time and tells how far it got', async () => {
    const used = recipe(TWO_STEPS);
    const client = plant({ heats: 0, viabilities: [] });
    const [report] = await run(client, used, memoryJournal(), 1000e6);
    expect(client.time).toBe(1000e6);
    expect(report).toMatchObject({ outcome: 'running', phase: 'heat' });
    expect(report?.steps.map(({ state }) => state)).toEqual(['running', 'waiting']);
    expect(report?.steps[0]?.progress).toBeCloseTo(1000 / (12 * 3600), 9);
    expect(shareDone([used], report as BatchProgress)).toBeCloseTo(1000 / (24 * 3600), 9);
  });

  it('tries again after a failure, as often as the recipe says', async () => {
    const used = recipe(`
  - step: 3
    name: one
    functions: [{ function: warm }]`);
    const rules = ', onFailure: { retry: 2, wait: 10 min }';
    const jam: Reaction = { seconds: 60, fail: 'MALFUNCTION' };
    const client = plant({ heats: 0, viabilities: [] }, [jam, { refuse: 'INTERLOCK' }]);
    const journal = memoryJournal();
    expect((await run(client, used, journal, undefined, rules))[0]?.outcome).toBe('complete');
    expect(client.log).toEqual(['heater-1 heat', 'heater-1 heat -> INTERLOCK', 'heater-1 heat']);
    expect(client.time).toBe((60 + 600 + 600 + 600) * 1e6);
    const failures = journal.entries().filter(({ type }) => type === 'phase.failed');
    expect(failures).toMatchObject([
      { device: 'heater-1', code: 'MALFUNCTION', message: 'heat failed', action: 'retry' },
      { device: 'heater-1', code: 'INTERLOCK', action: 'retry' },
    ]);
  });

  it('resets the device before trying again when told to recover', async () => {
    const used = recipe(`
  - step: 3
    name: one
    functions: [{ function: warm }]`);
    const rules = ', onFailure: { retry: 1, wait: 0 min, recover: true }';
    const client = plant({ heats: 0, viabilities: [] }, [{ refuse: 'DEVICE_ERROR' }]);
    expect((await run(client, used, undefined, undefined, rules))[0]?.outcome).toBe('complete');
    expect(client.log.slice(1)).toEqual(['heater-1 reset', 'heater-1 heat']);
  });

  it('fails the batch with step, phase, device, code and message', async () => {
    const used = recipe(TWO_STEPS);
    const client = plant({ heats: 0, viabilities: [] }, [
      { refuse: 'LID_OPEN', message: 'the lid of heater-1 is open' },
    ]);
    const [report] = await run(client, used);
    expect(report?.outcome).toBe('failed');
    expect(report?.reason).toBe(
      'step 3 one, phase heat: heater-1: LID_OPEN: the lid of heater-1 is open',
    );
    expect(report?.steps.map(({ state }) => state)).toEqual(['failed', 'skipped']);
    expect(client.log).toHaveLength(1);
  });

  it('decides by facts whether a phase runs, how often, and whether the batch may go on', async () => {
    const used = recipe(`
  - step: 3
    name: one
    functions:
      - function: look
      - function: warm
        when: { fact: viability, below: 0.8 }
      - repeat: [{ function: warm }, { function: look }]
        until: { fact: viability, atLeast: 0.9 }
        atMost: 5
      - check: { any: [{ fact: viability, atLeast: 0.92 }, { fact: heated, atLeast: 9 }] }
        reason: too few cells live`);
    const good = plant({ heats: 0, viabilities: [0.7, 0.8, 0.95] });
    expect((await run(good, used))[0]?.outcome).toBe('complete');
    expect(good.log.map((line) => line.split(' ')[1])).toEqual(
      'measure heat heat measure heat measure'.split(' '),
    );
    const bad = plant({ heats: 0, viabilities: [0.85, 0.91] });
    const journal = memoryJournal();
    const [report] = await run(bad, used, journal);
    expect(report?.reason).toBe(
      'step 3 one: too few cells live (wanted viability 0.91 at least 0.92 or heated 1 at least 9)',
    );
    const decisions = journal.entries().filter((entry) => entry.type === 'decision');
    expect(decisions.map(({ taken }) => taken)).toEqual([false, true, false]);
  });

  it('tells which function with which requirement ran on which device with which values', async () => {
    const used = recipe(`
  - step: 3
    name: one
    functions: [{ function: look }]`);
    const journal = memoryJournal();
    await run(plant({ heats: 0, viabilities: [0.7] }), used, journal);
    const told = journal.entries().filter(({ type }) => /^(function|operation)/.test(type));
    expect(told).toEqual([
      {
        ...{ batch: 'P-001', time: 0, type: 'function.started', path: '3.0', function: 'look' },
        ...{ parameters: {}, specifications: {} },
      },
      {
        ...{ batch: 'P-001', time: 60e6, type: 'operation', path: '3.0.0', device: 'meter-1' },
        ...{ operation: 1, command: 'measure', parameters: {}, state: 'completed', code: '' },
        result: { viability: 0.7 },
      },
      { batch: 'P-001', time: 60e6, type: 'function.finished', path: '3.0', function: 'look' },
    ]);
  });

  it('gives up a loop after its last round and goes on', async () => {
    const used = recipe(`
  - step: 3
    name: one
    functions:
      - repeat: [{ function: warm }]
        until: { fact: heated, atLeast: 9 }
        atMost: 2`);
    const client = plant({ heats: 0, viabilities: [] });
    expect((await run(client, used))[0]?.outcome).toBe('complete');
    expect(client.log).toHaveLength(2);
  });

  it('refuses a plant that lacks a device or a command', async () => {
    const poor = new ScriptedPlant([{ id: 'heater-1', type: 'heater', commands: {} }]);
    const failure = await run(poor, recipe(TWO_STEPS)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UnsuitablePlantError);
    expect((failure as UnsuitablePlantError).problems).toEqual([
      'scripted has nothing that can warm: needed by step 3 one (test.yaml:10): phase heat needs command heat, which heater-1 (heater) has not',
      'scripted has nothing that can look: needed by step 4 two (test.yaml:13): it has no meter-1 for the role meter',
    ]);
  });
});

describe('restart', () => {
  const used = recipe(TWO_STEPS);

  const ways = [
    { losesAnswer: false, way: 'before a call' },
    { losesAnswer: true, way: 'after a command, before its answer' },
  ];
  it.each(ways)('ends in the same plant wherever it was killed $way', async ({ losesAnswer }) => {
    const whole = plant({ heats: 0, viabilities: [0.83] });
    const [expected] = await run(whole, used);
    let kills = 0;
    for (let at = 1; ; at++) {
      const state = { heats: 0, viabilities: [0.83] };
      const client = plant(state);
      const journal = memoryJournal();
      client.diesAfter = at;
      client.losesAnswer = losesAnswer;
      const first = await run(client, used, journal).catch(() => undefined);
      if (first !== undefined) break;
      kills += 1;
      client.diesAfter = Number.POSITIVE_INFINITY;
      const text = journal.entries().map((entry) => JSON.stringify(entry));
      const kept = memoryJournal(text.map((line) => JSON.parse(line)));
      const [report] = await run(client, used, kept);
      expect(client.log, `killed at call ${at}`).toEqual(whole.log);
      expect(report, `killed at call ${at}`).toEqual(expected);
      expect(state.heats).toBe(4);
    }
    expect(kills).toBeGreaterThan(15);
  });

  it('survives being killed again and again', async () => {
    const state = { heats: 0, viabilities: [] };
    const client = plant(state);
    const journal = memoryJournal();
    let reports = undefined as Awaited<ReturnType<typeof run>> | undefined;
    let starts = 0;
    while (reports === undefined) {
      starts += 1;
      client.diesAfter = client.diesAfter === Number.POSITIVE_INFINITY ? 4 : client.diesAfter + 4;
      reports = await run(client, used, journal).catch(() => undefined);
    }
    expect(starts).toBeGreaterThan(5);
    expect(reports[0]?.outcome).toBe('complete');
    expect(state.heats).toBe(4);
  });

  const interrupted = async (rule: string) => {
    const ruled = recipe(`
  - step: 3
    name: one
    functions: [{ function: warm, with: { times: 3 } }]`);
    const rules = `, onRestart: ${rule}`;
    const state = { heats: 0, viabilities: [] };
    const client = plant(state);
    const journal = memoryJournal();
    client.diesAfter = 9;
    await expect(run(client, ruled, journal, undefined, rules)).rejects.toThrow('killed');
    client.diesAfter = Number.POSITIVE_INFINITY;
    const before = client.log.length;
    await client.waitUntil(client.time + 3600e6);
    const [report] = await run(client, ruled, journal, undefined, rules);
    return { report, sent: client.log.length - before, before };
  };

  it('repeats a phase from its beginning by rule', async () => {
    const { report, sent } = await interrupted('repeat');
    expect(report?.outcome).toBe('complete');
    expect(sent).toBe(3);
  });

  it('resumes a phase where it was by rule', async () => {
    const { report, sent, before } = await interrupted('resume');
    expect(report?.outcome).toBe('complete');
    expect(sent + before).toBe(3);
  });

  it('fails the batch by rule', async () => {
    const { report, sent } = await interrupted('fail');
    expect(report?.outcome).toBe('failed');
    expect(report?.reason).toContain('phase heat: the controller was restarted');
    expect(sent).toBe(0);
  });

  it('leaves a shared place to others that the step needs no more', async () => {
    const shared = recipe(`
  - step: 3
    name: one
    functions: [{ function: warm, with: { times: 1 } }]`);
    const client = plant({ heats: 0, viabilities: [] });
    const journal = memoryJournal();
    const phases = realisations(', exclusive: [bench], leaves: [bench]', ', { phase: measure }');
    const control = (until: number) =>
      runControl({
        client,
        recipes: [shared],
        journal,
        realisations: phases,
        plantConfiguration: {
          batches: ['P-001', 'P-002'].map((id) => ({ id, product: 'Test' })),
          vessels: {},
        },
        until,
      });
    // The first batch measures while the second one heats at the bench.
    await control(630e6);
    const [first, second] = await control(Number.POSITIVE_INFINITY);
    expect(first?.steps[0]?.end).toBe(660e6);
    expect(second?.steps[0]?.end).toBe(1260e6);
    const claims = journal.entries().filter(({ type }) => type === 'claimed');
    expect(claims.map(({ batch }) => batch)).toEqual(['P-001', 'P-002']);
  });

  it('reports a finished batch again without a command', async () => {
    const journal = memoryJournal();
    const client = plant({ heats: 0, viabilities: [] });
    const first = await run(client, used, journal);
    const sent = client.log.length;
    expect(await run(client, used, journal)).toEqual(first);
    expect(client.log).toHaveLength(sent);
  });
});
