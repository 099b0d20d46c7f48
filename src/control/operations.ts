import type { PlantClient, SignalReading, Value } from '../kernel/plant-contract.ts';
import type { OperationEnd } from './task.ts';

const OPERATION_SIGNALS = [
  'operationId',
  'operationState',
  'operationError',
  'operationMessage',
  'operationResult',
] as const;

/** Latest operation of a device, as its signals tell. */
export interface LatestOperation extends Omit<OperationEnd, 'state'> {
  readonly number: number;
  readonly state: string;
}

/** Reads the latest operations of several devices in one call, in the order of `devices`. */
export async function readOperations(
  client: PlantClient,
  devices: readonly string[],
): Promise<readonly LatestOperation[]> {
  const readings = await client.read(
    devices.flatMap((device) => OPERATION_SIGNALS.map((signal) => `${device}.${signal}`)),
  );
  const width = OPERATION_SIGNALS.length;
  return devices.map((_, i) => latestOf(readings.slice(i * width, (i + 1) * width)));
}

function latestOf(readings: readonly SignalReading[]): LatestOperation {
  const [id, state, code = '', message = '', result] = readings.map(({ value }) => value);
  return {
    number: Number(id),
    state: String(state),
    code: String(code),
    message: String(message),
    result: parseResult(result),
  };
}

/** How an operation ended, by the latest one of its device; undefined while it runs. */
export function endOf(operation: number, latest: LatestOperation): OperationEnd | undefined {
  const { number, state, ...end } = latest;
  if (number > operation) return { ...end, state: 'superseded' };
  if (number === operation && state !== 'running') {
    return { ...end, state: state as OperationEnd['state'] };
  }
  return undefined;
}

function parseResult(text: Value | undefined): Readonly<Record<string, Value>> {
  return typeof text === 'string' && text !== '' ? (JSON.parse(text) as Record<string, Value>) : {};
}
