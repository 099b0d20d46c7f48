import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ModularTwin, modularTwin } from '../device-emulators/support/modular-twin.ts';

const SEED = 416;

const AISLES = 2;
const COLUMNS = 4;
const LEVELS = 2;
const SHUTTLES = 5;
const CASSETTES = 6;

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, k) => k + 1);

/** Racks on both sides of both aisles; each has a module in every second dock. */
const RACKS = range(AISLES).flatMap((aisle) => [`left-${aisle}`, `right-${aisle}`]);
const DOCKS = RACKS.flatMap((rack) => range(COLUMNS * LEVELS).map((dock) => `${rack}.dock${dock}`));
const MODULES = DOCKS.filter((_, k) => k % 2 === 0);

function fleet(): ModularTwin {
  const rackLines = range(AISLES).flatMap((aisle) => {
    const y = 6 + (aisle - (AISLES + 1) / 2) * 2.7;
    const rack = `type: module-rack, title: Rack, zone: hall, config: { columns: ${COLUMNS}, levels: ${LEVELS} }`;
    return [
      `  left-${aisle}: { ${rack}, at: [6 m, ${y + 0.825} m, 0 m] }`,
      `  right-${aisle}: { ${rack}, at: [6 m, ${y - 0.825} m, 0 m], yaw: 180 deg }`,
      `  lift-${aisle}: { type: lift, title: Lift, in: rails.lift${aisle}near }`,
    ];
  });
  return modularTwin(`
devices:
  rails: { type: rail-system, title: Rails, zone: hall, at: [6 m, 6 m, 0 m], config: { aisles: ${AISLES}, columns: ${COLUMNS}, levels: ${LEVELS}, aislePitch: 2.7 m } }
${rackLines.join('\n')}
${range(SHUTTLES)
  .map((k) => `  shuttle-${k}: { type: shuttle, title: Shuttle, in: rails.berth${k} }`)
  .join('\n')}
${MODULES.map((dock, k) => `  module-${k + 1}: { type: plain-module, title: Module, in: ${dock} }`).join('\n')}
vessels:
${range(CASSETTES)
  .map((k) => `  c${k}: { kind: cassette-s300, place: module-${k}.transfer }`)
  .join('\n')}
`);
}

const LOADS = [
  ...range(CASSETTES).map((k) => `c${k}`),
  ...MODULES.map((_, k) => `module-${k + 1}.frame`),
];
const TRANSFERS = MODULES.map((_, k) => `module-${k + 1}.transfer`);

type Action =
  | { readonly kind: 'carry'; readonly shuttle: number; readonly load: number; readonly to: number }
  | { readonly kind: 'unload'; readonly shuttle: number; readonly to: number }
  | { readonly kind: 'abort' | 'break' | 'repair' | 'takeOff' | 'home'; readonly shuttle: number }
  | { readonly kind: 'lift'; readonly lift: number; readonly broken: boolean }
  | { readonly kind: 'rails'; readonly fault: string; readonly active: boolean }
  | { readonly kind: 'wait'; readonly seconds: number };

const shuttle = fc.integer({ min: 1, max: SHUTTLES });
const carry = fc.record({
  kind: fc.constant('carry' as const),
  shuttle,
  // Cassettes more often than modules.
  load: fc.oneof(fc.nat(CASSETTES - 1), fc.nat(LOADS.length - 1)),
  to: fc.nat(99),
});
const wait = fc.record({
  kind: fc.constant('wait' as const),
  seconds: fc.double({ min: 0.01, max: 25, noNaN: true }),
});
const others: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constantFrom('abort', 'break', 'repair', 'takeOff', 'home'), shuttle }),
  fc.record({ kind: fc.constant('unload' as const), shuttle, to: fc.nat(99) }),
  fc.record({
    kind: fc.constant('lift' as const),
    lift: fc.integer({ min: 1, max: AISLES }),
    broken: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('rails' as const),
    fault: fc.constantFrom('breakdown', 'crossRail'),
    active: fc.boolean(),
  }),
);
const actions: fc.Arbitrary<readonly Action[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: carry },
    { weight: 4, arbitrary: wait },
    { weight: 2, arbitrary: others },
  ),
  { minLength: 20, maxLength: 80 },
);

/** Place in which a load stands, empty when none. */
function placeOf({ twin }: ModularTwin, load: string): string {
  const { whereabouts } = twin.plant.vessel(load);
  return whereabouts.at === 'place' ? whereabouts.place : '';
}

function targetOf(load: string, to: number): string {
  const places = load.startsWith('module') ? DOCKS : TRANSFERS;
  return places[to % places.length] ?? '';
}

/** Does what is asked; answers refusals by their code. */
function act(bench: ModularTwin, action: Action): string {
  switch (action.kind) {
    case 'wait':
      bench.advance(action.seconds);
      return '';
    case 'carry': {
      const load = LOADS[action.load] ?? '';
      const [from, to] = [placeOf(bench, load), targetOf(load, action.to)];
      return bench.give(`shuttle-${action.shuttle}`, 'carry', { from, to });
    }
    case 'unload': {
      const id = `shuttle-${action.shuttle}`;
      const to = targetOf(String(bench.read(id, 'heldVessel')), action.to);
      const refused = bench.give(id, 'place', { to });
      return refused === '' ? '' : bench.give(id, 'releaseManually', { to });
    }
    case 'abort':
    case 'takeOff':
      return bench.give(`shuttle-${action.shuttle}`, action.kind);
    case 'home':
      return bench.give(`shuttle-${action.shuttle}`, 'moveHome');
    case 'break':
    case 'repair':
      bench.fault(`shuttle-${action.shuttle}`, 'breakdown', action.kind === 'break');
      return '';
    case 'lift':
      bench.fault(`lift-${action.lift}`, 'breakdown', action.broken);
      return '';
    case 'rails':
      bench.fault('rails', action.fault, action.active);
      return '';
  }
}

