import { useId } from 'react';
import type { ParameterDescription } from '../../../kernel/plant-contract.ts';
import { unitSymbol } from '../format.ts';

interface ParameterFieldProps {
  readonly field: ParameterDescription;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** A form field as its declaration asks for, with unit and permitted range. */
export function ParameterField({ field, text, onChange }: ParameterFieldProps) {
  const id = useId();
  const { name, title, kind, range, values, unit } = field;
  const numeric = kind === 'number' || kind === 'integer';
  const limits = range === undefined ? '' : `${range[0]} to ${range[1]} ${unitSymbol(unit)}`;
  const testId = `parameter-${name}`;
  return (
    <div className={numeric ? 'field' : 'field wide'} title={limits}>
      <label htmlFor={id}>{title}</label>
      {kind === 'boolean' && (
        <input
          id={id}
          type="checkbox"
          data-testid={testId}
          checked={text === 'true'}
          onChange={({ target }) => onChange(String(target.checked))}
        />
      )}
      {kind === 'enum' && (
        <select
          id={id}
          className="input"
          data-testid={testId}
          value={text}
          onChange={({ target }) => onChange(target.value)}
        >
          {values?.map((value) => (
            <option key={value}>{value}</option>
          ))}
        </select>
      )}
      {(numeric || kind === 'text') && (
        <input
          id={id}
          className="input"
          data-testid={testId}
          required={numeric}
          inputMode={numeric ? 'decimal' : 'text'}
          pattern={numeric ? '\\s*-?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?\\s*' : undefined}
          placeholder={range === undefined ? '' : `${range[0]} … ${range[1]}`}
          value={text}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
      {numeric && <span className="muted">{unitSymbol(unit)}</span>}
    </div>
  );
}
