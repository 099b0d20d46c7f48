import { describe, expect, it } from 'vitest';
import { gatherLots } from '../../src/control/lots.ts';
import type { BatchProgress, BatchStep } from '../../src/kernel/bridge-contract.ts';

const step = (number: number, start?: number, end?: number): BatchStep => ({
  step: number,
  name: `step ${number}`,
  state: start === undefined ? 'waiting' : end === undefined ? 'running' : 'completed',
  ...(start === undefined ? {} : { start }),
  ...(end === undefined ? {} : { end }),
  ...(start !== undefined && end === undefined ? { progress: 0.5 } : {}),
});
const part = (
  id: string,
  outcome: BatchProgress['outcome'],
  steps: readonly BatchStep[],
  reason?: string,
): BatchProgress => ({
  ...{ id, product: 'MSC', outcome, steps, ordered: 5 },
  ...(outcome === 'running' ? { phase: `work of ${id}` } : {}),
  ...(reason === undefined ? {} : { reason }),
});

describe('lots', () => {
  it('leave batches that are made as one as they are', () => {
    const whole = part('P-001', 'running', [step(3, 1)]);
    expect(gatherLots([whole])).toEqual([whole]);
  });

  it('stand where their sublots stand, in the place of the first', () => {
    const lots = gatherLots([
      part('M-001/1', 'running', [step(3, 10, 20), step(4, 22)]),
      part('P-001', 'running', [step(3, 1)]),
      part('M-001/2', 'running', [step(3, 12, 30), step(4)]),
    ]);
    expect(lots.map(({ id }) => id)).toEqual(['M-001', 'P-001']);
    expect(lots[0]).toMatchObject({
      outcome: 'running',
      ordered: 5,
      phase: 'work of M-001/1',
      sublots: [
        { id: 'M-001/1', outcome: 'running' },
        { id: 'M-001/2', outcome: 'running' },
      ],
      steps: [
        { step: 3, state: 'completed', start: 10, end: 30 },
        { step: 4, state: 'running', start: 22, progress: 0.25 },
      ],
    });
  });

  it('are complete with what is left when a sublot fails, and say so', () => {
    const failed = part('M-001/1', 'failed', [step(3, 10, 11)], 'too few cells');
    const good = part('M-001/2', 'complete', [step(3, 10, 20)]);
    expect(gatherLots([failed, good])[0]).toMatchObject({
      outcome: 'complete',
      reason: '1 of 2 sublots failed: too few cells',
      steps: [{ state: 'completed', start: 10, end: 20 }],
    });
    expect(gatherLots([failed, { ...failed, id: 'M-001/2' }])[0]).toMatchObject({
      outcome: 'failed',
      reason: 'too few cells',
    });
  });
});
