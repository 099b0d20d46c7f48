import { Button, SegmentedControl } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import { useStore } from 'zustand';
import { plantStore } from '../../state/plant-store.ts';
import { uiStore } from '../../state/ui-store.ts';
import { DockTools } from '../DockTools.tsx';
import { plotOptions } from './plot-options.ts';
import { trendHistory } from './trend-history.ts';
import { type Trend, WINDOWS } from './trend-look.ts';
import { TrendLegend } from './TrendLegend.tsx';

const REDRAW_MS = 250;

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

/** Any signals over simulated time, those of one unit on one axis. */
export function Trends() {
  const trends = useTrends();
  const [seconds, setSeconds] = useState(0);
  if (trends.length === 0) {
    return (
      <div className="empty" data-testid="trend">
        <p>No trends yet. Press the chart symbol beside any value, or</p>
        <Button mt={8} onClick={() => uiStore.getState().setOverlay('palette')}>
          Search a signal
        </Button>
      </div>
    );
  }
  return (
    <div className="trends" data-testid="trend">
      <DockTools>
        <SegmentedControl
          aria-label="Time shown"
          data={WINDOWS.map(({ label, seconds: length }) => ({ label, value: String(length) }))}
          value={String(seconds)}
          onChange={(value) => setSeconds(Number(value))}
        />
      </DockTools>
      <TrendPlot trends={trends} seconds={seconds} />
      <TrendLegend trends={trends} />
    </div>
  );
}

interface TrendPlotProps {
  readonly trends: readonly Trend[];
  readonly seconds: number;
}

/** The curves; redrawn by a timer, not by React. */
function TrendPlot({ trends, seconds }: TrendPlotProps) {
  const theme = useStore(uiStore, (s) => s.theme);
  const epochUnixMicros = useStore(plantStore, (s) => s.scene?.epochUnixMicros ?? 0);
  const place = useRef<HTMLDivElement>(null);
  const shown = useRef(seconds);
  shown.current = seconds;
  const key = trends.map(({ path, signal }) => `${path}\t${signal?.unit}`).join('\n');
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const data = (): uPlot.AlignedData => [
      trendHistory.times,
      ...trends.map(({ path }) => trendHistory.columns.get(path) ?? []),
    ];
    const options = plotOptions(trends, {
      theme,
      epochUnixMicros,
      width: element.clientWidth,
      height: element.clientHeight,
      window: () => shown.current,
    });
    const plot = new uPlot(options, data(), element);
    const draw = (): void => {
      element.dataset.rows = String(trendHistory.times.length);
      plot.setData(data());
    };
    const timer = setInterval(draw, REDRAW_MS);
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
  }, [key, theme, epochUnixMicros]);
  return <div className="trend-plot" data-testid="trend-plot" ref={place} />;
}
