import { IDENTITY_POSE, type Vec3 } from '../../kernel/pose.ts';
import type { SolidPart } from '../../kernel/solid.ts';
import type { OwnVesselDeclaration, PlaceDeclaration, ReadContext } from './device.ts';
import type { BooleanSignal, TextSignal } from './signal.ts';
import { block } from './solids.ts';
import { upright } from './upright.ts';

/** Cores of cassettes: for cells in suspension (s) or adherent ones (a), and their volume in ml. */
export const CORE_SIZES = ['s100', 's300', 's1000', 'a100', 'a300', 'a1000'] as const;
export type CoreSize = (typeof CORE_SIZES)[number];

/** Vessel kinds of cassettes, by core. */
export const CASSETTES = CORE_SIZES.map((size) => `cassette-${size}` as const);

/** Outer format of all modules [m]. */
export const MODULE_SIZE: Vec3 = [0.6, 0.7, 0.9];

/** Height of the deck on which cassettes stand [m]. */
const DECK = 0.6;

/** A closed base with the deck on top, and a tower behind the place for the cassette. */
export const MODULE_SOLIDS: readonly SolidPart[] = [
  block([-0.3, -0.35, 0], [0.3, 0.35, DECK]),
  block([-0.3, -0.04, DECK], [0.3, 0.35, 0.9]),
];

/** The body of a module, which stands in a dock. */
export const MODULE_FRAME: OwnVesselDeclaration = {
  name: 'frame',
  kind: 'module',
  pose: IDENTITY_POSE,
};

/** Where a cassette stands to be worked on: open above and to the front. */
export const TRANSFER: PlaceDeclaration = {
  name: 'transfer',
  title: 'Transfer place',
  pose: upright(0, -0.18, 0.62),
  accepts: CASSETTES,
  open: true,
  robot: true,
};

/** Where a sterile connector is built in; it has its power from the module. */
export const CONNECTOR: PlaceDeclaration = {
  name: 'connector',
  title: 'Sterile connector',
  pose: upright(0, 0.02, 0.7),
  accepts: ['connector'],
  open: true,
  robot: false,
  power: true,
};

/** What of a module's context the shared parts look at. */
export type ModuleReader = Pick<ReadContext<unknown, unknown>, 'id' | 'plant' | 'machineState'>;

const LOCATION_SIGNAL: TextSignal = {
  kind: 'text',
  title: 'Location',
  description: 'Place in which it stands, empty while it is carried.',
  direction: 'output',
};

const OCCUPANT_SIGNAL: TextSignal = {
  kind: 'text',
  title: 'Occupant',
  description: 'Vessel at the transfer place, empty when there is none.',
  direction: 'output',
};

const COUPLED_SIGNAL: BooleanSignal = {
  kind: 'boolean',
  title: 'Coupled',
  description: 'Whether the connector holds on to the cassette at the transfer place.',
  direction: 'output',
};

/** Signal of every movable device; spread it into `signals` and {@link locationRead} into `read`. */
export const locationSignal = { location: LOCATION_SIGNAL } as const;
export const locationRead = {
  location: ({ plant }: ModuleReader): string => plant.location(),
} as const;

/** Signals of every module with a transfer place, with {@link moduleRead}. */
export const moduleSignals = {
  occupant: OCCUPANT_SIGNAL,
  coupled: COUPLED_SIGNAL,
  ...locationSignal,
} as const;
export const moduleRead = {
  occupant: ({ plant }: ModuleReader): string => plant.vesselAt('transfer')?.id ?? '',
  coupled: ({ plant }: ModuleReader): boolean => plant.coupling('transfer') !== undefined,
  ...locationRead,
} as const;

/** Signal of modules that give medium, with {@link mediumRead}. */
export const mediumSignal = {
  medium: {
    kind: 'text',
    title: 'Medium',
    description: 'Liquid of the medium main of its dock, empty without one.',
    direction: 'output',
  },
} as const;
export const mediumRead = {
  medium: ({ plant }: ModuleReader): string => plant.supply('medium')?.liquid ?? '',
} as const;

/** Lamp of a movable device for views: 0 dark, 1 ready, 2 working, 3 broken down. */
export function lamp({ plant, machineState }: ModuleReader): number {
  if (machineState === 'broken') return 3;
  if (!plant.isPowered()) return 0;
  return machineState === 'idle' ? 1 : 2;
}

/** Channels of every module: the lamp, and whether a cassette stands there and is coupled (0 or 1). */
export const moduleChannels = {
  lamp,
  occupied: ({ plant }: ModuleReader): number => Number(plant.vesselAt('transfer') !== undefined),
  coupled: ({ plant }: ModuleReader): number => Number(plant.coupling('transfer') !== undefined),
} as const;
