import { describe, expect, it } from 'vitest';
import { airMonitor } from '../../src/device-emulators/devices/air-monitor/definition.ts';
import { lock } from '../../src/device-emulators/devices/lock/definition.ts';
import { FILL_NAMES } from '../../src/bio-models/starting-materials.ts';
import { microsFromSeconds } from '../../src/kernel/time.ts';
import type { PlantCommand } from '../../src/kernel/plant-contract.ts';
import { recoveryTime } from '../../src/physics/air/room-air.ts';
import { airlockDoors } from '../../src/twin/observers/airlock-doors.ts';
import type { Observer } from '../../src/twin/observers/observer.ts';
import { pressureCascade } from '../../src/twin/observers/pressure-cascade.ts';
import { createTwin } from '../../src/twin/create-twin.ts';
import { MassBalance } from '../../src/twin/mass-balance.ts';
import { loadScene } from '../../src/twin/scene/load-scene.ts';
import type { Twin } from '../../src/twin/twin.ts';
import { DOUBLING, SPECIES } from './support/test-plant.ts';

const YAML = `doppel: 1
name: two-rooms
title: A clean room, an aisle, and a lock between them
epoch: 2026-01-05T06:00:00Z
zones:
  clean: { title: Clean, grade: A, min: [0 m, 0 m, 0 m], max: [5 m, 3 m, 3 m], pressure: 45 Pa, temperature: 21 degC, humidity: 45 %, airChanges: 240 /h }
  aisle: { title: Aisle, grade: D, min: [0 m, -3 m, 0 m], max: [5 m, 0 m, 3 m], pressure: 30 Pa, temperature: 21 degC, humidity: 45 %, airChanges: 15 /h }
devices:
  lock: { type: lock, title: Lock, zone: clean, at: [1 m, 0.5 m, 0 m], config: { outside: aisle, decontamination: false } }
  air-clean: { type: air-monitor, title: Clean air, zone: clean, at: [2 m, 2 m, 1 m], config: { minimumPressure: 42 Pa } }
  air-aisle: { type: air-monitor, title: Aisle air, zone: aisle, at: [2 m, -2 m, 1 m] }
`;

function rooms(observers: readonly Observer[] = []): Twin {
  const loaded = loadScene(YAML, 'two-rooms.yaml', {
    definitions: new Map([lock, airMonitor].map((d) => [d.type, d])),
    liquids: new Set(FILL_NAMES),
  });
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  return createTwin({
    scene: loaded.scene,
    seed: 1,
    species: SPECIES,
    dynamics: DOUBLING,
    massBalance: new MassBalance([]),
    observers,
    fill: () => new Float64Array(3),
  });
}

function advance(twin: Twin, seconds: number): void {
  twin.advanceTo(twin.now + microsFromSeconds(seconds));
}

/** Gives a command of the lock and lets its door move. */
function move(twin: Twin, command: string): void {
  const plain: PlantCommand = {
    kind: 'invoke',
    client: 'test',
    sequence: 0,
    device: 'lock',
    command,
    parameters: {},
  };
  expect(twin.execute(plain).ok, command).toBe(true);
  advance(twin, 4);
}

const pressure = (twin: Twin, zone: string): number => twin.plant.air.at(zone, twin.now).pressure;
const fine = (twin: Twin): number => twin.plant.air.at('clean', twin.now).particles05;
const alarms = (twin: Twin): string[] => [...twin.runtime('air-clean').alarms.keys()];

/** Breaks the interlock: the machine of the lock would not. */
function forceDoors(twin: Twin, open: boolean): void {
  twin.plant.air.setDoor('lock.inner', open, twin.now);
  twin.plant.air.setDoor('lock.outer', open, twin.now);
}

describe('pressures', () => {
  it('are those of the scene while the doors are closed', () => {
    const twin = rooms();
    advance(twin, 100);
    expect(pressure(twin, 'clean')).toBeCloseTo(45, 6);
    expect(pressure(twin, 'aisle')).toBeCloseTo(30, 6);
  });

  it('fall a little when the chamber joins the clean room, and rise again', () => {
    const twin = rooms();
    move(twin, 'openInner');
    advance(twin, 10);
    expect(pressure(twin, 'clean')).toBeLessThan(44.99);
    expect(pressure(twin, 'clean')).toBeGreaterThan(44);
    expect(alarms(twin)).toEqual([]);
    move(twin, 'closeInner');
    advance(twin, 10);
    expect(pressure(twin, 'clean')).toBeCloseTo(45, 2);
  });

  it('level out within seconds when both doors are open; the alarm comes after its delay', () => {
    const twin = rooms();
    advance(twin, 60);
    forceDoors(twin, true);
    advance(twin, 5);
    const difference = pressure(twin, 'clean') - pressure(twin, 'aisle');
    expect(Math.abs(difference)).toBeLessThan(1);
    expect(pressure(twin, 'clean')).toBeLessThan(45);
    expect(alarms(twin)).toEqual([]);
    // Noise of 0.2 Pa.
    const shown = Number(twin.read('air-clean', 'pressure')?.value);
    expect(Math.abs(shown - pressure(twin, 'clean'))).toBeLessThan(1);
    advance(twin, 25);
    expect(alarms(twin)).toEqual(['pressureLow']);
    forceDoors(twin, false);
    advance(twin, 15);
    expect(pressure(twin, 'clean')).toBeCloseTo(45, 2);
    expect([...twin.runtime('air-clean').alarms.values()].map((a) => a.active)).toEqual([false]);
  });
});

