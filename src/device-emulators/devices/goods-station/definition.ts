import { FILL_NAMES } from '../../../bio-models/starting-materials.ts';
import { refusal } from '../../../kernel/error-catalogue.ts';
import { defineDevice } from '../../definition/define-device.ts';
import type { EffectContext } from '../../definition/device.ts';
import { upright } from '../../definition/upright.ts';
import { goodsStationMachine } from './machine.ts';

/** What is being handled. */
interface State {
  vessel: string;
  kind: string;
  position: number;
  batch: string;
  liquid: string;
  volume: number;
  temperature: number;
  lot: string;
  deliveries: number;
}

interface Config {
  readonly positions: number;
  readonly handlingTime: number;
}

const KINDS = ['bottle-250', 'bottle-500', 'tube-50', 'vector-vial', 'cryobag', 'product-bag'];
const MOST = 32;
/** Distance of neighbouring places and height of the shelves [m]; assumed. */
const PITCH = 0.15;
const COLUMNS = 8;
const SHELF = 0.35;

const REST: Omit<State, 'deliveries'> = {
  vessel: '',
  kind: '',
  position: 0,
  batch: '',
  liquid: '',
  volume: 0,
  temperature: 0,
  lot: '',
};

function placeName(position: number): string {
  return `shelf${position}`;
}

