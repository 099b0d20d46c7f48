import type { Vec3 } from '../../../kernel/pose.ts';
import { refusal } from '../../../kernel/error-catalogue.ts';
import { fromSi } from '../../../kernel/units.ts';
import type { Micros } from '../../../kernel/time.ts';
import { defineDevice } from '../../definition/define-device.ts';
import type { EffectContext, ReadContext } from '../../definition/device.ts';
import type { PlantReader } from '../../definition/plant-port.ts';
import { block, chest } from '../../definition/solids.ts';
import { upright } from '../../definition/upright.ts';
import { wasteStationMachine } from './machine.ts';

interface WasteStationState {
  /** When the present pouring began, absent at rest. */
  pouringSince: Micros | undefined;
}

interface WasteStationConfig {
  readonly bins: number;
  readonly pourTime: number;
}

type Context = EffectContext<WasteStationConfig, WasteStationState>;

const KINDS = ['bottle-250', 'bottle-500', 'tube-50', 'vector-vial', 'cryobag', 'product-bag'];
/** Share of the bag's capacity at which it must be changed; assumed. */
const FULL = 0.9;
/** Distance of neighbouring places in the bin [m]; assumed. */
const PITCH = 0.14;

function binNames(bins: number): string[] {
  return Array.from({ length: bins }, (_, i) => `bin${i + 1}`);
}

function freeBins(plant: PlantReader, bins: number): number {
  return binNames(bins).filter((name) => plant.vesselAt(name) === undefined).length;
}

function inspect(ctx: Context): void {
  const { plant, config } = ctx;
  const bag = plant.vessel('liquid');
  const level = bag === undefined ? 0 : bag.volume / bag.capacity;
  ctx.setAlarm('bagFull', level > FULL, 'liquid waste above nine tenths');
  ctx.setAlarm('binFull', freeBins(plant, config.bins) === 0, 'no free place in the bin');
}

/** Tilt of the pouring fork, 0 upright to 1 upside down: over, pause, and back. */
function tilt({
  state,
  config,
  now,
}: Pick<ReadContext<WasteStationConfig, WasteStationState>, 'state' | 'config' | 'now'>): number {
  if (state.pouringSince === undefined) return 0;
  const share = Math.min(1, (now - state.pouringSince) / 1e6 / config.pourTime);
  return Math.min(1, 3 * share, 3 * (1 - share));
}

/** Outer size [m]. */
const SIZE: Vec3 = [0.9, 0.6, 0.9];

/** Height of the floor of the bin [m]; assumed. */
const BIN_FLOOR = 0.6;

