import { useStore } from 'zustand';
import type { BatchProgress, BatchStep } from '../../../kernel/bridge-contract.ts';
import { plantStore } from '../../state/plant-store.ts';
import { formatClock, formatSpan } from '../format.ts';
import { formatState } from '../state-text.ts';
import { BatchTimeline } from './BatchTimeline.tsx';
import { shareOf } from './batch-look.ts';

/** Each batch as the steps of its recipe, in order. */
export function BatchProgressPanel() {
  const batches = useStore(plantStore, (s) => s.batches);
  if (batches.length === 0) {
    return (
      <div className="empty">
        <p>No controller is running a batch here.</p>
        <p>
          Connect your own over OPC UA, or start one with{' '}
          <code>doppel serve &lt;scene&gt; --control car-t</code>.
        </p>
      </div>
    );
  }
  return batches.map((batch) => <Batch key={batch.id} batch={batch} />);
}

function Batch({ batch }: { readonly batch: BatchProgress }) {
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
        {reason !== undefined && <span className="abnormal">{reason}</span>}
      </header>
      <ol className="steps">
        {steps.map((step) => (
          <StepCard key={step.step} step={step} />
        ))}
      </ol>
      <BatchTimeline batch={batch} />
    </article>
  );
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
