import { describe, expect, it } from 'vitest';
import { ERROR_CATALOGUE } from '../../src/kernel/error-catalogue.ts';
import { fromSi } from '../../src/kernel/units.ts';
import { MICROS_PER_SECOND } from '../../src/kernel/time.ts';
import type { Value } from '../../src/kernel/plant-contract.ts';
import { describeDevice } from '../../src/device-emulators/definition/describe.ts';
import type { Field } from '../../src/device-emulators/definition/fields.ts';
import { deviceDefinitions } from '../../src/main/device-registry.ts';
import { LIQUID_NAMES } from '../../src/bio-models/liquids.ts';
import { buildTwin } from '../../src/main/plant-assembly.ts';
import { loadScene } from '../../src/twin/scene/load-scene.ts';
import type { Twin } from '../../src/twin/twin.ts';

/** A scene with one device of a type and nothing else but the line it may need. */
function aloneWith(type: string): Twin {
  const definitions = deviceDefinitions();
  const definition = definitions.get(type);
  if (definition === undefined) throw new Error(type);
  const config = Object.entries(definition.config)
    .filter(([, field]) => (field as Field).default === undefined)
    .map(([name]) => `${name}: hose`);
  const yaml = `doppel: 1
name: alone
title: One device
epoch: 2026-01-05T06:00:00Z
zones:
  hall: { title: Hall, grade: A, min: [0 m, 0 m, 0 m], max: [9 m, 9 m, 3 m], pressure: 15 Pa, temperature: 21 degC, humidity: 45 %, airChanges: 20 /h }
devices:
  thing: { type: ${type}, title: Thing, zone: hall, at: [2 m, 2 m, 0 m], config: { ${config.join(', ')} } }
  left: { type: bag-stand, title: Left, zone: hall, at: [5 m, 2 m, 0 m] }
  right: { type: bag-stand, title: Right, zone: hall, at: [7 m, 2 m, 0 m] }
lines:
  hose: { from: left.bag, to: right.bag, bore: 3.2 mm, length: 2.2 m, connected: true }
`;
  const loaded = loadScene(yaml, 'alone.yaml', { definitions, liquids: new Set(LIQUID_NAMES) });
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  return buildTwin(loaded.scene, 1);
}

/** A value that a field accepts, in the declared unit. */
function valueFor(field: Field): Value {
  if (field.default !== undefined) return field.default;
  switch (field.type) {
    case 'quantity':
    case 'integer':
      return field.min;
    case 'flag':
      return true;
    case 'choice':
      return field.options[0] ?? '';
    default:
      return 'nothing';
  }
}

describe.each([...deviceDefinitions().values()].map((d) => [d.type, d] as const))(
  '%s',
  (type, definition) => {
    it('is described in full', () => {
      const description = describeDevice(definition, { id: 'thing', title: 'Thing', zone: 'hall' });
      expect(description.identity.manufacturer).toContain('SIMULATED');
      expect(description.signals.length).toBeGreaterThan(0);
      expect(definition.description).not.toBe('');
      for (const alarm of description.alarms) {
        expect(alarm.cause).not.toBe('');
        expect(alarm.action).not.toBe('');
      }
    });

    it('shows every signal in its unit and range', () => {
      const twin = aloneWith(type);
      for (const [name, signal] of Object.entries(definition.signals)) {
        const reading = twin.read('thing', name);
        expect(reading, name).toBeDefined();
        if (signal.kind === 'number') {
          expect(reading?.value).toBeGreaterThanOrEqual(signal.range[0]);
          expect(reading?.value).toBeLessThanOrEqual(signal.range[1]);
          const truth = definition.read[name]?.(twin.runtime('thing').readContext());
          expect(Number.isFinite(fromSi(Number(truth), signal.unit)), name).toBe(true);
        }
        if (signal.kind === 'enum') expect(signal.values).toContain(reading?.value);
      }
    });

    it('answers every command from every state it gets into, or refuses with a catalogued code', () => {
      const commands = Object.entries(definition.commands);
      for (const [first] of [['', undefined] as const, ...commands]) {
        for (const [command, declaration] of commands) {
          const twin = aloneWith(type);
          const give = (name: string): string => {
            const fields = definition.commands[name]?.parameters ?? {};
            const parameters = Object.fromEntries(
              Object.entries(fields).map(([p, field]) => [p, valueFor(field)]),
            );
            const outcome = twin.execute({
              kind: 'invoke',
              client: 'test',
              sequence: 0,
              device: 'thing',
              command: name,
              parameters,
            });
            return outcome.ok ? '' : outcome.error.code;
          };
          if (first !== '') give(first);
          twin.advanceTo(MICROS_PER_SECOND);
          const code = give(command);
          if (code !== '')
            expect(Object.keys(ERROR_CATALOGUE), `${first} then ${command}`).toContain(code);
          twin.advanceTo(3 * 3600 * MICROS_PER_SECOND);
          const { operation } = twin.runtime('thing');
          expect(operation.state, `${first} then ${command}`).not.toBe('running');
          if (operation.error !== '') {
            const declared = [...(definition.commands[operation.command]?.errors ?? []), 'ABORTED'];
            expect(declared, `${first} then ${declaration.title}`).toContain(operation.error);
          }
        }
      }
    });
  },
);
