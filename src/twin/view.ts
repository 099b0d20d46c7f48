import { composePose, type Pose } from '../kernel/pose.ts';
import {
  LINE_FIELDS,
  LINE_STRIDE,
  LIQUID_TINTS,
  VESSEL_FIELDS,
  VESSEL_STRIDE,
  type FrameLayout,
  type ViewScene,
} from '../kernel/view-contract.ts';
import type { LiquidLook } from '../device-emulators/definition/plant-port.ts';
import { totalInto, volumeOf } from '../physics/fluids/contents.ts';
import { wetVolume } from '../physics/fluids/tubing.ts';
import type { VesselState } from './plant-state.ts';
import type { Twin } from './twin.ts';

/** How a liquid looks by its amounts and temperature [K]. */
export type LookOf = (amounts: Float64Array, temperature: number) => LiquidLook;

/** The description of a twin's scene for views. */
export function describeView(twin: Twin): ViewScene {
  const { scene, plant } = twin;
  let channel = 0;
  const equipment = scene.devices.map((device) => {
    const { definition, config } = device;
    const channels = Object.keys(definition.channels);
    const firstChannel = channel;
    channel += channels.length;
    const places = definition.places(config);
    const pose = plant.locations.devicePose(device.id);
    const body = plant.locations.bodyOf(device.id);
    return {
      id: device.id,
      type: definition.type,
      title: device.title,
      zone: plant.locations.deviceZone(device.id),
      pose,
      size: definition.size,
      appearance: definition.appearance(config),
      channels,
      firstChannel,
      places: Object.fromEntries(places.map((p) => [p.name, composePose(pose, p.pose)])),
      ...(body === undefined ? {} : { body }),
    };
  });
  const vessels = [...plant.state.vessels.values()].map((vessel) => {
    const { title, shape, radius, height, capacity } = plant.kindOf(vessel);
    const fixed = vessel.whereabouts.at === 'own' ? { fixedTo: vessel.whereabouts.device } : {};
    return { id: vessel.id, title, shape, radius, height, capacity, ...fixed };
  });
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
    layout: layoutOf(channel, vessels.length, lines.length),
  };
}

function layoutOf(channels: number, vessels: number, lines: number): FrameLayout {
  const lineStart = channels + vessels * VESSEL_STRIDE;
  return {
    channels: 0,
    vessels: channels,
    lines: lineStart,
    length: lineStart + lines * LINE_STRIDE,
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

/** Writes the moving parts of the present instant into `out`. */
export function writeFrame(
  twin: Twin,
  layout: FrameLayout,
  lookOf: LookOf,
  out: Float32Array,
): void {
  let at = layout.channels;
  for (const { id, definition } of twin.scene.devices) {
    const context = twin.runtime(id).readContext();
    for (const read of Object.values(definition.channels)) out[at++] = read(context);
  }
  at = layout.vessels;
  for (const vessel of twin.plant.state.vessels.values()) {
    writeVessel(twin, vessel, lookOf, out, at);
    at += VESSEL_STRIDE;
  }
  at = layout.lines;
  const amounts = new Float64Array(twin.plant.speciesCount);
  for (const line of twin.plant.state.lines.values()) {
    const liquid = line.tubing.segments.find((s) => s.kind === 'liquid');
    let tint = 0;
    if (liquid?.kind === 'liquid') {
      totalInto(amounts, liquid.parcel.portions);
      tint = LIQUID_TINTS.indexOf(lookOf(amounts, liquid.parcel.temperature).tint);
    }
    out[at + LINE_FIELDS.flow] = line.flow?.rate ?? 0;
    out[at + LINE_FIELDS.tint] = tint;
    out[at + LINE_FIELDS.wet] = wetVolume(line.tubing) / line.tubing.holdUp;
    at += LINE_STRIDE;
  }
}

function writeVessel(
  twin: Twin,
  vessel: VesselState,
  lookOf: LookOf,
  out: Float32Array,
  at: number,
): void {
  const { plant } = twin;
  const pose = plant.locations.vesselPose(vessel);
  const amounts = new Float64Array(plant.speciesCount);
  const temperature = plant.project(vessel, twin.now, amounts);
  const look = volumeOf(vessel.contents.lots) > 0 ? lookOf(amounts, temperature) : undefined;
  out.set(pose.position, at + VESSEL_FIELDS.x);
  out.set(pose.orientation, at + VESSEL_FIELDS.qx);
  const { capacity } = plant.kindOf(vessel);
  out[at + VESSEL_FIELDS.fill] = capacity > 0 ? plant.volumeAt(vessel, twin.now) / capacity : 0;
  out[at + VESSEL_FIELDS.turbidity] = look?.turbidity ?? 0;
  out[at + VESSEL_FIELDS.tint] = look === undefined ? 0 : LIQUID_TINTS.indexOf(look.tint);
  out[at + VESSEL_FIELDS.capped] = vessel.capped ? 1 : 0;
  out[at + VESSEL_FIELDS.present] = 1;
  out[at + VESSEL_FIELDS.pellet] = vessel.contents.pellet === undefined ? 0 : 1;
}
