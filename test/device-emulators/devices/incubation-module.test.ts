import { describe, expect, it } from 'vitest';
import {
  concentration,
  dissolvedOxygen,
  equilibriumCo2,
  livingCells,
} from '../../../src/bio-models/readouts.ts';
import { S } from '../../../src/bio-models/species.ts';
import { modularTwin, type ModularTwin } from '../support/modular-twin.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** An incubator with a connector of eight heads, two filled cassettes, and its supplies. */
function plant(config = '', medium = '100000 ml'): ModularTwin {
  return modularTwin(`devices:
  rack-1: { type: module-rack, title: Rack, zone: hall, at: [5 m, 5 m, 0 m], config: { columns: 6 } }
  incubator: { type: incubation-module, title: Incubator, in: rack-1.dock1, config: { ${config} } }
  link: { type: sterile-connector, title: Link, in: incubator.connector, config: { heads: 8 } }
  cassette-1: { type: cell-cassette, title: One, in: incubator.transfer }
  spare: { type: plain-module, title: Spare, in: rack-1.dock2 }
  cassette-2: { type: cell-cassette, title: Two, in: spare.transfer }
  media: { type: media-supply-module, title: Media, in: rack-1.dock3 }
  gas: { type: gas-supply-module, title: Gas, in: rack-1.dock4 }
  waste: { type: waste-module, title: Waste, in: rack-1.dock5 }
vessels:
  cells-1: { kind: cassette-s300, place: cassette-1.core, batch: P-001, fill: { liquid: transduced-cells, volume: 200 ml, temperature: 21 degC, lot: P-001 } }
  cells-2: { kind: cassette-s300, place: cassette-2.core, batch: P-002, fill: { liquid: transduced-cells, volume: 200 ml, temperature: 21 degC, lot: P-002 } }
  medium: { kind: tank-200l, place: media.tank, fill: { liquid: expansion-medium, volume: ${medium}, temperature: 21 degC, lot: MED } }
supplies:
  medium: { title: Medium, carries: medium, from: media.tank, to: [rack-1], bore: 8 mm }
  drain: { title: Drain, carries: drain, from: waste.drain, to: [rack-1], bore: 8 mm }
  gas: { title: Gas, carries: gas, from: gas, to: [rack-1], bore: 8 mm }
`);
}

/** The same with cassette 1 in slot 3, connected for perfusion. */
function connected(config = '', medium?: string): ModularTwin {
  const bench = plant(config, medium);
  expect(bench.run('incubator', 'store', { slot: 3 })).toBe('completed');
  expect(bench.run('link', 'connect', { head: 3, ports: 'perfusion' })).toBe('completed');
  return bench;
}

const temperatureOf = ({ twin }: ModularTwin, vessel = 'cassette-1.core'): number =>
  twin.plant.project(
    twin.plant.vessel(vessel),
    twin.now,
    new Float64Array(twin.plant.speciesCount),
  ) - 273.15;
const environment = ({ twin }: ModularTwin, vessel = 'cassette-1.core') =>
  twin.plant.environmentOf(twin.plant.vessel(vessel));
const slots = (bench: ModularTwin): string[] => String(bench.read('incubator', 'slots')).split(',');
const given = (bench: ModularTwin): number => Number(bench.read('incubator', 'mediumGiven'));
const height = ({ twin }: ModularTwin): number =>
  twin.plant.locations.vesselPose(twin.plant.vessel('cassette-1.core')).position[2];

