import { type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import type { CommandParameters } from '../../definition/command.ts';
import type { ReadContext } from '../../definition/device.ts';
import {
  needsDrain,
  needsFromSupply,
  needsOpenCoupling,
  needsRoom,
  needsVolume,
} from '../../definition/module-checks.ts';
import { INWARD, OUTWARD } from '../../definition/work/sources.ts';
import type { MagnetModuleConfig, MagnetModuleState } from './effects.ts';

type Context = ReadContext<MagnetModuleConfig, MagnetModuleState>;

/** Refuses a selection without cells, beads, buffer, drain or room. */
export function checkSelection(
  context: Context,
  { reagent, beads, keep }: CommandParameters,
): Refusal | undefined {
  const refused = needsOpenCoupling(context, OUTWARD);
  const cassette = context.plant.vesselAt('transfer');
  if (refused !== undefined || cassette === undefined) return refused;
  if (cassette.volume <= 0) {
    return refusal('INSUFFICIENT_VOLUME', `${cassette.id} in ${context.id} is empty`);
  }
  const { washVolume } = context.config;
  const left = cassette.capacity - Number(keep);
  if (left < 0) return refusal('OVERFLOW', `${cassette.id} is too small to keep that volume`);
  return (
    checkBeads(context, String(reagent), Number(beads)) ??
    needsFromSupply(context, 'buffer', washVolume + Number(keep)) ??
    needsDrain(context, cassette.volume + Number(beads) + washVolume)
  );
}

/** Refuses to add beads when cassette, beads or room are missing. */
export function checkBeads(context: Context, reagent: string, volume: number): Refusal | undefined {
  return (
    needsOpenCoupling(context, INWARD) ??
    needsVolume(context, reagent, volume) ??
    needsRoom(context, context.plant.vesselAt('transfer')?.id ?? '', volume)
  );
}

/** Refuses to take beads away without a way out for them. */
export function checkRemoval(context: Context): Refusal | undefined {
  return needsOpenCoupling(context, OUTWARD) ?? needsDrain(context, 0);
}
