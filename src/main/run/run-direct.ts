import { rmSync } from 'node:fs';
import { BatchStandings } from '../../control/batch-standings.ts';
import { fileJournal } from '../../control/journal-file.ts';
import { plainRecord } from '../../control/journal.ts';
import { runControl } from '../../control/run-control.ts';
import { clientOf } from '../twin-client.ts';
import { createChangeLog, isDecisive } from '../../kernel/change-log.ts';
import { InvariantError } from '../../kernel/error-catalogue.ts';
import type { CommandOutcome, PlantCommand, Violation } from '../../kernel/plant-contract.ts';
import { dumpFailure } from '../failure-dump.ts';
import { buildTwin } from '../plant-assembly.ts';
import { createGrants } from './grants.ts';
import { duesOf, stoppingFor } from './interventions.ts';
import type { Passage, RunOptions, RunResult } from './run.ts';
import { DECISIVE } from '../../twin/twin.ts';
import { writeSnapshot } from '../snapshots/snapshot-file.ts';
import { Recorder } from '../recording/recorder.ts';
import { reportTwin } from '../twin-report.ts';

/** Runs twin and control software in this thread. */
export async function runDirect(options: RunOptions): Promise<RunResult> {
  const { scene, sceneFile, sceneText, seed, mode, production, until, signal } = options;
  const twin = buildTwin(scene, seed);
  if (options.state !== undefined) twin.restore(options.state);
  const passage: Passage = options.through?.(twin) ?? twin;
  const execute = (command: PlantCommand): CommandOutcome => passage.execute(command);
  const recorder =
    options.record === undefined
      ? undefined
      : new Recorder(options.record, twin, { sceneFile, sceneText });
  const violations: Violation[] = [];
  const changes = createChangeLog();
  const takeEvents = (): boolean => {
    let decisive = false;
    const events = twin.takeEvents();
    passage.follow?.(events);
    for (const event of events) {
      changes.note(event);
      if (event.type === 'observer.violation') violations.push(event.violation);
      decisive ||= isDecisive(event);
    }
    return decisive;
  };
  const board =
    production === undefined
      ? undefined
      : new BatchStandings(production.recipes, production.configuration.batches);
  if (options.journal !== undefined) rmSync(options.journal, { force: true });
  const journal = options.journal === undefined ? plainRecord() : fileJournal(options.journal);
  const advance = createGrants({
    mode,
    signal,
    now: () => twin.now,
    step: stoppingFor(
      [
        ...duesOf(options.interventions ?? [], execute),
        ...(options.saves ?? []).map(({ time, path }) => ({
          time,
          act: () => writeSnapshot(path, { sceneText, sceneFile, seed, state: twin.save() }),
        })),
      ],
      {
        now: () => twin.now,
        step: (limit) => {
          takeEvents();
          recorder?.follow();
          return { time: passage.advanceTo(limit, DECISIVE), decisive: takeEvents() };
        },
      },
    ),
    onBreath: () => options.onProgress(twin.now, board?.progress(twin.now) ?? []),
  });
  try {
    if (production === undefined) {
      while (until !== undefined && twin.now < until) await advance(until);
    } else {
      await runControl({
        client: clientOf(
          twin,
          async (limit) => {
            takeEvents();
            const time = changes.urgent ? twin.now : await advance(limit);
            return { time, changed: changes.take() };
          },
          execute,
        ),
        recipes: production.recipes,
        plantConfiguration: production.configuration,
        journal: {
          append: (entry) => {
            journal.append(entry);
            options.onEntry?.(entry);
            board?.follow(entry);
          },
          entries: journal.entries,
        },
        ...(until === undefined ? {} : { until }),
      });
    }
  } catch (error) {
    if (!signal.aborted) {
      throw error instanceof InvariantError ? dumpFailure(twin, error) : error;
    }
  }
  takeEvents();
  recorder?.close();
  return {
    plant: twin.describe(),
    report: reportTwin(twin),
    violations,
    batches: board?.progress(twin.now) ?? [],
    interrupted: signal.aborted,
  };
}
