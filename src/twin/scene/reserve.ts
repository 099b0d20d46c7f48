import type { SceneDevice } from './scene.ts';

/** Movable devices that do nothing where they stand: they need the power of a dock and have none. */
export function devicesInReserve(devices: readonly SceneDevice[]): ReadonlySet<string> {
  const powered = new Set(
    devices.flatMap(({ id, definition, config }) =>
      definition
        .places(config)
        .filter(({ power }) => power === true)
        .map(({ name }) => `${id}.${name}`),
    ),
  );
  return new Set(
    devices
      .filter(
        ({ definition, in: place }) =>
          definition.powered === 'dock' && place !== undefined && !powered.has(place),
      )
      .map(({ id }) => id),
  );
}
