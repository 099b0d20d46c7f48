import type { ConfiguredDevice } from './build-devices.ts';
import type { KnownNames } from './parse-config.ts';
import type { SceneFile } from './schema.ts';

/** What the entries of a scene can refer to. */
export interface Names {
  readonly all: KnownNames;
  /** `device.port` */
  readonly ports: ReadonlySet<string>;
  /** Vessel kinds by `device.place`. */
  readonly accepts: ReadonlyMap<string, readonly string[]>;
  /** Kinds of devices' own vessels by `device.vessel`. */
  readonly own: ReadonlyMap<string, string>;
  /** Devices whose parts are unknown, for they have been reported themselves. */
  readonly broken: ReadonlySet<string>;
}

export function namesOf(data: SceneFile, devices: readonly ConfiguredDevice[]): Names {
  const accepts = new Map<string, readonly string[]>();
  const ports = new Set<string>();
  const own = new Map<string, string>();
  for (const { id, definition, config } of devices) {
    for (const place of definition.places(config))
      accepts.set(`${id}.${place.name}`, place.accepts);
    for (const port of definition.ports(config)) ports.add(`${id}.${port.name}`);
    for (const vessel of definition.vessels(config)) own.set(`${id}.${vessel.name}`, vessel.kind);
  }
  const whole = new Set(devices.map(({ id }) => id));
  return {
    broken: new Set(Object.keys(data.devices).filter((id) => !whole.has(id))),
    ports,
    accepts,
    own,
    all: {
      line: new Set(Object.keys(data.lines)),
      device: new Set(Object.keys(data.devices)),
      zone: new Set(Object.keys(data.zones)),
      place: new Set(accepts.keys()),
      vessel: new Set([...Object.keys(data.vessels), ...own.keys()]),
    },
  };
}
