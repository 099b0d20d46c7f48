import type { BatchProgress, BatchStep } from '../../../kernel/bridge-contract.ts';

/** The step under way, or the one that failed. */
export function currentStep({ steps }: BatchProgress): BatchStep | undefined {
  return (
    steps.find(({ state }) => state === 'running') ?? steps.find(({ state }) => state === 'failed')
  );
}

/** Share of a step that is done, 0 to 1. */
export function shareOf({ state, progress }: BatchStep): number {
  if (state === 'completed' || state === 'failed') return 1;
  return state === 'running' ? (progress ?? 0) : 0;
}

/** First start and latest end of what has happened so far [us]; undefined before the start. */
export function extentOf(
  { steps }: BatchProgress,
  now: number,
): readonly [start: number, end: number] | undefined {
  const start = steps[0]?.start;
  if (start === undefined) return undefined;
  const running = steps.some(({ state }) => state === 'running');
  const ends = steps.map(({ end }) => end ?? start);
  return [start, running ? Math.max(now, ...ends) : Math.max(start + 1, ...ends)];
}
