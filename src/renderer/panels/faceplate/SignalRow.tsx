import type { SignalDescription } from '../../../kernel/plant-contract.ts';
import type { LiveValue } from '../../state/signal-store.ts';
import { uiStore } from '../../state/ui-store.ts';
import { formatValue, unitSymbol } from '../format.ts';

interface SignalRowProps {
  readonly device: string;
  readonly signal: SignalDescription;
  readonly live: LiveValue | undefined;
}

const QUALITY_MARKS = [
  { mark: '', title: '' },
  { mark: '?', title: 'uncertain: out of range' },
  { mark: 'X', title: 'bad: not usable' },
  { mark: 'F', title: 'forced' },
] as const;

/** One live value with unit, quality, place in its range, and a way into the trends. */
export function SignalRow({ device, signal, live }: SignalRowProps) {
  const { name, title, unit, range, kind } = signal;
  const quality = QUALITY_MARKS[live?.quality ?? 0] ?? QUALITY_MARKS[2];
  const numeric = kind === 'number' || kind === 'integer';
  const share =
    range === undefined || live === undefined
      ? undefined
      : Math.min(1, Math.max(0, (live.value - range[0]) / (range[1] - range[0])));
  return (
    <div className="signal" data-testid={`faceplate-signal-${name}`} title={signal.description}>
      <span className="name">{title}</span>
      <span className="value">
        {quality.mark !== '' && (
          <span className="quality" title={quality.title}>
            {quality.mark}
          </span>
        )}
        {formatValue(signal, live)} <span className="unit">{unitSymbol(unit)}</span>
      </span>
      {kind !== 'text' ? (
        <button
          type="button"
          className="button quiet"
          title={`Show ${title} in the trends`}
          aria-label={`Trend of ${title}`}
          data-testid={`faceplate-trend-${name}`}
          onClick={() => uiStore.getState().addTrend(`${device}.${name}`)}
        >
          ∿
        </button>
      ) : (
        <span />
      )}
      {numeric && range !== undefined && share !== undefined && (
        <div className="range" title={`${range[0]} to ${range[1]} ${unitSymbol(unit)}`}>
          <i style={{ width: `${share * 100}%` }} />
        </div>
      )}
    </div>
  );
}
