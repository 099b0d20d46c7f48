import type {
  AlarmDescription,
  CommandDescription,
  DeviceDescription,
  ParameterDescription,
  PlantDescription,
  SignalDescription,
} from '../../../kernel/plant-contract.ts';
import { type EngineeringUnit, engineeringUnitOf } from './engineering-units.ts';
import { STANDING_SIGNALS, type StandingSignal } from './port.ts';

/** Built-in data types of variables and arguments. */
export type WireType = 'Double' | 'Int32' | 'Int64' | 'UInt32' | 'Boolean' | 'String';

/** LADS function types, and the two of the plant's own namespace for texts. */
export type FunctionType =
  | 'AnalogScalarSensorFunctionType'
  | 'AnalogControlFunctionType'
  | 'TwoStateDiscreteSensorFunctionType'
  | 'TwoStateDiscreteControlFunctionType'
  | 'MultiStateDiscreteSensorFunctionType'
  | 'MultiStateDiscreteControlFunctionType'
  | 'TextSensorFunctionType'
  | 'TextControlFunctionType';

/** One signal as a LADS function. */
export interface FunctionPlan {
  readonly signal: SignalDescription;
  readonly functionType: FunctionType;
  /** Index in the signal table. */
  readonly index: number;
  /** Variable that carries the signal: measured or set. */
  readonly valueName: 'SensorValue' | 'TargetValue';
  readonly wireType: WireType;
  readonly unit: EngineeringUnit | undefined;
}

export interface ArgumentPlan {
  readonly parameter: ParameterDescription;
  readonly wireType: WireType;
  readonly unit: EngineeringUnit | undefined;
  /** What generic clients show: title, unit, range and default in words. */
  readonly text: string;
}

export interface MethodPlan {
  readonly command: CommandDescription;
  readonly arguments: readonly ArgumentPlan[];
}

export interface FunctionalUnitPlan {
  readonly name: string;
  readonly functions: readonly FunctionPlan[];
  readonly methods: readonly MethodPlan[];
}

export interface AlarmPlan {
  readonly alarm: AlarmDescription;
  /** OPC UA severity, 1 to 1000. */
  readonly severity: number;
}

export interface StandingPlan {
  readonly signal: StandingSignal;
  readonly index: number;
  readonly wireType: 'String' | 'UInt32';
}

export interface DevicePlan {
  readonly device: DeviceDescription;
  readonly functionalUnits: readonly FunctionalUnitPlan[];
  readonly standing: readonly StandingPlan[];
  readonly alarms: readonly AlarmPlan[];
}

export interface AddressSpacePlan {
  readonly devices: readonly DevicePlan[];
  readonly signalCount: number;
}

/** Severities at the middle of the bands of OPC 10000-5 (IEC 62682 priorities). */
const SEVERITIES = { critical: 900, high: 700, medium: 500, low: 200 } as const;

/** Address space of a plant: what is there, of which type, and which signal feeds it. */
export function deriveAddressSpace(description: PlantDescription): AddressSpacePlan {
  let next = 0;
  const devices = description.devices.map((device) => {
    const first = next;
    next += device.signals.length + STANDING_SIGNALS.length;
    return deriveDevice(device, first);
  });
  return { devices, signalCount: next };
}

function deriveDevice(device: DeviceDescription, first: number): DevicePlan {
  const functions = device.signals.map((signal, i) => deriveFunction(signal, first + i));
  const methods = device.commands.map(deriveMethod);
  const names = new Set([
    ...device.signals.map((signal) => signal.functionalUnit),
    ...device.commands.map((command) => command.functionalUnit),
  ]);
  if (names.size === 0) names.add('Main');
  const afterDeclared = first + device.signals.length;
  return {
    device,
    functionalUnits: [...names].map((name) => ({
      name,
      functions: functions.filter((f) => f.signal.functionalUnit === name),
      methods: methods.filter((m) => m.command.functionalUnit === name),
    })),
    standing: STANDING_SIGNALS.map((signal, i) => ({
      signal,
      index: afterDeclared + i,
      wireType: signal === 'operationId' ? 'UInt32' : 'String',
    })),
    alarms: device.alarms.map((alarm) => ({ alarm, severity: SEVERITIES[alarm.priority] })),
  };
}

function deriveFunction(signal: SignalDescription, index: number): FunctionPlan {
  const role = signal.direction === 'output' ? 'Sensor' : 'Control';
  const base = {
    signal,
    index,
    valueName: signal.direction === 'output' ? 'SensorValue' : 'TargetValue',
    unit: engineeringUnitOf(signal.unit),
  } as const;
  switch (signal.kind) {
    case 'number':
    case 'integer': {
      // LADS fixes the data type of analog values to Double, of whole numbers too.
      const functionType =
        role === 'Sensor' ? 'AnalogScalarSensorFunctionType' : 'AnalogControlFunctionType';
      return { ...base, functionType, wireType: 'Double' };
    }
    case 'boolean':
      return { ...base, functionType: `TwoStateDiscrete${role}FunctionType`, wireType: 'Boolean' };
    case 'enum':
      return { ...base, functionType: `MultiStateDiscrete${role}FunctionType`, wireType: 'UInt32' };
    default:
      return { ...base, functionType: `Text${role}FunctionType`, wireType: 'String' };
  }
}

function deriveMethod(command: CommandDescription): MethodPlan {
  return { command, arguments: command.parameters.map(deriveArgument) };
}

function deriveArgument(parameter: ParameterDescription): ArgumentPlan {
  return {
    parameter,
    wireType: argumentType(parameter),
    unit: engineeringUnitOf(parameter.unit),
    text: describeArgument(parameter),
  };
}

function argumentType(parameter: ParameterDescription): WireType {
  switch (parameter.kind) {
    case 'number':
      return 'Double';
    case 'integer': {
      const [low, high] = parameter.range ?? [-(2 ** 31), 2 ** 31 - 1];
      return low >= -(2 ** 31) && high < 2 ** 31 ? 'Int32' : 'Int64';
    }
    case 'boolean':
      return 'Boolean';
    default:
      return 'String';
  }
}

function describeArgument(parameter: ParameterDescription): string {
  const unit = parameter.unit === '' ? '' : ` [${parameter.unit}]`;
  const range =
    parameter.range === undefined ? '' : `, ${parameter.range[0]} to ${parameter.range[1]}`;
  const values = parameter.values === undefined ? '' : `, one of ${parameter.values.join(', ')}`;
  const usual = parameter.default === undefined ? '' : `, usually ${parameter.default}`;
  return `${parameter.title}${unit}${range}${values}${usual}`;
}