describe('lift of the incubator', () => {
  it('takes cassettes into slots and out again, and carries them on its way', () => {
    const bench = plant();
    const top = height(bench);
    expect(bench.give('incubator', 'store', { slot: 3 })).toBe('');
    expect(bench.twin.plant.state.places.get('incubator.transfer')?.open).toBe(false);
    bench.advance(10);
    expect(height(bench)).toBeCloseTo(top, 6);
    bench.advance(10);
    const below = height(bench);
    expect(below).toBeLessThan(top);
    bench.advance(5);
    expect(height(bench)).toBeLessThan(below);
    expect(bench.read('incubator', 'operationState')).toBe('completed');
    expect(slots(bench)).toEqual(['', '', 'cassette-1.core', '', '', '', '', '']);
    expect(bench.read('cassette-1', 'location')).toBe('incubator.slot3');
    expect(bench.twin.plant.state.places.get('incubator.transfer')?.open).toBe(true);
    expect(bench.run('incubator', 'retrieve', { slot: 3 })).toBe('completed');
    expect(bench.read('incubator', 'occupant')).toBe('cassette-1.core');
    expect(height(bench)).toBeCloseTo(top, 9);
  });

  it('goes back when it is aborted', () => {
    const bench = plant();
    bench.give('incubator', 'store', { slot: 1 });
    bench.advance(20);
    expect(bench.give('incubator', 'abort')).toBe('');
    expect(bench.give('incubator', 'store', { slot: 1 })).toBe('WRONG_STATE');
    bench.advance(25);
    expect(bench.read('incubator', 'occupant')).toBe('cassette-1.core');
    expect(bench.run('incubator', 'store', { slot: 1 })).toBe('completed');
  });

  it('refuses what is not there, taken or coupled', () => {
    const bench = connected();
    expect(bench.give('incubator', 'store', { slot: 1 })).toBe('NO_VESSEL');
    expect(bench.give('incubator', 'retrieve', { slot: 1 })).toBe('NO_VESSEL');
    expect(bench.give('incubator', 'retrieve', { slot: 3 })).toBe('INTERLOCK');
    bench.move('cassette-2.core', 'incubator.transfer');
    expect(bench.give('incubator', 'store', { slot: 3 })).toBe('PLACE_OCCUPIED');
    bench.run('link', 'disconnect', { head: 3 });
    expect(bench.give('incubator', 'retrieve', { slot: 3 })).toBe('PLACE_OCCUPIED');
  });

  it('stands still in a breakdown until a hand takes the cassette out, or it is repaired', () => {
    const bench = plant();
    bench.give('incubator', 'store', { slot: 4 });
    bench.advance(20);
    bench.fault('incubator', 'breakdown', true);
    const stuck = height(bench);
    bench.advance(600);
    expect(height(bench)).toBe(stuck);
    expect(bench.give('incubator', 'releaseManually', { slot: 2 })).toBe('INTERLOCK');
    expect(bench.run('incubator', 'releaseManually', { slot: 4 })).toBe('completed');
    expect(bench.read('incubator', 'occupant')).toBe('cassette-1.core');
    bench.fault('incubator', 'breakdown', false);
    expect(bench.read('incubator', 'state')).toBe('idle');
    bench.give('incubator', 'store', { slot: 4 });
    bench.advance(20);
    bench.fault('incubator', 'breakdown', true);
    bench.fault('incubator', 'breakdown', false);
    bench.advance(25);
    expect(bench.read('incubator', 'occupant')).toBe('cassette-1.core');
  });

  it('gives cassettes out by hand when it is broken', () => {
    const bench = connected();
    bench.fault('incubator', 'breakdown', true);
    expect(bench.give('incubator', 'retrieve', { slot: 3 })).toBe('DEVICE_ERROR');
    expect(bench.give('incubator', 'releaseManually', { slot: 3 })).toBe('INTERLOCK');
    expect(bench.run('link', 'disconnect', { head: 3 })).toBe('completed');
    expect(bench.run('incubator', 'releaseManually', { slot: 3 })).toBe('completed');
    expect(bench.read('incubator', 'occupant')).toBe('cassette-1.core');
  });
});

