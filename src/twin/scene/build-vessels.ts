import { VESSEL_KINDS } from '../vessel-kinds.data.ts';
import type { SceneContext } from './load-scene.ts';
import type { Names } from './names.ts';
import type { Report } from './problem.ts';
import type { SceneDevice, SceneVessel } from './scene.ts';
import type { SceneFile } from './schema.ts';

/** The vessels of a scene; places that do not exist, do not fit or are taken are reported. */
export function buildVessels(
  data: SceneFile,
  devices: readonly SceneDevice[],
  names: Names,
  context: SceneContext,
  report: Report,
): SceneVessel[] {
  const occupied = new Map<string, string>();
  for (const device of devices) {
    if (device.in !== undefined) occupied.set(device.in, device.id);
  }
  return Object.entries(data.vessels).map(([id, entry]) => {
    const path = ['vessels', id];
    const kind = VESSEL_KINDS[entry.kind];
    const accepts = names.accepts.get(entry.place);
    const ownKind = names.own.get(entry.place);
    if (kind === undefined) {
      const known = Object.keys(VESSEL_KINDS).join(', ');
      report([...path, 'kind'], `unknown vessel kind "${entry.kind}"`, `Known: ${known}.`);
    } else if (accepts === undefined && ownKind === undefined) {
      reportNoPlace(path, entry.place, names, report);
    } else if (accepts !== undefined && !accepts.includes(entry.kind)) {
      report(
        [...path, 'place'],
        `${entry.place} does not take a ${entry.kind}`,
        `It takes ${accepts.join(', ')}.`,
      );
    } else if (ownKind !== undefined && ownKind !== entry.kind) {
      report([...path, 'kind'], `${entry.place} is a ${ownKind}`, `Write kind: ${ownKind}.`);
    }
    const other = occupied.get(entry.place);
    if (other !== undefined) {
      report([...path, 'place'], `${entry.place} already holds ${other}`, 'Use another place.');
    }
    occupied.set(entry.place, id);
    const { fill } = entry;
    if (fill !== undefined) {
      if (kind !== undefined && fill.volume > kind.capacity) {
        const most = Math.round(kind.capacity * 1e6);
        report([...path, 'fill', 'volume'], 'more than the vessel holds', `At most ${most} ml.`);
      }
      if (!context.liquids.has(fill.liquid)) {
        const known = [...context.liquids].join(', ');
        report([...path, 'fill', 'liquid'], `unknown liquid "${fill.liquid}"`, `Known: ${known}.`);
      }
    }
    return {
      id,
      kind: entry.kind,
      batch: entry.batch,
      place: entry.place,
      capped: entry.capped,
      fill,
    };
  });
}

function reportNoPlace(path: readonly string[], place: string, names: Names, report: Report): void {
  const [device = ''] = place.split('.');
  if (names.broken.has(device)) return;
  const there = [...names.accepts.keys(), ...names.own.keys()].filter((name) =>
    name.startsWith(`${device}.`),
  );
  report(
    [...path, 'place'],
    `there is no place "${place}"`,
    there.length > 0
      ? `${device} has ${there.join(', ')}.`
      : `There is no device "${device}" with places.`,
  );
}
