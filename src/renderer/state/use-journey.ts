import { useEffect, useState } from 'react';
import type { JourneyRequest, Visit } from '../../kernel/bridge-contract.ts';
import type { PlantEvent } from '../../kernel/plant-contract.ts';
import { useHost } from '../host/host-context.ts';
import { plantStore } from './plant-store.ts';

/** Shortest time between two requests [ms]. */
const PAUSE = 500;

/** Where something has been; asked for anew when vessels have moved. */
export function useJourney(request: JourneyRequest): readonly Visit[] {
  const host = useHost();
  const [visits, setVisits] = useState<readonly Visit[]>([]);
  const key = 'batch' in request ? `b ${request.batch}` : `d ${request.device}`;
  useEffect(() => {
    const wanted: JourneyRequest =
      key[0] === 'b' ? { batch: key.slice(2) } : { device: key.slice(2) };
    let timer: number | undefined;
    let isOver = false;
    const ask = async (): Promise<void> => {
      timer = undefined;
      const answer = await host.journey(wanted);
      if (!isOver && answer.ok) setVisits(answer.value);
    };
    void ask();
    const stop = plantStore.subscribe((now, before) => {
      if (now.events === before.events || timer !== undefined) return;
      const [seen] = before.events;
      if (now.events.some((event) => isMove(event) && isNewer(event, seen))) {
        timer = window.setTimeout(() => void ask(), PAUSE);
      }
    });
    return () => {
      isOver = true;
      window.clearTimeout(timer);
      stop();
    };
  }, [host, key]);
  return visits;
}

function isMove({ type }: PlantEvent): boolean {
  return type === 'vessel.placed' || type === 'vessel.taken';
}

function isNewer(event: PlantEvent, than: PlantEvent | undefined): boolean {
  return than === undefined || event.sequence > than.sequence;
}
