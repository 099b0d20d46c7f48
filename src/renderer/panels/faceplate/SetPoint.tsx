import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type {
  CommandOutcome,
  ParameterDescription,
  SignalDescription,
} from '../../../kernel/plant-contract.ts';
import { useHost } from '../../host/host-context.ts';
import type { LiveValue } from '../../state/signal-store.ts';
import { formatValue } from '../format.ts';
import { Answer } from './Answer.tsx';
import { parseField } from './field-values.ts';
import { ParameterField } from './ParameterField.tsx';

interface SetPointProps {
  readonly device: string;
  readonly signal: SignalDescription;
  readonly live: LiveValue | undefined;
}

/** A writable value: shows what is set until somebody types something else. */
export function SetPoint({ device, signal, live }: SetPointProps) {
  const host = useHost();
  const { name, title, kind, unit, range, values } = signal;
  const field: ParameterDescription = {
    name,
    title,
    kind,
    unit,
    ...(range === undefined ? {} : { range }),
    ...(values === undefined ? {} : { values }),
  };
  const [typed, setTyped] = useState<string>();
  const [refused, setRefused] = useState<CommandOutcome>();
  const shown = live === undefined ? '' : formatValue(signal, live);
  const present = kind === 'boolean' ? String(live?.value === 1) : shown;
  const parsed = typed === undefined ? undefined : parseField(field, typed);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (parsed === undefined || 'problem' in parsed) return;
    const outcome = await host.write({ device, signal: name, value: parsed.value });
    setRefused(outcome.ok ? undefined : outcome);
    if (outcome.ok) setTyped(undefined);
  };
  return (
    <form
      className="set-point"
      data-testid={`faceplate-signal-${name}`}
      onSubmit={(event) => void submit(event)}
    >
      <ParameterField field={field} text={typed ?? present} onChange={setTyped} />
      {typed !== undefined && (
        <div className="set-point-buttons">
          <Button onClick={() => setTyped(undefined)}>Keep {present}</Button>
          <Button
            type="submit"
            variant="filled"
            leftSection={<IconCheck size={14} />}
            disabled={parsed === undefined || 'problem' in parsed}
            data-testid={`faceplate-write-${name}`}
          >
            Set
          </Button>
        </div>
      )}
      {refused !== undefined && <Answer title={title} outcome={refused} />}
    </form>
  );
}
