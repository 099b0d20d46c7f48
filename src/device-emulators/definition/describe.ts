import type {
  CommandDescription,
  DeviceDescription,
  ParameterDescription,
  SignalDescription,
} from '../../kernel/plant-contract.ts';
import type { Pose } from '../../kernel/pose.ts';
import { alarmsOf } from './faults.ts';
import type { AnyConfig, AnyDeviceDefinition } from './device.ts';
import type { CommandDeclaration } from './command.ts';
import type { Field } from './fields.ts';
import type { SignalDeclaration } from './signal.ts';

/** What clients are told of one device of a scene: the declaration as plain data. */
export function describeDevice(
  definition: AnyDeviceDefinition,
  instance: {
    readonly id: string;
    readonly title: string;
    readonly zone: string;
    readonly config: AnyConfig;
    /** Place of its body at time zero. */
    readonly in: string | undefined;
    readonly pose: Pose;
  },
): DeviceDescription {
  const { id, title, zone, config } = instance;
  const body = definition.body?.(config);
  return {
    id,
    title,
    zone,
    type: definition.type,
    description: definition.description,
    identity: {
      manufacturer: 'Doppel (SIMULATED)',
      model: definition.identity.model,
      serial: `SIM-${id}`,
      firmware: definition.identity.firmware,
    },
    signals: Object.entries(definition.signals).map(([name, s]) => describeSignal(name, s)),
    commands: Object.entries(definition.commands).map(([name, c]) => describeCommand(name, c)),
    alarms: Object.entries(alarmsOf(definition)).map(
      ([name, { title: alarm, priority, latching, cause, action }]) => {
        return { name, title: alarm, priority, latching, cause, action };
      },
    ),
    places: definition.places(config).map(({ name, title: place, accepts, robot, power }) => {
      return { name, title: place, accepts, robot, power: power ?? false };
    }),
    body: definition.vessels(config).find(({ name }) => name === body)?.kind ?? '',
    home: instance.in ?? '',
    position: instance.pose.position,
  };
}

function describeSignal(name: string, signal: SignalDeclaration): SignalDescription {
  return {
    name,
    title: signal.title,
    description: signal.description ?? '',
    kind: signal.kind,
    direction: signal.direction,
    functionalUnit: signal.functionalUnit ?? 'Main',
    unit: signal.kind === 'number' ? signal.unit : '',
    ...(signal.kind === 'number' || signal.kind === 'integer' ? { range: signal.range } : {}),
    ...(signal.kind === 'number' ? { resolution: signal.resolution } : {}),
    ...(signal.kind === 'enum' ? { values: signal.values } : {}),
  };
}

function describeCommand(name: string, command: CommandDeclaration): CommandDescription {
  return {
    name,
    title: command.title,
    description: command.description,
    execution: command.execution,
    functionalUnit: command.functionalUnit ?? 'Main',
    parameters: Object.entries(command.parameters).map(([p, field]) => describeParameter(p, field)),
    errors: command.errors,
  };
}

function describeParameter(name: string, field: Field): ParameterDescription {
  const base = { name, title: field.title };
  const withDefault = field.default === undefined ? {} : { default: field.default };
  switch (field.type) {
    case 'quantity':
      return {
        ...base,
        kind: 'number',
        unit: field.unit,
        range: [field.min, field.max],
        ...withDefault,
      };
    case 'integer':
      return {
        ...base,
        kind: 'integer',
        unit: '',
        range: [field.min, field.max],
        ...withDefault,
      };
    case 'flag':
      return { ...base, kind: 'boolean', unit: '', ...withDefault };
    case 'choice':
      return {
        ...base,
        kind: 'enum',
        unit: '',
        values: field.options,
        ...withDefault,
      };
    default:
      return { ...base, kind: 'text', unit: '', ...withDefault };
  }
}
