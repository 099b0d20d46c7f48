import { useStore } from 'zustand';
import type { BatchProgress } from '../../../kernel/bridge-contract.ts';
import { hoverStore } from '../../state/hover-store.ts';
import { plantStore } from '../../state/plant-store.ts';
import { formatClock, formatSpan } from '../format.ts';
import { extentOf } from './batch-look.ts';

const DAY = 86_400e6;

/** The steps in proportion to the time they took, with days, now, and the hovered instant. */
export function BatchTimeline({ batch }: { readonly batch: BatchProgress }) {
  const now = useStore(plantStore, (s) => s.time?.time ?? 0);
  const epoch = useStore(plantStore, (s) => s.scene?.epochUnixMicros ?? 0);
  const hovered = useStore(hoverStore, (s) => s.time);
  const extent = extentOf(batch, now);
  if (extent === undefined) return null;
  const [start, end] = extent;
  const place = (time: number): string => `${((time - start) / (end - start)) * 100}%`;
  const days = Array.from({ length: Math.floor((end - start) / DAY) }, (_, i) => i + 1);
  const isInside = hovered !== undefined && hovered >= start && hovered <= end;
  return (
    <div className="timeline">
      <div
        className="timeline-track"
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const share = (event.clientX - box.left) / box.width;
          hoverStore.getState().hover(start + share * (end - start));
        }}
        onPointerLeave={() => hoverStore.getState().hover(undefined)}
      >
        {batch.steps.map(({ step, name, state, start: began, end: ended }) => {
          if (began === undefined) return null;
          const width = ((ended ?? now) - began) / (end - start);
          return (
            <i
              key={step}
              className={`span ${state}`}
              style={{ left: place(began), width: `${width * 100}%` }}
              title={`${step} ${name}: ${formatSpan((ended ?? now) - began)}`}
            >
              {width > 0.03 && step}
            </i>
          );
        })}
        {days.map((day) => (
          <i key={day} className="day" style={{ left: place(start + day * DAY) }} />
        ))}
        {batch.outcome === 'running' && <i className="now" style={{ left: place(now) }} />}
        {isInside && <i className="hovered" style={{ left: place(hovered) }} />}
      </div>
      <div className="timeline-labels muted">
        <span>{formatClock(epoch, start)}</span>
        <span>{isInside ? formatClock(epoch, hovered) : ''}</span>
        <span>
          {batch.outcome === 'running' ? 'now' : formatClock(epoch, end)} ·{' '}
          {formatSpan(end - start)}
        </span>
      </div>
    </div>
  );
}
