import { useState } from 'react';
import type { BatchProgress } from '../../../kernel/bridge-contract.ts';
import { VirtualList } from '../VirtualList.tsx';
import { formatState } from '../state-text.ts';
import { BatchCard } from './BatchCard.tsx';
import { currentStep } from './batch-look.ts';
import { StepTicks } from './StepTicks.tsx';

const ROW_HEIGHT = 28;

/** Many batches: one line each, those under way first; the chosen one beside them in full. */
export function BatchList({ batches }: { readonly batches: readonly BatchProgress[] }) {
  const rows = inOrder(batches);
  const [chosen, choose] = useState<string>();
  const shown = batches.find(({ id }) => id === chosen) ?? rows[0];
  return (
    <div className="batch-list">
      <div className="batch-list-rows">
        <p className="muted batch-count" data-testid="batch-count">
          {countsOf(batches)}
        </p>
        <VirtualList
          className="batch-rows"
          count={rows.length}
          rowHeight={ROW_HEIGHT}
          role="list"
          label="Batches"
          render={(row) => {
            const batch = rows[row];
            if (batch === undefined) return null;
            return (
              <BatchRow
                key={batch.id}
                batch={batch}
                isChosen={batch.id === shown?.id}
                onChoose={() => choose(batch.id)}
              />
            );
          }}
        />
      </div>
      {shown !== undefined && (
        <div className="batch-detail">
          <BatchCard batch={shown} />
        </div>
      )}
    </div>
  );
}

interface BatchRowProps {
  readonly batch: BatchProgress;
  readonly isChosen: boolean;
  onChoose(): void;
}

function BatchRow({ batch, isChosen, onChoose }: BatchRowProps) {
  const { id, product, outcome, phase, reason, steps } = batch;
  const step = currentStep(batch);
  const doing = outcome === 'running' ? phase && formatState(phase) : reason;
  return (
    <button
      type="button"
      className={`batch-row ${isChosen ? 'chosen' : ''}`}
      style={{ height: ROW_HEIGHT }}
      data-testid={`batch-row-${id}`}
      aria-pressed={isChosen}
      onClick={onChoose}
    >
      <strong>{id}</strong>
      <span className="muted ellipsis">{product}</span>
      <StepTicks steps={steps} />
      <span className="ellipsis">
        {outcome === 'running' && step !== undefined ? `${step.step} ${step.name}` : ''}
        {outcome === 'running' && step === undefined && 'waiting to start'}
        {outcome !== 'running' && (
          <span className={outcome === 'failed' ? 'abnormal' : 'muted'}>{outcome}</span>
        )}
      </span>
      <span className="muted ellipsis" title={doing}>
        {doing}
      </span>
    </button>
  );
}

const RANKS: Readonly<Record<BatchProgress['outcome'], number>> = {
  running: 0,
  failed: 1,
  complete: 2,
};

/** Those under way as they were ordered, then what has ended, the latest first. */
function inOrder(batches: readonly BatchProgress[]): readonly BatchProgress[] {
  const numbered = batches.map((batch, number) => ({ batch, number }));
  numbered.sort((a, b) => {
    const rank = RANKS[a.batch.outcome] - RANKS[b.batch.outcome];
    if (rank !== 0) return rank;
    return a.batch.outcome === 'running' ? a.number - b.number : b.number - a.number;
  });
  return numbered.map(({ batch }) => batch);
}

function countsOf(batches: readonly BatchProgress[]): string {
  const count = (outcome: BatchProgress['outcome']): number =>
    batches.filter((batch) => batch.outcome === outcome).length;
  return `${count('running')} under way · ${count('complete')} complete · ${count('failed')} failed`;
}
