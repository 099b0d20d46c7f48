import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { livingCells } from '../../src/bio-models/readouts.ts';
import { fillWith } from '../../src/bio-models/starting-materials.ts';
import { MICROS_PER_MINUTE } from '../../src/kernel/time.ts';
import { openStream } from '../../src/kernel/random.ts';
import { buildTwin } from '../../src/main/plant-assembly.ts';
import { parseScene } from '../../src/main/scene-files.ts';
import { batchMixing } from '../../src/twin/observers/batch-mixing.ts';
import { chainOfIdentity } from '../../src/twin/observers/chain-of-identity.ts';
import { droppedVessel } from '../../src/twin/observers/dropped-vessel.ts';
import type { Finding, Observer } from '../../src/twin/observers/observer.ts';
import { openHandling } from '../../src/twin/observers/open-handling.ts';
import { shelfLife } from '../../src/twin/observers/shelf-life.ts';
import { zoneAOccupancy } from '../../src/twin/observers/zone-a-occupancy.ts';
import type { VesselState } from '../../src/twin/plant-state.ts';
import type { Twin } from '../../src/twin/twin.ts';

const SEED = 20_270_301;
const STEPS = 400;

/** The expansion suite beside a room of grade A. */
const PATH = fileURLToPath(new URL('../../scenes/expansion-suite.yaml', import.meta.url));
const text = readFileSync(PATH, 'utf8').replace(
  'zones:',
  `zones:
  zone-a:
    title: Zone A
    grade: A
    min: [6 m, 0 m, 0 m]
    max: [8 m, 3 m, 2.8 m]
    pressure: 45 Pa
    temperature: 21 degC
    humidity: 45 %
    airChanges: 240 /h`,
);
const loaded = parseScene(text, PATH);
if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
const { scene } = loaded;

const KINDS: readonly (() => Observer)[] = [
  batchMixing,
  chainOfIdentity,
  zoneAOccupancy,
  openHandling,
  droppedVessel,
];

/** Cells that keep three minutes wherever they are, but in gas. */
const hasty = (): Observer =>
  shelfLife({
    cells: livingCells,
    isCulture: () => true,
    holding: (amounts, _temperature, gassed) =>
      gassed || livingCells(amounts) < 1 ? undefined : { name: 'waiting', seconds: 180 },
  });

const subjects = (found: readonly Finding[]): readonly string[] => found.map((f) => f.subject);

/** A vessel leaves the plant; an empty one of its kind and label takes its place, or one that is free. */
function exchangeVessel(
  { plant, goods, now }: Twin,
  { id, kind, batch, whereabouts }: VesselState,
) {
  goods.takeOut(id, now);
  const free = [...plant.locations.places.keys()].find(
    (name) => plant.occupant(name) === undefined,
  );
  const place = whereabouts.at === 'place' ? whereabouts.place : free;
  if (place === undefined) return;
  goods.bringIn({ id: `${id}+`, kind, place, batch, capped: true, fill: undefined }, now);
}

/** Something that control software cannot do, but mishaps can. */
function meddle(twin: Twin, share: () => number): void {
  const { plant, now } = twin;
  const pick = <T>(from: Iterable<T>): T => {
    const list = [...from];
    return list[Math.floor(share() * list.length)] as T;
  };
  const loose = [...plant.state.vessels.values()].filter(
    ({ whereabouts }) => whereabouts.at !== 'own',
  );
  const vessel = pick(loose);
  const what = share();
  if (what < 0.2) plant.setCapped(vessel, share() < 0.5);
  else if (what < 0.35) plant.setBatch(vessel, share() < 0.5 ? 'P-001' : 'P-002');
  else if (what < 0.5) {
    const { position } = plant.locations.vesselPose(vessel);
    const pose = { position, orientation: [0, 0, 0, 1] } as const;
    plant.move(vessel, { at: 'floor', zone: pick(plant.zones.keys()), pose }, now);
  } else if (what < 0.6) plant.spill(vessel, pick(plant.zones.keys()), now);
  else if (what < 0.7) exchangeVessel(twin, vessel);
  else {
    const amounts = fillWith('transduced-cells', 1e-6, SEED, '');
    twin.massBalance.bring(amounts);
    plant.state.batches.add('P-002');
    const lot = pick(['P-001', 'P-002', 'MED-2601']);
    plant.deposit(vessel, { portions: [{ lot, amounts }], temperature: 290 }, now);
  }
}

describe(`observers that follow changes (seed ${SEED})`, () => {
  it('find what they would find if they looked at everything', () => {
    const twin = buildTwin(scene, 1);
    const stream = openStream(SEED, 'test', 'meddling');
    const share = (): number => stream.uniform();
    const following = KINDS.map((create) => create());
    const clocks = [hasty(), {}, {}] as const;
    const seen = new Set<string>();
    for (let i = 0; i < STEPS; i++) {
      twin.advanceTo(twin.now + Math.ceil(share() * MICROS_PER_MINUTE));
      meddle(twin, share);
      if (i % 3 !== 0) continue;
      const { now } = twin;
      following.forEach((observer, k) => {
        const found = observer.find(twin, now, undefined);
        expect(subjects(found)).toEqual(subjects(KINDS[k]?.().find(twin, now, undefined) ?? []));
        for (const { subject } of found) seen.add(`${observer.name} ${subject}`);
      });
      const [keeper, ours, theirs] = clocks;
      const found = keeper.find(twin, now, ours);
      expect(found).toEqual(hasty().find(twin, now, theirs));
      expect(ours).toEqual(theirs);
      for (const { subject } of found) seen.add(`shelf life ${subject}`);
    }
    // Comparing nothing with nothing would show nothing.
    for (const name of ['batch', 'chain', 'two', 'open', 'dropped', 'shelf']) {
      expect([...seen].filter((entry) => entry.startsWith(name)).length, name).toBeGreaterThan(0);
    }
  });
});
