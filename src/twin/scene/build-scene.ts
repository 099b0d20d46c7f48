import type { SceneContext } from './load-scene.ts';
import { configureDevices, placeDevices } from './build-devices.ts';
import { buildSupplies, findUnsupplied } from './build-supplies.ts';
import { buildVessels } from './build-vessels.ts';
import { namesOf, type Names } from './names.ts';
import { danglingReferences } from './parse-config.ts';
import type { Report } from './problem.ts';
import type { Scene, SceneLine, SceneParameter } from './scene.ts';
import type { SceneFile } from './schema.ts';

/** Puts a scene together; what names something that does not exist or does not fit is reported. */
export function buildScene(
  data: SceneFile,
  parameters: readonly SceneParameter[],
  context: SceneContext,
  report: Report,
): Scene {
  const configured = configureDevices(data, context, report);
  const names = namesOf(data, configured);
  const devices = placeDevices(configured, names, report);
  for (const { id, definition, config } of configured) {
    const dangling = danglingReferences(definition.config, config, names.all);
    for (const { field, message, remedy } of dangling) {
      report(['devices', id, 'config', field], message, remedy);
    }
  }
  const supplies = buildSupplies(data, names, report);
  findUnsupplied(devices, supplies, report);
  return {
    name: data.name,
    title: data.title,
    epochUnixMicros: data.epoch,
    variation: data.variation,
    zones: Object.entries(data.zones).map(([id, zone]) => ({ id, ...zone })),
    devices,
    vessels: buildVessels(data, devices, names, context, report),
    lines: buildLines(data, names, report),
    supplies,
    parameters,
  };
}

function buildLines(data: SceneFile, names: Names, report: Report): SceneLine[] {
  return Object.entries(data.lines).map(([id, entry]) => {
    for (const end of ['from', 'to'] as const) {
      if (names.ports.has(entry[end])) continue;
      const [device = ''] = entry[end].split('.');
      if (names.broken.has(device)) continue;
      const there = [...names.ports].filter((p) => p.startsWith(`${device}.`)).join(', ');
      const remedy = there === '' ? `"${device}" has no ports.` : `${device} has ${there}.`;
      report(['lines', id, end], `there is no port "${entry[end]}"`, remedy);
    }
    return { id, ...entry };
  });
}
