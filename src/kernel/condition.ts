import { type Refusal, refusal } from './error-catalogue.ts';
import type { PlantDescription, PlantEvent, Value } from './plant-contract.ts';
import { err, ok, type Result } from './result.ts';

/**
 * What somebody waits for in a plant, as text: terms joined by `and`, these by `or`. A term is one of
 *
 * - `device.signal op value`, with `<`, `<=`, `>`, `>=`, `==` or `!=`, in the declared unit; it holds as long as the
 *   signal shows such a value;
 * - `alarm`, `alarm device` or `alarm device.alarm`, then `raised` (when nothing is said; as long as one is active),
 *   `acknowledged` (as long as one is, active or not) or `cleared` (as long as none is active);
 * - `event type`, `event type device` or `event type device name`, where the name is that of a command, fault, alarm,
 *   signal, vessel or observer.
 *
 * An event holds at the instant at which it happens.
 */
export type Condition = readonly (readonly Term[])[];

export type Term = SignalTerm | AlarmTerm | EventTerm;

export interface SignalTerm {
  readonly device: string;
  readonly signal: string;
  readonly operator: Operator;
  readonly value: Value;
}

export interface AlarmTerm {
  readonly alarm: 'raised' | 'acknowledged' | 'cleared';
  /** Empty for any. */
  readonly device: string;
  readonly name: string;
}

export interface EventTerm {
  readonly event: PlantEvent['type'];
  /** Empty for any. */
  readonly device: string;
  readonly name: string;
}

type Operator = '<=' | '>=' | '==' | '!=' | '<' | '>';

const EVENT_TYPES: Readonly<Record<PlantEvent['type'], true>> = {
  'device.operation.started': true,
  'device.operation.completed': true,
  'device.operation.failed': true,
  'device.command.refused': true,
  'alarm.raised': true,
  'alarm.cleared': true,
  'alarm.acknowledged': true,
  'fault.began': true,
  'fault.ended': true,
  'signal.forced': true,
  'signal.released': true,
  'vessel.placed': true,
  'vessel.taken': true,
  'observer.violation': true,
  'time.jumped': true,
};

const SIGNAL_TERM = /^([\w-]+)\.([\w-]+)\s*(<=|>=|==|!=|<|>)\s*(.+)$/;
/** Of every device besides its declared signals. */
const STANDING = ['state', 'operationId', 'operationCommand', 'operationState', 'operationError'];

/** Reads a condition and checks that the plant has what it speaks of. */
export function parseCondition(text: string, plant: PlantDescription): Result<Condition, Refusal> {
  const alternatives: (readonly Term[])[] = [];
  for (const alternative of text.split(/\s+or\s+/)) {
    const terms: Term[] = [];
    for (const part of alternative.split(/\s+and\s+/)) {
      const term = parseTerm(part.trim(), plant);
      if (!term.ok) return term;
      terms.push(term.value);
    }
    alternatives.push(terms);
  }
  return ok(alternatives);
}

function parseTerm(text: string, plant: PlantDescription): Result<Term, Refusal> {
  const [first = '', ...rest] = text.split(/\s+/);
  if (first === 'alarm') return parseAlarm(rest, plant);
  if (first === 'event') return parseEvent(rest, plant);
  const match = SIGNAL_TERM.exec(text);
  if (match === null) {
    const forms = '"device.signal > 5", "alarm device.alarm" or "event type device"';
    return err(refusal('INVALID_PARAMETER', `"${text}" is no condition; write ${forms}`));
  }
  const [, device = '', signal = '', operator = '', given = ''] = match;
  const found = plant.devices.find(({ id }) => id === device);
  if (found === undefined) return unknownDevice(device, plant);
  const declared = found.signals.find(({ name }) => name === signal);
  if (declared === undefined && !STANDING.includes(signal)) {
    const known = [...found.signals.map(({ name }) => name), ...STANDING].join(', ');
    return err(refusal('UNKNOWN_SIGNAL', `${device} has no signal ${signal}; it has ${known}`));
  }
  const kind = declared?.kind ?? (signal === 'operationId' ? 'integer' : 'text');
  const value = parseValue(given, kind, declared?.values);
  if (value === undefined) {
    const form = declared?.values?.join(', ') ?? `a value of kind ${kind}`;
    return err(refusal('INVALID_PARAMETER', `${device}.${signal}: "${given}" is not ${form}`));
  }
  const isOrdered = kind === 'number' || kind === 'integer';
  if (!isOrdered && operator !== '==' && operator !== '!=') {
    const words = `${device}.${signal}: ${operator} needs a number; use == or !=`;
    return err(refusal('INVALID_PARAMETER', words));
  }
  return ok({ device, signal, operator: operator as Operator, value });
}

