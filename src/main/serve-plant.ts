import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bindRecipes } from '../control/run-control.ts';
import { MICROS_PER_SECOND } from '../kernel/time.ts';
import { cutJournal, journalTimes, settledTime } from './control-process/cut-journal.ts';
import { superviseControl, type Supervisor } from './control-process/supervisor.ts';
import { type Host, type HostOptions, startHost } from './host.ts';
import type { Production } from './production.ts';

export interface ServeOptions extends HostOptions {
  /** What the built-in controller runs; without it, others control the plant. */
  readonly control:
    | {
        readonly production: Production;
        /** Options of the command line that say the same. */
        readonly words: string;
        /** Values that were set for parameters of the scene. */
        readonly set: ReadonlyMap<string, string>;
        /** Keeps the batch record there; else it goes with the host. */
        readonly journalFile: string | undefined;
      }
    | undefined;
}

export interface ServedPlant {
  readonly host: Host;
  /** Starts the built-in controller. */
  startControl(): void;
  close(): Promise<void>;
}

/** How far control software may be behind a plant that is paced by the wall clock [us of wall clock]; assumed. */
const DELAY = 0.5 * MICROS_PER_SECOND;

/**
 * A plant behind its endpoints, with the built-in controller if wanted.
 *
 * @throws UnsuitablePlantError when the plant cannot run the recipe
 */
export async function servePlant(options: ServeOptions): Promise<ServedPlant> {
  const { control, log } = options;
  if (control === undefined) {
    const host = await startHost(options);
    return { host, startControl: () => {}, close: () => host.close() };
  }
  const { production, words, set } = control;
  const { recipes, configuration } = production;
  const host = await startHost(options);
  try {
    bindRecipes(recipes, host.twin.description, configuration);
  } catch (error) {
    await host.close();
    throw error;
  }
  const folder = mkdtempSync(join(tmpdir(), 'doppel-serve-'));
  const journalFile = control.journalFile ?? join(folder, 'batch-record.jsonl');
  const url = host.opcuaUrl;
  const values = [...set].map((pair) => ` --set '${pair.join('=')}'`).join('');
  rmSync(journalFile, { force: true });
  let supervisor: Supervisor | undefined;
  const startControl = (): void => {
    supervisor = superviseControl({
      order: { url, recipes, configuration, journalFile },
      now: () => host.twin.table.time,
      report: (batches) => host.batches.report(batches),
      log,
      restart: `npx doppel control ${options.sceneFile}${values} ${words} --url ${url} --journal ${journalFile}`,
    });
  };
  let wasRunning = true;
  host.bench.companion = {
    prepare: async (t) => {
      const { running, askedSpeed, achievedSpeed } = host.twin.time;
      const speed = Math.max(achievedSpeed, Number.isFinite(askedSpeed) ? askedSpeed : 0);
      const isHeld = host.twin.time.mode === 'lockstep';
      wasRunning = running;
      await host.twin.setTime(undefined, false);
      supervisor?.stop();
      await supervisor?.ended;
      const delay = isHeld ? 0 : DELAY * speed;
      const settled = settledTime(journalTimes(journalFile), t, delay);
      cutJournal(journalFile, settled);
      return Math.max(0, settled);
    },
    goOn: () => {
      void host.twin.setTime(undefined, wasRunning);
      if (supervisor === undefined) return;
      if (host.twin.time.mode === 'lockstep') host.bench.clock.awaitOne();
      startControl();
    },
  };
  return {
    host,
    startControl,
    close: async () => {
      supervisor?.stop();
      rmSync(folder, { recursive: true, force: true });
      await host.close();
    },
  };
}
