import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { hoverStore } from '../../state/hover-store.ts';
import { plantStore } from '../../state/plant-store.ts';
import { uiStore } from '../../state/ui-store.ts';
import { useSignals } from '../../state/use-signals.ts';
import { formatClock, formatNumber, formatValue, unitSymbol } from '../format.ts';
import { trendHistory } from './trend-history.ts';
import { type Trend, trendColour } from './trend-look.ts';

/** The trended signals with their values now, or at the hovered instant. */
export function TrendLegend({ trends }: { readonly trends: readonly Trend[] }) {
  const theme = useStore(uiStore, (s) => s.theme);
  const hovered = useStore(hoverStore, (s) => s.time);
  const epoch = useStore(plantStore, (s) => s.scene?.epochUnixMicros ?? 0);
  const read = useSignals(trends.map(({ path }) => path));
  const valueOf = ({ path, signal }: Trend): string => {
    if (signal === undefined) return '';
    if (hovered === undefined) return formatValue(signal, read(path));
    const past = trendHistory.valueAt(path, hovered);
    return past === undefined ? '–' : formatNumber(signal, past);
  };
  return (
    <div className="trend-legend">
      <p className="muted">{hovered === undefined ? 'Now' : formatClock(epoch, hovered)}</p>
      {trends.map((trend, i) => {
        const { path, device, signal } = trend;
        return (
          <div key={path} className="trend-row" title={path}>
            <i style={{ background: trendColour(theme, i) }} />
            <span className="ellipsis">
              {signal?.title ?? path} <span className="muted">{device}</span>
            </span>
            <span className="value">
              {valueOf(trend)}
              <span className="unit"> {unitSymbol(signal?.unit ?? '')}</span>
            </span>
            <ActionIcon
              size={20}
              aria-label={`Remove ${path}`}
              onClick={() => uiStore.getState().removeTrend(path)}
            >
              <IconX size={13} />
            </ActionIcon>
          </div>
        );
      })}
    </div>
  );
}