function repairAll(bench: ModularTwin): void {
  for (const fault of ['breakdown', 'crossRail']) bench.fault('rails', fault, false);
  for (const k of range(AISLES)) bench.fault(`lift-${k}`, 'breakdown', false);
  for (const k of range(SHUTTLES)) bench.fault(`shuttle-${k}`, 'breakdown', false);
}

const ids = range(SHUTTLES).map((k) => `shuttle-${k}`);
const isRunning = ({ twin }: ModularTwin, id: string): boolean =>
  twin.runtime(id).operation.state === 'running';

/** Every load is in one place or on one fork, and forks and vessels agree about that. */
function expectAllThere(bench: ModularTwin): void {
  const { plant } = bench.twin;
  const seen = new Set<string>();
  for (const load of LOADS) {
    const { whereabouts } = plant.vessel(load);
    if (whereabouts.at === 'gripper') {
      expect(bench.read(whereabouts.device, 'heldVessel')).toBe(load);
    } else {
      const place = placeOf(bench, load);
      expect(place).not.toBe('');
      expect(seen.has(place)).toBe(false);
      seen.add(place);
      expect(plant.occupant(place)?.id).toBe(load);
    }
  }
}

describe(`a fleet of shuttles (seed ${SEED})`, () => {
  it('ends every order with a result once all is repaired, loses nothing and touches nothing', () => {
    fc.assert(
      fc.property(actions, (list) => {
        const bench = fleet();
        for (const action of list) act(bench, action);
        expectAllThere(bench);
        repairAll(bench);
        // The longest way takes a few minutes, and all may wait for one another.
        bench.advance(3600);
        for (const id of ids) {
          expect(isRunning(bench, id)).toBe(false);
          expect(bench.read(id, 'traffic')).toBe('parked');
          expect(bench.read(id, 'location')).toBe(`rails.berth${id.slice('shuttle-'.length)}`);
          expect(bench.alarms(id)).toEqual([]);
          expect(bench.twin.runtime(id).operation.state).toMatch(/none|completed|failed|aborted/);
        }
        expectAllThere(bench);
        // What stayed on a fork can be put down.
        for (const id of ids) {
          const load = String(bench.read(id, 'heldVessel'));
          if (load === '') continue;
          const places = load.startsWith('module') ? DOCKS : TRANSFERS;
          const free = places.find((place) => bench.twin.plant.occupant(place) === undefined);
          expect(bench.run(id, 'place', { to: free ?? '' })).toBe('completed');
        }
        expect(bench.violations).toEqual([]);
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  it('is a function of the commands and their times alone', () => {
    fc.assert(
      fc.property(actions, fc.nat(79), (list, cut) => {
        const [a, b] = [fleet(), fleet()];
        const answers = list.map((action) => act(a, action));
        list.forEach((action, k) => {
          expect(act(b, action)).toBe(answers[k]);
          // Looking on the way changes nothing.
          if (k !== cut) return;
          for (const id of ids) b.read(id, 'x');
          b.twin.stateHash();
        });
        for (const bench of [a, b]) bench.advance(600);
        expect(b.twin.stateHash()).toBe(a.twin.stateHash());
      }),
      { seed: SEED, numRuns: 10 },
    );
  });

  it('carries all the time: no order is refused for want of a way, all are done', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(carry, wait), { minLength: 30, maxLength: 80 }), (list) => {
        const bench = fleet();
        const refusals = list.map((action) => act(bench, action));
        expect(refusals).not.toContain('ROUTE_BLOCKED');
        bench.advance(3600);
        // Two may have wanted one vessel or one place: only that makes an order fail.
        for (const id of ids) {
          const { state, error } = bench.twin.runtime(id).operation;
          if (state === 'failed')
            expect(['NO_VESSEL', 'PLACE_OCCUPIED', 'UNREACHABLE']).toContain(error);
          else expect(['none', 'completed']).toContain(state);
        }
        expect(bench.violations).toEqual([]);
      }),
      { seed: SEED, numRuns: 20 },
    );
  });

  it('goes on in the same way in a twin that takes over its state, wherever that is', () => {
    fc.assert(
      fc.property(actions, fc.nat(100), (list, share) => {
        const [bench, other] = [fleet(), fleet()];
        const half = Math.floor((list.length * share) / 100);
        for (const action of list.slice(0, half)) act(bench, action);
        other.twin.restore(bench.twin.save());
        for (const action of list.slice(half)) expect(act(other, action)).toBe(act(bench, action));
        for (const b of [bench, other]) b.advance(120);
        expect(other.twin.stateHash()).toBe(bench.twin.stateHash());
      }),
      { seed: SEED, numRuns: 12 },
    );
  });
});
