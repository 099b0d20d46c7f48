/** Pipettes by their largest volume: volumes in m3. */
export interface Pipette {
  readonly capacity: number;
  /** Largest permissible systematic and random errors, ISO 8655-2. */
  readonly systematic: number;
  readonly random: number;
}

/** 1 mL tips: 8 uL and 3 uL (ISO 8655-2, 1000 uL pipette). */
export const SMALL: Pipette = { capacity: 1e-6, systematic: 8e-9, random: 3e-9 };
/** 10 mL tips: 60 uL and 30 uL (ISO 8655-2, 10 mL pipette). */
export const LARGE: Pipette = { capacity: 10e-6, systematic: 60e-9, random: 30e-9 };

export const CHANNELS = 4;

/** What the plan depends on, SI. */
export interface HandlingRates {
  /** Flow of one channel [m3/s]. */
  readonly channelFlow: number;
  /** Travel between two places with the tips up [s]. */
  readonly moveTime: number;
}

/** A volume cut into strokes of the four channels. */
export interface StrokePlan {
  readonly pipette: Pipette;
  /** Channels in use, and so tips needed. */
  readonly channels: number;
  readonly strokes: number;
  /** Volume of one stroke, all channels together [m3]. */
  readonly strokeVolume: number;
  /** One stroke: draw, travel, give, travel back [s]. */
  readonly strokeTime: number;
}

/**
 * Cuts `volume` [m3] into equal strokes: small tips up to 4 mL, large ones above, and no more
 * channels than needed.
 */
export function planStrokes(volume: number, rates: HandlingRates): StrokePlan {
  const pipette = volume <= CHANNELS * SMALL.capacity * (1 + 1e-9) ? SMALL : LARGE;
  // A hair's breadth below the capacity, so that 40 mL is one stroke in spite of rounding.
  const channels = Math.min(CHANNELS, Math.max(1, Math.ceil(volume / pipette.capacity - 1e-6)));
  const strokes = Math.max(1, Math.ceil(volume / (channels * pipette.capacity) - 1e-6));
  const strokeVolume = volume / strokes;
  const strokeTime = 2 * (strokeVolume / channels / rates.channelFlow + rates.moveTime);
  return { pipette, channels, strokes, strokeVolume, strokeTime };
}

/** Mixing: strokes of four full large tips in and out of the same vessel. */
export function planMixing(cycles: number, volume: number, rates: HandlingRates): StrokePlan {
  const perChannel = Math.min(LARGE.capacity, volume / CHANNELS);
  return {
    pipette: LARGE,
    channels: CHANNELS,
    strokes: cycles,
    strokeVolume: perChannel * CHANNELS,
    strokeTime: (2 * perChannel) / rates.channelFlow,
  };
}
