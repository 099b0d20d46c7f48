import { type FormEvent, useState } from 'react';
import type {
  CommandOutcome,
  ParameterDescription,
  SignalDescription,
} from '../../../kernel/plant-contract.ts';
import { useHost } from '../../host/host-context.ts';
import type { LiveValue } from '../../state/signal-store.ts';
import { Answer } from './Answer.tsx';
import { initialText, parseField } from './field-values.ts';
import { ParameterField } from './ParameterField.tsx';
import { SignalRow } from './SignalRow.tsx';

interface SetPointProps {
  readonly device: string;
  readonly signal: SignalDescription;
  readonly live: LiveValue | undefined;
}

/** A writable value: what it is, and a field to change it. */
export function SetPoint({ device, signal, live }: SetPointProps) {
  const host = useHost();
  const { name, kind, unit, range, values } = signal;
  const field: ParameterDescription = {
    name,
    title: 'New value',
    kind,
    unit,
    ...(range === undefined ? {} : { range }),
    ...(values === undefined ? {} : { values }),
  };
  const [text, setText] = useState(() => initialText(field));
  const [outcome, setOutcome] = useState<CommandOutcome>();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const value = parseField(field, text);
    if (value !== undefined) setOutcome(await host.write({ device, signal: name, value }));
  };
  return (
    <details className="command">
      <summary>
        <span style={{ display: 'inline-block', width: 'calc(100% - 16px)', verticalAlign: 'top' }}>
          <SignalRow device={device} signal={signal} live={live} />
        </span>
      </summary>
      <form onSubmit={(event) => void submit(event)}>
        <ParameterField field={field} text={text} onChange={setText} />
        <button type="submit" className="button" data-testid={`faceplate-write-${name}`}>
          Write
        </button>
        <Answer outcome={outcome} accepted="Written" />
      </form>
    </details>
  );
}
