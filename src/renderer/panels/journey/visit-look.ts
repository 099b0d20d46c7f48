import type { Visit } from '../../../kernel/bridge-contract.ts';
import type { DeviceDescription } from '../../../kernel/plant-contract.ts';

/** A stay as a person reads it. */
export interface VisitLook {
  /** Device in which it was. */
  readonly device: string;
  /** Its title. */
  readonly title: string;
  /** Title of the place within it. */
  readonly place: string;
}

export function lookOfVisit(
  { place }: Visit,
  devices: ReadonlyMap<string, DeviceDescription>,
): VisitLook {
  const dot = place.indexOf('.');
  const device = place.slice(0, dot);
  const name = place.slice(dot + 1);
  const found = devices.get(device);
  return {
    device,
    title: found?.title ?? device,
    place: found?.places.find((p) => p.name === name)?.title ?? name,
  };
}

/** Stays one after the other at the same device become one, for a short view. */
export function joinAtDevices(visits: readonly Visit[]): readonly Visit[] {
  const joined: Visit[] = [];
  for (const visit of visits) {
    const last = joined.at(-1);
    if (last === undefined || deviceOf(last) !== deviceOf(visit)) {
      joined.push(visit);
      continue;
    }
    const { vessel, place, came } = last;
    joined[joined.length - 1] = {
      ...{ vessel, place },
      ...(came === undefined ? {} : { came }),
      ...(visit.left === undefined ? {} : { left: visit.left }),
    };
  }
  return joined;
}

function deviceOf({ place }: Visit): string {
  return place.split('.')[0] ?? place;
}

/** Stays by vessel, in the order in which the vessels were seen first. */
export function byVessel(
  visits: readonly Visit[],
): readonly (readonly [vessel: string, visits: readonly Visit[]])[] {
  const groups = new Map<string, Visit[]>();
  for (const visit of visits) {
    const own = groups.get(visit.vessel);
    if (own === undefined) groups.set(visit.vessel, [visit]);
    else own.push(visit);
  }
  return [...groups];
}

/** Title of the device whose body a vessel is, else the vessel's own name. */
export function titleOfVessel(
  vessel: string,
  devices: ReadonlyMap<string, DeviceDescription>,
): string {
  return devices.get(vessel.split('.')[0] ?? '')?.title ?? vessel;
}
