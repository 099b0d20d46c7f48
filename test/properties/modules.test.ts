import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE } from '../../src/kernel/time.ts';
import { openStream } from '../../src/kernel/random.ts';
import type { PlantCommand } from '../../src/kernel/plant-contract.ts';
import type { Twin } from '../../src/twin/twin.ts';
import { join, MODULES, moduleLab } from '../device-emulators/support/module-lab.ts';
import { commandOf } from './support/random-commands.ts';

const SEED = 20_261_126;
const RUNS = 8;
const STEPS = 250;

const PORTS = { measuring: 'sample', fill: 'product', transduction: 'perfusion' } as const;
const FAULTS = ['breakdown', 'airInLine', 'weakField', 'imbalance', 'arcing', 'gasBlocked'];

/** Every module with a cassette of a patient of its own. */
function lab(): Twin {
  const cassettes = MODULES.flatMap((name, i) => {
    const [batch, lot] = [`batch: P-00${i}`, `lot: P-00${i}`];
    const fill = `fill: { liquid: transduced-cells, volume: 80 ml, temperature: 21 degC, ${lot} }`;
    if (name === 'freezer') {
      return [`  frozen: { kind: product-bag, place: freezer.bag, ${batch}, ${fill} }`];
    }
    return [`  in-${name}: { kind: cassette-s300, place: ${name}.transfer, ${batch}, ${fill} }`];
  });
  const bag =
    '  bag: { kind: cryobag, place: thaw.bag, batch: P-000, fill: { liquid: apheresis, volume: 100 ml, temperature: -80 degC, lot: P-000 } }';
  const plant = moduleLab([...cassettes, bag].join('\n'));
  plant.twin.plant.setSamplingValve('in-measuring', true);
  for (const name of MODULES) joinAs(plant.twin, name, true);
  return plant.twin;
}

function joinAs(twin: Twin, name: (typeof MODULES)[number], open: boolean): void {
  if (name === 'freezer') return;
  const ports = name in PORTS ? PORTS[name as keyof typeof PORTS] : 'process';
  join({ twin } as Parameters<typeof join>[0], name, ports, open);
}

/** Commands of all kinds at random times, faults and shut couplings among them. */
function play(twin: Twin, seed: number): number {
  const stream = openStream(seed, 'test', 'modules');
  const devices = MODULES.map((name) => twin.runtime(name));
  // Commands go to modules only, whatever else there is.
  const modules = { devices: new Map(devices.map((d) => [d.id, d])), plant: twin.plant } as Twin;
  let accepted = 0;
  for (let step = 0; step < STEPS; step++) {
    twin.advanceTo(twin.now + Math.floor(4 * MICROS_PER_MINUTE * stream.uniform() ** 2));
    const name = MODULES[Math.floor(MODULES.length * stream.uniform())] ?? 'thaw';
    const kind = stream.uniform();
    if (kind < 0.05) joinAs(twin, name, stream.uniform() < 0.7);
    else if (kind < 0.12) {
      const fault = FAULTS[Math.floor(FAULTS.length * stream.uniform())] ?? 'breakdown';
      const active = stream.uniform() < 0.4;
      twin.execute({ kind: 'fault', client: 't', sequence: step, device: name, fault, active });
    } else {
      const draw = {
        at: 0,
        pick: Math.floor(1e6 * stream.uniform()),
        values: Array.from({ length: 6 }, () => stream.uniform()),
      };
      if (twin.execute(commandOf(modules, draw, step)).ok) accepted += 1;
    }
  }
  return accepted;
}

function settle(twin: Twin): void {
  const tell = (device: string, command: Partial<PlantCommand>): void => {
    twin.execute({ client: 't', sequence: 0, device, ...command } as PlantCommand);
  };
  for (const device of MODULES) {
    for (const fault of FAULTS) tell(device, { kind: 'fault', fault, active: false });
    tell(device, { kind: 'invoke', command: 'abort', parameters: {} });
  }
  twin.advanceTo(twin.now + MICROS_PER_HOUR);
}

describe(`process modules under random commands and faults (seed ${SEED})`, () => {
  it('lose nothing, mix no patients, and come to rest', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const twin = lab();
        accepted += play(twin, seed);
        settle(twin);
        expect(twin.massBalance.worst(twin.plant, twin.now).relativeError).toBeLessThan(1e-9);
        const violated = twin
          .takeEvents()
          .flatMap((e) => (e.type === 'observer.violation' ? [e.violation.observer] : []));
        for (const observer of ['batch-mixing', 'chain-of-identity', 'mass-imbalance']) {
          expect(violated).not.toContain(observer);
        }
        for (const name of MODULES) {
          expect(twin.runtime(name).stateName, name).toBe('idle');
          expect(twin.plant.state.places.get(`${name}.transfer`)?.open ?? true, name).toBe(true);
        }
      }),
      { seed: SEED, numRuns: RUNS },
    );
    expect(accepted).toBeGreaterThan(60 * RUNS);
  });
});