describe('particles', () => {
  it('come in with the air of the aisle, raise the alarm, and are gone in the recovery time', () => {
    const twin = rooms();
    advance(twin, 600);
    const before = fine(twin);
    expect(before).toBeCloseTo(352, -1);
    move(twin, 'openOuter');
    advance(twin, 60);
    move(twin, 'closeOuter');
    move(twin, 'openInner');
    const dirty = fine(twin);
    expect(dirty).toBeGreaterThan(before + 100);
    const peak = Math.max(dirty, fine(twin));
    advance(twin, recoveryTime(240 / 3600) + 60);
    expect(fine(twin) - before).toBeLessThan((peak - before) / 50);
  });

  it('are measured by the monitor, which rests when nothing changes', () => {
    const twin = rooms();
    advance(twin, 600);
    expect(twin.nextEventTime).toBe(Number.POSITIVE_INFINITY);
    twin.plant.air.emit('clean', 1e6, twin.now);
    advance(twin, 6);
    expect(alarms(twin)).toEqual(['particlesHigh']);
    advance(twin, 54);
    expect(Number(twin.read('air-clean', 'particles05')?.value)).toBeCloseTo(fine(twin), -2);
    advance(twin, 600);
    expect([...twin.runtime('air-clean').alarms.values()].map((a) => a.active)).toEqual([false]);
    expect(twin.nextEventTime).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('fans that stand still', () => {
  const fail = (twin: Twin, active: boolean): void => {
    const fault = { kind: 'fault', device: 'air-clean', fault: 'fanFailure', active } as const;
    expect(twin.execute({ ...fault, client: 'test', sequence: 0 })).toMatchObject({ ok: true });
  };

  it('let the pressure go and particles come in, until they run again', () => {
    const twin = rooms([pressureCascade()]);
    advance(twin, 60);
    const before = twin.plant.air.at('clean', twin.now);
    fail(twin, true);
    advance(twin, 3600);
    const without = twin.plant.air.at('clean', twin.now);
    expect(before.pressure).toBeCloseTo(45, 1);
    expect(without.pressure).toBeLessThan(5);
    expect(without.particles05).toBeGreaterThan(1000 * Math.max(1, before.particles05));
    const alarms = twin.runtime('air-clean').alarms;
    expect(alarms.get('pressureLow')?.active).toBe(true);
    expect(alarms.get('particlesHigh')?.active).toBe(true);
    const types = twin.takeEvents().map(({ type }) => type);
    expect(types).toContain('observer.violation');
    const other = rooms([pressureCascade()]);
    other.restore(twin.save());
    fail(twin, false);
    fail(other, false);
    for (const one of [twin, other]) advance(one, 3600);
    expect(twin.plant.air.at('clean', twin.now).pressure).toBeCloseTo(45, 1);
    expect(alarms.get('particlesHigh')?.active).toBe(false);
    expect(other.stateHash()).toBe(twin.stateHash());
  });
});

describe('observers of the air', () => {
  const run = (act: (twin: Twin) => void): string[] => {
    const twin = rooms([airlockDoors(), pressureCascade()]);
    advance(twin, 60);
    act(twin);
    advance(twin, 60);
    return twin
      .takeEvents()
      .flatMap((e) =>
        e.type === 'observer.violation' ? [`${e.violation.observer}: ${e.violation.cause}`] : [],
      );
  };

  it('report both doors open and the lost cascade', () => {
    const found = run((twin) => {
      forceDoors(twin, true);
      move(twin, 'closeInner');
    });
    expect(found).toEqual([
      'both-doors-open: both doors of lock are open; its interlock does not hold',
      expect.stringMatching(/^pressure-cascade-lost: clean \(grade A\) is .* Pa above aisle/),
    ]);
  });

  it('say nothing while the lock is used as it should be', () => {
    const found = run((twin) => {
      for (const command of ['openOuter', 'closeOuter', 'openInner', 'closeInner']) {
        move(twin, command);
      }
    });
    expect(found).toEqual([]);
  });
});

describe('looking at the air', () => {
  it('changes nothing', () => {
    const run = (stride: number): string => {
      const twin = rooms([pressureCascade()]);
      const until = (seconds: number): void => {
        const end = microsFromSeconds(seconds);
        for (let t = twin.now + stride; t < end; t += stride) {
          twin.advanceTo(t);
          fine(twin);
          twin.read('air-clean', 'pressure');
        }
        twin.advanceTo(end);
      };
      until(10);
      move(twin, 'openOuter');
      until(100);
      move(twin, 'closeOuter');
      move(twin, 'openInner');
      until(400);
      return twin.stateHash();
    };
    expect(run(777_777)).toBe(run(1e9));
  });
});
