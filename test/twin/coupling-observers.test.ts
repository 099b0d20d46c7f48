import { describe, expect, it } from 'vitest';
import { modularTwin, type ModularTwin } from '../device-emulators/support/modular-twin.ts';

function plant(grade: string, cassette = '', connector = ''): ModularTwin {
  return modularTwin(
    `devices:
  rack-1: { type: module-rack, title: Rack, zone: hall, at: [5 m, 5 m, 0 m] }
  module-1: { type: plain-module, title: Module, in: rack-1.dock1 }
  link: { type: sterile-connector, title: Link, in: module-1.connector, config: { ${connector} } }
  cassette-1: { type: cell-cassette, title: Cassette, in: module-1.transfer, config: { ${cassette} } }
vessels:
  cells: { kind: cassette-s300, place: cassette-1.core, batch: P-001, fill: { liquid: transduced-cells, volume: 100 ml, temperature: 21 degC, lot: P-001 } }
`,
    grade,
  );
}

/** Violations other than those of the room's pressure and of the waiting cells. */
const found = ({ violations }: ModularTwin): readonly string[] =>
  violations
    .map(({ observer }) => observer)
    .filter((name) => name !== 'pressure-cascade-lost' && name !== 'shelf-life-exceeded');

describe('observers of sterile connections', () => {
  it.each(['C', 'D'])('a closed connection in grade %s breaks no rule', (grade) => {
    const bench = plant(grade);
    expect(bench.run('link', 'connect')).toBe('completed');
    expect(bench.run('link', 'disconnect')).toBe('completed');
    expect(found(bench)).toEqual([]);
  });

  it('a leak is reported where the room is worse than grade A, once it is open', () => {
    const bench = plant('C');
    bench.fault('link', 'leak', true);
    bench.run('link', 'connect');
    expect(found(bench)).toEqual([]);
    bench.run('link', 'open');
    expect(found(bench)).toEqual(['leaking-coupling', 'unsterile-coupling']);
    expect(bench.violations.find(({ observer }) => observer === 'leaking-coupling')).toMatchObject({
      place: 'hall',
      batch: 'P-001',
      cause: 'cassette-1.core is open to link, which leaks 2.0 % in grade C; close it',
    });
  });

  it('a leak in grade A is no breach of its own', () => {
    const bench = plant('A');
    bench.run('link', 'connect');
    bench.fault('link', 'leak', true);
    bench.advance(1);
    expect(found(bench)).toEqual([]);
  });

  it('opening without sterilisation or without leak test is reported', () => {
    for (const step of ['sterilise', 'leakTest']) {
      const bench = plant('C');
      for (const name of ['couple', 'seal', step]) bench.run('link', name);
      expect(found(bench)).toEqual([]);
      bench.run('link', 'open');
      expect(found(bench)).toEqual(['unsterile-coupling']);
    }
  });

  it('ports and heads used too often are reported', () => {
    const worn = plant('C', 'maximumUses: 2');
    const used = plant('C', '', 'maximumUses: 2');
    for (const bench of [worn, used]) {
      for (let use = 1; use <= 3; use++) {
        expect(found(bench)).toEqual([]);
        bench.run('link', 'couple');
        bench.run('link', 'decouple');
      }
      expect(found(bench)).toEqual(['connector-overused']);
    }
    expect(worn.violations.at(-1)?.cause).toMatch(
      /cassette-1: liquidIn was coupled 3 times, allowed are 2/,
    );
    expect(used.violations.at(-1)?.cause).toMatch(/link: head was coupled 3 times, allowed are 2/);
  });
});

describe('identity of cassettes', () => {
  it('material without a label is reported, waste of a released cassette is not', () => {
    const bench = plant('C');
    expect(found(bench)).toEqual([]);
    bench.give('cassette-1', 'release');
    bench.advance(1);
    expect(found(bench)).toEqual([]);
    const unlabelled = plant('C');
    const { plant: graph } = unlabelled.twin;
    graph.setBatch(graph.vessel('cassette-1.core'), '');
    unlabelled.twin.advanceTo(unlabelled.twin.now + 1);
    unlabelled.give('cassette-1', 'closeSamplingValve');
    expect(found(unlabelled)).toEqual(['identity']);
  });
});
