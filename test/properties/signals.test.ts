import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { MICROS_PER_MINUTE } from '../../src/kernel/time.ts';
import { openStream } from '../../src/kernel/random.ts';
import { buildTwin } from '../../src/main/plant-assembly.ts';
import { readScene } from '../../src/main/scene-files.ts';
import { SignalPublisher } from '../../src/twin/signal-publisher.ts';
import { SignalTable, signalRows } from '../../src/twin/signal-table.ts';
import type { Twin } from '../../src/twin/twin.ts';
import { commandOf } from './support/random-commands.ts';

const SEED = 20_270_412;
const STEPS = 500;

const SCENES = ['expansion-suite', 'enclosed-plant', 'modular-lab', 'farming-matrix'];

function twinOf(name: string): Twin {
  const path = fileURLToPath(new URL(`../../scenes/${name}.yaml`, import.meta.url));
  const read = readScene(path);
  if (!('scene' in read)) throw new Error(JSON.stringify(read.problems));
  return buildTwin(read.scene, 1);
}

/** Commands, faults, and vessels that somebody puts elsewhere. */
function meddle(twin: Twin, share: () => number, sequence: number): boolean {
  const { plant, now } = twin;
  const pick = <T>(from: Iterable<T>): T => {
    const list = [...from];
    return list[Math.floor(share() * list.length)] as T;
  };
  const what = share();
  if (what < 0.1) {
    const device = pick(twin.devices.keys());
    const active = share() < 0.5;
    twin.execute({ kind: 'fault', client: 't', sequence, device, fault: 'breakdown', active });
  } else if (what < 0.25) {
    const vessel = pick(plant.state.vessels.values());
    const places = [...plant.locations.places].filter(
      ([place, { declaration }]) =>
        declaration.accepts.includes(vessel.kind) && plant.occupant(place) === undefined,
    );
    if (vessel.whereabouts.at !== 'place' || places.length === 0) return false;
    if (plant.state.couplings.has(vessel.whereabouts.place)) return false;
    plant.move(vessel, { at: 'place', place: pick(places)[0] }, now);
  } else {
    const draw = {
      at: 0,
      pick: Math.floor(1e6 * share()),
      values: Array.from({ length: 6 }, share),
    };
    return twin.execute(commandOf(twin, draw, sequence)).ok;
  }
  return false;
}

describe.each(SCENES)(`the signal table of %s (seed ${SEED})`, (name) => {
  it('says what every signal shows, whatever happened since the last publication', () => {
    const twin = twinOf(name);
    const stream = openStream(SEED, 'test', name);
    const share = (): number => stream.uniform();
    const table = new SignalTable(signalRows(twin.describe()));
    const publisher = new SignalPublisher(twin, table);
    let accepted = 0;
    for (let step = 0; step < STEPS; step++) {
      twin.advanceTo(twin.now + Math.floor(2 * MICROS_PER_MINUTE * share() ** 6));
      if (meddle(twin, share, step)) accepted += 1;
      publisher.publish();
      const wrong = table.rows.flatMap(({ index, device, signal }) => {
        const shown = twin.read(device, signal);
        const { value, quality } = table.read(index);
        const same = shown !== undefined && Object.is(shown.value, value);
        return same && shown.quality === quality
          ? []
          : [`${device}.${signal}: ${value}, shows ${shown?.value}`];
      });
      expect(wrong).toEqual([]);
    }
    expect(accepted).toBeGreaterThan(STEPS / 20);
  });
});
