import { describe, expect, it } from 'vitest';
import { MICROS_PER_HOUR, MICROS_PER_SECOND } from '../../src/kernel/time.ts';
import type { PlantCommand } from '../../src/kernel/plant-contract.ts';
import type { Twin } from '../../src/twin/twin.ts';
import { testTwin } from './support/test-plant.ts';

function invoke(
  device: string,
  command: string,
  parameters: Record<string, number> = {},
): PlantCommand {
  return {
    kind: 'invoke',
    client: 'test',
    sequence: 0,
    device,
    command,
    parameters,
  };
}

function codeOf(twin: Twin, command: PlantCommand): string {
  const outcome = twin.execute(command);
  return outcome.ok ? 'ok' : outcome.error.code;
}

describe('commands', () => {
  it('a timed command becomes an operation that ends on the twin’s clock', () => {
    const twin = testTwin();
    expect(twin.execute(invoke('kettle-1', 'openLid'))).toEqual({
      ok: true,
      value: { operation: 1 },
    });
    expect(codeOf(twin, invoke('kettle-1', 'openLid'))).toBe('BUSY');
    twin.advanceTo(2 * MICROS_PER_SECOND - 1);
    expect(twin.read('kettle-1', 'operationState')?.value).toBe('running');
    twin.advanceTo(2 * MICROS_PER_SECOND);
    expect(twin.read('kettle-1', 'operationState')?.value).toBe('completed');
    expect(twin.read('kettle-1', 'lid')?.value).toBe('open');
    expect(twin.takeEvents().map((e) => e.type)).toEqual([
      'device.operation.started',
      'device.command.refused',
      'device.operation.completed',
    ]);
  });

  it('"be open" is idempotent', () => {
    const twin = testTwin();
    twin.execute(invoke('kettle-1', 'openLid'));
    twin.advanceTo(5 * MICROS_PER_SECOND);
    expect(codeOf(twin, invoke('kettle-1', 'openLid'))).toBe('ok');
    expect(twin.read('kettle-1', 'operationState')?.value).toBe('completed');
  });

  it('an abort ends the operation and cancels its timer', () => {
    const twin = testTwin();
    expect(codeOf(twin, invoke('kettle-1', 'abort'))).toBe('NOTHING_TO_ABORT');
    twin.execute(invoke('kettle-1', 'openLid'));
    twin.advanceTo(MICROS_PER_SECOND);
    expect(codeOf(twin, invoke('kettle-1', 'abort'))).toBe('ok');
    twin.advanceTo(10 * MICROS_PER_SECOND);
    expect(twin.read('kettle-1', 'lid')?.value).toBe('closed');
    expect(twin.read('kettle-1', 'operationState')?.value).toBe('aborted');
  });

  it.each([
    ['nowhere', 'openLid', {}, 'UNKNOWN_DEVICE'],
    ['kettle-1', 'boil', {}, 'UNKNOWN_COMMAND'],
    ['kettle-1', 'pump', {}, 'INVALID_PARAMETER'],
    ['kettle-1', 'pump', { volume: 50, speed: 1 }, 'INVALID_PARAMETER'],
    ['kettle-1', 'pump', { volume: 500 }, 'OUT_OF_RANGE'],
    ['kettle-1', 'pump', { volume: Number.NaN }, 'INVALID_PARAMETER'],
  ])('%s.%s(%o) is refused with %s', (device, command, parameters, code) => {
    expect(codeOf(testTwin(), invoke(device, command, parameters))).toBe(code);
  });

  it('writes reach inputs only, within range', () => {
    const twin = testTwin();
    const write = (signal: string, value: number): PlantCommand => ({
      kind: 'write',
      client: 'test',
      sequence: 0,
      device: 'kettle-1',
      signal,
      value,
    });
    expect(codeOf(twin, write('setpoint', 37))).toBe('ok');
    expect(twin.read('kettle-1', 'setpoint')?.value).toBe(37);
    expect(codeOf(twin, write('setpoint', 137))).toBe('OUT_OF_RANGE');
    expect(codeOf(twin, write('volume', 1))).toBe('NOT_WRITABLE');
    expect(codeOf(twin, write('colour', 1))).toBe('UNKNOWN_SIGNAL');
  });

  it('an alarm stays until it is acknowledged', () => {
    const twin = testTwin();
    twin.execute(invoke('kettle-1', 'warn'));
    expect(twin.runtime('kettle-1').alarms.get('hot')).toMatchObject({
      active: true,
      acknowledged: false,
    });
    twin.execute({
      kind: 'acknowledge',
      client: 'test',
      sequence: 1,
      device: 'kettle-1',
      alarm: 'hot',
      comment: '',
    });
    expect(twin.runtime('kettle-1').alarms.get('hot')?.acknowledged).toBe(true);
    expect(twin.takeEvents().map((e) => e.type)).toEqual(['alarm.raised', 'alarm.acknowledged']);
  });
});

