import { isParticle, SPECIES_COUNT } from '../../../bio-models/species.ts';
import { microsFromSeconds } from '../../../kernel/time.ts';
import { fromSi } from '../../../kernel/units.ts';
import { needsDrain } from '../../definition/module-checks.ts';
import { giveToCassette, throughCoupling, volumeOf } from '../../definition/module-liquids.ts';
import { type Context, isOpen, isRunning, slotName, slotOf } from './state.ts';

/** Largest share of the contents that is exchanged at a time, so that more dilutes as a flow does. */
const LARGEST_PART = 0.2;
/** Less than this is none [m3]. */
const NONE = 1e-9;

export function millilitres(volume: number): number {
  return Number(fromSi(volume, 'mL').toFixed(2));
}

/** Fresh medium from the network into the cassette of a slot [m3]; returns what came out of the pipe. */
export function feed(ctx: Context, slot: number, volume: number): number {
  const fresh = ctx.plant.drawSupply('medium', volume);
  const given = volumeOf(fresh);
  if (given > 0) giveToCassette(ctx.plant, slotName(slot), fresh);
  ctx.state.given += given;
  return given;
}

/** Lets spent medium go into the drain: what is dissolved, while the filter keeps cells and beads. */
function drain(ctx: Context, slot: number, volume: number): void {
  const { plant } = ctx;
  const place = slotName(slot);
  const vessel = plant.vesselAt(place);
  if (vessel === undefined || vessel.volume <= 0) return;
  const share = Math.min(1, volume / vessel.volume);
  const fractions = new Float64Array(SPECIES_COUNT);
  for (let s = 0; s < SPECIES_COUNT; s++) fractions[s] = isParticle(s) ? 0 : share;
  plant.toDrain(throughCoupling(plant, place, plant.split(vessel.id, fractions)));
}

/**
 * Exchanges up to `volume` [m3] of medium, part by part: as much fresh medium as there is, and as much
 * spent medium out before. Returns the volume exchanged.
 */
export function exchange(ctx: Context, slot: number, volume: number): number {
  const { plant } = ctx;
  const vessel = plant.vesselAt(slotName(slot));
  if (vessel === undefined || vessel.volume <= NONE) return 0;
  const parts = Math.max(1, Math.ceil(volume / (LARGEST_PART * vessel.volume)));
  let exchanged = 0;
  for (let part = 0; part < parts; part++) {
    const fresh = plant.drawSupply('medium', volume / parts);
    const given = volumeOf(fresh);
    if (given <= NONE) break;
    drain(ctx, slot, given);
    giveToCassette(plant, slotName(slot), fresh);
    exchanged += given;
  }
  ctx.state.given += exchanged;
  return exchanged;
}

/** Sees to it that the next pulse of a perfused slot comes. */
export function schedulePulse(ctx: Context, slot: number): void {
  const state = slotOf(ctx, slot);
  if (state.isPulseDue || state.rate <= 0) return;
  state.pulse += 1;
  state.isPulseDue = true;
  const delay = microsFromSeconds(ctx.config.pulseInterval);
  ctx.raise({ type: 'pulse', slot, number: state.pulse }, delay);
}

/** A pulse of perfusion: what the rate asks for one interval, as far as medium and drain allow. */
export function pulse(ctx: Context, slot: number): void {
  const { plant, config } = ctx;
  const vessel = plant.vesselAt(slotName(slot));
  const { rate } = slotOf(ctx, slot);
  if (vessel === undefined || rate <= 0 || !isRunning(ctx) || !isOpen(ctx, slot)) return;
  const volume = rate * config.pulseInterval * vessel.volume;
  const full = needsDrain(ctx, volume);
  ctx.setAlarm('drainFull', full !== undefined, full?.message);
  if (full !== undefined) return;
  const exchanged = exchange(ctx, slot, volume);
  const missing = volume - exchanged;
  const isShort = missing > 1e-3 * volume + NONE;
  ctx.setAlarm('mediumMissing', isShort, `slot ${slot} lacks ${millilitres(missing)} mL`);
}
