import { MICROS_PER_HOUR } from '../../../kernel/time.ts';
import type { PhaseContext } from '../../phase.ts';
import { now, perform, type Task } from '../../task.ts';
import { noteVolume, rounded, volumeIn } from './holding.ts';
import { cultivate, type Culture, withCulture } from './incubation.ts';

/** Most medium at once, as a share of the culture: it comes cold from its tank. */
const GENTLE = 0.35;

/** Adds cold medium up to a volume, in portions that the chamber can warm. */
export function* feedUpTo(context: PhaseContext, culture: Culture, target: number): Task<void> {
  for (let lack = target - volumeIn(context); lack >= 1; lack = target - volumeIn(context)) {
    const volume = rounded(Math.min(lack, Math.max(20, GENTLE * volumeIn(context))), 1);
    const told = yield* withCulture(context, culture, (incubator, slot) =>
      perform(incubator, 'feed', { slot, volume }),
    );
    yield* noteVolume(context, told.volume ?? volumeIn(context) + volume);
    const settled = (yield* now()) + MICROS_PER_HOUR / 2;
    if (target - volumeIn(context) >= 1) yield* cultivate(context, culture, settled);
  }
}
