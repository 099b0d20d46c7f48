import { z } from 'zod';
import type { AnyDeviceDefinition } from '../../device-emulators/definition/device.ts';
import type { Field } from '../../device-emulators/definition/fields.ts';
import { unitOf } from '../../kernel/units.ts';
import { sceneSchema } from './schema.ts';
import { allowTemplates, type JsonObject, repetitionProperties } from './template/json-schema.ts';
import { REPEATED_SECTIONS } from './template/expand-scene.ts';
import { parametersSchema } from './template/template-schema.ts';

/** JSON Schema of scene files, for editors: the format, and the `config` of each device type. */
export function sceneJsonSchema(definitions: Iterable<AnyDeviceDefinition>): JsonObject {
  const schema = allowTemplates(toJson(sceneSchema));
  const properties = at(schema, 'properties');
  properties.parameters = {
    ...toJson(parametersSchema),
    $schema: undefined,
    description: 'Numbers and choices that expressions use, and that can be set from outside.',
  };
  for (const section of REPEATED_SECTIONS) {
    const all = at(properties, section);
    all.propertyNames = { type: 'string', description: 'A name; {...} stands for an expression.' };
    const entry = at(all, 'additionalProperties');
    Object.assign(at(entry, 'properties'), repetitionProperties(section === 'devices'));
  }
  const types = [...definitions].sort((a, b) => (a.type < b.type ? -1 : 1));
  const named = { description: 'Device type.', enum: types.map(({ type }) => type) };
  const device = at(properties, 'devices', 'additionalProperties');
  describeDevice(device, named);
  const $defs = {
    configByType: { allOf: types.map(configOf) },
    heldDevice: heldDevice(at(device, 'properties')),
  };
  return { title: 'Doppel scene', ...schema, $defs };
}

const CONFIG_BY_TYPE = { $ref: '#/$defs/configByType' };

function describeDevice(device: JsonObject, named: JsonObject): void {
  const properties = at(device, 'properties');
  properties.type = allowTemplates(named);
  properties.holds = heldByPlace();
  at(properties, 'mix').propertyNames = named;
  device.required = [];
  device.allOf = [
    { anyOf: [{ required: ['type', 'title'] }, { required: ['mix'] }] },
    { oneOf: [{ required: ['zone', 'at'] }, { required: ['in'] }] },
    CONFIG_BY_TYPE,
  ];
}

/** A device that is written where it stands. */
function heldDevice({ type, title, config }: JsonObject): JsonObject {
  return {
    type: 'object',
    properties: { type, title, config, holds: heldByPlace() },
    required: ['type', 'title'],
    additionalProperties: false,
    allOf: [CONFIG_BY_TYPE],
  };
}

function heldByPlace(): JsonObject {
  return {
    type: 'object',
    description: 'Devices that stand in places of this one, by the name of the place.',
    additionalProperties: { $ref: '#/$defs/heldDevice' },
  };
}

/** What `config` may say for a device type. */
function configOf({ type, description, config }: AnyDeviceDefinition): JsonObject {
  return {
    if: { required: ['type'], properties: { type: { const: type } } },
    then: {
      description,
      properties: {
        config: allowTemplates({
          type: 'object',
          properties: Object.fromEntries(
            Object.entries<Field>(config).map(([name, field]) => [name, fieldSchema(field)]),
          ),
          additionalProperties: false,
        }),
      },
    },
  };
}

function toJson(schema: z.ZodType): JsonObject {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
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
