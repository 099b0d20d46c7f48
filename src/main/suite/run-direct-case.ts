import type { JournalEntry } from '../../control/journal.ts';
import type { PlantEvent } from '../../kernel/plant-contract.ts';
import type { Twin } from '../../twin/twin.ts';
import { runDirect } from '../run/run-direct.ts';
import type { Passage } from '../run/run.ts';
import type { RingSource } from '../snapshots/snapshot-ring.ts';
import { Trial } from '../twin-thread/trial.ts';
import type { Case, CaseProblem } from './case.ts';
import { openingOf, productionOfCase } from './case-plant.ts';
import { refusedDisturbance, undoneDisturbances } from './disturbances.ts';
import { judge, mayFail } from './judge.ts';
import type { CaseFiles, Course } from './run-case.ts';

/** Runs a case under the reference control software, or under none, in this process. */
export async function runDirectCase(
  one: Case,
  files: CaseFiles,
  signal: AbortSignal,
): Promise<Course> {
  const { scene, sceneFile, sceneText, seed, state } = openingOf(one);
  const production = productionOfCase(one, scene);
  const record: string[] = [];
  const problems: CaseProblem[] = [];
  let failed = 0;
  let trial: Trial | undefined;
  const through = (twin: Twin): Passage => {
    trial = trialOf(one, twin, { sceneFile, sceneText, seed }, files);
    const own = trial;
    return passageOf(own, (problem) => {
      if (one.chaos === true) return;
      problems.push(problem);
      own.failed();
    });
  };
  const result = await runDirect({
    ...{ scene, sceneFile, sceneText, seed, production, signal, through },
    ...{ mode: { kind: 'max' }, until: one.until, journal: undefined },
    // A recording begins at time zero; chaos is made again from its seed.
    ...(state !== undefined ? { state } : one.chaos === true ? {} : { record: files.recording }),
    onEntry: (entry: JournalEntry) => {
      if (entry.type === 'intent' || entry.type === 'reply') return;
      record.push(JSON.stringify(entry));
      if (entry.type !== 'batch.finished' || entry.outcome !== 'failed') return;
      failed += 1;
      if (one.chaos !== true && !mayFail(one, failed)) trial?.failed();
    },
    onProgress: () => {},
  });
  const outcome = { report: result.report, batches: result.batches, record };
  // What is seen at the end only has its moment there.
  if (one.chaos !== true && judge(one, outcome).length > 0) trial?.failed();
  return {
    ...outcome,
    problems: [...problems, ...undoneDisturbances(trial?.history.plans.list() ?? [])],
    findings: trial?.findings(true) ?? { verdicts: [], coverage: {} },
    isCutShort: result.interrupted,
  };
}

/** The twin of a case with all that is planned and watched for. */
function trialOf(
  { disturbances, checks, expect, chaos }: Case,
  twin: Twin,
  source: RingSource,
  files: CaseFiles,
): Trial {
  const trial = new Trial(twin, source, {
    coverage: chaos !== true,
    failureSnapshot: files.snapshot,
  });
  const { history } = trial;
  for (const { command, occasion, lasts } of disturbances) {
    history.plans.add(command, occasion, lasts);
  }
  if (chaos !== true) history.checks.mindRules(expect.rules ?? []);
  for (const check of checks) history.checks.add(check);
  history.settle();
  return trial;
}

function passageOf(trial: Trial, tell: (problem: CaseProblem) => void): Passage {
  const { history } = trial;
  return {
    advanceTo: (t, rule) => history.advanceTo(t, rule),
    execute: (command) => history.execute(command),
    follow: (events: readonly PlantEvent[]) => {
      trial.follow(events);
      for (const problem of refusedDisturbance(events)) tell(problem);
    },
  };
}