describe('flows', () => {
  const holdUp = (Math.PI * 0.0032 ** 2 * 2) / 4;

  it('the first liquid arrives after one hold-up and nothing is lost', () => {
    const twin = testTwin();
    twin.execute(invoke('kettle-1', 'pump', { volume: 100 }));
    twin.advanceTo(MICROS_PER_HOUR);
    expect(twin.read('kettle-1', 'operationState')?.value).toBe('completed');
    const { plant } = twin;
    expect(plant.volumeAt(plant.vessel('bottle-1'), twin.now)).toBeCloseTo(100e-6, 12);
    expect(plant.volumeAt(plant.vessel('bottle-2'), twin.now)).toBeCloseTo(100e-6 - holdUp, 12);
    expect(twin.massBalance.worst(plant, twin.now).relativeError).toBeLessThan(1e-12);
  });

  it('a pump whose source runs dry chases the line empty, then fails', () => {
    const twin = testTwin();
    twin.execute(invoke('kettle-1', 'pump', { volume: 300 }));
    twin.advanceTo(MICROS_PER_HOUR);
    expect(twin.read('kettle-1', 'operationError')?.value).toBe('INSUFFICIENT_VOLUME');
    const { plant } = twin;
    expect(plant.volumeAt(plant.vessel('bottle-2'), twin.now)).toBeCloseTo(200e-6, 12);
  });
});

describe('looking changes nothing', () => {
  it('reads, pauses and small advances leave the same state as one advance', () => {
    const script = (step: number): string => {
      const twin = testTwin(7);
      twin.execute(invoke('kettle-1', 'pump', { volume: 120 }));
      for (let t = step; t < MICROS_PER_HOUR; t += step) {
        twin.advanceTo(t);
        twin.read('kettle-1', 'volume');
        twin.massBalance.worst(twin.plant, t);
      }
      twin.advanceTo(MICROS_PER_HOUR);
      return twin.stateHash();
    };
    const once = script(MICROS_PER_HOUR);
    expect(script(7_777_777)).toBe(once);
    expect(script(MICROS_PER_HOUR / 3)).toBe(once);
  });

  it('cells grow between events without any event', () => {
    const twin = testTwin();
    twin.advanceTo(3 * MICROS_PER_HOUR);
    const out = new Float64Array(3);
    twin.plant.project(twin.plant.vessel('bottle-1'), twin.now, out);
    expect(out[2]).toBeCloseTo(8e6, 0);
  });

  it('the same surroundings once more disturb nothing, others do', () => {
    const twin = testTwin();
    const { plant } = twin;
    const bottle = plant.vessel('bottle-1');
    const around = {
      ambientTemperature: 300,
      heatTransfer: 1,
      jacket: { temperature: 310, conductance: 2 },
    };
    plant.setEnvironment(bottle, around, twin.now);
    twin.advanceTo(MICROS_PER_HOUR);
    plant.setEnvironment(bottle, structuredClone(around), twin.now);
    expect(bottle.since).toBe(0);
    const warmer = { ...around, jacket: { ...around.jacket, temperature: 311 } };
    plant.setEnvironment(bottle, warmer, twin.now);
    expect(bottle.since).toBe(MICROS_PER_HOUR);
  });

  it('another seed gives other noise, the same seed the same', () => {
    const read = (seed: number): unknown => testTwin(seed).read('kettle-1', 'volume')?.value;
    const values = Array.from({ length: 10 }, (_, seed) => read(seed));
    expect(read(3)).toBe(values[3]);
    expect(new Set(values).size).toBeGreaterThan(1);
  });
});
