import { composePose, type Pose } from '../kernel/pose.ts';
import {
  LINE_STRIDE,
  VESSEL_STRIDE,
  type FrameLayout,
  type SceneChange,
  type ViewEquipment,
  type ViewScene,
  type ViewVessel,
} from '../kernel/view-contract.ts';
import { describeFaults } from '../device-emulators/definition/faults.ts';
import { sizeOf } from '../device-emulators/definition/solids.ts';
import type { VesselState } from './plant-state.ts';
import type { Twin } from './twin.ts';

/** The description of a twin's scene for views. */
export function describeView(twin: Twin): ViewScene {
  const { scene, plant } = twin;
  const equipment = describeEquipment(twin);
  const channels = equipment.reduce((sum, device) => sum + device.channels.length, 0);
  const vessels = [...plant.state.vessels.values()].map((vessel) => describeVessel(twin, vessel));
  const lines = scene.lines.map(({ id, bore, points, from, to }) => ({
    id,
    bore,
    outerDiameter: bore + 0.0032,
    points: [portPosition(twin, from), ...points, portPosition(twin, to)],
  }));
  return {
    name: scene.name,
    title: scene.title,
    revision: plant.revisions.of(['inventory']),
    epochUnixMicros: scene.epochUnixMicros,
    zones: scene.zones.map(({ id, title, grade, min, max, glass, hepaCeiling }) => {
      return { id, title, grade, min, max, glass, hepaCeiling };
    }),
    equipment,
    vessels,
    lines,
    supplies: scene.supplies.map(({ id, title, carries, bore, from, to, points }) => {
      return { id, title, carries, bore, from: from.split('.')[0] ?? '', to, points };
    }),
    faults: Object.fromEntries(
      scene.devices.map(({ definition }) => [definition.type, describeFaults(definition)]),
    ),
    layout: layoutOf(channels, equipment.length, lines.length, vessels.length),
  };
}

function describeEquipment({ scene, plant }: Twin): ViewEquipment[] {
  let channel = 0;
  return scene.devices.map(({ id, title, definition, config }) => {
    const channels = Object.keys(definition.channels);
    const firstChannel = channel;
    channel += channels.length;
    const pose = plant.locations.devicePose(id);
    const body = plant.locations.bodyOf(id);
    const places = definition.places(config);
    return {
      id,
      type: definition.type,
      title,
      zone: plant.locations.deviceZone(id),
      pose,
      size: sizeOf(definition, config),
      appearance: definition.appearance(config),
      channels,
      firstChannel,
      places: Object.fromEntries(places.map((p) => [p.name, composePose(pose, p.pose)])),
      ...(body === undefined ? {} : { body }),
    };
  });
}

function describeVessel({ plant }: Twin, vessel: VesselState): ViewVessel {
  const { title, shape, radius, height, capacity } = plant.kindOf(vessel);
  const fixed = vessel.whereabouts.at === 'own' ? { fixedTo: vessel.whereabouts.device } : {};
  const { id, kind, batch } = vessel;
  return { id, kind, title, batch, shape, radius, height, capacity, ...fixed };
}

/**
 * What has changed since `view` was made: vessels that came in take the slots of those that left,
 * then new ones at the end. Undefined when the description still holds.
 */
export function changesOfView(twin: Twin, view: ViewScene): SceneChange | undefined {
  const { vessels } = twin.plant.state;
  const slots = new Set<string>();
  const free: number[] = [];
  const changed: { slot: number; vessel: ViewVessel }[] = [];
  view.vessels.forEach((known, slot) => {
    const vessel = vessels.get(known.id);
    if (vessel === undefined) return void free.push(slot);
    slots.add(known.id);
    if (vessel.kind !== known.kind || vessel.batch !== known.batch) {
      changed.push({ slot, vessel: describeVessel(twin, vessel) });
    }
  });
  let end = view.vessels.length;
  for (const vessel of vessels.values()) {
    if (slots.has(vessel.id)) continue;
    changed.push({ slot: free.shift() ?? end++, vessel: describeVessel(twin, vessel) });
  }
  if (changed.length === 0) return undefined;
  const { devices, lines, vessels: first } = view.layout;
  const lineCount = (first - lines) / LINE_STRIDE;
  return {
    revision: view.revision + 1,
    layout: layoutOf(devices, view.equipment.length, lineCount, end),
    vessels: changed,
  };
}

function layoutOf(channels: number, devices: number, lines: number, vessels: number): FrameLayout {
  const lineStart = channels + devices;
  const vesselStart = lineStart + lines * LINE_STRIDE;
  return {
    channels: 0,
    devices: channels,
    lines: lineStart,
    vessels: vesselStart,
    length: vesselStart + vessels * VESSEL_STRIDE,
  };
}

function portPosition(twin: Twin, port: string): Pose['position'] {
  const info = twin.plant.ports.get(port);
  if (info === undefined) return [0, 0, 0];
  const local: Pose = {
    position: info.declaration.position,
    orientation: [0, 0, 0, 1],
  };
  return composePose(info.device.pose, local).position;
}
