import type { BatchStep } from '../../../kernel/bridge-contract.ts';
import { shareOf } from './batch-look.ts';

/** The steps of a batch as a row of small bars. */
export function StepTicks({ steps }: { readonly steps: readonly BatchStep[] }) {
  return (
    <span className="step-ticks" aria-hidden="true">
      {steps.map((step) => (
        <i key={step.step} className={step.state}>
          <b style={{ width: `${shareOf(step) * 100}%` }} />
        </i>
      ))}
    </span>
  );
}
