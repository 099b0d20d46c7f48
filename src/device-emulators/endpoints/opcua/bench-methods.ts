import type { ISessionContext, Namespace, UAObject, Variant } from 'node-opcua';
import {
  BENCH_CALLS,
  type BenchCall,
  type BenchField,
  type BenchPort,
} from '../../../kernel/bench-contract.ts';
import type { Opcua } from './opcua-module.ts';
import { refusedCall } from './refused-call.ts';

export interface BenchMethodOptions {
  readonly namespace: Namespace;
  readonly object: UAObject;
  readonly bench: BenchPort;
  mayCall(context: ISessionContext): boolean;
  callerOf(context: ISessionContext): string;
  /** Runs before a call is answered: its caller then reads the plant as it is now. */
  afterCall(): void;
}

/**
 * Methods of the `Simulation` object, one for each call of the bench that OPC UA has no way of its own for.
 * Every parameter must be given; an empty text stands for one that is left out. Structured values are
 * texts in JSON.
 */
export function addBenchMethods(opcua: Opcua, options: BenchMethodOptions): void {
  const { StatusCodes, DataType } = opcua;
  const typeOf = ({ kind, optional }: BenchField): number => {
    if (kind === 'number') return DataType.Double;
    return kind === 'boolean' && optional !== true ? DataType.Boolean : DataType.String;
  };
  for (const [name, call] of Object.entries<BenchCall>(BENCH_CALLS)) {
    if (call.native === true || call.isTruth === true) continue;
    const browseName = name.slice(0, 1).toUpperCase() + name.slice(1);
    const argumentOf = ([key, field]: [string, BenchField]) => ({
      name: key.slice(0, 1).toUpperCase() + key.slice(1),
      dataType: typeOf(field),
      valueRank: -1,
      description: {
        text: field.optional === true ? `${field.description}; may be empty` : field.description,
      },
    });
    const parameters = Object.entries(call.parameters);
    const results = Object.entries(call.results);
    const method = options.namespace.addMethod(options.object, {
      browseName,
      nodeId: `s=Simulation.${browseName}`,
      description: call.description,
      inputArguments: parameters.map(argumentOf),
      outputArguments: results.map(argumentOf),
    });
    method.bindMethod(async (inputs: Variant[], context: ISessionContext) => {
      if (call.reads !== true && !options.mayCall(context)) {
        return { statusCode: StatusCodes.BadUserAccessDenied };
      }
      const given = Object.fromEntries(
        parameters.map(([key, field], i) => [key, decode(field, inputs[i]?.value)]),
      );
      const outcome = await options.bench.call(name, given, options.callerOf(context));
      options.afterCall();
      if (!outcome.ok) return refusedCall(opcua, outcome.error);
      const outputArguments = results.map(([key, field]) => ({
        dataType: typeOf(field),
        value: encode(field, outcome.value[key]),
      }));
      return { statusCode: StatusCodes.Good, outputArguments };
    });
  }
}

function decode({ kind }: BenchField, value: unknown): unknown {
  if (typeof value !== 'string' || (kind !== 'boolean' && kind !== 'json')) return value;
  if (value === '') return undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function encode({ kind }: BenchField, value: unknown): unknown {
  if (kind === 'json') return JSON.stringify(value);
  return value ?? (kind === 'number' ? 0 : kind === 'boolean' ? false : '');
}
