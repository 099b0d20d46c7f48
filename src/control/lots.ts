import type { BatchProgress, BatchStep } from '../kernel/bridge-contract.ts';
import { lotOf } from '../kernel/batch-label.ts';
import type { Micros } from '../kernel/time.ts';

/** Gathers sublots into lots, which take the places of their first; other batches stay as they are. */
export function gatherLots(batches: readonly BatchProgress[]): readonly BatchProgress[] {
  const lots = new Map<string, BatchProgress[]>();
  for (const batch of batches) {
    const lot = lotOf(batch.id);
    const parts = lots.get(lot);
    if (parts === undefined) lots.set(lot, [batch]);
    else parts.push(batch);
  }
  return [...lots].map(([lot, parts]) => gather(lot, parts));
}

/** A lot is complete when all of its sublots have ended, and one of them well. */
function gather(lot: string, parts: readonly BatchProgress[]): BatchProgress {
  const [first] = parts;
  if (first === undefined || first.id === lot) return first as BatchProgress;
  const running = parts.filter(({ outcome }) => outcome === 'running');
  const failed = parts.filter(({ outcome }) => outcome === 'failed');
  const whole = failed.length === parts.length;
  const phase = running.find((part) => part.phase !== undefined)?.phase;
  const { product, ordered, transport } = first;
  return {
    id: lot,
    product,
    ...(ordered === undefined ? {} : { ordered }),
    ...(transport === undefined ? {} : { transport }),
    outcome: running.length > 0 ? 'running' : whole ? 'failed' : 'complete',
    ...(failed.length > 0 ? { reason: lossOf(failed, parts.length) } : {}),
    ...(phase === undefined ? {} : { phase }),
    sublots: parts.map(({ id, outcome, reason }) => ({
      ...{ id, outcome },
      ...(reason === undefined ? {} : { reason }),
    })),
    // What failed early says nothing of the steps that others take.
    steps: first.steps.map((_, i) =>
      gatherStep(
        (whole ? parts : parts.filter((part) => part.outcome !== 'failed')).flatMap(
          ({ steps }) => steps[i] ?? [],
        ),
      ),
    ),
  };
}

function lossOf(failed: readonly BatchProgress[], count: number): string {
  const [first] = failed;
  if (failed.length === count) return first?.reason ?? '';
  return `${failed.length} of ${count} sublots failed: ${first?.reason ?? ''}`;
}

function gatherStep(steps: readonly BatchStep[]): BatchStep {
  const [first] = steps;
  if (first === undefined) throw new RangeError('a lot has sublots');
  const { step, name } = first;
  const starts = times(steps.map(({ start }) => start));
  const ends = times(steps.map(({ end }) => end));
  const is = (state: BatchStep['state']): boolean => steps.every((part) => part.state === state);
  if (starts.length === 0) return { step, name, state: is('skipped') ? 'skipped' : 'waiting' };
  const start = Math.min(...starts);
  if (ends.length === steps.length) {
    const state = is('failed') ? 'failed' : 'completed';
    return { step, name, state, start, end: Math.max(...ends) };
  }
  const done = steps.reduce(
    (sum, { end, progress = 0 }) => sum + (end === undefined ? progress : 1),
    0,
  );
  return { step, name, state: 'running', start, progress: done / steps.length };
}

function times(values: readonly (Micros | undefined)[]): readonly Micros[] {
  return values.flatMap((value) => value ?? []);
}
