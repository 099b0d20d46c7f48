import { ActionIcon } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { SignalDescription } from '../../../kernel/plant-contract.ts';
import type { LiveValue } from '../../state/signal-store.ts';
import { uiStore } from '../../state/ui-store.ts';
import { formatValue, unitSymbol } from '../format.ts';

interface SignalRowProps {
  readonly device: string;
  readonly signal: SignalDescription;
  readonly live: LiveValue | undefined;
  /** Where the value should be, when the device has a set-point for it. */
  readonly setPoint: number | undefined;
}

const QUALITY_MARKS = [
  undefined,
  { mark: '?', title: 'Uncertain: outside the range of the sensor' },
  { mark: 'X', title: 'Bad: not usable' },
  { mark: 'F', title: 'Forced by a person' },
] as const;

/** Place of a value in its range, 0 to 1. */
function share(value: number, [low, high]: readonly [number, number]): number {
  return Math.min(1, Math.max(0, (value - low) / (high - low)));
}

/** One live value with unit, quality, place in its range, and a way into the trends. */
export function SignalRow({ device, signal, live, setPoint }: SignalRowProps) {
  const { name, title, description, unit, range, kind } = signal;
  const path = `${device}.${name}`;
  const isTrended = useStore(uiStore, (s) => s.trendSignals.includes(path));
  const quality = QUALITY_MARKS[live?.quality ?? 0];
  const isMeasured = (kind === 'number' || kind === 'integer') && range !== undefined;
  const { addTrend, removeTrend } = uiStore.getState();
  return (
    <div className="signal" data-testid={`faceplate-signal-${name}`} title={description}>
      <span className="name ellipsis">{title}</span>
      <span className="value">
        {quality !== undefined && (
          <span className="quality" title={quality.title}>
            {quality.mark}
          </span>
        )}
        {formatValue(signal, live)}
        <span className="unit"> {unitSymbol(unit)}</span>
      </span>
      {kind !== 'text' ? (
        <ActionIcon
          size={22}
          aria-label={`${isTrended ? 'Remove' : 'Show'} ${title} in the trends`}
          aria-pressed={isTrended}
          variant={isTrended ? 'light' : 'subtle'}
          data-testid={`faceplate-trend-${name}`}
          onClick={() => (isTrended ? removeTrend(path) : addTrend(path))}
        >
          <IconChartLine size={14} stroke={1.7} />
        </ActionIcon>
      ) : (
        <span />
      )}
      {isMeasured && live !== undefined && !Number.isNaN(live.value) && (
        <div className="range" title={`${range[0]} to ${range[1]} ${unitSymbol(unit)}`}>
          <i style={{ width: `${share(live.value, range) * 100}%` }} />
          {setPoint !== undefined && <b style={{ left: `${share(setPoint, range) * 100}%` }} />}
        </div>
      )}
    </div>
  );
}
