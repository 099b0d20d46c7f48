import type { SupplyKind } from '../../device-emulators/definition/plant-port.ts';
import { holdersOf } from './holders.ts';
import type { Names } from './names.ts';
import type { Report } from './problem.ts';
import { devicesInReserve } from './reserve.ts';
import type { SceneDevice, SceneSupply } from './scene.ts';
import type { SceneFile } from './schema.ts';

/** The supplies of a scene; references to nothing and devices named twice are reported. */
export function buildSupplies(data: SceneFile, names: Names, report: Report): SceneSupply[] {
  return Object.entries(data.supplies).map(([id, entry]) => {
    const { carries, from, to } = entry;
    checkSource(id, carries, from, names, report);
    const served = new Set<string>();
    to.forEach((device, i) => {
      const path = ['supplies', id, 'to', String(i)];
      if (!names.all.device.has(device)) {
        report(path, `there is no device "${device}"`, 'Name a device, as "rack-1".');
        return;
      }
      if (served.has(device)) report(path, `${device} is named twice`, 'Leave it out once.');
      served.add(device);
    });
    return { id, ...entry, from: from ?? '' };
  });
}

function checkSource(
  id: string,
  carries: SupplyKind,
  from: string | undefined,
  names: Names,
  report: Report,
): void {
  const path = ['supplies', id, 'from'];
  if (carries === 'gas') {
    if (from === undefined || names.all.device.has(from)) return;
    const remedy =
      'Name the device that opens and shuts it, or leave from out for gas of the house.';
    report(path, `there is no device "${from}"`, remedy);
  } else if (from === undefined) {
    const end = carries === 'drain' ? 'runs into' : 'comes from';
    report(
      ['supplies', id],
      'from is missing',
      `Add the vessel that the ${carries} ${end}, as from: supply-1.tank.`,
    );
  } else if (!names.own.has(from)) {
    const [device = ''] = from.split('.');
    if (names.broken.has(device)) return;
    const there = [...names.own.keys()].filter((name) => name.startsWith(`${device}.`)).join(', ');
    report(
      path,
      `there is no device's own vessel "${from}"`,
      there === '' ? `"${device}" has no vessels of its own.` : `${device} has ${there}.`,
    );
  }
}

/**
 * Reports devices that need a supply which serves neither them nor what they stand in. A module in
 * reserve needs none: it stands in a place without power.
 */
export function findUnsupplied(
  devices: readonly SceneDevice[],
  supplies: readonly SceneSupply[],
  report: Report,
): void {
  const served = new Map<SupplyKind, Set<string>>();
  for (const { carries, to } of supplies) {
    const known = served.get(carries) ?? new Set();
    for (const device of to) known.add(device);
    served.set(carries, known);
  }
  const holders = holdersOf(devices);
  const reserve = devicesInReserve(devices);
  for (const { id, definition, config } of devices) {
    if (reserve.has(id)) continue;
    const around = holders.get(id) ?? [];
    for (const kind of definition.supplies?.(config) ?? []) {
      const isServed = [id, ...around].some((device) => served.get(kind)?.has(device));
      if (isServed) continue;
      const [holder] = around;
      const whom = holder === undefined ? id : `${id}, or ${holder} in which it stands,`;
      report(
        ['devices', id],
        `${id} needs ${kind} and no supply brings it`,
        `Add ${whom} to the "to" of a supply that carries ${kind}.`,
      );
    }
  }
}
