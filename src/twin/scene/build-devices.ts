import type { AnyConfig, AnyDeviceDefinition } from '../../device-emulators/definition/device.ts';
import { composePose, type Pose, quatFromYaw } from '../../kernel/pose.ts';
import type { SceneContext } from './load-scene.ts';
import type { Names } from './names.ts';
import { parseConfig } from './parse-config.ts';
import type { Report } from './problem.ts';
import type { SceneDevice } from './scene.ts';
import type { SceneFile } from './schema.ts';

type Entry = SceneFile['devices'][string];

/** A device of which everything is known but where it is. */
export interface ConfiguredDevice {
  readonly id: string;
  readonly entry: Entry;
  readonly definition: AnyDeviceDefinition;
  readonly config: AnyConfig;
}

type Site = Pick<SceneDevice, 'zone' | 'pose'>;

/** The devices of a scene, in its order, but those of unknown type or with a wrong configuration. */
export function configureDevices(
  data: SceneFile,
  context: SceneContext,
  report: Report,
): ConfiguredDevice[] {
  return Object.entries(data.devices).flatMap(([id, entry]) => {
    const definition = context.definitions.get(entry.type);
    if (definition === undefined) {
      const known = [...context.definitions.keys()].sort().join(', ');
      report(['devices', id, 'type'], `unknown device type "${entry.type}"`, `Known: ${known}.`);
      return [];
    }
    if (entry.zone !== undefined && data.zones[entry.zone] === undefined) {
      const zones = Object.keys(data.zones).join(', ');
      report(['devices', id, 'zone'], `there is no zone "${entry.zone}"`, `Zones: ${zones}.`);
    }
    const { config, problems } = parseConfig(definition.config, entry.config);
    for (const { field, message, remedy } of problems) {
      report(['devices', id, 'config', field], message, remedy);
    }
    if (problems.length > 0) return [];
    if (entry.in === undefined && definition.body !== undefined) {
      report(
        ['devices', id],
        `a ${entry.type} is movable and stands in a place of another device`,
        'Write in: device.place instead of zone and at.',
      );
    }
    return [{ id, entry, definition, config }];
  });
}

/** Finds where each device is; what stands in a place is where its holder's place is. */
export function placeDevices(
  configured: readonly ConfiguredDevice[],
  names: Names,
  report: Report,
): SceneDevice[] {
  const byId = new Map(configured.map((device) => [device.id, device]));
  const sites = new Map<string, Site | undefined>();
  const occupied = new Map<string, string>();

  /** `above`: devices whose sites follow from this one's. */
  function siteOf(device: ConfiguredDevice, above: readonly string[]): Site | undefined {
    const { id, entry } = device;
    if (sites.has(id)) return sites.get(id);
    let site: Site | undefined;
    if (entry.in === undefined) {
      const { zone, at, yaw } = entry;
      if (zone !== undefined && at !== undefined) {
        site = { zone, pose: { position: at, orientation: quatFromYaw(yaw ?? 0) } };
      }
    } else if (above.includes(id)) {
      const round = [...above.slice(above.indexOf(id)), id].join(' in ');
      report(
        ['devices', id, 'in'],
        `${id} stands in itself: ${round}`,
        'Give one of them a zone and at instead of in.',
      );
    } else {
      site = siteInPlace(device, entry.in, [...above, id]);
    }
    sites.set(id, site);
    return site;
  }

  function siteInPlace(device: ConfiguredDevice, place: string, above: readonly string[]) {
    const { id } = device;
    const holder = byId.get(place.split('.')[0] ?? '');
    const X_HP = findPlace(device, holder, place, names, report);
    if (holder === undefined || X_HP === undefined) return undefined;
    const other = occupied.get(place);
    if (other !== undefined) {
      report(['devices', id, 'in'], `${place} already holds ${other}`, 'Use another place.');
    }
    occupied.set(place, id);
    const site = siteOf(holder, above);
    return site && { zone: site.zone, pose: composePose(site.pose, X_HP) };
  }

  return configured.flatMap((device) => {
    const { id, entry, definition, config } = device;
    const site = siteOf(device, []);
    if (site === undefined) return [];
    return [{ id, definition, title: entry.title, in: entry.in, ...site, config }];
  });
}

/** Pose of a place in its holder, if the device's body can stand there. */
function findPlace(
  { id, definition, config }: ConfiguredDevice,
  holder: ConfiguredDevice | undefined,
  place: string,
  names: Names,
  report: Report,
): Pose | undefined {
  const path = ['devices', id, 'in'];
  const body = definition.vessels(config).find(({ name }) => name === definition.body?.(config));
  if (body === undefined) {
    report(
      path,
      `a ${definition.type} has no body that could stand in a place`,
      'Write zone and at instead of in.',
    );
    return undefined;
  }
  const [holderId = ''] = place.split('.');
  if (holder === undefined) {
    if (!names.broken.has(holderId)) {
      report(path, `there is no place "${place}"`, `There is no device "${holderId}" with places.`);
    }
    return undefined;
  }
  const places = holder.definition.places(holder.config);
  const found = places.find(({ name }) => `${holderId}.${name}` === place);
  if (found === undefined) {
    const there = places.map(({ name }) => `${holderId}.${name}`).join(', ');
    const remedy = there === '' ? `${holderId} has no places.` : `${holderId} has ${there}.`;
    report(path, `there is no place "${place}"`, remedy);
    return undefined;
  }
  if (!found.accepts.includes(body.kind)) {
    report(
      path,
      `${place} does not take a ${body.kind}, which is the body of ${id}`,
      `It takes ${found.accepts.join(', ')}.`,
    );
    return undefined;
  }
  return found.pose;
}
