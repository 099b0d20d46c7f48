import { z } from 'zod';
import { repetitionSchema } from './template-schema.ts';

export interface JsonObject {
  [key: string]: unknown;
}

const EXPRESSION: JsonObject = { type: 'string', pattern: '^=' };
const TEMPLATE: JsonObject = { type: 'string', pattern: '^=|\\{' };

/** A JSON Schema that takes expressions for values, placeholders in texts, and repeated elements. */
export function allowTemplates(schema: JsonObject): JsonObject {
  const { properties, additionalProperties, items, prefixItems, pattern, ...rest } = schema;
  const isText = schema.type === 'string' && schema.enum === undefined;
  if (isText && typeof pattern === 'string') {
    return { ...rest, anyOf: [{ type: 'string', pattern }, TEMPLATE] };
  }
  if (isText || schema.const !== undefined) return schema;
  if (schema.enum !== undefined || ['integer', 'number', 'boolean'].includes(String(schema.type))) {
    return { anyOf: [schema, EXPRESSION] };
  }
  const map = (part: unknown) => (isObject(part) ? allowTemplates(part) : part);
  return {
    ...rest,
    ...(isObject(properties) && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, part]) => [name, map(part)]),
      ),
    }),
    ...(additionalProperties !== undefined && { additionalProperties: map(additionalProperties) }),
    ...(Array.isArray(prefixItems) && { prefixItems: prefixItems.map(map) }),
    ...(isObject(items) && { items: { anyOf: [map(items), repeatedElement(map(items))] } }),
  };
}

function repeatedElement(each: unknown): JsonObject {
  return {
    type: 'object',
    properties: { ...repetitionProperties(false), each },
    required: ['each'],
    additionalProperties: false,
  };
}

/** What makes an entry several: `repeat` and `when`, and for devices `mix` and `order`. */
export function repetitionProperties(isDevice: boolean): JsonObject {
  const { properties } = z.toJSONSchema(repetitionSchema, { io: 'input' }) as {
    properties: Record<'repeat' | 'when' | 'mix' | 'order', JsonObject>;
  };
  const { repeat, when, mix, order } = properties;
  const described = {
    repeat: { ...repeat, description: 'Loops, the last the fastest: { i: 1..=columns, j: 1..4 }' },
    when: { ...when, description: 'Left out unless this is true: =i < 3' },
  };
  if (!isDevice) return described;
  return {
    ...described,
    mix: { ...mix, description: 'Device types, one after another: { bioreactor: =reactors }' },
    order: { ...order, description: 'One type after the other, or spread evenly.' },
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
