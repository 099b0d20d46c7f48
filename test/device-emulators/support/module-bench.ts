import { expect } from 'vitest';
import { liquid } from '../../../src/bio-models/liquids.ts';
import { CONSERVED } from '../../../src/bio-models/species.ts';
import type { PortSet } from '../../../src/device-emulators/definition/coupling.ts';
import type { AnyDeviceDefinition } from '../../../src/device-emulators/definition/device.ts';
import { benchDevice, type DeviceBench } from './device-bench.ts';

/** Contents of the cassette at `transfer`. */
export interface CassetteFill {
  readonly kind?: string;
  readonly batch?: string;
  readonly amounts?: Float64Array;
}

/** Pours a liquid into a vessel of the bench. */
export function pour(bench: DeviceBench, vessel: string, name: string, ml: number): void {
  bench.plant.port.deposit(vessel, {
    portions: [{ lot: name, amounts: liquid(name, ml * 1e-6) }],
    temperature: 294.15,
  });
}

/** Couples the cassette, or opens, shuts and lets leak what is coupled. */
export function couple(
  bench: DeviceBench,
  ports: PortSet,
  { open = true, leak = 0 }: { readonly open?: boolean; readonly leak?: number } = {},
): void {
  bench.plant.port.setCoupling('transfer', {
    connector: 'connector-1',
    vessel: 'cassette',
    ports,
    open,
    sterile: true,
    leak,
  });
}

/**
 * A module on the bench with tanks of medium and buffer, a drain, gas, and an open coupling to a
 * cassette of patient P-001.
 */
export function benchModule(
  definition: AnyDeviceDefinition,
  {
    cassette = {},
    ports = 'process',
    config = {},
    seed = 1,
  }: {
    readonly cassette?: CassetteFill;
    readonly ports?: PortSet;
    readonly config?: Readonly<Record<string, unknown>>;
    readonly seed?: number;
  } = {},
): DeviceBench {
  const bench = benchDevice(definition, config, seed);
  const { plant } = bench;
  for (const name of ['medium', 'buffer', 'drain'] as const) {
    plant.addVessel({ id: `${name}.tank`, kind: 'tank-200l' });
    plant.supplies.set(name, { source: `${name}.tank`, open: true });
  }
  plant.supplies.set('gas', { source: '', open: true });
  pour(bench, 'medium.tank', 'expansion-medium', 50_000);
  pour(bench, 'buffer.tank', 'wash-buffer', 50_000);
  plant.addVessel({
    id: 'cassette',
    kind: cassette.kind ?? 'cassette-s300',
    place: 'transfer',
    batch: cassette.batch ?? 'P-001',
    sealed: true,
    lot: 'P-001',
    ...(cassette.amounts === undefined ? {} : { fill: cassette.amounts }),
  });
  couple(bench, ports);
  return bench;
}

/** Milliliters in a vessel. */
export function ml(bench: DeviceBench, vessel: string): number {
  return bench.plant.port.volume(vessel) * 1e6;
}

/** Expects that nothing conserved was made or lost since `before`, but for what came from outside. */
export function expectConserved(bench: DeviceBench, before: Float64Array): void {
  const after = bench.plant.total();
  for (const { name, weights } of CONSERVED) {
    const weigh = (amounts: Float64Array): number =>
      Object.entries(weights).reduce((sum, [s, w]) => sum + w * (amounts[Number(s)] ?? 0), 0);
    const was = weigh(before);
    expect(Math.abs(weigh(after) - was), name).toBeLessThanOrEqual(1e-12 * Math.abs(was) + 1e-24);
  }
}
