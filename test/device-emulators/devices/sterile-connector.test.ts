import { describe, expect, it } from 'vitest';
import type { Coupling } from '../../../src/device-emulators/definition/coupling.ts';
import { modularTwin, type ModularTwin } from '../support/modular-twin.ts';

const PLACE = 'module-1.transfer';

function plant(config = ''): ModularTwin {
  return modularTwin(`devices:
  rack-1: { type: module-rack, title: Rack, zone: hall, at: [5 m, 5 m, 0 m] }
  module-1: { type: plain-module, title: Module, in: rack-1.dock1 }
  module-2: { type: plain-module, title: Module, in: rack-1.dock2 }
  link: { type: sterile-connector, title: Link, in: module-1.connector, config: { ${config} } }
  cassette-1: { type: cell-cassette, title: Cassette, in: ${PLACE} }
`);
}

const coupling = ({ twin }: ModularTwin): Coupling | undefined =>
  twin.plant.state.couplings.get(PLACE);
const seconds = ({ twin }: ModularTwin): number => twin.now / 1e6;
const uses = (bench: ModularTwin): Record<string, number> =>
  Object.fromEntries(
    (JSON.parse(String(bench.read('cassette-1', 'ports'))) as { port: string; uses: number }[]).map(
      ({ port, uses: count }) => [port, count],
    ),
  );

