import type { Value } from '../../src/kernel/plant-contract.ts';
import { MICROS_PER_HOUR, MICROS_PER_SECOND } from '../../src/kernel/time.ts';
import type { Twin } from '../../src/twin/twin.ts';

/** Cassettes that an incubation module takes, and what is in each at the start [m3]. */
const SLOTS = 8;
const VOLUME = 4e-4;
const WARM = 310.15;
/** What a tank holds, and below what it is replaced, as its alarm would ask for. */
const TANK_LITRES = 180;
const LOW = 0.03;

/** A farming matrix with cultures in it, and its supplies looked after. */
export interface CultureMatrix {
  /** Lets time pass: every six hours somebody looks after tanks and waste. */
  advance(hours: number): void;
  /** What must not have happened: alarms and violations so far. */
  readonly complaints: readonly string[];
}

/**
 * Puts the first `cassettes` cassettes with T cells of a batch each into incubation modules, connects
 * them and has them perfused with one volume per day.
 */
export function growCultures(twin: Twin, cassettes: number): CultureMatrix {
  const complaints: string[] = [];
  const ofType = (type: string): string[] =>
    [...twin.devices.values()].flatMap(({ id, device }) =>
      device.definition.type === type ? [id] : [],
    );
  const give = (
    device: string,
    command: string,
    parameters: Readonly<Record<string, Value>> = {},
  ): void => {
    const common = { client: 'bench', sequence: 0, device };
    const outcome = twin.execute({ ...common, kind: 'invoke', command, parameters });
    if (!outcome.ok) throw new Error(outcome.error.message);
  };
  const pass = (seconds: number): void => {
    twin.advanceTo(twin.now + seconds * MICROS_PER_SECOND);
    for (const event of twin.takeEvents()) {
      if (event.type === 'alarm.raised') complaints.push(`${event.device}: ${event.alarm}`);
      if (event.type === 'observer.violation') complaints.push(event.violation.cause);
    }
  };
  const incubators = ofType('incubation-module');
  const spots = Array.from({ length: cassettes }, (_, i) => {
    const device = incubators[Math.floor(i / SLOTS)];
    if (device === undefined) throw new Error(`there are slots for ${i} cassettes only`);
    return { cassette: `cassette-${i + 1}`, device, slot: (i % SLOTS) + 1, batch: `P-${i + 1}` };
  });
  for (const { cassette, device, slot, batch } of spots) {
    const core = `${cassette}.core`;
    const place = `${device}.slot${slot}`;
    twin.plant.move(twin.plant.vessel(core), { at: 'place', place }, twin.now);
    twin.plant.state.batches.add(batch);
    give(cassette, 'assign', { batch });
    const fill = { liquid: 'transduced-cells', volume: VOLUME, temperature: WARM, lot: batch };
    twin.goods.refill(core, fill, twin.now);
  }
  for (let head = 1; head <= SLOTS; head++) {
    for (const { device, slot } of spots) {
      if (slot === head) give(`${device}-connector`, 'connect', { head, ports: 'perfusion' });
    }
    pass(600);
  }
  for (const { device, slot } of spots) {
    give(device, 'incubate', { slot });
    give(device, 'setPerfusion', { slot, rate: 1 });
    // Pulses follow each other all day.
    if (slot === SLOTS) pass(60);
  }
  const supplies = ofType('media-supply-module');
  const wastes = ofType('waste-module');
  return {
    complaints,
    advance: (hours) => {
      const end = twin.now + hours * MICROS_PER_HOUR;
      while (twin.now < end) {
        for (const id of supplies) {
          const tank = twin.plant.vessel(`${id}.tank`);
          if (twin.plant.volumeAt(tank, twin.now) > LOW) continue;
          give(id, 'replaceTank', { tank: 'tank', volume: TANK_LITRES });
        }
        for (const id of wastes) give(id, 'empty');
        pass(Math.min(6 * 3600, (end - twin.now) / MICROS_PER_SECOND));
      }
    },
  };
}
