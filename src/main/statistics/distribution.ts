/** What matters of a set of numbers, in their unit. */
export interface Distribution {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly max: number;
}

/** Quantiles by linear interpolation between order statistics (Hyndman and Fan 1996, type 7). */
export function distributionOf(values: readonly number[]): Distribution {
  const sorted = [...values].sort((a, b) => a - b);
  const quantile = (q: number): number => {
    const at = q * (sorted.length - 1);
    const low = sorted[Math.floor(at)] ?? 0;
    const high = sorted[Math.ceil(at)] ?? 0;
    return low + (high - low) * (at - Math.floor(at));
  };
  const sum = sorted.reduce((total, value) => total + value, 0);
  const shown = (value: number): number => Number(value.toPrecision(6));
  return {
    count: sorted.length,
    mean: shown(sorted.length > 0 ? sum / sorted.length : 0),
    p50: shown(quantile(0.5)),
    p90: shown(quantile(0.9)),
    max: shown(sorted.at(-1) ?? 0),
  };
}