describe('sterile connector', () => {
  it('couples, seals, sterilises, tests and opens, one step after the other', () => {
    const bench = plant();
    expect(bench.give('link', 'seal')).toBe('NOT_CONNECTED');
    expect(bench.run('link', 'couple', { ports: 'perfusion' })).toBe('completed');
    expect(seconds(bench)).toBe(15);
    expect(coupling(bench)).toEqual({
      connector: 'link',
      vessel: 'cassette-1.core',
      ports: 'perfusion',
      open: false,
      sterile: false,
      leak: 0,
    });
    expect(bench.read('module-1', 'coupled')).toBe(true);
    expect(bench.give('link', 'open')).toBe('INTERLOCK');
    expect(bench.run('link', 'seal')).toBe('completed');
    expect(bench.run('link', 'sterilise')).toBe('completed');
    expect(coupling(bench)?.sterile).toBe(false);
    expect(bench.run('link', 'leakTest')).toBe('completed');
    expect(coupling(bench)?.sterile).toBe(true);
    expect(bench.run('link', 'open')).toBe('completed');
    expect(seconds(bench)).toBe(15 + 10 + 120 + 60 + 5);
    expect(coupling(bench)?.open).toBe(true);
    expect(bench.give('link', 'decouple')).toBe('INTERLOCK');
    expect(bench.run('link', 'close')).toBe('completed');
    expect(bench.run('link', 'decouple')).toBe('completed');
    expect(coupling(bench)).toBeUndefined();
    expect(bench.read('link', 'coupledHeads')).toBe('');
    expect(bench.twin.runtime('link').operation.result).toMatchObject({ head: 1, uses: 1 });
  });

  it('does all that is missing in one sequence, and undoes it in another', () => {
    const bench = plant();
    expect(bench.run('link', 'connect')).toBe('completed');
    expect(seconds(bench)).toBe(210);
    expect(coupling(bench)).toMatchObject({ open: true, sterile: true, ports: 'process' });
    expect(bench.run('link', 'connect')).toBe('completed');
    expect(seconds(bench)).toBe(210);
    expect(bench.give('link', 'connect', { ports: 'sample' })).toBe('ALREADY_CONNECTED');
    bench.run('link', 'close');
    expect(bench.run('link', 'connect')).toBe('completed');
    expect(seconds(bench)).toBe(220);
    expect(bench.run('link', 'disconnect')).toBe('completed');
    expect(seconds(bench)).toBe(240);
    expect(bench.run('link', 'disconnect')).toBe('completed');
    expect(seconds(bench)).toBe(240);
  });

  it('tests again when asked again, but sterilises once', () => {
    const bench = plant();
    bench.run('link', 'connect');
    const since = seconds(bench);
    bench.run('link', 'sterilise');
    expect(seconds(bench)).toBe(since);
    bench.run('link', 'leakTest');
    expect(seconds(bench)).toBe(since + 60);
  });

  it('counts uses on both sides, and warns when a head has reached its life', () => {
    const bench = plant('maximumUses: 2');
    bench.run('link', 'connect');
    bench.run('link', 'disconnect');
    expect(uses(bench)).toMatchObject({ liquidIn: 1, liquidOut: 1, waste: 1, gasIn: 0, sample: 0 });
    expect(bench.alarms('link')).toEqual([]);
    bench.run('link', 'connect', { ports: 'product' });
    expect(uses(bench)).toMatchObject({ product: 1, liquidIn: 2, liquidOut: 1 });
    expect(bench.read('cassette-1', 'mostUses')).toBe(2);
    expect([bench.read('link', 'uses'), bench.read('link', 'usesLeft')]).toEqual([2, 0]);
    expect(bench.alarms('link')).toEqual(['worn']);
    expect(coupling(bench)?.leak).toBe(0);
    expect(bench.give('link', 'renewHead')).toBe('INTERLOCK');
    bench.run('link', 'disconnect');
    bench.run('link', 'seal');
    expect(bench.run('link', 'connect')).toBe('failed');
    expect(coupling(bench)?.leak).toBe(0.005);
    bench.run('link', 'disconnect');
    expect(bench.give('link', 'renewHead')).toBe('');
    expect(bench.alarms('link')).toEqual([]);
    expect(bench.read('link', 'usesLeft')).toBe(2);
  });

  it('finds a leak, tells how much, and leaves the way shut', () => {
    const bench = plant();
    bench.fault('link', 'leak', true);
    expect(bench.run('link', 'connect')).toBe('failed');
    expect(bench.twin.runtime('link').operation).toMatchObject({ error: 'MALFUNCTION' });
    expect(bench.read('link', 'leakRate')).toBeCloseTo(2, 0);
    expect(bench.alarms('link')).toEqual(['leak']);
    expect(coupling(bench)).toMatchObject({ open: false, sterile: false, leak: 0.02 });
    // The controller may open it all the same.
    expect(bench.run('link', 'open')).toBe('completed');
    expect(coupling(bench)).toMatchObject({ open: true, sterile: false });
    bench.fault('link', 'leak', false);
    bench.run('link', 'disconnect');
    expect(bench.alarms('link')).toEqual([]);
    expect(bench.run('link', 'connect')).toBe('completed');
    bench.fault('link', 'leak', true);
    expect(coupling(bench)?.leak).toBe(0.02);
  });

  it('leaks by chance as often as configured', () => {
    const bench = plant('leakChance: 100 %');
    expect(bench.run('link', 'connect')).toBe('failed');
    expect(coupling(bench)?.leak).toBe(0.02);
  });

  it('parts again when the latch is jammed', () => {
    const bench = plant();
    bench.fault('link', 'noLock', true);
    expect(bench.run('link', 'connect')).toBe('failed');
    expect(coupling(bench)).toBeUndefined();
    expect(bench.alarms('link')).toEqual(['notLocked']);
    expect(bench.read('link', 'uses')).toBe(1);
    bench.fault('link', 'noLock', false);
    expect(bench.run('link', 'connect')).toBe('completed');
    expect(bench.alarms('link')).toEqual([]);
  });

  it('goes back when a step is aborted, and on from there', () => {
    const bench = plant();
    bench.give('link', 'connect');
    bench.advance(100);
    expect(bench.read('link', 'state')).toBe('sterilising');
    expect(bench.give('link', 'abort')).toBe('');
    expect(bench.twin.runtime('link').operation.state).toBe('aborted');
    expect(bench.give('link', 'open')).toBe('');
    bench.advance(5);
    bench.run('link', 'disconnect');
    bench.give('link', 'connect');
    bench.advance(10);
    bench.give('link', 'abort');
    expect(coupling(bench)).toBeUndefined();
  });

  it('fails when the cassette is taken away while the head comes', () => {
    const bench = plant();
    bench.give('link', 'connect');
    bench.advance(5);
    bench.move('cassette-1.core', 'module-2.transfer');
    bench.advance(10);
    expect(bench.twin.runtime('link').operation).toMatchObject({
      state: 'failed',
      error: 'NO_VESSEL',
    });
    expect(bench.read('link', 'state')).toBe('idle');
  });

  it('shuts its valves without power, and opens them again without a new seal', () => {
    const bench = plant();
    bench.run('link', 'connect');
    bench.fault('link', 'breakdown', true);
    expect(coupling(bench)).toMatchObject({ open: false, sterile: true });
    bench.fault('link', 'breakdown', false);
    const since = seconds(bench);
    expect(bench.run('link', 'connect')).toBe('completed');
    expect(seconds(bench)).toBe(since + 5);
    bench.move('module-1.frame', 'rack-1.dock4');
    expect(coupling(bench)?.open).toBe(true);
    bench.twin.plant.move(
      bench.twin.plant.vessel('module-1.frame'),
      { at: 'gripper', device: 'rack-1' },
      bench.twin.now,
    );
    expect(coupling(bench)?.open).toBe(false);
    expect(bench.give('link', 'open')).toBe('NOT_CONNECTED');
  });

  it('refuses what is not there', () => {
    const bench = plant('heads: 2');
    expect(bench.give('link', 'connect', { head: 2 })).toBe('UNKNOWN_PLACE');
    expect(bench.give('link', 'connect', { head: 3 })).toBe('OUT_OF_RANGE');
    bench.move('cassette-1.core', 'module-2.transfer');
    expect(bench.give('link', 'couple')).toBe('NO_VESSEL');
    expect(bench.run('link', 'decouple')).toBe('completed');
  });
});