/** Takes used vessels, and liquids by pouring or by tubing. */
export const wasteStation = defineDevice({
  type: 'waste-station',
  title: 'Waste station',
  description: 'Bin for used vessels and a 20 L bag for liquids, fed by a pouring fork or tubing.',
  identity: { model: 'Waste 12', firmware: '1.0.2' },
  size: SIZE,
  config: {
    bins: { type: 'integer', title: 'Places in the bin', min: 1, max: 18, default: 12 },
    pourTime: {
      type: 'quantity',
      title: 'Time to pour',
      unit: 's',
      min: 3,
      max: 120,
      default: 12,
      fidelity: 'assumed',
    },
  },
  quirks: ['What is poured is mixed on its way: a pellet goes with its supernatant.'],
  signals: {
    liquid: {
      kind: 'number',
      title: 'Liquid waste',
      direction: 'output',
      unit: 'L',
      range: [0, 25],
      resolution: 0.01,
      sensor: { period: 1, noise: 0.005 },
      fidelity: 'assumed',
    },
    freeBins: { kind: 'integer', title: 'Free bin places', direction: 'output', range: [0, 18] },
    pouring: { kind: 'boolean', title: 'Pouring', direction: 'output' },
  },
  commands: {
    empty: {
      title: 'Empty',
      description: 'Makes the vessel in the fork be empty by pouring it into the waste bag.',
      parameters: {},
      errors: ['NO_VESSEL', 'VESSEL_CAPPED', 'OVERFLOW', 'ABORTED'],
      execution: 'timed',
    },
    changeBin: {
      title: 'Change bin',
      description: 'An operator takes the used vessels out of the plant.',
      parameters: {},
      errors: ['ABORTED'],
      execution: 'timed',
    },
    changeBag: {
      title: 'Change waste bag',
      description: 'An operator exchanges the bag of liquid waste for an empty one.',
      parameters: {},
      errors: ['ABORTED'],
      execution: 'timed',
    },
    abort: {
      title: 'Abort',
      description: 'Turns the fork back; what has not been poured stays.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT'],
      execution: 'abort',
    },
  },
  alarms: {
    bagFull: {
      title: 'Waste bag full',
      priority: 'high',
      latching: false,
      cause: 'The liquid waste bag is more than nine tenths full.',
      action: 'Change the bag.',
    },
    binFull: {
      title: 'Bin full',
      priority: 'medium',
      latching: false,
      cause: 'There is no free place for used vessels.',
      action: 'Change the bin.',
    },
  },
  solids: () => [
    ...chest(SIZE, BIN_FLOOR, 0.03),
    block([-0.42, -0.27, BIN_FLOOR], [-0.2, -0.1, 0.9]),
  ],
  places: ({ bins }) => [
    {
      name: 'fork',
      title: 'Pouring fork',
      pose: upright(-0.3, -0.2, 0.9),
      accepts: ['bottle-250', 'bottle-500', 'tube-50', 'vector-vial'],
      open: true,
      robot: true,
    },
    ...binNames(bins).map((name, i) => ({
      name,
      title: `Bin place ${i + 1}`,
      pose: upright(((i % 6) - 2.5) * PITCH, (Math.floor(i / 6) - 0.5) * PITCH + 0.1, BIN_FLOOR),
      accepts: KINDS,
      open: true,
      robot: true,
    })),
  ],
  ports: () => [
    { name: 'inlet', title: 'Liquid waste', position: [0.4, 0, 0.5], vessel: { own: 'liquid' } },
  ],
  vessels: () => [{ name: 'liquid', kind: 'bag-20l', pose: upright(0.15, 0, 0.02), waste: true }],
  machine: wasteStationMachine,
  initialState: (): WasteStationState => ({ pouringSince: undefined }),
  effects: {
    pourStarted: (ctx) => {
      ctx.state.pouringSince = ctx.now;
      ctx.plant.setPlaceOpen('fork', false);
    },
    poured: (ctx) => {
      ctx.state.pouringSince = undefined;
      ctx.plant.setPlaceOpen('fork', true);
      const vessel = ctx.plant.vesselAt('fork');
      if (vessel === undefined) {
        ctx.fail('NO_VESSEL', `the vessel in ${ctx.id}.fork is gone`);
        return;
      }
      ctx.plant.deposit('liquid', ctx.plant.withdraw(vessel.id, vessel.volume, 'mixed'));
      ctx.complete({ volume: Number(fromSi(vessel.volume, 'mL').toFixed(2)) });
    },
    pourStopped: (ctx) => {
      // Liquid runs while the fork is past the horizontal; a third of the time goes over and back.
      const poured = Math.max(0, Math.min(1, tiltProgress(ctx)));
      ctx.state.pouringSince = undefined;
      ctx.plant.setPlaceOpen('fork', true);
      const vessel = ctx.plant.vesselAt('fork');
      if (vessel === undefined) return;
      ctx.plant.deposit('liquid', ctx.plant.withdraw(vessel.id, poured * vessel.volume, 'mixed'));
    },
    binChanged: ({ plant, config }) => {
      for (const name of binNames(config.bins)) {
        const vessel = plant.vesselAt(name);
        if (vessel !== undefined) plant.takeOut(vessel.id);
      }
    },
    bagChanged: ({ plant }) => plant.refill('liquid', undefined),
    inspect,
  },
  preconditions: {
    empty: ({ id, plant }) => {
      const vessel = plant.vesselAt('fork');
      if (vessel === undefined) return refusal('NO_VESSEL', `there is no vessel in ${id}.fork`);
      if (vessel.capped) {
        return refusal('VESSEL_CAPPED', `${vessel.id} in ${id}.fork is capped; uncap it first`);
      }
      const bag = plant.vessel('liquid');
      if (bag === undefined || bag.volume + vessel.volume <= bag.capacity) return undefined;
      return refusal('OVERFLOW', `the waste bag of ${id} has no room for ${vessel.id}; change it`);
    },
  },
  read: {
    liquid: ({ plant }) => plant.volume('liquid'),
    freeBins: ({ plant, config }) => freeBins(plant, config.bins),
    pouring: ({ state }) => state.pouringSince !== undefined,
  },
  write: {},
  channels: { tilt },
  appearance: ({ bins }) => ({ bins }),
});

/** Share of the contents that has run out: all of it during the middle third of the motion. */
function tiltProgress({ state, config, now }: Context): number {
  if (state.pouringSince === undefined) return 0;
  return 3 * ((now - state.pouringSince) / 1e6 / config.pourTime) - 1;
}
