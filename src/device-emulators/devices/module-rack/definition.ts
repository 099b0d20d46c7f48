import { DOCK_PITCH, LEVEL_PITCH, MOST_COLUMNS, MOST_LEVELS } from '../../definition/rack-grid.ts';
import { setup } from 'xstate';
import type { SolidPart } from '../../../kernel/solid.ts';
import { counted, integer, worded } from '../../definition/declare.ts';
import { defineDevice } from '../../definition/define-device.ts';
import { block } from '../../definition/solids.ts';
import { upright } from '../../definition/upright.ts';

/** Height of the lowest floor [m]. */
const FLOOR = 0.1;

const DEPTH = 0.75;
/** Thickness of floors [m] and width of the posts at the ends; assumed. */
const SHEET = 0.05;
const POST = 0.06;

interface RackConfig {
  readonly columns: number;
  readonly levels: number;
}

const dockName = (number: number): string => `dock${number}`;

function dockNames({ columns, levels }: RackConfig): string[] {
  return Array.from({ length: columns * levels }, (_, i) => dockName(i + 1));
}

const widthOf = (columns: number): number => columns * DOCK_PITCH + 2 * POST;
const heightOf = (levels: number): number => FLOOR + (levels - 1) * LEVEL_PITCH + 0.95;

/** Height of the floor of a level, the lowest is 0 [m]. */
const floorOf = (level: number): number => FLOOR + level * LEVEL_PITCH;

/** A floor for each level, and a wall behind the docks. */
function frame({ columns, levels }: RackConfig): readonly SolidPart[] {
  const [x, y] = [widthOf(columns) / 2, DEPTH / 2];
  const floors = Array.from({ length: levels }, (_, level) =>
    block([-x, -y, Math.max(0, floorOf(level) - SHEET)], [x, y, floorOf(level)]),
  );
  const ends = levels === 1 ? FLOOR : heightOf(levels);
  const posts = [-x, x - POST].map((left) => block([left, y - POST, 0], [left + POST, y, ends]));
  return [...floors, ...posts];
}

/** Frame of docks for modules; laboratory benches are racks with one level. */
export const moduleRack = defineDevice({
  type: 'module-rack',
  title: 'Module rack',
  description: 'Docks that hold modules and give them power, data, media, gas and a drain.',
  identity: { model: 'Rack', firmware: '1.0.0' },
  size: [widthOf(MOST_COLUMNS), DEPTH, heightOf(MOST_LEVELS)],
  extent: ({ columns, levels }) => [widthOf(columns), DEPTH, heightOf(levels)],
  config: {
    columns: integer('Docks side by side', [1, MOST_COLUMNS], 4),
    levels: integer('Levels', [1, MOST_LEVELS], 1),
  },
  quirks: ['Docks are numbered from left to right, from the lowest level upwards.'],
  signals: {
    docked: counted('Docked modules', [0, MOST_COLUMNS * MOST_LEVELS]),
    modules: worded('Modules', 'Body of the module in each dock, joined by commas.'),
  },
  commands: {},
  alarms: {},
  solids: frame,
  places: ({ columns, levels }) =>
    dockNames({ columns, levels }).map((name, i) => {
      const [column, level] = [(i % columns) + 1, Math.floor(i / columns)];
      return {
        name,
        title: `Dock ${i + 1}`,
        pose: upright((column - (columns + 1) / 2) * DOCK_PITCH, 0, floorOf(level)),
        accepts: ['module'],
        open: true,
        robot: false,
        power: true,
      };
    }),
  ports: () => [],
  vessels: () => [],
  machine: setup({}).createMachine({ initial: 'idle', states: { idle: {} } }),
  initialState: () => ({}),
  effects: {},
  preconditions: {},
  read: {
    docked: ({ config, plant }) =>
      dockNames(config).filter((name) => plant.vesselAt(name) !== undefined).length,
    modules: ({ config, plant }) =>
      dockNames(config)
        .map((name) => plant.vesselAt(name)?.id ?? '')
        .join(','),
  },
  write: {},
  channels: {},
  appearance: ({ columns, levels }) => ({
    columns,
    levels,
    pitch: DOCK_PITCH,
    level: LEVEL_PITCH,
    floor: FLOOR,
  }),
});
