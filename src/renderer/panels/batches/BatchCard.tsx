import { useStore } from 'zustand';
import type { BatchProgress, BatchStep } from '../../../kernel/bridge-contract.ts';
import { plantStore } from '../../state/plant-store.ts';
import { formatClock, formatSpan } from '../format.ts';
import { formatState } from '../state-text.ts';
import { BatchJourney } from '../journey/BatchJourney.tsx';
import { BatchTimeline } from './BatchTimeline.tsx';
import { shareOf } from './batch-look.ts';

/** A batch as the steps of its recipe, and the time that they took. */
export function BatchCard({ batch }: { readonly batch: BatchProgress }) {
  const { id, product, outcome, reason, phase, steps } = batch;
  return (
    <article className="batch" data-testid={`batch-${id}`}>
      <header>
        <h2>{id}</h2>
        <span className="muted">{product}</span>
        <span className={`chip ${outcome}`}>{outcome}</span>
        {phase !== undefined && outcome === 'running' && (
          <span className="ellipsis" data-testid="batch-phase">
            {formatState(phase)}
          </span>
        )}
        {batch.sublots !== undefined && <span className="muted">{sublotsText(batch.sublots)}</span>}
        {reason !== undefined && <span className="abnormal">{reason}</span>}
      </header>
      <ol className="steps">
        {steps.map((step) => (
          <StepCard key={step.step} step={step} />
        ))}
      </ol>
      <BatchTimeline batch={batch} />
      <BatchJourney batch={batch} />
    </article>
  );
}

/** Such as `4 sublots: 3 running, 1 failed`. */
function sublotsText(sublots: NonNullable<BatchProgress['sublots']>): string {
  const counts = (['running', 'complete', 'failed'] as const).flatMap((outcome) => {
    const count = sublots.filter((part) => part.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${outcome}`];
  });
  return `${sublots.length} sublots: ${counts.join(', ')}`;
}

function StepCard({ step }: { readonly step: BatchStep }) {
  const { step: number, name, state, start, end } = step;
  const now = useStore(plantStore, (s) => (state === 'running' ? (s.time?.time ?? 0) : 0));
  const epoch = useStore(plantStore, (s) => s.scene?.epochUnixMicros ?? 0);
  const began = start === undefined ? '' : `, started ${formatClock(epoch, start)}`;
  return (
    <li
      className={state}
      title={`${name}${began}`}
      aria-current={state === 'running' ? 'step' : undefined}
    >
      <span className="step-number">{number}</span>
      <b className="ellipsis">{name}</b>
      <span className="muted ellipsis">
        {start === undefined ? state : formatSpan((end ?? now) - start)}
        {state === 'failed' && ' · failed'}
      </span>
      <i style={{ width: `${shareOf(step) * 100}%` }} />
    </li>
  );
}
