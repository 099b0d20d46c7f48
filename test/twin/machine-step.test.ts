import { describe, expect, it } from 'vitest';
import { type AnyMachineSnapshot, initialTransition, transition } from 'xstate';
import { parseConfig } from '../../src/twin/scene/parse-config.ts';
import { openStream } from '../../src/kernel/random.ts';
import { deviceDefinitions } from '../../src/main/device-registry.ts';
import { machineStep } from '../../src/twin/machine-step.ts';

const SEED = 20;
const EVENTS = 200;

/** Events of a machine by name, its delays included. */
function eventsOf(snapshot: AnyMachineSnapshot): string[] {
  return (snapshot.machine.events as string[]).filter((type) => !type.includes('*'));
}

describe(`machine steps, seed ${SEED}`, () => {
  it.each([...deviceDefinitions().values()])('$type goes where XState goes', (definition) => {
    const { config } = parseConfig(definition.config, {});
    const [first] = initialTransition(definition.machine, { config } as never);
    const step = machineStep(definition.machine, { config });
    const stream = openStream(SEED, definition.type, 'events');
    let [ours, theirs] = [first as AnyMachineSnapshot, first as AnyMachineSnapshot];
    for (let i = 0; i < EVENTS; i++) {
      const types = eventsOf(ours);
      const type = types[Math.floor(stream.uniform() * types.length)];
      if (type === undefined) break;
      // Half of them say nothing but their type.
      const event = i % 2 === 0 ? { type } : { type, volume: 1, line: '', place: '' };
      const [a, actions] = step(ours, event);
      const [b, expected] = transition(definition.machine, theirs as never, event as never);
      expect(a.value).toEqual((b as AnyMachineSnapshot).value);
      expect(a.context).toEqual((b as AnyMachineSnapshot).context);
      expect(actions.map((action) => [action.type, action.params])).toEqual(
        expected.map((action: { type: string; params: unknown }) => [action.type, action.params]),
      );
      [ours, theirs] = [a, b as AnyMachineSnapshot];
    }
  });

  it('finds again what recurs', () => {
    const definition = deviceDefinitions().get('bioreactor');
    if (definition === undefined) throw new Error('no bioreactor');
    const [first] = initialTransition(definition.machine, { config: {} } as never);
    const step = machineStep(definition.machine, { config: {} });
    const [on] = step(first as AnyMachineSnapshot, { type: 'start' });
    const watch = eventsOf(on).find((type) => type.includes('after.watch')) ?? '';
    const [watching, asked] = step(on, { type: watch });
    const [again, askedAgain] = step(watching, { type: watch });
    expect(asked.map(({ type }) => type)).toContain('checkAlarms');
    expect(again).toBe(watching);
    expect(askedAgain).toBe(asked);
  });
});
