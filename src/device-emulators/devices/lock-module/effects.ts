import { FILL_NAMES } from '../../../bio-models/starting-materials.ts';
import { type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import type { CommandParameters } from '../../definition/command.ts';
import type { EffectContext, ReadContext } from '../../definition/device.ts';

/** What is being handed through. */
export interface LockModuleState {
  task: {
    command: string;
    batch: string;
    material: string;
    volume: number;
    temperature: number;
    vessel: string;
    to: string;
  };
  received: number;
}

type Context = EffectContext<unknown, LockModuleState>;
type Reader = ReadContext<unknown, LockModuleState>;

const NO_TASK: LockModuleState['task'] = {
  command: '',
  batch: '',
  material: '',
  volume: 0,
  temperature: 0,
  vessel: '',
  to: '',
};

export const EMPTY_LOCK: LockModuleState = { task: NO_TASK, received: 0 };

/** Place that a command hands through. */
const PLACE: Readonly<Record<string, string>> = {
  receive: 'bag',
  dispatch: 'bag',
  admit: 'transfer',
  expel: 'transfer',
};

/** Why no bag can come in. */
export function refuseReceiving(
  { id, plant }: Reader,
  { material, batch }: CommandParameters,
): Refusal | undefined {
  if (String(batch) === '') return refusal('INVALID_PARAMETER', 'a bag needs a batch on its label');
  if (!FILL_NAMES.includes(String(material))) {
    const message = `there is no material "${material}"; known: ${FILL_NAMES.join(', ')}`;
    return refusal('INVALID_PARAMETER', message);
  }
  const there = plant.vesselAt('bag');
  if (there === undefined) return undefined;
  return refusal('PLACE_OCCUPIED', `${there.id} stands in ${id}.bag; take it away first`);
}

/** Why no bag can leave. */
export function refuseDispatch({ id, plant }: Reader): Refusal | undefined {
  if (plant.vesselAt('bag') !== undefined) return undefined;
  return refusal('NO_VESSEL', `there is no bag in ${id}.bag; bring one`);
}

/** Why a cassette cannot come in. */
export function refuseAdmission(
  { id, plant }: Reader,
  { vessel }: CommandParameters,
): Refusal | undefined {
  const there = plant.vesselAt('transfer');
  if (there !== undefined) {
    return refusal('PLACE_OCCUPIED', `${there.id} stands in ${id}.transfer; take it away first`);
  }
  const found = plant.vessel(String(vessel));
  if (found === undefined) return refusal('UNKNOWN_VESSEL', `there is no vessel "${vessel}"`);
  if (found.shape !== 'cassette') {
    return refusal('WRONG_VESSEL', `${vessel} is no cassette; name the body of one`);
  }
  if (found.place !== '' && plant.coupling(found.place) === undefined) return undefined;
  return refusal('NO_VESSEL', `${vessel} stands in no place from which it could be taken`);
}

/** Why the cassette cannot go out. */
export function refuseExpelling(
  { id, plant }: Reader,
  { to }: CommandParameters,
): Refusal | undefined {
  if (plant.vesselAt('transfer') === undefined) {
    return refusal('NO_VESSEL', `there is no cassette in ${id}.transfer; bring one`);
  }
  if (plant.placePose(String(to)) === undefined) {
    return refusal('UNKNOWN_PLACE', `there is no place "${to}"`);
  }
  const there = plant.vesselAt(String(to));
  if (there === undefined) return undefined;
  return refusal('PLACE_OCCUPIED', `${there.id} stands in ${to}`);
}

function open(ctx: Context): void {
  for (const place of ['bag', 'transfer']) ctx.plant.setPlaceOpen(place, true);
}

/** Effects of the lock module by the names of its machine's actions. */
export const lockModuleEffects = {
  begun: (ctx: Context, event: { readonly type: string } & Partial<LockModuleState['task']>) => {
    const { type, batch, material, volume, temperature, vessel, to } = event;
    const given = { batch, material, volume, temperature, vessel, to };
    const known = Object.entries(given).filter(([, value]) => value !== undefined);
    ctx.state.task = { ...NO_TASK, command: type, ...Object.fromEntries(known) };
    ctx.plant.setPlaceOpen(PLACE[type] ?? 'bag', false);
  },
  received: (ctx: Context) => {
    const { batch, material, volume, temperature } = ctx.state.task;
    ctx.state.received += 1;
    const id = `${ctx.id}-bag-${ctx.state.received}`;
    const fill = { liquid: material, volume, temperature, lot: batch };
    ctx.plant.bringIn({ id, kind: 'cryobag', place: 'bag', batch, capped: false, fill });
    ctx.plant.setSealed(id);
    ctx.state.task.vessel = id;
  },
  admitted: (ctx: Context) => {
    const { vessel } = ctx.state.task;
    const refused = refuseAdmission(ctx, { vessel });
    if (refused === undefined) ctx.plant.moveVessel(vessel, 'transfer');
    else ctx.fail(refused.code, refused.message);
  },
  opened: (ctx: Context) => {
    open(ctx);
    ctx.complete({ vessel: ctx.state.task.vessel });
  },
  dispatched: (ctx: Context) => {
    open(ctx);
    const bag = ctx.plant.vesselAt('bag');
    if (bag === undefined) return ctx.fail('NO_VESSEL', 'the bag was taken away');
    ctx.plant.takeOut(bag.id);
    ctx.complete({ vessel: bag.id, batch: bag.batch });
  },
  expelled: (ctx: Context) => {
    open(ctx);
    const { to } = ctx.state.task;
    const refused = refuseExpelling(ctx, { to });
    const cassette = ctx.plant.vesselAt('transfer');
    if (refused !== undefined || cassette === undefined) {
      return ctx.fail(refused?.code ?? 'NO_VESSEL', refused?.message ?? 'the cassette is gone');
    }
    ctx.plant.moveVessel(cassette.id, to);
    ctx.complete({ vessel: cassette.id });
  },
  stopped: open,
} as const;