describe('climate of the incubator', () => {
  it('warms what it holds; outside a cassette cools by its shell', () => {
    const bench = plant();
    bench.run('incubator', 'store', { slot: 3 });
    bench.advance(3 * HOUR);
    expect(temperatureOf(bench)).toBeCloseTo(37, 1);
    bench.run('incubator', 'retrieve', { slot: 3 });
    const tau = (200e-6 * 4.15e6) / 1.5;
    const warm = temperatureOf(bench);
    bench.advance(600);
    expect(temperatureOf(bench)).toBeCloseTo(21 + (warm - 21) * Math.exp(-600 / tau), 6);
  });

  it('follows its set-points', () => {
    const bench = connected();
    expect(bench.give('incubator', 'incubate', { slot: 3 })).toBe('');
    expect(bench.write('incubator', 'temperatureSetpoint', 33)).toBe(true);
    expect(bench.write('incubator', 'co2Setpoint', 8)).toBe(true);
    bench.advance(4 * HOUR);
    expect(temperatureOf(bench)).toBeCloseTo(33, 1);
    expect(bench.read('incubator', 'temperature')).toBeCloseTo(33, 0);
    expect(bench.read('incubator', 'co2')).toBeCloseTo(8, 0);
    expect(environment(bench).gas).toMatchObject({ co2Fraction: 0.08, oxygenFraction: 0.2 });
  });

  it('gives gas through an open perfusion coupling only', () => {
    const bench = plant();
    bench.run('incubator', 'store', { slot: 3 });
    expect(bench.give('incubator', 'incubate', { slot: 3 })).toBe('NOT_CONNECTED');
    bench.run('link', 'connect', { head: 3, ports: 'process' });
    expect(bench.give('incubator', 'incubate', { slot: 3 })).toBe('NOT_CONNECTED');
    bench.run('link', 'disconnect', { head: 3 });
    bench.run('link', 'connect', { head: 3, ports: 'perfusion' });
    expect(bench.give('incubator', 'incubate', { slot: 3, agitation: 20 })).toBe('');
    expect(environment(bench).gas).toMatchObject({
      kLa: expect.closeTo(8 / HOUR, 12) as number,
      oxygenFraction: 0.2,
      co2Fraction: 0.05,
    });
    bench.advance(6 * HOUR);
    const amounts = bench.amounts('cassette-1.core');
    expect(equilibriumCo2(amounts)).toBeCloseTo(0.05, 2);
    expect(dissolvedOxygen(amounts)).toBeGreaterThan(0.5);
    bench.run('link', 'close', { head: 3 });
    expect(environment(bench).gas).toBeUndefined();
    expect(bench.alarms('incubator')).toEqual(['notCoupled']);
    bench.run('link', 'open', { head: 3 });
    expect(environment(bench).gas).toBeDefined();
    expect(bench.alarms('incubator')).toEqual([]);
    bench.give('incubator', 'stop', { slot: 3 });
    expect(environment(bench).gas).toBeUndefined();
    expect(environment(bench).ambientTemperature).toBeCloseTo(310.15, 9);
  });

  it('lets cultures starve of oxygen when the gas supply fails', () => {
    const bench = connected();
    bench.give('incubator', 'incubate', { slot: 3 });
    bench.advance(6 * HOUR);
    bench.fault('gas', 'breakdown', true);
    expect(bench.alarms('incubator')).toEqual(['gasMissing']);
    bench.advance(6 * HOUR);
    expect(dissolvedOxygen(bench.amounts('cassette-1.core'))).toBeLessThan(0.05);
    expect(bench.read('incubator', 'co2')).toBeLessThan(0.3);
    bench.fault('gas', 'breakdown', false);
    expect(bench.alarms('incubator')).toEqual([]);
    bench.advance(6 * HOUR);
    expect(dissolvedOxygen(bench.amounts('cassette-1.core'))).toBeGreaterThan(0.5);
  });

  it('gets cold without gas in a breakdown, and goes on afterwards', () => {
    const bench = connected();
    bench.give('incubator', 'incubate', { slot: 3 });
    bench.give('incubator', 'setPerfusion', { slot: 3, rate: 1 });
    bench.advance(5 * HOUR);
    const before = given(bench);
    expect(before).toBeGreaterThan(0);
    bench.fault('incubator', 'breakdown', true);
    expect(environment(bench).gas).toBeUndefined();
    bench.advance(12 * HOUR);
    expect(temperatureOf(bench)).toBeLessThan(22);
    expect(bench.read('incubator', 'temperature')).toBeLessThan(25);
    expect(given(bench)).toBe(before);
    bench.fault('incubator', 'breakdown', false);
    bench.advance(5 * HOUR);
    expect(temperatureOf(bench)).toBeCloseTo(37, 0);
    expect(environment(bench).gas).toBeDefined();
    expect(given(bench)).toBeGreaterThan(before);
  });
});