function parseValue(text: string, kind: string, values?: readonly string[]): Value | undefined {
  const bare = /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;
  if (kind === 'boolean') return bare === 'true' ? true : bare === 'false' ? false : undefined;
  if (kind === 'text') return bare;
  if (kind === 'enum') return values?.includes(bare) === true ? bare : undefined;
  const number = Number(bare);
  return bare.trim() !== '' && Number.isFinite(number) ? number : undefined;
}

function parseAlarm(words: readonly string[], plant: PlantDescription): Result<Term, Refusal> {
  const states = ['raised', 'acknowledged', 'cleared'] as const;
  const state = states.find((name) => name === words.at(-1));
  const rest = state === undefined ? words : words.slice(0, -1);
  const [where = '', ...surplus] = rest;
  if (surplus.length > 0) {
    const words = `"alarm ${rest.join(' ')}": after the alarm stands raised, cleared or acknowledged`;
    return err(refusal('INVALID_PARAMETER', words));
  }
  const [device = '', name = ''] = where.split('.');
  const term = { alarm: state ?? 'raised', device, name };
  if (device === '') return ok(term);
  const found = plant.devices.find(({ id }) => id === device);
  if (found === undefined) return unknownDevice(device, plant);
  if (name !== '' && !found.alarms.some((alarm) => alarm.name === name)) {
    const known = found.alarms.map((alarm) => alarm.name).join(', ');
    return err(refusal('UNKNOWN_ALARM', `${device} has no alarm ${name}; it has ${known}`));
  }
  return ok(term);
}

function parseEvent(words: readonly string[], plant: PlantDescription): Result<Term, Refusal> {
  const [type = '', device = '', name = '', ...surplus] = words;
  if (!(type in EVENT_TYPES) || surplus.length > 0) {
    const known = Object.keys(EVENT_TYPES).join(', ');
    const words = `"event ${type}": after "event" stands one of ${known}, then a device and a name`;
    return err(refusal('INVALID_PARAMETER', words));
  }
  if (device !== '' && !plant.devices.some(({ id }) => id === device)) {
    return unknownDevice(device, plant);
  }
  return ok({ event: type as PlantEvent['type'], device, name });
}

function unknownDevice(device: string, plant: PlantDescription): Result<never, Refusal> {
  const known = plant.devices.map(({ id }) => id).join(', ');
  return err(refusal('UNKNOWN_DEVICE', `there is no device ${device}; there are ${known}`));
}

/** Whether a signal's value is such as a term wants it. */
export function compares(shown: Value, { operator, value }: SignalTerm): boolean {
  switch (operator) {
    case '==':
      return shown === value;
    case '!=':
      return shown !== value;
    case '<':
      return shown < value;
    case '<=':
      return shown <= value;
    case '>':
      return shown > value;
    case '>=':
      return shown >= value;
  }
}

/** Whether an event is one that a term waits for. */
export function matches(event: PlantEvent, term: EventTerm): boolean {
  return (
    event.type === term.event &&
    (term.device === '' || event.device === term.device) &&
    (term.name === '' || nameOf(event) === term.name)
  );
}

/** What an event is about besides its device. */
function nameOf(event: PlantEvent): string {
  if ('command' in event) return event.command;
  if ('alarm' in event) return event.alarm;
  if ('fault' in event) return event.fault;
  if ('signal' in event) return event.signal;
  if ('vessel' in event) return event.vessel;
  return 'violation' in event ? event.violation.observer : '';
}
