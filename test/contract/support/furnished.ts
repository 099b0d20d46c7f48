import type { PortSet } from '../../../src/device-emulators/definition/coupling.ts';
import type { AnyDeviceDefinition } from '../../../src/device-emulators/definition/device.ts';
import type { Field } from '../../../src/device-emulators/definition/fields.ts';
import { FILL_NAMES } from '../../../src/bio-models/starting-materials.ts';
import type { Value } from '../../../src/kernel/plant-contract.ts';
import { deviceDefinitions } from '../../../src/main/device-registry.ts';
import { buildTwin } from '../../../src/main/plant-assembly.ts';
import { loadScene } from '../../../src/twin/scene/load-scene.ts';
import { parseConfig } from '../../../src/twin/scene/parse-config.ts';
import type { Scene } from '../../../src/twin/scene/scene.ts';
import type { Twin } from '../../../src/twin/twin.ts';
import { standFor } from './stand.ts';
import { VESSEL_KINDS } from '../../../src/twin/vessel-kinds.data.ts';

/**
 * What the device holds: nothing, or vessels in all its places, cassettes connected where they are
 * open. A line and a store with a spare vessel are always there.
 */
export type Furniture = 'bare' | 'capped' | 'open';
export const FURNITURE: readonly Furniture[] = ['bare', 'capped', 'open'];

/** A scene with `thing`, one device of the type, and a line that it may work on. */
export function sceneWith(definition: AnyDeviceDefinition, furniture: Furniture): Scene {
  const written = Object.fromEntries(
    Object.entries<Field>(definition.config)
      .filter(([, field]) => field.type === 'reference' && field.to === 'line')
      .map(([name, field]) => [name, 'many' in field && field.many ? ['hose'] : 'hose']),
  );
  const { config } = parseConfig(definition.config, written);
  const port = definition.ports(config)[0];
  const vessels = furniture === 'bare' ? [] : vesselLines(definition, config, furniture);
  const body = definition.vessels(config).find(({ name }) => name === definition.body?.(config));
  const stand = body === undefined ? [] : [standFor(body.kind)];
  const at = 'zone: hall, at: [4 m, 4 m, 0 m]';
  const supplies = supplyEntries(definition, config);
  const yaml = `doppel: 1
name: alone
title: One device
epoch: 2026-01-05T06:00:00Z
zones:
  hall: { title: Hall, grade: A, min: [0 m, 0 m, 0 m], max: [9 m, 9 m, 3 m], pressure: 15 Pa, temperature: 21 degC, humidity: 45 %, airChanges: 20 /h }
devices:
  thing: { type: ${definition.type}, title: Thing, ${body === undefined ? at : 'in: stand.top'}, config: ${JSON.stringify(written)} }
${body === undefined ? '' : `  stand: { type: stand, title: Stand, ${at} }`}
  left: { type: bag-stand, title: Left, zone: hall, at: [4 m, 6.5 m, 0 m], config: { outlets: 2 } }
  store: { type: lock, title: Store, zone: hall, at: [6.5 m, 6.5 m, 0 m] }
  right: { type: bag-stand, title: Right, zone: hall, at: [6.7 m, 4 m, 0 m] }
vessels:
  bag: { kind: bag-20l, place: right.bag }
  spare: { kind: ${spareKind(definition, config)}, place: store.position1, batch: P-001, fill: { liquid: apheresis, volume: 20 ml, temperature: -80 degC, lot: P-001 } }
${vessels.join('\n')}
lines:
  hose: { from: ${port === undefined ? 'left.bag' : `thing.${port.name}`}, to: right.bag, bore: 3.2 mm, length: 3.7 m, connected: true }
supplies: {${supplies.join(', ')}}
`;
  const loaded = loadScene(yaml, 'alone.yaml', {
    definitions: new Map([...deviceDefinitions(), ...stand.map((d) => [d.type, d] as const)]),
    liquids: new Set(FILL_NAMES),
  });
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems, null, 1));
  return loaded.scene;
}

