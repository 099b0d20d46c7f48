import { type FormEvent, useState } from 'react';
import type {
  CommandDescription,
  CommandOutcome,
  ParameterDescription,
  Value,
} from '../../../kernel/plant-contract.ts';
import { useHost } from '../../host/host-context.ts';
import { Answer } from './Answer.tsx';
import { initialText, parseField } from './field-values.ts';
import { ParameterField } from './ParameterField.tsx';

interface CommandFormProps {
  readonly device: string;
  readonly command: CommandDescription;
}

/** A command with its parameters; what the device answered stays visible. */
export function CommandForm({ device, command }: CommandFormProps) {
  const host = useHost();
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [outcome, setOutcome] = useState<CommandOutcome>();
  const [waiting, setWaiting] = useState(false);
  const { name, title, description, parameters } = command;
  const textOf = (field: ParameterDescription): string => texts[field.name] ?? initialText(field);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const given: Record<string, Value> = {};
    for (const field of parameters) {
      const value = parseField(field, textOf(field));
      if (value !== undefined) given[field.name] = value;
    }
    setWaiting(true);
    setOutcome(await host.command({ device, command: name, parameters: given }));
    setWaiting(false);
  };
  const send = (
    <button
      type="submit"
      className="button primary"
      disabled={waiting}
      data-testid={`faceplate-command-${name}`}
    >
      {title}
    </button>
  );
  return (
    <form className="command" onSubmit={(event) => void submit(event)}>
      <div className="body" style={{ paddingTop: 8 }} title={description}>
        {parameters.map((field) => (
          <ParameterField
            key={field.name}
            field={field}
            text={textOf(field)}
            onChange={(text) => setTexts((before) => ({ ...before, [field.name]: text }))}
          />
        ))}
        <div>{send}</div>
        <Answer outcome={outcome} accepted="Accepted" />
      </div>
    </form>
  );
}
