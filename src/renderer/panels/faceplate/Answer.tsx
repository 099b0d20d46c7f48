import type { CommandOutcome } from '../../../kernel/plant-contract.ts';

interface AnswerProps {
  readonly outcome: CommandOutcome | undefined;
  readonly accepted: string;
}

/** What the device answered: accepted, or the code and sentence of a refusal. */
export function Answer({ outcome, accepted }: AnswerProps) {
  if (outcome === undefined) return null;
  if (outcome.ok) {
    const { operation } = outcome.value;
    return (
      <p className="answer" role="status">
        {accepted}
        {operation > 0 && ` as operation ${operation}`}
      </p>
    );
  }
  return (
    <p className="answer refused" role="alert" data-testid="faceplate-refusal">
      <code>{outcome.error.code}</code> {outcome.error.message}
    </p>
  );
}