/** The supplies that the device needs: out of the left bag, drains into the right one. */
function supplyEntries(
  definition: AnyDeviceDefinition,
  config: Parameters<AnyDeviceDefinition['places']>[0],
): string[] {
  return (definition.supplies?.(config) ?? []).map((kind) => {
    const end = kind === 'drain' ? ', from: right.bag' : ', from: left.bag';
    const from = kind === 'gas' ? '' : end;
    return `${kind}: { title: ${kind}, carries: ${kind}${from}, to: [thing], bore: 8 mm }`;
  });
}

/** A kind that fits both the device and the store, a bottle when there is none. */
function spareKind(
  definition: AnyDeviceDefinition,
  config: Parameters<AnyDeviceDefinition['places']>[0],
): string {
  const portable = ['cryobag', 'product-bag', 'bottle-250', 'bottle-500', 'tube-50', 'vector-vial'];
  const accepted = definition.places(config).flatMap(({ accepts }) => accepts);
  return portable.find((kind) => accepted.includes(kind)) ?? 'bottle-250';
}

function vesselLines(
  definition: AnyDeviceDefinition,
  config: Parameters<AnyDeviceDefinition['places']>[0],
  furniture: Furniture,
): string[] {
  const own = definition.vessels(config).map(({ name, kind }) => ({ name, kind }));
  const places = definition.places(config);
  const placed = places.map(({ name, accepts }) => ({ name, kind: accepts[0] ?? '' }));
  return [...placed, ...own].flatMap(({ name, kind }, i) => {
    const capacity = VESSEL_KINDS[kind]?.capacity ?? 0;
    // Bodies of movable devices hold nothing, and come with their devices.
    if (capacity === 0) return [];
    const volume = Math.max(1, Math.floor(capacity * 0.4e6));
    const fill = `{ liquid: transduced-cells, volume: ${volume} ml, temperature: 21 degC, lot: P-001 }`;
    const batch = i < placed.length ? ', batch: P-001' : '';
    return `  v${i + 1}: { kind: ${kind}, place: thing.${name}, capped: ${furniture === 'capped'}${batch}, fill: ${fill} }`;
  });
}

/** Ports for which cassettes in a device of the type are connected, `process` where it is not named. */
const PORTS: Readonly<Record<string, PortSet>> = {
  'incubation-module': 'perfusion',
  'measuring-module': 'sample',
  'fill-module': 'product',
};

/** The twin of a scene; cassettes that stand open in the thing are connected. */
export function twinWith(scene: Scene): Twin {
  const twin = buildTwin(scene, 1);
  const type = scene.devices.find(({ id }) => id === 'thing')?.definition.type ?? '';
  for (const { id, kind, place, capped } of scene.vessels) {
    if (capped || !kind.startsWith('cassette') || twin.plant.occupant(place)?.id !== id) continue;
    twin.plant.setCoupling(place, {
      connector: 'none',
      vessel: id,
      ports: PORTS[type] ?? 'process',
      open: true,
      sterile: true,
      leak: 0,
    });
  }
  return twin;
}

/** Values that a field accepts, in the declared unit: the usual one and the ends of its range. */
export function valuesFor(field: Field, twin: Twin): readonly Value[] {
  const usual = field.default === undefined ? [] : [field.default];
  switch (field.type) {
    case 'quantity':
    case 'integer':
      return [...usual, field.min, field.max];
    case 'flag':
      return [...usual, true, false];
    case 'choice':
      return [...usual, ...field.options];
    case 'reference':
      return namesFor(field.to, twin);
    default:
      return [...usual, 'nothing'];
  }
}

function namesFor(kind: string, twin: Twin): readonly string[] {
  const { plant } = twin;
  const places = [...plant.locations.places.keys()].filter((place) => place.startsWith('thing.'));
  switch (kind) {
    case 'line':
      return ['hose'];
    case 'device':
      return ['right'];
    case 'zone':
      return ['hall'];
    case 'vessel':
      return ['spare', ...plant.state.vessels.keys()].slice(0, 2);
    default:
      return places.length === 0
        ? ['store.position1', 'right.bag']
        : [places[0] ?? '', places.at(-1) ?? '', 'store.position1', 'store.position2'];
  }
}
