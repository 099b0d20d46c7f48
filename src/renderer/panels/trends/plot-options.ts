import type uPlot from 'uplot';
import type { SignalDescription } from '../../../kernel/plant-contract.ts';
import { hoverStore } from '../../state/hover-store.ts';
import type { Theme } from '../../state/ui-store.ts';
import { formatDay, formatTimeOfDay, unitSymbol } from '../format.ts';
import { type Trend, trendColour } from './trend-look.ts';

const FONT = '11px "Inter Variable", sans-serif';
const DAY_S = 86_400;

interface PlotFrame {
  readonly theme: Theme;
  readonly width: number;
  readonly height: number;
  readonly epochUnixMicros: number;
  /** Length of the time axis [s]; 0 shows everything. */
  window(): number;
}

/** Labels of the time axis: time of day, and the day where it changes or where days are apart. */
function timeLabels(epoch: number, splits: readonly number[]): string[] {
  const apart = (splits[1] ?? 0) - (splits[0] ?? 0);
  let day = '';
  return splits.map((seconds) => {
    const today = formatDay(epoch, seconds * 1e6);
    const clock = formatTimeOfDay(epoch, seconds * 1e6);
    const time = apart < 60 ? clock : clock.slice(0, 5);
    const isNew = today !== day;
    day = today;
    if (apart >= DAY_S) return today;
    return isNew ? `${today} ${time}` : time;
  });
}

/**
 * Lower and upper end of a value axis. A span below half a percent of the declared range, or below
 * thirty steps of the resolution, is widened: noise must not look like a change.
 */
export function valueRange(
  signals: readonly (SignalDescription | undefined)[],
  low: number | null,
  high: number | null,
): [number, number] {
  if (low === null || high === null) return [0, 1];
  const least = Math.max(
    1e-9,
    ...signals.map((signal) => {
      const [from, to] = signal?.range ?? [0, 0];
      return Math.max((to - from) * 0.005, (signal?.resolution ?? 0) * 30);
    }),
  );
  const pad = Math.max((high - low) * 0.06, (least - (high - low)) / 2);
  return [low - pad, high + pad];
}

/** How uPlot draws the trends: one axis per unit, of which two are shown. */
export function plotOptions(trends: readonly Trend[], frame: PlotFrame): uPlot.Options {
  const { theme, width, height, epochUnixMicros, window } = frame;
  const style = getComputedStyle(document.documentElement);
  const stroke = style.getPropertyValue('--muted');
  const grid = { stroke: style.getPropertyValue('--line'), width: 1 };
  const units = [...new Set(trends.map(({ signal }) => signal?.unit ?? ''))];
  return {
    width,
    height,
    padding: [12, 14, 0, 4],
    scales: {
      x: {
        time: false,
        range: (_, low, high) => {
          const length = window();
          return length > 0 ? [high - length, high] : [low, Math.max(high, low + 1)];
        },
      },
      ...Object.fromEntries(
        units.map((unit): [string, uPlot.Scale] => {
          const signals = trends.flatMap(({ signal }) => (signal?.unit === unit ? [signal] : []));
          return [unit, { range: (_, low, high) => valueRange(signals, low, high) }];
        }),
      ),
    },
    legend: { show: false },
    cursor: { y: false, points: { size: 6 }, drag: { x: false, y: false } },
    hooks: {
      setCursor: [
        (plot) => {
          const { left = -1 } = plot.cursor;
          const time = left < 0 ? undefined : plot.posToVal(left, 'x') * 1e6;
          if (time !== hoverStore.getState().time) hoverStore.getState().hover(time);
        },
      ],
    },
    series: [
      {},
      ...trends.map(({ path, signal }, i) => ({
        label: path,
        scale: signal?.unit ?? '',
        stroke: trendColour(theme, i),
        width: 1.6,
        spanGaps: true,
        points: { show: false },
      })),
    ],
    axes: [
      {
        stroke,
        grid,
        ticks: grid,
        font: FONT,
        space: 90,
        size: 28,
        values: (_, splits) => timeLabels(epochUnixMicros, splits),
      },
      ...units.map((unit, i) => ({
        scale: unit,
        side: (i === 0 ? 3 : 1) as uPlot.Axis.Side,
        show: i < 2,
        stroke,
        font: FONT,
        grid: i === 0 ? grid : { show: false },
        ticks: grid,
        label: unitSymbol(unit),
        labelFont: FONT,
        labelSize: unit === '' ? 0 : 18,
        size: 52,
      })),
    ],
  };
}
