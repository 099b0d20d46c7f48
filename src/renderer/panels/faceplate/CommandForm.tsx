import { Button } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type {
  CommandDescription,
  ParameterDescription,
  Value,
} from '../../../kernel/plant-contract.ts';
import { initialText, parseField } from './field-values.ts';
import { ParameterField } from './ParameterField.tsx';

interface CommandFormProps {
  readonly command: CommandDescription;
  readonly isWaiting: boolean;
  onSend(parameters: Readonly<Record<string, Value>>): void;
}

/** A command with parameters: opens to a typed form, which cannot be sent with what does not fit. */
export function CommandForm({ command, isWaiting, onSend }: CommandFormProps) {
  const { name, title, description, parameters } = command;
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const textOf = (field: ParameterDescription): string => texts[field.name] ?? initialText(field);
  const given: Record<string, Value> = {};
  let fits = true;
  for (const field of parameters) {
    const parsed = parseField(field, textOf(field));
    if ('value' in parsed) given[field.name] = parsed.value;
    else fits = false;
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (fits) onSend(given);
  };
  return (
    <details className="command" name="command">
      <summary data-testid={`faceplate-open-${name}`}>
        <IconChevronRight size={14} />
        <span className="ellipsis">{title}</span>
      </summary>
      <form onSubmit={submit}>
        <p className="muted">{description}</p>
        {parameters.map((field) => (
          <ParameterField
            key={field.name}
            field={field}
            text={textOf(field)}
            onChange={(text) => setTexts((before) => ({ ...before, [field.name]: text }))}
          />
        ))}
        <Button
          type="submit"
          variant="filled"
          disabled={isWaiting || !fits}
          data-testid={`faceplate-command-${name}`}
        >
          {title}
        </Button>
      </form>
    </details>
  );
}