describe('perfusion of the incubator', () => {
  it('comes in pulses that keep the cells, dilute the rest, and lose nothing', () => {
    const bench = connected('pulseInterval: 6 h');
    bench.give('incubator', 'incubate', { slot: 3 });
    expect(bench.give('incubator', 'setPerfusion', { slot: 3, rate: 1 })).toBe('');
    bench.advance(6 * HOUR - 1);
    expect(given(bench)).toBe(0);
    const before = bench.amounts('cassette-1.core');
    bench.advance(1);
    const after = bench.amounts('cassette-1.core');
    // A quarter of the volume in parts of an eighth: what is dissolved and not fed becomes (7/8)^2 of it.
    expect(given(bench)).toBeCloseTo(50, 6);
    expect(bench.volume('cassette-1.core')).toBeCloseTo(200e-6, 12);
    expect((after[S.lactate] ?? 0) / (before[S.lactate] ?? 0)).toBeCloseTo(0.875 ** 2, 3);
    expect(livingCells(after) / livingCells(before)).toBeCloseTo(1, 4);
    expect(after[S.glucose] ?? 0).toBeGreaterThan(before[S.glucose] ?? 0);
    expect(bench.volume('waste.drain')).toBeCloseTo(50e-6, 12);
    expect(bench.imbalance()).toBeLessThan(1e-12);
    bench.advance(3 * DAY);
    expect(given(bench)).toBeCloseTo(50 * 13, 3);
    expect(bench.imbalance()).toBeLessThan(1e-9);
  });

  it('schedules nothing but its pulses', () => {
    const bench = connected();
    bench.give('incubator', 'incubate', { slot: 3 });
    bench.give('incubator', 'setPerfusion', { slot: 3, rate: 1 });
    const { twin } = bench;
    const end = twin.now + 2 * DAY * 1e6;
    let events = 0;
    for (; twin.nextEventTime <= end; events++) twin.advanceTo(twin.nextEventTime);
    // Twelve pulses, and what observers look at by the clock.
    const quiet = plant();
    const quietEnd = quiet.twin.now + 2 * DAY * 1e6;
    let others = 0;
    for (; quiet.twin.nextEventTime <= quietEnd; others++) {
      quiet.twin.advanceTo(quiet.twin.nextEventTime);
    }
    expect(events - others).toBeLessThanOrEqual(12);
  });

  it('ends with a rate of zero, and begins anew', () => {
    const bench = connected();
    bench.give('incubator', 'setPerfusion', { slot: 3, rate: 1 });
    bench.advance(HOUR);
    bench.give('incubator', 'setPerfusion', { slot: 3, rate: 0 });
    bench.advance(DAY);
    expect(given(bench)).toBe(0);
    bench.give('incubator', 'setPerfusion', { slot: 3, rate: 3 });
    bench.advance(4 * HOUR);
    expect(given(bench)).toBeCloseTo(100, 6);
    expect(JSON.parse(String(bench.read('incubator', 'slotStates')))[2]).toEqual({
      slot: 3,
      vessel: 'cassette-1.core',
      incubating: false,
      agitation: 0,
      rate: 3,
    });
  });

  it('gives what there is when medium fails, and tells of it', () => {
    const bench = connected('', '40 ml');
    bench.give('incubator', 'setPerfusion', { slot: 3, rate: 1.5 });
    bench.advance(4 * HOUR);
    expect(given(bench)).toBeCloseTo(40, 6);
    expect(bench.alarms('incubator')).toEqual(['mediumMissing']);
    expect(bench.volume('cassette-1.core')).toBeCloseTo(200e-6, 12);
    expect(bench.run('media', 'replaceTank', { tank: 'tank', volume: 10 })).toBe('completed');
    bench.advance(4 * HOUR);
    expect(bench.alarms('incubator')).toEqual([]);
    bench.fault('media', 'pumpFailure', true);
    expect(bench.give('incubator', 'setPerfusion', { slot: 3, rate: 1 })).toBe('NOT_CONNECTED');
    bench.advance(4 * HOUR);
    expect(bench.alarms('incubator')).toEqual(['mediumMissing']);
    expect(given(bench)).toBeCloseTo(90, 6);
    expect(bench.imbalance()).toBeLessThan(1e-12);
  });

  it('leaves pulses out when the drain is full', () => {
    const bench = connected();
    bench.twin.goods.fill(
      'waste.drain',
      { liquid: 'wash-buffer', volume: 0.19999, temperature: 294, lot: 'W' },
      bench.twin.now,
    );
    bench.give('incubator', 'setPerfusion', { slot: 3, rate: 1 });
    bench.advance(4 * HOUR);
    expect(bench.alarms('incubator')).toEqual(['drainFull']);
    expect(given(bench)).toBe(0);
    expect(bench.run('waste', 'empty')).toBe('completed');
    bench.advance(4 * HOUR);
    expect(bench.alarms('incubator')).toEqual([]);
    expect(given(bench)).toBeGreaterThan(0);
  });

  it('loses its share through a leaking connection', () => {
    const bench = connected();
    bench.give('incubator', 'setPerfusion', { slot: 3, rate: 3 });
    bench.fault('link', 'leak', true);
    bench.advance(4 * HOUR);
    const spilled = bench.twin.plant.state.spills.get('hall')?.lots ?? [];
    const lost = spilled.reduce((sum, { amounts }) => sum + (amounts[S.volume] ?? 0), 0);
    // 100 mL go out and 100 mL come in, 2 % of both get lost.
    expect(lost).toBeCloseTo(4e-6, 7);
    expect(bench.volume('cassette-1.core')).toBeCloseTo(198e-6, 7);
    expect(bench.imbalance()).toBeLessThan(1e-12);
  });
});