/** Shelves at the edge of the plant: what comes from outside is put here, what leaves is fetched here. */
export const goodsStation = defineDevice({
  type: 'goods-station',
  title: 'Goods station',
  description:
    'Shelves on which material from outside arrives and from which products are fetched.',
  identity: { model: 'Shelf 32', firmware: '1.0.0' },
  size: [1.3, 0.4, 1.6],
  config: {
    positions: { type: 'integer', title: 'Places', min: 1, max: MOST, default: MOST },
    handlingTime: {
      type: 'quantity',
      title: 'Time to handle a vessel',
      unit: 's',
      min: 1,
      max: 600,
      default: 10,
      fidelity: 'assumed',
    },
  },
  quirks: ['Nobody checks what is delivered: a wrong label comes in as it is.'],
  signals: {
    occupied: { kind: 'integer', title: 'Vessels here', direction: 'output', range: [0, MOST] },
    deliveries: {
      kind: 'integer',
      title: 'Deliveries',
      direction: 'output',
      range: [0, 1_000_000],
    },
  },
  commands: {
    deliver: {
      title: 'Deliver',
      description:
        'A vessel from outside is put on a shelf; an empty liquid means an empty vessel.',
      parameters: {
        vessel: { type: 'text', title: 'Name of the vessel' },
        kind: { type: 'choice', title: 'Kind', options: KINDS },
        position: { type: 'integer', title: 'Position', min: 1, max: MOST },
        batch: { type: 'text', title: 'Batch on the label', default: '' },
        liquid: { type: 'text', title: 'Liquid', default: '' },
        volume: {
          type: 'quantity',
          title: 'Volume',
          unit: 'mL',
          min: 0,
          max: 2000,
          default: 0,
          fidelity: 'exact',
        },
        temperature: {
          type: 'quantity',
          title: 'Temperature',
          unit: 'Cel',
          min: -196,
          max: 40,
          default: 20,
          fidelity: 'exact',
        },
        lot: { type: 'text', title: 'Lot', default: '' },
      },
      errors: ['PLACE_OCCUPIED', 'UNKNOWN_PLACE', 'INVALID_PARAMETER', 'OUT_OF_RANGE', 'ABORTED'],
      execution: 'timed',
    },
    collect: {
      title: 'Collect',
      description: 'What stands in a position leaves the plant.',
      parameters: { position: { type: 'integer', title: 'Position', min: 1, max: MOST } },
      errors: ['NO_VESSEL', 'UNKNOWN_PLACE', 'ABORTED'],
      execution: 'timed',
    },
    abort: {
      title: 'Abort',
      description: 'Nothing is put down or taken away.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT'],
      execution: 'abort',
    },
  },
  alarms: {},
  places: ({ positions }) =>
    Array.from({ length: positions }, (_, i) => ({
      name: placeName(i + 1),
      title: `Place ${i + 1}`,
      pose: upright(
        ((i % COLUMNS) - (COLUMNS - 1) / 2) * PITCH,
        0,
        0.1 + Math.floor(i / COLUMNS) * SHELF,
      ),
      accepts: KINDS,
      open: true,
      robot: false,
    })),
  ports: () => [],
  vessels: () => [],
  machine: goodsStationMachine,
  initialState: (): State => ({ ...REST, deliveries: 0 }),
  effects: {
    begun: (ctx, event: Partial<State>) => {
      Object.assign(ctx.state, REST, pickKnown(event));
    },
    delivered: (ctx) => {
      const { vessel, kind, position, batch, liquid, volume, temperature, lot } = ctx.state;
      const place = placeName(position);
      const there = ctx.plant.vesselAt(place);
      if (there !== undefined) ctx.fail('PLACE_OCCUPIED', `${there.id} stands in ${place}`);
      else if (ctx.plant.vessel(vessel) !== undefined) {
        ctx.fail('PLACE_OCCUPIED', `there is a vessel ${vessel} already`);
      } else {
        const fill = liquid === '' ? undefined : { liquid, volume, temperature, lot };
        const capped = kind !== 'cryobag' && kind !== 'product-bag';
        ctx.plant.bringIn({ id: vessel, kind, place, batch, capped, fill });
        ctx.state.deliveries += 1;
        ctx.complete({ place: `${ctx.id}.${place}` });
      }
      clear(ctx);
    },
    collected: (ctx) => {
      const vessel = ctx.plant.vesselAt(placeName(ctx.state.position));
      if (vessel === undefined) ctx.fail('NO_VESSEL', `position ${ctx.state.position} is empty`);
      else {
        ctx.plant.takeOut(vessel.id);
        ctx.complete({ vessel: vessel.id });
      }
      clear(ctx);
    },
    ended: (ctx) => clear(ctx),
  },
  preconditions: {
    deliver: ({ id, config, plant }, { position, vessel, liquid, volume }) => {
      if (Number(position) > config.positions) {
        return refusal('UNKNOWN_PLACE', `${id} has ${config.positions} positions`);
      }
      const there = plant.vesselAt(placeName(Number(position)));
      if (there !== undefined) {
        return refusal('PLACE_OCCUPIED', `${there.id} stands in position ${position}`);
      }
      if (plant.vessel(String(vessel)) !== undefined) {
        return refusal('PLACE_OCCUPIED', `there is a vessel ${vessel} already; give another name`);
      }
      if (liquid !== '' && !FILL_NAMES.includes(String(liquid))) {
        return refusal('INVALID_PARAMETER', `there is no liquid "${liquid}"`);
      }
      if (liquid !== '' && Number(volume) <= 0) {
        return refusal('OUT_OF_RANGE', `say how much ${liquid} is delivered`);
      }
      return undefined;
    },
    collect: ({ id, config, plant }, { position }) => {
      if (Number(position) > config.positions) {
        return refusal('UNKNOWN_PLACE', `${id} has ${config.positions} positions`);
      }
      if (plant.vesselAt(placeName(Number(position))) !== undefined) return undefined;
      return refusal('NO_VESSEL', `position ${position} is empty`);
    },
  },
  read: {
    occupied: ({ config, plant }) => {
      let count = 0;
      for (let i = 1; i <= config.positions; i++) {
        if (plant.vesselAt(placeName(i)) !== undefined) count += 1;
      }
      return count;
    },
    deliveries: ({ state }) => state.deliveries,
  },
  write: {},
  channels: {},
  appearance: ({ positions }) => ({ positions }),
});

function pickKnown(event: Partial<State>): Partial<State> {
  const names = Object.keys(REST) as (keyof typeof REST)[];
  return Object.fromEntries(
    names.flatMap((name) => (event[name] === undefined ? [] : [[name, event[name]]])),
  );
}

function clear(ctx: EffectContext<Config, State>): void {
  Object.assign(ctx.state, REST);
}
