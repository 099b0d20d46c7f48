import type { Field } from '../../../src/device-emulators/definition/fields.ts';
import type { PlantCommand, Value } from '../../../src/kernel/plant-contract.ts';
import { openStream } from '../../../src/kernel/random.ts';
import type { Micros } from '../../../src/kernel/time.ts';
import type { Twin } from '../../../src/twin/twin.ts';

/** A command as numbers; which one it is depends on the plant it is given to. */
export interface Draw {
  readonly at: Micros;
  readonly pick: number;
  readonly values: readonly number[];
}

/** `count` commands within `span` ticks, spread by one number. */
export function draws(seed: number, span: Micros, count: number): readonly Draw[] {
  const stream = openStream(seed, 'test', 'commands');
  const list = Array.from({ length: count }, () => ({
    at: Math.floor(span * stream.uniform()),
    pick: Math.floor(1e6 * stream.uniform()),
    values: Array.from({ length: 6 }, () => stream.uniform()),
  }));
  return list.sort((a, b) => a.at - b.at);
}

/** The command that a draw stands for: any command or input of any device, with fitting values. */
export function commandOf(twin: Twin, { pick, values }: Draw, sequence: number): PlantCommand {
  const devices = [...twin.devices.values()];
  const runtime = choose(devices, values[0] ?? 0);
  const { definition, id } = runtime.device;
  const commands = Object.entries(definition.commands);
  const inputs = Object.entries(definition.signals).filter(([, s]) => s.direction === 'input');
  const index = pick % Math.max(1, commands.length + inputs.length);
  const base = { client: 'test', sequence, device: id };
  const command = commands[index];
  if (command !== undefined) {
    const parameters = Object.fromEntries(
      Object.entries(command[1].parameters).map(([name, field], i) => [
        name,
        valueOf(twin, field, values[1 + (i % 5)] ?? 0),
      ]),
    );
    return { ...base, kind: 'invoke', command: command[0], parameters };
  }
  const input = inputs[index - commands.length];
  if (input === undefined) {
    return { ...base, kind: 'acknowledge', alarm: 'none', comment: '' };
  }
  const [signal, declaration] = input;
  const share = values[1] ?? 0;
  if (declaration.kind === 'number' || declaration.kind === 'integer') {
    const [low, high] = declaration.range;
    return { ...base, kind: 'write', signal, value: low + share * (high - low) };
  }
  const value = declaration.kind === 'enum' ? choose(declaration.values, share) : share < 0.5;
  return { ...base, kind: 'write', signal, value };
}

function valueOf(twin: Twin, field: Field, share: number): Value {
  switch (field.type) {
    case 'quantity':
      // Small values more often: large ones are mostly refused.
      return field.min + share ** 3 * (field.max - field.min);
    case 'integer':
      return Math.floor(field.min + share * (field.max - field.min + 1));
    case 'flag':
      return share < 0.5;
    case 'choice':
      return choose(field.options, share);
    case 'reference':
      return choose(namesOf(twin, field.to), share);
    default:
      return 'text';
  }
}

function namesOf(twin: Twin, kind: 'line' | 'device' | 'zone' | 'place' | 'vessel'): string[] {
  const { plant } = twin;
  switch (kind) {
    case 'line':
      return [...plant.state.lines.keys()];
    case 'device':
      return [...twin.devices.keys()];
    case 'zone':
      return [...plant.zones.keys()];
    case 'place':
      return [...plant.locations.places.keys()];
    case 'vessel':
      return [...plant.state.vessels.keys()];
  }
}

function choose<T>(from: readonly T[], share: number): T {
  return from[Math.floor(share * from.length)] as T;
}