describe('pump of the incubator', () => {
  it('feeds and exchanges', () => {
    const bench = connected();
    const since = bench.twin.now;
    expect(bench.run('incubator', 'feed', { slot: 3, volume: 50 })).toBe('completed');
    expect((bench.twin.now - since) / 1e6).toBeCloseTo(60, 6);
    expect(bench.volume('cassette-1.core')).toBeCloseTo(250e-6, 12);
    expect(bench.twin.runtime('incubator').operation.result).toEqual({ moved: 50, volume: 250 });
    const cells = livingCells(bench.amounts('cassette-1.core'));
    const vector = concentration(bench.amounts('cassette-1.core'), S.vector);
    expect(bench.run('incubator', 'exchange', { slot: 3, volume: 250 })).toBe('completed');
    expect(bench.volume('cassette-1.core')).toBeCloseTo(250e-6, 12);
    expect(livingCells(bench.amounts('cassette-1.core')) / cells).toBeCloseTo(1, 2);
    expect(concentration(bench.amounts('cassette-1.core'), S.vector)).toBeLessThan(0.4 * vector);
    expect(bench.imbalance()).toBeLessThan(1e-12);
  });

  it('moves nothing when it is aborted or cut off', () => {
    const bench = connected();
    bench.give('incubator', 'feed', { slot: 3, volume: 50 });
    bench.advance(30);
    bench.give('incubator', 'abort');
    expect(bench.volume('cassette-1.core')).toBeCloseTo(200e-6, 12);
    bench.give('incubator', 'exchange', { slot: 3, volume: 50 });
    bench.run('link', 'close', { head: 3 });
    bench.advance(60);
    expect(bench.twin.runtime('incubator').operation).toMatchObject({
      state: 'failed',
      error: 'NOT_CONNECTED',
    });
    expect(given(bench)).toBe(0);
  });

  it('refuses what does not fit or is not there', () => {
    const bench = connected('', '40 ml');
    expect(bench.give('incubator', 'feed', { slot: 1, volume: 10 })).toBe('NO_VESSEL');
    expect(bench.give('incubator', 'feed', { slot: 3, volume: 50 })).toBe('INSUFFICIENT_VOLUME');
    bench.run('media', 'replaceTank', { tank: 'tank', volume: 10 });
    expect(bench.give('incubator', 'feed', { slot: 3, volume: 101 })).toBe('OVERFLOW');
    bench.give('media', 'close');
    expect(bench.give('incubator', 'feed', { slot: 3, volume: 50 })).toBe('NOT_CONNECTED');
  });
});
