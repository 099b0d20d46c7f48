import { useStore } from 'zustand';
import type { BatchStep } from '../../kernel/bridge-contract.ts';
import { plantStore } from '../state/plant-store.ts';
import { formatElapsed } from './format.ts';

function stepNote({ state, start, end }: BatchStep, now: number): string {
  if (state === 'waiting' || state === 'skipped' || start === undefined) return state;
  const span = formatElapsed((end ?? now) - start);
  return state === 'completed' ? span : `${state} ${span}`;
}

function stepShare({ state, progress }: BatchStep): number {
  return state === 'completed' ? 1 : state === 'running' ? (progress ?? 0) : 0;
}

/** Each batch as the steps of its recipe, in order. */
export function BatchProgressPanel() {
  const batches = useStore(plantStore, (s) => s.batches);
  const now = useStore(plantStore, (s) => s.time?.time ?? 0);
  if (batches.length === 0) {
    return <p className="empty">No batch is running. Start one with `doppel serve --control`.</p>;
  }
  return batches.map((batch) => (
    <article key={batch.id} className="batch" data-testid={`batch-${batch.id}`}>
      <h2>
        {batch.id}{' '}
        <span className="muted">
          · {batch.product} · {batch.outcome}
        </span>
        {batch.reason !== undefined && <span className="muted">: {batch.reason}</span>}
      </h2>
      <ol className="steps">
        {batch.steps.map((step) => (
          <li key={`${step.step}-${step.name}`} className={step.state}>
            <b>
              {step.step} {step.name}
            </b>
            <span className="muted">{stepNote(step, now)}</span>
            <i style={{ width: `${stepShare(step) * 100}%` }} />
          </li>
        ))}
      </ol>
    </article>
  ));
}
