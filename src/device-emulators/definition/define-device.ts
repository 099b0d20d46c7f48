import { ERROR_CATALOGUE } from '../../kernel/error-catalogue.ts';
import { findUnit } from '../../kernel/units.ts';
import type { DeviceDefinition } from './device.ts';
import type { Field, Fields } from './fields.ts';

const NAME = /^[a-z][a-zA-Z0-9]*$/;
const TYPE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * Declares a device type once; every endpoint, faceplate and reference page is derived from it.
 *
 * @throws RangeError naming the type and the part when the declaration contradicts itself
 */
export function defineDevice<const F extends Fields, S extends object>(
  definition: DeviceDefinition<F, S>,
): DeviceDefinition<F, S> {
  const problems = findProblems(definition);
  if (problems.length > 0) {
    throw new RangeError(`device type ${definition.type}: ${problems.join('; ')}`);
  }
  return definition;
}

function findProblems<F extends Fields, S extends object>(d: DeviceDefinition<F, S>): string[] {
  const problems: string[] = [];
  const machineEvents = new Set<string>(d.machine.events as string[]);
  if (!TYPE.test(d.type)) problems.push(`type "${d.type}" is not kebab-case`);
  for (const [name, field] of Object.entries(d.config))
    checkField(`config.${name}`, field, problems);

  for (const [name, signal] of Object.entries(d.signals)) {
    if (!NAME.test(name)) problems.push(`signal "${name}" is not camelCase`);
    if (signal.kind === 'number') {
      if (findUnit(signal.unit) === undefined) problems.push(`signal ${name}: unit ${signal.unit}`);
      if (!(signal.range[0] < signal.range[1])) problems.push(`signal ${name}: empty range`);
      if (!(signal.resolution > 0)) problems.push(`signal ${name}: resolution must be positive`);
    }
    if (d.read[name] === undefined) problems.push(`signal ${name} cannot be read`);
    if ((signal.direction === 'input') !== (d.write[name] !== undefined)) {
      problems.push(`signal ${name}: exactly the inputs need a write effect`);
    }
  }
  for (const name of Object.keys(d.read)) {
    if (d.signals[name] === undefined) problems.push(`read.${name} has no signal`);
  }
  for (const [name, command] of Object.entries(d.commands)) {
    if (!NAME.test(name)) problems.push(`command "${name}" is not camelCase`);
    if (!machineEvents.has(name)) problems.push(`command ${name} is unknown to the machine`);
    for (const [parameter, field] of Object.entries(command.parameters)) {
      checkField(`${name}.${parameter}`, field, problems);
    }
    for (const code of command.errors) {
      if (!(code in ERROR_CATALOGUE)) problems.push(`command ${name}: error ${code}`);
    }
  }
  for (const name of Object.keys(d.preconditions)) {
    if (d.commands[name] === undefined) problems.push(`precondition of unknown command ${name}`);
  }
  return problems;
}

function checkField(place: string, field: Field, problems: string[]): void {
  if (field.type === 'quantity' && findUnit(field.unit) === undefined) {
    problems.push(`${place}: unit ${field.unit}`);
  }
  if ((field.type === 'quantity' || field.type === 'integer') && !(field.min <= field.max)) {
    problems.push(`${place}: empty range`);
  }
}
