import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchStandings } from '../../control/batch-standings.ts';
import { bindRecipes } from '../../control/run-control.ts';
import { startOpcUaHost } from '../../device-emulators/endpoints/opcua/host.ts';
import type { Violation } from '../../kernel/plant-contract.ts';
import { ok } from '../../kernel/result.ts';
import type { Micros } from '../../kernel/time.ts';
import { startControlProcess } from '../control-process/control-process.ts';
import { followJournal } from '../control-process/journal-follower.ts';
import type { Production } from '../production.ts';
import { certificateFolder, plantPort } from '../plant-port.ts';
import { startTwin } from '../twin-thread/twin-handle.ts';
import { createGrants } from './grants.ts';
import { duesOf, stoppingFor } from './interventions.ts';
import type { RunOptions, RunResult } from './run.ts';

/** Runs the twin in lockstep behind an OPC UA server, and the control software as its own process. */
export async function runOverOpcUa(
  options: RunOptions & { readonly production: Production },
): Promise<RunResult> {
  const folder = mkdtempSync(join(tmpdir(), 'doppel-run-'));
  try {
    return await runIn(folder, options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function runIn(
  folder: string,
  options: RunOptions & { readonly production: Production },
): Promise<RunResult> {
  const { sceneFile, sceneText, seed, mode, production, until, signal } = options;
  const journalFile = options.journal ?? join(folder, 'batch-record.jsonl');
  rmSync(journalFile, { force: true });
  const { recipes, configuration } = production;
  const standings = new BatchStandings(recipes, configuration.batches);
  const record = followJournal(journalFile, (entry) => {
    standings.follow(entry);
    options.onEntry?.(entry);
  });
  const twin = await startTwin({
    sceneFile,
    sceneText,
    seed,
    mode: { kind: 'lockstep' },
    running: true,
    ...(options.record === undefined ? {} : { record: options.record }),
  });
  try {
    bindRecipes(recipes, twin.description, configuration);
  } catch (error) {
    await twin.close();
    throw error;
  }
  const violations: Violation[] = [];
  const twinFailed = new Promise<never>((_, reject) => twin.onFailure(reject));
  twin.onEvents((events) => {
    for (const event of events) {
      if (event.type === 'observer.violation') violations.push(event.violation);
    }
  });
  const advance = createGrants({
    mode,
    signal,
    now: () => twin.table.time,
    step: stoppingFor(
      [
        ...duesOf(options.interventions ?? [], (command) => twin.execute(command)),
        ...(options.saves ?? []).map(({ time, path }) => ({ time, act: () => twin.save(path) })),
      ],
      { now: () => twin.table.time, step: (limit) => twin.advance(limit) },
    ),
    onBreath: () => {
      record.poll();
      options.onProgress(twin.table.time, standings.progress(twin.table.time));
    },
  });
  const clock = { advance: async (limit: Micros) => ok(await advance(limit)) };
  const server = await startOpcUaHost(plantPort(twin, clock), {
    host: '127.0.0.1',
    port: 0,
    certificateFolder: certificateFolder(),
    log: () => {},
  });
  try {
    const control = startControlProcess({
      url: server.url,
      recipes,
      configuration,
      journalFile,
      ...(until === undefined ? {} : { until }),
    });
    signal.addEventListener('abort', control.stop);
    if (signal.aborted) control.stop();
    const end = await Promise.race([control.ended, twinFailed]).finally(control.stop);
    if (end.type === 'died') throw new Error(`the control process ended (${end.how})`);
    if (end.type === 'unsuitable' || end.type === 'failed') {
      throw new Error(`the control process: ${end.message}`);
    }
    record.poll();
    const report = await twin.report();
    return {
      plant: twin.description,
      report,
      violations,
      batches: standings.progress(report.time),
      interrupted: end.type === 'stopped',
    };
  } finally {
    await server.close();
    await twin.close();
  }
}
