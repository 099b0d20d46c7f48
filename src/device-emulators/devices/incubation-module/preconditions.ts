import { type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import type { CommandParameters } from '../../definition/command.ts';
import {
  needsCassette,
  needsDrain,
  needsFromSupply,
  needsOpenCoupling,
  needsRoom,
  needsSupply,
} from '../../definition/module-checks.ts';
import { type Reader, slotName } from './state.ts';

type Check = (ctx: Reader, parameters: CommandParameters) => Refusal | undefined;

function needsFree({ id, plant }: Reader, place: string): Refusal | undefined {
  const there = plant.vesselAt(place);
  if (there === undefined) return undefined;
  return refusal('PLACE_OCCUPIED', `${there.id} stands in ${id}.${place}; take it away first`);
}

function needsParted({ id, plant }: Reader, place: string): Refusal | undefined {
  if (plant.coupling(place) === undefined) return undefined;
  return refusal('INTERLOCK', `the cassette in ${id}.${place} is coupled; disconnect it first`);
}

/** The lift holds no cassette. */
function needsLift({ id, state }: Reader): Refusal | undefined {
  const { ride } = state;
  if (ride === undefined) return undefined;
  return refusal(
    'WRONG_STATE',
    `the lift of ${id} holds ${ride.vessel}; release slot ${ride.slot}`,
  );
}

const perfused: Check = (ctx, { slot }) =>
  needsOpenCoupling(ctx, 'perfusion', slotName(Number(slot)));

/** Why a slot cannot be fed or its medium exchanged. */
export function refusePumping(
  ctx: Reader,
  kind: 'feed' | 'exchange',
  slot: number,
  volume: number,
): Refusal | undefined {
  const refused = perfused(ctx, { slot }) ?? needsFromSupply(ctx, 'medium', volume);
  if (refused !== undefined) return refused;
  if (kind === 'exchange') return needsDrain(ctx, volume);
  return needsRoom(ctx, ctx.plant.vesselAt(slotName(slot))?.id ?? '', volume);
}

export const incubationPreconditions: Readonly<Record<string, Check>> = {
  store: (ctx, { slot }) => {
    const place = slotName(Number(slot));
    return (
      needsLift(ctx) ?? needsCassette(ctx) ?? needsParted(ctx, 'transfer') ?? needsFree(ctx, place)
    );
  },
  retrieve: (ctx, { slot }) => {
    const place = slotName(Number(slot));
    return (
      needsLift(ctx) ??
      needsCassette(ctx, place) ??
      needsParted(ctx, place) ??
      needsFree(ctx, 'transfer')
    );
  },
  releaseManually: (ctx, { slot }) => {
    const { id, state } = ctx;
    const { ride } = state;
    const place = slotName(Number(slot));
    if (ride !== undefined && ride.slot !== slot) {
      const held = `the lift of ${id} holds the cassette of slot ${ride.slot}`;
      return refusal('INTERLOCK', `${held}; release that one first`);
    }
    const missing = ride === undefined ? needsCassette(ctx, place) : undefined;
    return missing ?? needsParted(ctx, place) ?? needsFree(ctx, 'transfer');
  },
  incubate: (ctx, parameters) => perfused(ctx, parameters) ?? needsSupply(ctx, 'gas'),
  setPerfusion: (ctx, parameters) =>
    parameters.rate === 0
      ? undefined
      : (perfused(ctx, parameters) ?? needsSupply(ctx, 'medium', 'drain')),
  feed: (ctx, { slot, volume }) => refusePumping(ctx, 'feed', Number(slot), Number(volume)),
  exchange: (ctx, { slot, volume }) => refusePumping(ctx, 'exchange', Number(slot), Number(volume)),
  stop: (ctx, { slot }) => needsCassette(ctx, slotName(Number(slot))),
};
