import { type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import { composePose, type Pose } from '../../../kernel/pose.ts';
import { counted, integer, quantity, worded } from '../../definition/declare.ts';
import { defineDevice } from '../../definition/define-device.ts';
import type { EffectContext, PlaceDeclaration, ReadContext } from '../../definition/device.ts';
import type { Field } from '../../definition/fields.ts';
import { MODULE_SIZE } from '../../definition/module-frame.ts';
import { block } from '../../definition/solids.ts';
import { refusePutting, refuseTaking } from '../../definition/taking.ts';
import { upright } from '../../definition/upright.ts';
import { moduleTrolleyMachine } from './machine.ts';

interface TrolleyConfig {
  readonly bays: number;
  /** [s] */
  readonly fasteningTime: number;
  readonly wayTime: number;
  /** [m] */
  readonly liftHeight: number;
  /** [kg] */
  readonly maximumLoad: number;
}

/** Module under way, its dock and the bay that it left or comes to; empty and 0 at rest. */
interface TrolleyState {
  held: string;
  dock: string;
  bay: number;
}

type Context = EffectContext<TrolleyConfig, TrolleyState>;
type Reader = ReadContext<TrolleyConfig, TrolleyState>;

const MOST_BAYS = 3;
/** Height of the bays above the floor, room around a module and depth [m]; assumed. */
const DECK = 0.32;
const MARGIN = 0.06;
const DEPTH = 0.84;
const HANDLE = 1.05;

const pitch = MODULE_SIZE[0] + MARGIN;
const widthOf = (bays: number): number => bays * pitch + MARGIN;

const bayName = (number: number): string => `bay${number}`;

function bayPlaces({ bays }: Pick<TrolleyConfig, 'bays'>): readonly PlaceDeclaration[] {
  return Array.from({ length: bays }, (_, i) => ({
    name: bayName(i + 1),
    title: `Bay ${i + 1}`,
    pose: upright((i - (bays - 1) / 2) * pitch, 0, DECK),
    accepts: ['module'],
    open: true,
    robot: false,
  }));
}

const dock = (title: string): Field => ({ type: 'reference', to: 'place', title });

/** Why people do not get to a dock with the trolley. */
function refuseDock({ id, config, plant, pose }: Reader, place: string): Refusal | undefined {
  const declared = plant.placeView(place);
  if (declared === undefined) return refusal('UNKNOWN_PLACE', `there is no place "${place}"`);
  if (!declared.accepts.includes('module') || place.startsWith(`${id}.`)) {
    return refusal('UNREACHABLE', `${place} is no dock for modules`);
  }
  const height = (plant.placePose(place)?.position[2] ?? 0) - pose.position[2];
  if (height <= config.liftHeight) return undefined;
  const why = `${place} is ${height.toFixed(1)} m high, ${id} lifts to ${config.liftHeight} m`;
  return refusal('UNREACHABLE', why);
}

/** Number of the first empty bay, 0 when all are taken. */
function freeBay({ config, plant }: Reader): number {
  for (let bay = 1; bay <= config.bays; bay++) {
    if (plant.vesselAt(bayName(bay)) === undefined) return bay;
  }
  return 0;
}

function refuseTake(ctx: Reader, from: string): Refusal | undefined {
  const closed =
    refuseDock(ctx, from) ?? refuseTaking(ctx.plant, ctx.id, from, ctx.config.maximumLoad);
  if (closed !== undefined || freeBay(ctx) > 0) return closed;
  return refusal('PLACE_OCCUPIED', `all bays of ${ctx.id} are taken; bring a module away first`);
}

function refuseInsert(ctx: Reader, bay: number, to: string): Refusal | undefined {
  const closed = refuseDock(ctx, to);
  if (closed !== undefined) return closed;
  if (bay > ctx.config.bays) {
    return refusal('UNKNOWN_PLACE', `${ctx.id} has ${ctx.config.bays} bays`);
  }
  const module = ctx.plant.vesselAt(bayName(bay));
  if (module === undefined) return refusal('NO_VESSEL', `bay ${bay} of ${ctx.id} is empty`);
  return refusePutting(ctx.plant, module, to);
}

/** Puts what is under way into its bay. */
function putIntoBay({ state, plant }: Context): void {
  plant.moveVessel(state.held, bayName(state.bay));
}

function forget({ state }: Context): void {
  Object.assign(state, { held: '', dock: '', bay: 0 });
}

function bayPose({ config, state, pose }: Reader): Pose {
  const place = bayPlaces(config).find(({ name }) => name === bayName(state.bay));
  return place === undefined ? pose : composePose(pose, place.pose);
}

/** Lift trolley with which people take modules out of docks and put others in while the plant runs. */
export const moduleTrolley = defineDevice({
  type: 'module-trolley',
  title: 'Module trolley',
  description:
    'Lift trolley on which modules stand in reserve; people exchange modules with it while the plant runs.',
  identity: { model: 'Trolley 200', firmware: '1.0.0' },
  size: [widthOf(MOST_BAYS), DEPTH, HANDLE],
  extent: ({ bays }) => [widthOf(bays), DEPTH, HANDLE],
  config: {
    bays: integer('Bays for modules', [1, MOST_BAYS], 2),
    fasteningTime: quantity('min', 'Time to fasten or loosen a module in its dock', [0.5, 60], 3),
    wayTime: quantity('min', 'Time to wheel a module to its place', [0.5, 60], 2),
    liftHeight: quantity('m', 'Highest dock above the floor', [0.1, 6], 2.5),
    maximumLoad: quantity('kg', 'Heaviest module', [20, 500], 200),
  },
  quirks: [
    'A module on the trolley has no power.',
    'A module that works, or in which something is coupled, stays in its dock.',
    'People who are called off on the way put the module back onto the trolley.',
  ],
  signals: {
    modules: worded('Modules', 'Body of the module in each bay, joined by commas.'),
    underWay: worded('Under way', 'Body of the module that people wheel, empty when none.'),
    free: counted('Empty bays', [0, MOST_BAYS]),
  },
  commands: {
    takeModule: {
      title: 'Take a module',
      description:
        'People loosen the module in a dock and wheel it into an empty bay; tells which.',
      parameters: { from: dock('Dock') },
      errors: [
        ...(['UNKNOWN_PLACE', 'UNREACHABLE', 'NO_VESSEL', 'PLACE_BLOCKED', 'INTERLOCK'] as const),
        ...(['TOO_HEAVY', 'PLACE_OCCUPIED', 'ABORTED'] as const),
      ],
      execution: 'timed',
    },
    insertModule: {
      title: 'Insert a module',
      description: 'People wheel the module of a bay to an empty dock and fasten it there.',
      parameters: { bay: integer('Bay', [1, MOST_BAYS]), to: dock('Dock') },
      errors: [
        ...(['UNKNOWN_PLACE', 'UNREACHABLE', 'NO_VESSEL', 'WRONG_VESSEL'] as const),
        ...(['PLACE_OCCUPIED', 'PLACE_BLOCKED', 'ABORTED'] as const),
      ],
      execution: 'timed',
    },
    abort: {
      title: 'Abort',
      description: 'Calls people off; a module under way comes back onto the trolley.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT'],
      execution: 'abort',
    },
  },
  alarms: {},
  solids: ({ bays }) => {
    const [x, y] = [widthOf(bays) / 2, DEPTH / 2];
    return [block([-x, -y, 0], [x, y, DECK]), block([-x, y - 0.05, DECK], [x, y, HANDLE])];
  },
  places: bayPlaces,
  ports: () => [],
  vessels: () => [],
  machine: moduleTrolleyMachine,
  initialState: (): TrolleyState => ({ held: '', dock: '', bay: 0 }),
  effects: {
    begun: ({ state }: Context, event: { from?: string; to?: string; bay?: number }) => {
      state.dock = event.from ?? event.to ?? '';
      state.bay = event.bay ?? 0;
    },
    loosened: (ctx: Context) => {
      const { state, plant } = ctx;
      const refused = refuseTake(ctx, state.dock);
      if (refused !== undefined) {
        ctx.fail(refused.code, refused.message);
        forget(ctx);
        ctx.raise({ type: 'order.over' });
        return;
      }
      state.bay = freeBay(ctx);
      state.held = plant.vesselAt(state.dock)?.id ?? '';
      plant.grasp(state.held);
    },
    parked: (ctx: Context) => {
      const { bay } = ctx.state;
      putIntoBay(ctx);
      forget(ctx);
      ctx.complete({ bay });
    },
    lifted: ({ state, plant }: Context) => {
      state.held = plant.vesselAt(bayName(state.bay))?.id ?? '';
      plant.grasp(state.held);
    },
    docked: (ctx: Context) => {
      const { state, plant } = ctx;
      const module = plant.vessel(state.held);
      if (module === undefined) throw new RangeError('people who insert a module have one');
      const refused = refuseDock(ctx, state.dock) ?? refusePutting(plant, module, state.dock);
      if (refused === undefined) {
        plant.moveVessel(state.held, state.dock);
        ctx.complete();
      } else {
        putIntoBay(ctx);
        ctx.fail(refused.code, refused.message);
      }
      forget(ctx);
    },
    forgotten: forget,
    returned: (ctx: Context) => {
      if (ctx.state.held !== '') putIntoBay(ctx);
      forget(ctx);
    },
  },
  preconditions: {
    takeModule: (ctx, { from }) => refuseTake(ctx, String(from)),
    insertModule: (ctx, { bay, to }) => refuseInsert(ctx, Number(bay), String(to)),
  },
  read: {
    modules: ({ config, plant }) =>
      bayPlaces(config)
        .map(({ name }) => plant.vesselAt(name)?.id ?? '')
        .join(','),
    underWay: ({ state }) => state.held,
    free: ({ config, plant }) =>
      bayPlaces(config).filter(({ name }) => plant.vesselAt(name) === undefined).length,
  },
  write: {},
  channels: {},
  appearance: ({ bays }) => ({ bays, pitch, deck: DECK }),
  carry: bayPose,
});
