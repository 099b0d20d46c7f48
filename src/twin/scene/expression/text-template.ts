import { evaluate, type Scope } from './evaluate.ts';
import { ExpressionError } from './expression-error.ts';
import { type Expression, parseExpression } from './parse-expression.ts';
import { type Value, writeValue } from './value.ts';

/** A text with placeholders: what stands between them, and the expressions in them. */
type TextTemplate = readonly (string | Expression)[];

type Template =
  | { readonly kind: 'plain' }
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'text'; readonly parts: TextTemplate };

/** Reads texts of a scene; each is taken apart once. */
export interface TextFiller {
  /** What a text comes to: of `=...` the value, of a text with `{...}` the text, else itself. */
  fill(text: string, scope: Scope): number | boolean | string;
  /** What the expression behind a `=` comes to. */
  evaluate(text: string, scope: Scope): Value;
}

export function createTextFiller(): TextFiller {
  const templates = new Map<string, Template>();

  function templateOf(text: string): Template {
    let template = templates.get(text);
    if (template === undefined) {
      template = readTemplate(text);
      templates.set(text, template);
    }
    return template;
  }

  return {
    fill: (text, scope) => {
      const template = templateOf(text);
      if (template.kind === 'plain') return text;
      if (template.kind === 'expression') return writeValue(evaluate(template.expression, scope));
      return template.parts
        .map((part) =>
          typeof part === 'string' ? part : String(writeValue(evaluate(part, scope))),
        )
        .join('');
    },
    evaluate: (text, scope) => {
      const template = templateOf(text);
      if (template.kind === 'expression') return evaluate(template.expression, scope);
      throw new ExpressionError(`"${text}" is no expression`, 'Begin it with =.');
    },
  };
}

function readTemplate(text: string): Template {
  if (text.startsWith('='))
    return { kind: 'expression', expression: parseExpression(text.slice(1)) };
  if (!/[{}]/.test(text)) return { kind: 'plain' };
  return { kind: 'text', parts: readParts(text) };
}

function readParts(text: string): TextTemplate {
  const parts: (string | Expression)[] = [];
  let at = 0;
  for (const { 0: placeholder, index } of text.matchAll(/\{[^{}]*\}/g)) {
    parts.push(plainPart(text, text.slice(at, index)), parseExpression(placeholder.slice(1, -1)));
    at = index + placeholder.length;
  }
  parts.push(plainPart(text, text.slice(at)));
  return parts;
}

function plainPart(text: string, part: string): string {
  if (!/[{}]/.test(part)) return part;
  throw new ExpressionError(
    `a brace in "${text}" has no partner`,
    'Write placeholders as {i}; a text has no other braces.',
  );
}
