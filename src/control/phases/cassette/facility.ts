import { deviceOf } from '../../places.ts';
import type { DeviceDescription, PlantDescription } from '../../../kernel/plant-contract.ts';

/** A modular plant as work on cassettes sees it: what stands where, and who carries. */
export interface Facility {
  readonly plant: PlantDescription;
  device(id: string): DeviceDescription;
  has(id: string, command: string): boolean;
  /** Device that joins cassettes to a module, if it has one. */
  connectorOf(module: string): string | undefined;
  /** Devices that carry vessels between places. */
  readonly carriers: readonly string[];
  /** Whether a module that stands in a place has power. */
  isPowered(place: string): boolean;
  /** Places in which cassettes wait. */
  readonly restPlaces: readonly string[];
  /** Roughly how far it is from one place to another [m]. */
  distance(from: string, to: string): number;
}

/** What it costs to change the level, as a way [m]: shuttles wait for a lift; assumed. */
const LEVEL_CHANGE = 8;

const known = new WeakMap<PlantDescription, Facility>();

export function facilityOf(plant: PlantDescription): Facility {
  const found = known.get(plant) ?? describe(plant);
  known.set(plant, found);
  return found;
}

function describe(plant: PlantDescription): Facility {
  const devices = new Map(plant.devices.map((device) => [device.id, device]));
  const device = (id: string): DeviceDescription => {
    const description = devices.get(id);
    if (description === undefined) throw new RangeError(`the plant has no ${id}`);
    return description;
  };
  const commands = new Map(
    plant.devices.map(({ id, commands: list }) => [id, new Set(list.map(({ name }) => name))]),
  );
  const has = (id: string, command: string): boolean => commands.get(id)?.has(command) ?? false;
  const connectors = new Map(
    plant.devices
      .filter(({ id }) => has(id, 'connect') && has(id, 'disconnect'))
      .map(({ id, home }) => [deviceOf(home), id]),
  );
  const carriers = plant.devices
    .map(({ id }) => id)
    .filter((id) => has(id, 'carry') || (has(id, 'pick') && has(id, 'place')));
  // What only holds cassettes, and does nothing to them, is where they wait.
  const restPlaces = plant.devices
    .filter(({ commands: list, body }) => list.length === 0 && body === 'module')
    .flatMap(({ id, places }) =>
      places
        .filter(
          ({ accepts, robot }) => robot && accepts.some((kind) => kind.startsWith('cassette')),
        )
        .map(({ name }) => `${id}.${name}`),
    );
  const powered = new Set(
    plant.devices.flatMap(({ id, places }) =>
      places.filter(({ power }) => power).map(({ name }) => `${id}.${name}`),
    ),
  );
  return {
    plant,
    device,
    has,
    connectorOf: (module) => connectors.get(module),
    carriers,
    isPowered: (place) => powered.has(place),
    restPlaces,
    distance: (from, to) => {
      const [a, b] = [devices.get(deviceOf(from)), devices.get(deviceOf(to))];
      if (a === undefined || b === undefined) return 0;
      const [dx, dy, dz] = a.position.map((value, i) => Math.abs(value - (b.position[i] ?? 0)));
      // Along rails, or around the corner for an arm.
      return (dx ?? 0) + (dy ?? 0) + ((dz ?? 0) > 0.5 ? LEVEL_CHANGE : 0);
    },
  };
}
