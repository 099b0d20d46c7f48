import type { SceneDevice } from './scene.ts';

/** For each device the devices that it stands in at the start, the nearest first. */
export function holdersOf(
  devices: readonly Pick<SceneDevice, 'id' | 'in'>[],
): ReadonlyMap<string, readonly string[]> {
  const places = new Map(devices.map((device) => [device.id, device.in]));
  return new Map(
    devices.map(({ id }) => {
      const around: string[] = [];
      for (let place = places.get(id); place !== undefined; ) {
        const [holder = ''] = place.split('.');
        around.push(holder);
        place = places.get(holder);
      }
      return [id, around];
    }),
  );
}
