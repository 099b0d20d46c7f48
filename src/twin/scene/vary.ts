import { openStream } from '../../kernel/random.ts';
import { toSi, unitOf } from '../../kernel/units.ts';
import type { AnyConfig } from '../../device-emulators/definition/device.ts';
import type { Fields } from '../../device-emulators/definition/fields.ts';
import type { Scene, SceneDevice } from './scene.ts';

/** Dimension of the parameters that vary: how long devices take for what they do. */
const DURATION = unitOf('s').dimension;

/**
 * The scene with the durations of its devices as they are in one plant of many: each is drawn from a log-normal distribution
 * whose median is what the scene says and whose coefficient of variation is the scene's, by seed and device, and
 * kept within what the device type allows.
 */
export function vary(scene: Scene, seed: number): Scene {
  if (scene.variation === 0) return scene;
  return {
    ...scene,
    devices: scene.devices.map((device) => ({
      ...device,
      config: varyConfig(device, scene.variation, seed),
    })),
  };
}

function varyConfig(
  { id, definition, config }: SceneDevice,
  variation: number,
  seed: number,
): AnyConfig {
  const drawn: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(definition.config as Fields)) {
    if (field.type !== 'quantity' || unitOf(field.unit).dimension !== DURATION) continue;
    const stream = openStream(seed, id, `config.${name}`);
    const value = stream.logNormal(Number(config[name]), variation);
    const [min, max] = [toSi(field.min, field.unit), toSi(field.max, field.unit)];
    drawn[name] = Math.min(max, Math.max(min, value));
  }
  return { ...config, ...drawn } as AnyConfig;
}
