import { MICROS_PER_MINUTE } from '../../../kernel/time.ts';
import type { PhaseContext } from '../../phase.ts';
import { recoverDevices } from '../../recovery.ts';
import {
  now,
  PhaseFailure,
  perform,
  readText,
  release,
  type Task,
  waitForChange,
} from '../../task.ts';
import { claimOne } from './claiming.ts';
import { deviceOf } from '../../places.ts';
import { facilityOf } from './facility.ts';
import { attemptOnly, tellFailure } from './linking.ts';
import { byOperator } from './operators.ts';

/** Attempts with any carrier, and with one that has the load. */
const ATTEMPTS = 4;
const PATIENT_ATTEMPTS = 30;

/**
 * Lets a shuttle or an arm carry a vessel from one place to another. When a carrier fails before it
 * has the load, another does it; one that has it is waited for.
 */
export function* carry(context: PhaseContext, from: string, to: string): Task<void> {
  if (from === to) return;
  const { carriers, distance } = facilityOf(context.plant);
  const tried = new Set<string>();
  for (let attempt = 1; ; attempt++) {
    if (carriers.every((id) => tried.has(id))) tried.clear();
    const options = carriers
      .filter((id) => !tried.has(id))
      .map((id) => ({ resource: `${id}.load`, cost: distance(id, from) }));
    const claimed = yield* claimOne(context, options, `a carrier to ${to}`);
    const carrier = deviceOf(claimed);
    try {
      return yield* carryBy(context, carrier, from, to);
    } catch (error) {
      if (!(error instanceof PhaseFailure)) throw error;
      yield* tellFailure(context, error, attempt >= ATTEMPTS ? 'fail' : 'elsewhere');
      if (attempt >= ATTEMPTS) throw error;
      tried.add(carrier);
    } finally {
      yield* release(claimed);
    }
  }
}

function carryBy(context: PhaseContext, carrier: string, from: string, to: string): Task<void> {
  const isShuttle = facilityOf(context.plant).has(carrier, 'carry');
  return isShuttle
    ? carryByShuttle(context, carrier, from, to)
    : carryByArm(context, carrier, from, to);
}

/**
 * A shuttle takes the whole way as one order. When it breaks down with the load, people put that where it
 * was to go; when it only gave the order up, it goes on.
 */
function* carryByShuttle(
  context: PhaseContext,
  shuttle: string,
  from: string,
  to: string,
): Task<void> {
  let isLoaded = false;
  for (let attempt = 1; ; attempt++) {
    try {
      if (isLoaded) yield* perform(shuttle, 'place', { to });
      else yield* perform(shuttle, 'carry', { from, to });
      return;
    } catch (error) {
      if (!(error instanceof PhaseFailure)) throw error;
      const wasLoaded = isLoaded;
      isLoaded = (yield* readText(shuttle, 'heldVessel')) !== '';
      // It was put down, although the order did not come to its end.
      if (wasLoaded && !isLoaded) return;
      if (!isLoaded || attempt >= PATIENT_ATTEMPTS) throw error;
      yield* tellFailure(context, error, 'retry');
      if (yield* isBroken(shuttle)) {
        const text = `put what ${shuttle} holds into ${to}`;
        yield* byOperator(context.record, shuttle, text, () =>
          attemptOnly(perform(shuttle, 'releaseManually', { to })),
        );
        if ((yield* readText(shuttle, 'heldVessel')) === '') return;
      }
      yield* waitForChange([shuttle], (yield* now()) + 15 * MICROS_PER_MINUTE);
    }
  }
}

function* isBroken(device: string): Task<boolean> {
  return (yield* readText(device, 'state')) === 'broken';
}

function* carryByArm(context: PhaseContext, arm: string, from: string, to: string): Task<void> {
  let hasPicked = false;
  for (let attempt = 1; ; attempt++) {
    const isHolding = (yield* readText(arm, 'heldVessel')) !== '';
    // It was set down, although the arm did not come to the end of that.
    if (hasPicked && !isHolding) return;
    try {
      if (!isHolding) yield* perform(arm, 'pick', { place: from });
      hasPicked = true;
      yield* perform(arm, 'place', { place: to });
      return;
    } catch (error) {
      if (!(error instanceof PhaseFailure)) throw error;
      const isLoaded = (yield* readText(arm, 'heldVessel')) !== '';
      if (!isLoaded && !hasPicked && !error.hasBegun) throw error;
      if (attempt >= PATIENT_ATTEMPTS) throw error;
      hasPicked ||= isLoaded;
      yield* tellFailure(context, error, 'retry');
      const pause = attempt <= 2 ? 1 : 30;
      yield* waitForChange([arm], (yield* now()) + pause * MICROS_PER_MINUTE);
      yield* recoverDevices(context.plant, [arm]);
    }
  }
}
