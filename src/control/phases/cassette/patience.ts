import { MICROS_PER_HOUR, MICROS_PER_MINUTE } from '../../../kernel/time.ts';

/** Longest that something is wanted before the batch is given up; assumed. */
export const LONGEST_WANT = 24 * MICROS_PER_HOUR;
/** Pause before what failed for want of a supply, or at the only module, is tried again; assumed. */
export const RETRY_PAUSE = 15 * MICROS_PER_MINUTE;
