import { Fragment } from 'react';
import { useStore } from 'zustand';
import type { BatchProgress, Visit } from '../../../kernel/bridge-contract.ts';
import { plantStore } from '../../state/plant-store.ts';
import { uiStore } from '../../state/ui-store.ts';
import { useJourney } from '../../state/use-journey.ts';
import { formatClock, formatSpan } from '../format.ts';
import { byVessel, joinAtDevices, lookOfVisit, titleOfVessel } from './visit-look.ts';

/** Where the vessels of a batch have been: its material's bag, its cassette, its product's bag. */
export function BatchJourney({ batch }: { readonly batch: BatchProgress }) {
  const visits = useJourney({ batch: batch.id });
  const devices = useStore(plantStore, (s) => s.devices);
  if (visits.length === 0) return null;
  return (
    <div className="batch-journey" data-testid={`journey-${batch.id}`}>
      {byVessel(visits).map(([vessel, own]) => (
        <Fragment key={vessel}>
          <span className="ellipsis" title={vessel}>
            {titleOfVessel(vessel, devices)}
          </span>
          <VesselWay vessel={vessel} visits={joinAtDevices(own)} />
        </Fragment>
      ))}
    </div>
  );
}

function VesselWay({
  vessel,
  visits,
}: {
  readonly vessel: string;
  readonly visits: readonly Visit[];
}) {
  const devices = useStore(plantStore, (s) => s.devices);
  const epoch = useStore(plantStore, (s) => s.scene?.epochUnixMicros ?? 0);
  const { select } = uiStore.getState();
  return (
    <ol data-vessel={vessel}>
      {visits.map((visit, i) => {
        const { device, title, place } = lookOfVisit(visit, devices);
        const { came, left } = visit;
        const since = came === undefined ? 'from the start' : formatClock(epoch, came);
        const span = left === undefined ? '' : `, ${formatSpan(left - (came ?? 0))}`;
        return (
          <li key={`${i} ${visit.place}`} className={left === undefined ? 'present' : ''}>
            <button
              type="button"
              title={`${title}, ${place}: ${since}${span}`}
              data-place={visit.place}
              onClick={() => select(device)}
            >
              {title}
            </button>
          </li>
        );
      })}
    </ol>
  );
}
