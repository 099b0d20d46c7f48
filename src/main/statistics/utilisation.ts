import type { PlantDescription } from '../../kernel/plant-contract.ts';
import type { Micros } from '../../kernel/time.ts';
import type { DeviceUse } from '../../twin/usage.ts';
import { type Purpose, purposeOf } from './command-purposes.data.ts';

/** Use of all devices of one type. Shares are of the devices' time altogether, 0 to 1. */
export interface TypeUtilisation {
  readonly devices: number;
  /** Devices that were used at all. */
  readonly used: number;
  /** Share of time under a command. */
  readonly busy: number;
  readonly work: number;
  readonly transfer: number;
  readonly setUp: number;
  /** Share of the places' time in which something stood there; absent where there are no places. */
  readonly occupied?: number;
  readonly operations: number;
  readonly failed: number;
}

/** By device type, in the order of the plant; types without commands and places are left out. */
export function utilisationOf(
  plant: PlantDescription,
  uses: Readonly<Record<string, DeviceUse>>,
  duration: Micros,
): Readonly<Record<string, TypeUtilisation>> {
  const byType = new Map<string, PlantDescription['devices'][number][]>();
  for (const device of plant.devices) {
    if (device.commands.length === 0 && device.places.length === 0) continue;
    byType.set(device.type, [...(byType.get(device.type) ?? []), device]);
  }
  return Object.fromEntries(
    [...byType].map(([type, devices]) => {
      const time = { work: 0, transfer: 0, 'set-up': 0 } satisfies Record<Purpose, number>;
      let [used, operations, failed, occupied, places] = [0, 0, 0, 0, 0];
      for (const device of devices) {
        places += device.places.filter(({ accepts }) =>
          accepts.some((kind) => kind !== 'connector'),
        ).length;
        const use = uses[device.id];
        if (use === undefined) continue;
        occupied += use.occupied;
        if (Object.keys(use.commands).length > 0) used += 1;
        for (const [command, { ended, failed: bad, busy }] of Object.entries(use.commands)) {
          time[purposeOf(command)] += busy;
          operations += ended;
          failed += bad;
        }
      }
      const share = (ticks: number, things: number): number =>
        duration > 0 && things > 0 ? round(ticks / duration / things) : 0;
      return [
        type,
        {
          devices: devices.length,
          used,
          busy: share(time.work + time.transfer + time['set-up'], devices.length),
          work: share(time.work, devices.length),
          transfer: share(time.transfer, devices.length),
          setUp: share(time['set-up'], devices.length),
          ...(places > 0 ? { occupied: share(occupied, places) } : {}),
          operations,
          failed,
        },
      ];
    }),
  );
}

/** Time under command by purpose, as shares of all time under command. */
export function purposeShares(
  uses: Readonly<Record<string, DeviceUse>>,
): Readonly<Record<Purpose, number>> {
  const time = { work: 0, transfer: 0, 'set-up': 0 } satisfies Record<Purpose, number>;
  for (const { commands } of Object.values(uses)) {
    for (const [command, { busy }] of Object.entries(commands)) time[purposeOf(command)] += busy;
  }
  const total = time.work + time.transfer + time['set-up'];
  const share = (ticks: number): number => (total > 0 ? round(ticks / total) : 0);
  return {
    work: share(time.work),
    transfer: share(time.transfer),
    'set-up': share(time['set-up']),
  };
}

function round(share: number): number {
  return Number(share.toFixed(4));
}
