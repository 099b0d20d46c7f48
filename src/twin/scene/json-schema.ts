import { z } from 'zod';
import type { AnyDeviceDefinition } from '../../device-emulators/definition/device.ts';
import type { Field } from '../../device-emulators/definition/fields.ts';
import { unitOf } from '../../kernel/units.ts';
import { sceneSchema } from './schema.ts';

interface JsonObject {
  [key: string]: unknown;
}

/** JSON Schema of scene files, for editors: the format, and the `config` of each device type. */
export function sceneJsonSchema(definitions: Iterable<AnyDeviceDefinition>): JsonObject {
  const schema = z.toJSONSchema(sceneSchema, { io: 'input', unrepresentable: 'any' }) as JsonObject;
  const devices = at(schema, 'properties', 'devices', 'additionalProperties');
  const types = [...definitions].sort((a, b) => (a.type < b.type ? -1 : 1));
  at(devices, 'properties').type = {
    description: 'Device type.',
    enum: types.map(({ type }) => type),
  };
  devices.oneOf = [{ required: ['zone', 'at'] }, { required: ['in'] }];
  devices.allOf = types.map(({ type, description, config }) => ({
    if: { properties: { type: { const: type } } },
    then: {
      description,
      properties: {
        config: {
          type: 'object',
          properties: Object.fromEntries(
            Object.entries<Field>(config).map(([name, field]) => [name, fieldSchema(field)]),
          ),
          additionalProperties: false,
        },
      },
    },
  }));
  return { title: 'Doppel scene', ...schema };
}

function at(from: JsonObject, ...path: readonly string[]): JsonObject {
  return path.reduce((object, key) => object[key] as JsonObject, from);
}

function fieldSchema(field: Field): JsonObject {
  const { title } = field;
  switch (field.type) {
    case 'quantity': {
      const unit = unitOf(field.unit).aliases[0] ?? field.unit;
      const initial = field.default === undefined ? '' : `, default ${field.default} ${unit}`;
      const description = `${field.min} to ${field.max} ${unit}${initial}`;
      return { title, type: 'string', description };
    }
    case 'integer':
      return { title, type: 'integer', minimum: field.min, maximum: field.max };
    case 'flag':
      return { title, type: 'boolean' };
    case 'choice':
      return { title, enum: field.options };
    case 'reference': {
      const name = { type: 'string', description: `Name of a ${field.to}.` };
      return field.many === true ? { title, type: 'array', items: name } : { title, ...name };
    }
    default:
      return { title, type: 'string' };
  }
}
