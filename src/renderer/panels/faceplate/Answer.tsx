import { ERROR_CATALOGUE } from '../../../kernel/error-catalogue.ts';
import type { CommandOutcome } from '../../../kernel/plant-contract.ts';

interface AnswerProps {
  /** What was asked for. */
  readonly title: string;
  readonly outcome: CommandOutcome;
}

/** What the device answered: accepted, or the sentence and code of a refusal. */
export function Answer({ title, outcome }: AnswerProps) {
  if (outcome.ok) {
    const { operation } = outcome.value;
    return (
      <p className="answer" role="status" data-testid="faceplate-accepted">
        <strong>{title}</strong> accepted{operation > 0 && ` as operation ${operation}`}
      </p>
    );
  }
  const { code, message } = outcome.error;
  const meaning = ERROR_CATALOGUE[code];
  return (
    <div className="answer refused" role="alert" data-testid="faceplate-refusal">
      <p>
        <strong>{title}</strong> refused: {message}
      </p>
      <p className="muted">
        <code>{code}</code>
        {meaning !== message && ` · ${meaning}`}
      </p>
    </div>
  );
}
