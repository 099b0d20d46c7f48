import { type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import { fromSi } from '../../../kernel/units.ts';
import type { CommandParameters } from '../../definition/command.ts';
import type { ReadContext } from '../../definition/device.ts';
import type { VesselView } from '../../definition/plant-port.ts';
import type { LiquidHandlerConfig } from './effects.ts';
import { CHANNELS, planStrokes } from './plan.ts';
import type { LiquidHandlerState } from './state.ts';

type Context = ReadContext<LiquidHandlerConfig, LiquidHandlerState>;

/** What the level sensor cannot tell from enough [m3]; the pipettes' own error is larger. */
const TOLERANCE = 0.1e-6;

function openVessel({ id, plant }: Context, place: string): VesselView | Refusal {
  const vessel = plant.vesselAt(place);
  if (vessel === undefined) return refusal('NO_VESSEL', `there is no vessel in ${id}.${place}`);
  if (vessel.capped) {
    return refusal('VESSEL_CAPPED', `${vessel.id} in ${id}.${place} is capped; uncap it first`);
  }
  return vessel;
}

function tipsFor({ id, state }: Context, needed: number): Refusal | undefined {
  if (state.tips >= needed) return undefined;
  const message = `${id} needs ${needed} tips and has ${state.tips}; load tips`;
  return refusal('INTERLOCK', message);
}

/** Refuses a transfer that the vessels, their contents or the tips do not allow. */
export function checkTransfer(
  context: Context,
  parameters: CommandParameters,
  to: string,
): Refusal | undefined {
  const from = String(parameters.from);
  const volume = Number(parameters.volume);
  if (from === to) return refusal('INVALID_PARAMETER', '"from" and "to" are the same place');
  const source = openVessel(context, from);
  if ('code' in source) return source;
  const sink = to === 'waste' ? context.plant.vessel('waste') : openVessel(context, to);
  if (sink === undefined) return refusal('NO_VESSEL', `${context.id} has no waste vessel`);
  if ('code' in sink) return sink;
  const taken = Math.min(volume, source.volume);
  const millilitres = (amount: number): string => fromSi(amount, 'mL').toFixed(1);
  if (parameters.untilEmpty !== true && source.volume + TOLERANCE < volume) {
    const message = `${source.id} holds ${millilitres(source.volume)} mL, not ${millilitres(volume)} mL`;
    return refusal('INSUFFICIENT_VOLUME', message);
  }
  if (sink.volume + taken > sink.capacity) {
    const free = millilitres(sink.capacity - sink.volume);
    return refusal('OVERFLOW', `${sink.id} takes only ${free} mL more`);
  }
  return tipsFor(context, planStrokes(volume, context.config).channels);
}

/** Refuses mixing without an open vessel or tips. */
export function checkMix(context: Context, parameters: CommandParameters): Refusal | undefined {
  const vessel = openVessel(context, String(parameters.place));
  return 'code' in vessel ? vessel : tipsFor(context, CHANNELS);
}
