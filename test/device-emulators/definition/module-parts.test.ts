import { describe, expect, it } from 'vitest';
import { liquid } from '../../../src/bio-models/liquids.ts';
import { SPECIES_COUNT } from '../../../src/bio-models/species.ts';
import {
  needsDrain,
  needsFromSupply,
  needsOpenCoupling,
  needsRoom,
  needsVolume,
} from '../../../src/device-emulators/definition/module-checks.ts';
import {
  CONNECTOR,
  lamp,
  MODULE_SIZE,
  MODULE_SOLIDS,
  moduleRead,
  TRANSFER,
} from '../../../src/device-emulators/definition/module-frame.ts';
import {
  divideParcel,
  giveToCassette,
  takeFromCassette,
  volumeOf,
} from '../../../src/device-emulators/definition/module-liquids.ts';
import { volumeOf as contentsVolume } from '../../../src/physics/fluids/contents.ts';
import type { Pose } from '../../../src/kernel/pose.ts';
import { VESSEL_KINDS } from '../../../src/twin/vessel-kinds.data.ts';
import { createMemoryPlant } from '../support/memory-plant.ts';

function bench() {
  const plant = createMemoryPlant('module');
  plant.places.set('module.transfer', { open: true });
  plant.addVessel({
    id: 'cassette.core',
    kind: 'cassette-s300',
    place: 'transfer',
    fill: liquid('transduced-cells', 200e-6),
    lot: 'P-001',
  });
  plant.addVessel({ id: 'tank', kind: 'tank-200l', fill: liquid('wash-buffer', 1e-3) });
  plant.addVessel({ id: 'drain', kind: 'reservoir', fill: liquid('wash-buffer', 1.9e-3) });
  return { plant, reader: { id: 'module', plant: plant.port, machineState: 'idle' } };
}

function couple(plant: ReturnType<typeof bench>['plant'], leak: number, open = true): void {
  plant.port.setCoupling('transfer', {
    connector: 'connector',
    vessel: 'cassette.core',
    ports: 'process',
    open,
    sterile: true,
    leak,
  });
}

/** Extent of a vessel that stands in a place, and of a solid box: lowest and highest corner [m]. */
type Corners = readonly [low: readonly number[], high: readonly number[]];

function standing({ position }: Pose, kind: string): Corners {
  const { radius, depth = 0, height } = VESSEL_KINDS[kind] ?? { radius: 0, height: 0 };
  const [x, y, z] = position;
  return [
    [x - radius, y - depth / 2, z],
    [x + radius, y + depth / 2, z + height],
  ];
}

function boxes(): Corners[] {
  return MODULE_SOLIDS.flatMap(({ shape, pose: { position } }) => {
    if (shape.kind !== 'box') return [];
    const { halfExtents } = shape;
    return [
      [
        position.map((p, i) => p - (halfExtents[i] ?? 0)),
        position.map((p, i) => p + (halfExtents[i] ?? 0)),
      ],
    ];
  });
}

const overlap = ([a, b]: Corners, [c, d]: Corners): boolean =>
  a.every((low, i) => low < (d[i] ?? 0) - 1e-9 && (c[i] ?? 0) < (b[i] ?? 0) - 1e-9);

describe('the format of modules', () => {
  it('leaves the cassette free above and to the front', () => {
    const [low, high] = standing(TRANSFER.pose, 'cassette-s1000');
    expect(boxes().some((box) => overlap(box, [low, [high[0] ?? 0, high[1] ?? 0, 2]]))).toBe(false);
    expect(low[1]).toBeGreaterThan(-MODULE_SIZE[1] / 2);
    expect(high[0]).toBeLessThan(MODULE_SIZE[0] / 2);
  });

  it('has the connector in its tower', () => {
    const head = standing(CONNECTOR.pose, 'connector');
    expect(boxes().filter((box) => overlap(box, head))).toHaveLength(1);
    expect(head[1][2]).toBeLessThan(MODULE_SIZE[2]);
  });
});

