import { useStore } from 'zustand';
import { plantStore } from '../../state/plant-store.ts';
import { uiStore } from '../../state/ui-store.ts';
import { useJourney } from '../../state/use-journey.ts';
import { formatClock, formatSpan } from '../format.ts';
import { lookOfVisit } from './visit-look.ts';

/** Stays that are shown at most. */
const MOST = 60;

/** Where a movable device has stood, the latest first. */
export function DeviceJourney({ device }: { readonly device: string }) {
  const visits = useJourney({ device });
  const devices = useStore(plantStore, (s) => s.devices);
  const epoch = useStore(plantStore, (s) => s.scene?.epochUnixMicros ?? 0);
  if (visits.length === 0) return null;
  const { select } = uiStore.getState();
  return (
    <section data-testid="faceplate-journey">
      <h3>Way</h3>
      <ol className="journey">
        {visits
          .slice(-MOST)
          .reverse()
          .map((visit) => {
            const { device: at, title, place } = lookOfVisit(visit, devices);
            const { came, left } = visit;
            return (
              <li
                key={`${visit.place} ${came ?? 0}`}
                className={left === undefined ? 'present' : ''}
              >
                <button type="button" className="ellipsis" onClick={() => select(at)}>
                  {title}
                  <span className="muted"> · {place}</span>
                </button>
                <span className="muted">
                  {left === undefined ? 'here now' : formatSpan(left - (came ?? 0))}
                </span>
                <span className="muted">
                  {came === undefined ? 'from the start' : formatClock(epoch, came)}
                </span>
              </li>
            );
          })}
      </ol>
    </section>
  );
}
