import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { useStore } from 'zustand';
import type { SignalDescription } from '../../../kernel/plant-contract.ts';
import { plantStore } from '../../state/plant-store.ts';
import { uiStore } from '../../state/ui-store.ts';
import { useSignals } from '../../state/use-signals.ts';
import { formatElapsed, formatValue, unitSymbol } from '../format.ts';
import { trendHistory } from './trend-history.ts';

/** Okabe and Ito's palette without its orange and vermillion, which look like alarms. */
const COLOURS = {
  light: ['#0072b2', '#00785a', '#8a4a75', '#1f6f9f', '#5b5b00', '#333333', '#4b4ba0', '#00616b'],
  dark: ['#56b4e9', '#3ccfa4', '#e2a3c7', '#8ecbf0', '#e9df6a', '#e0e0e0', '#a9a9f5', '#6fd7e0'],
} as const;
const REDRAW_MS = 250;

interface Trend {
  readonly path: string;
  readonly device: string;
  readonly signal: SignalDescription | undefined;
}

function useTrends(): readonly Trend[] {
  const paths = useStore(uiStore, (s) => s.trendSignals);
  const devices = useStore(plantStore, (s) => s.devices);
  return paths.map((path) => {
    const dot = path.indexOf('.');
    const device = devices.get(path.slice(0, dot));
    const signal = device?.signals.find(({ name }) => name === path.slice(dot + 1));
    return { path, device: device?.title ?? path.slice(0, dot), signal };
  });
}

function plotOptions(
  trends: readonly Trend[],
  theme: 'light' | 'dark',
  width: number,
  height: number,
): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const stroke = style.getPropertyValue('--muted');
  const grid = { stroke: style.getPropertyValue('--line'), width: 1 };
  const font = '11px "Inter Variable", sans-serif';
  const scales = [...new Set(trends.map(({ signal }) => signal?.unit ?? ''))];
  return {
    width,
    height,
    scales: { x: { time: false } },
    cursor: { y: false, points: { size: 6 } },
    series: [
      {},
      ...trends.map(({ path, signal }, i) => ({
        label: path,
        scale: signal?.unit ?? '',
        stroke: COLOURS[theme][i % COLOURS[theme].length] as string,
        width: 1.6,
        spanGaps: true,
        points: { show: false },
      })),
    ],
    axes: [
      {
        stroke,
        grid,
        font,
        ticks: grid,
        values: (_: uPlot, splits: number[]) => splits.map((t) => formatElapsed(t * 1e6)),
        space: 110,
      },
      ...scales.map((scale, i) => ({
        scale,
        side: (i === 0 ? 3 : 1) as uPlot.Axis.Side,
        show: i < 2,
        stroke,
        font,
        grid: i === 0 ? grid : { show: false },
        ticks: grid,
        label: unitSymbol(scale),
        labelFont: font,
        labelSize: scale === '' ? 0 : 16,
        size: 54,
      })),
    ],
  };
}

/** Any signals over simulated time, those of one unit on one axis. */
export function Trends() {
  const trends = useTrends();
  const theme = useStore(uiStore, (s) => s.theme);
  const place = useRef<HTMLDivElement>(null);
  const read = useSignals(trends.map(({ path }) => path));
  const key = trends.map(({ path }) => path).join('\n');
  useEffect(() => {
    const paths = key === '' ? [] : key.split('\n');
    trendHistory.follow(paths);
    const element = place.current;
    if (element === null || paths.length === 0) return undefined;
    const data = (): uPlot.AlignedData => [
      trendHistory.times,
      ...paths.map((path) => trendHistory.columns.get(path) ?? []),
    ];
    const options = plotOptions(trends, theme, element.clientWidth, element.clientHeight);
    const plot = new uPlot(options, data(), element);
    const timer = setInterval(() => plot.setData(data()), REDRAW_MS);
    const resize = new ResizeObserver(() =>
      plot.setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    resize.observe(element);
    return () => {
      clearInterval(timer);
      resize.disconnect();
      plot.destroy();
    };
    // `trends` is made anew with every redraw; `key` says when it differs.
  }, [key, theme]);
  if (trends.length === 0) {
    return (
      <p className="empty" data-testid="trend">
        No trends yet. Select a device and press ∿ beside a value.
      </p>
    );
  }
  return (
    <div className="trends" data-testid="trend" data-rows={trendHistory.times.length}>
      <div className="trend-plot" ref={place} />
      <div className="trend-legend">
        {trends.map(({ path, device, signal }, i) => (
          <div key={path} className="row" title={path}>
            <i
              className="swatch"
              style={{ background: COLOURS[theme][i % COLOURS[theme].length] }}
            />
            <span>
              {signal?.title ?? path} <span className="muted">{device}</span>
            </span>
            <strong>
              {signal === undefined ? '' : formatValue(signal, read(path))}{' '}
              {unitSymbol(signal?.unit ?? '')}
            </strong>
            <button
              type="button"
              className="button quiet"
              aria-label={`Remove ${path}`}
              onClick={() => uiStore.getState().removeTrend(path)}
            >
              ×
            </button>
          </div>
        ))}
      </div>
    </div>
  );
}