describe('what modules check', () => {
  it('asks for a cassette, a connection of the right ports, and an open one', () => {
    const { plant, reader } = bench();
    expect(needsOpenCoupling(reader, 'process')?.message).toMatch(/module.transfer is free/);
    couple(plant, 0, false);
    expect(needsOpenCoupling(reader, 'process')?.message).toMatch(/shut/);
    couple(plant, 0);
    expect(needsOpenCoupling(reader, 'process')).toBeUndefined();
    expect(needsOpenCoupling(reader, ['sample', 'process'])).toBeUndefined();
    expect(needsOpenCoupling(reader, 'sample')?.code).toBe('NOT_CONNECTED');
    plant.port.takeOut('cassette.core');
    expect(needsOpenCoupling(reader, 'process')?.code).toBe('NO_VESSEL');
  });

  it('asks for supplies that are there, open, and have enough to give or take', () => {
    const { plant, reader } = bench();
    expect(needsFromSupply(reader, 'buffer', 1e-6)?.message).toMatch(/no buffer is laid/);
    plant.supplies.set('buffer', { source: 'tank', open: false });
    expect(needsFromSupply(reader, 'buffer', 1e-6)?.message).toMatch(/shut/);
    plant.supplies.set('buffer', { source: 'tank', open: true });
    expect(needsFromSupply(reader, 'buffer', 0.9e-3)).toBeUndefined();
    expect(needsFromSupply(reader, 'buffer', 2e-3)?.code).toBe('INSUFFICIENT_VOLUME');
    plant.supplies.set('drain', { source: 'drain', open: true });
    expect(needsDrain(reader, 90e-6)).toBeUndefined();
    expect(needsDrain(reader, 200e-6)?.code).toBe('OVERFLOW');
    plant.supplies.set('gas', { source: '', open: true });
    expect(needsFromSupply(reader, 'gas', 1)).toBeUndefined();
  });

  it('allows to fill to the brim and to empty to the last drop, rounding included', () => {
    const { reader } = bench();
    expect(needsRoom(reader, 'cassette.core', 100e-6 + 1e-12)).toBeUndefined();
    expect(needsRoom(reader, 'cassette.core', 101e-6)?.code).toBe('OVERFLOW');
    expect(needsVolume(reader, 'cassette.core', 200e-6 + 1e-12)).toBeUndefined();
    expect(needsVolume(reader, 'cassette.core', 201e-6)?.code).toBe('INSUFFICIENT_VOLUME');
    expect(needsVolume(reader, 'nothing', 0)?.code).toBe('NO_VESSEL');
  });
});

describe('what modules move through a connection', () => {
  it('parts a parcel so that both parts together are all of it', () => {
    const parcel = { portions: [{ lot: 'a', amounts: liquid('vector', 1e-6) }], temperature: 300 };
    const [taken, rest] = divideParcel(parcel, 0.3);
    expect(volumeOf(taken)).toBeCloseTo(0.3e-6, 18);
    for (let s = 0; s < SPECIES_COUNT; s++) {
      const whole = parcel.portions[0]?.amounts[s] ?? 0;
      const sum = (taken.portions[0]?.amounts[s] ?? 0) + (rest.portions[0]?.amounts[s] ?? 0);
      expect(Math.abs(sum - whole)).toBeLessThanOrEqual(1e-15 * whole);
    }
  });

  it('arrives in full through a tight one', () => {
    const { plant } = bench();
    couple(plant, 0);
    giveToCassette(plant.port, 'transfer', takeFromCassette(plant.port, 'transfer', 50e-6));
    expect(plant.port.volume('cassette.core')).toBeCloseTo(200e-6, 12);
    expect(contentsVolume(plant.spilled.lots)).toBe(0);
  });

  it('loses its share through a leak, both ways', () => {
    const { plant } = bench();
    couple(plant, 0.1);
    expect(volumeOf(takeFromCassette(plant.port, 'transfer', 50e-6))).toBeCloseTo(45e-6, 12);
    const parcel = { portions: [{ lot: 'b', amounts: liquid('vector', 10e-6) }], temperature: 300 };
    giveToCassette(plant.port, 'transfer', parcel);
    expect(plant.port.volume('cassette.core')).toBeCloseTo(159e-6, 12);
    expect(contentsVolume(plant.spilled.lots)).toBeCloseTo(6e-6, 12);
  });
});

describe('what modules show', () => {
  it('tells of the cassette, its coupling, its dock and its lamp', () => {
    const { plant, reader } = bench();
    expect(moduleRead.occupant(reader)).toBe('cassette.core');
    expect(moduleRead.coupled(reader)).toBe(false);
    couple(plant, 0, false);
    expect(moduleRead.coupled(reader)).toBe(true);
    plant.location = 'rack.dock1';
    expect(moduleRead.location(reader)).toBe('rack.dock1');
    expect(lamp(reader)).toBe(1);
    expect(lamp({ ...reader, machineState: 'washing' })).toBe(2);
    expect(lamp({ ...reader, machineState: 'broken' })).toBe(3);
    plant.powered = false;
    expect(lamp(reader)).toBe(0);
  });
});
