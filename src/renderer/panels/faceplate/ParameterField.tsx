import { NativeSelect, Switch, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { ParameterDescription } from '../../../kernel/plant-contract.ts';
import { unitSymbol } from '../format.ts';
import { parseField } from './field-values.ts';

interface ParameterFieldProps {
  readonly field: ParameterDescription;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** A form field as its declaration asks for, with unit; what does not fit is said beside it. */
export function ParameterField({ field, text, onChange }: ParameterFieldProps) {
  const id = useId();
  const { name, title, kind, range, values, unit } = field;
  const parsed = parseField(field, text);
  const problem = 'problem' in parsed ? parsed.problem : undefined;
  const testId = `parameter-${name}`;
  const symbol = unitSymbol(unit);
  return (
    <div className="field">
      <label htmlFor={id} className="ellipsis" title={title}>
        {title}
      </label>
      {kind === 'boolean' && (
        <Switch
          id={id}
          data-testid={testId}
          checked={text === 'true'}
          onChange={({ currentTarget }) => onChange(String(currentTarget.checked))}
        />
      )}
      {kind === 'enum' && (
        <NativeSelect
          id={id}
          data-testid={testId}
          data={[...(values ?? [])]}
          value={text}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
      {(kind === 'number' || kind === 'integer' || kind === 'text') && (
        <TextInput
          id={id}
          data-testid={testId}
          autoComplete="off"
          inputMode={kind === 'text' ? 'text' : 'decimal'}
          error={text !== '' && problem !== undefined}
          placeholder={range === undefined ? '' : `${range[0]} … ${range[1]}`}
          rightSection={symbol === '' ? undefined : <span className="unit">{symbol}</span>}
          rightSectionWidth={symbol.length * 7 + 14}
          value={text}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
      {text !== '' && problem !== undefined && (
        <span className="field-problem" role="alert" data-testid={`problem-${name}`}>
          {problem}
        </span>
      )}
    </div>
  );
}
