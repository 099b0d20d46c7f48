import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { PlantEvent } from '../../kernel/plant-contract.ts';
import { addressesOf, type Host, startHost } from '../host.ts';
import type { Case, CaseProblem } from './case.ts';
import { openingOf } from './case-plant.ts';
import { refusedDisturbance, undoneDisturbances } from './disturbances.ts';
import type { CaseFiles, Course } from './run-case.ts';
import type { ControlText } from './schema.ts';

type Command = Extract<ControlText, { command: string }>;

/** Name under which the scenario lets time pass. */
const CALLER = 'scenario';
/** Longest that software may take to end when it is asked to [ms]. */
const ENDING_MS = 3000;

/** Runs a case under software of its own, a child process beside a served plant. */
export async function runServedCase(
  one: Case,
  control: Command,
  files: CaseFiles,
  signal: AbortSignal,
): Promise<Course> {
  const { sceneFile, sceneText, seed, state } = openingOf(one);
  const isHeld = control.time === 'lockstep';
  const problems: CaseProblem[] = [];
  const host = await startHost({
    ...{ sceneFile, sceneText, seed, uiPort: 0, opcuaPort: 0, log: () => {} },
    // Nothing happens before all is planned and watched for.
    mode: { kind: 'lockstep' },
    // Who thinks for long is waited for, up to the timeout of the case.
    patience: Number.POSITIVE_INFINITY,
    holders: control.holders + (isHeld && one.until !== undefined ? 1 : 0),
    ...(state === undefined ? { record: files.recording } : { state }),
    trial: { coverage: true, failureSnapshot: files.snapshot },
  });
  try {
    host.twin.onEvents((events: readonly PlantEvent[]) => {
      for (const problem of refusedDisturbance(events)) {
        problems.push(problem);
        host.twin.failed();
      }
    });
    await prepare(host, one);
    const log = openSync(files.log, 'w');
    const child = start(control, one, host, log);
    const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    // What the software leaves behind holds no clock.
    void ended.then(() => host.bench.clock.leaveTo(CALLER));
    const cut = new Promise<'cut'>((resolve) => {
      if (signal.aborted) resolve('cut');
      signal.addEventListener('abort', () => resolve('cut'));
    });
    const end = await Promise.race([
      passTime(host, one, isHeld ? undefined : control.time, ended).then(() => 'over' as const),
      host.failed.then((error) => error),
      cut,
    ]);
    await stop(child, ended);
    closeSync(log);
    if (end instanceof Error) throw end;
    const [code] = await ended;
    if (child.exitCode !== null && code !== control.exitCode) {
      const cause = `${control.command} ended with ${code} instead of ${control.exitCode}`;
      problems.push({ name: 'control', cause, time: host.twin.table.time });
      host.twin.failed();
    }
    const undone = undoneDisturbances(await host.twin.plans());
    return {
      ...{ report: await host.twin.report(), batches: [], record: [] },
      problems: [...problems, ...undone],
      findings: await host.twin.findings(true),
      isCutShort: end === 'cut',
    };
  } finally {
    await host.close();
  }
}

async function prepare({ twin }: Host, { disturbances, checks, expect }: Case): Promise<void> {
  for (const { command, occasion, lasts } of disturbances) {
    await twin.plan(command, occasion, lasts);
  }
  twin.mindRules(expect.rules ?? []);
  for (const check of checks) await twin.observe(check);
}

/** Until the time of the case, or until the software has ended when none is said. */
async function passTime(
  { bench }: Host,
  { until }: Case,
  mode: string | undefined,
  ended: Promise<unknown>,
): Promise<void> {
  if (mode !== undefined) {
    await bench.call('setTime', { mode }, CALLER);
  }
  if (until === undefined) await ended;
  else await bench.call('runUntil', { until: `${until} us` }, CALLER);
}

function start({ command }: Command, { file }: Case, host: Host, log: number): ChildProcess {
  const { opcua, api, token, ui } = addressesOf(host);
  return spawn(command, {
    ...{ shell: true, cwd: dirname(file), stdio: ['ignore', log, log] },
    // A group of its own, so that what a shell starts ends with it.
    detached: process.platform !== 'win32',
    env: {
      ...process.env,
      ...{ DOPPEL_OPCUA: opcua, DOPPEL_API: api, DOPPEL_TOKEN: token, DOPPEL_UI: ui },
    },
  });
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const send = (name: NodeJS.Signals): void => {
    try {
      if (child.pid === undefined) return;
      if (process.platform === 'win32') child.kill(name);
      else process.kill(-child.pid, name);
    } catch {
      // It has ended meanwhile.
    }
  };
  if (isOver()) return;
  send('SIGTERM');
  const timer = setTimeout(() => send('SIGKILL'), ENDING_MS);
  await ended;
  clearTimeout(timer);
}
