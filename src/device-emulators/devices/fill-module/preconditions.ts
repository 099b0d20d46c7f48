import { type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import type { CommandParameters } from '../../definition/command.ts';
import type { ReadContext } from '../../definition/device.ts';
import { needsOpenCoupling, needsRoom, needsVolume } from '../../definition/module-checks.ts';
import { INWARD } from '../../definition/work/sources.ts';
import type { FillModuleConfig, FillModuleState } from './effects.ts';

type Context = ReadContext<FillModuleConfig, FillModuleState>;

/** Refuses a formulation without coupling, reagents or room. */
export function checkFormulation(
  context: Context,
  { buffer, cryoprotectant }: CommandParameters,
): Refusal | undefined {
  const cassette = context.plant.vesselAt('transfer')?.id ?? '';
  return (
    needsOpenCoupling(context, INWARD) ??
    needsVolume(context, 'formulationBuffer', Number(buffer)) ??
    needsVolume(context, 'cryoprotectant', Number(cryoprotectant)) ??
    needsRoom(context, cassette, Number(buffer) + Number(cryoprotectant))
  );
}

/** Refuses a filling without product, or without a bag that may take it. */
export function checkFilling(
  context: Context,
  { volume, untilEmpty }: CommandParameters,
): Refusal | undefined {
  const { id, plant, config, state } = context;
  const refused = needsOpenCoupling(context, 'product');
  const cassette = plant.vesselAt('transfer');
  if (refused !== undefined || cassette === undefined) return refused;
  const bag = plant.vesselAt('product');
  if (bag === undefined && state.bags < 1) {
    return refusal('NO_VESSEL', `the magazine of ${id} is empty; load bags`);
  }
  if (bag?.sealed === true) {
    return refusal('PLACE_OCCUPIED', `${bag.id} in ${id}.product is sealed; take it away`);
  }
  if (bag !== undefined && bag.batch !== cassette.batch) {
    const message = `${bag.id} in ${id} is labelled ${bag.batch}, ${cassette.id} ${cassette.batch}`;
    return refusal('WRONG_VESSEL', message);
  }
  const lost = bag !== undefined && state.primed === bag.id ? 0 : config.holdUp;
  const there = cassette.volume - lost;
  if (there <= 0) return refusal('INSUFFICIENT_VOLUME', `${cassette.id} in ${id} is empty`);
  const filled = untilEmpty === true ? Math.min(there, Number(volume)) : Number(volume);
  if (bag !== undefined) {
    const full = needsRoom(context, bag.id, filled);
    if (full !== undefined) return full;
  }
  return needsVolume(context, cassette.id, filled + lost);
}

/** Refuses to seal without a bag. */
export function checkBag({ id, plant }: Context): Refusal | undefined {
  if (plant.vesselAt('product') !== undefined) return undefined;
  return refusal('NO_VESSEL', `there is no bag in ${id}.product; fill one`);
}
