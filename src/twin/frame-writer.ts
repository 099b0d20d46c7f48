import type { Pose } from '../kernel/pose.ts';
import {
  DEVICE_CONDITIONS,
  LINE_FIELDS,
  LINE_STRIDE,
  LIQUID_TINTS,
  VESSEL_FIELDS,
  VESSEL_STRIDE,
  type ViewScene,
} from '../kernel/view-contract.ts';
import type { LiquidLook } from '../device-emulators/definition/plant-port.ts';
import { totalInto, volumeOf } from '../physics/fluids/contents.ts';
import { wetVolume } from '../physics/fluids/tubing.ts';
import type { DeviceRuntime } from './device-runtime.ts';
import type { VesselState } from './plant-state.ts';
import type { Twin } from './twin.ts';
import { VesselPoses } from './vessel-poses.ts';

/** How a liquid looks by its amounts and temperature [K]. */
export type LookOf = (amounts: Float64Array, temperature: number) => LiquidLook;

/** What looks as before is looked at anew in every so many-th frame, or at least so many things in each. */
const TURN = 20;
const LEAST = 64;
/** Steps of fill and turbidity: finer ones cannot be seen. */
const FILL_STEPS = 2048;
const TURBIDITY_STEPS = 256;
const NOWHERE = -1;

interface DeviceEntry {
  readonly runtime: DeviceRuntime;
  readonly first: number;
  readonly read: readonly ((context: ReturnType<DeviceRuntime['readContext']>) => number)[];
  seen: number;
}

/** What the numbers of a vessel were made from. */
interface VesselEntry {
  readonly id: string;
  vessel: VesselState | undefined;
  since: number;
  kind: string;
  pose: Pose | undefined;
}

/**
 * Writes the moving parts of a plant into frames. It costs little when little happens: poses are made
 * anew for what moves, numbers of devices for those that have heard something or are at work. All
 * others, cultures among them, take turns, so that no number is older than some frames.
 */
export class FrameWriter {
  private readonly twin: Twin;
  private readonly lookOf: LookOf;
  private readonly poses: VesselPoses;
  private readonly devices: readonly DeviceEntry[];
  private readonly amounts: Float64Array;
  private scene: ViewScene;
  private vessels: VesselEntry[] = [];
  private values = new Float32Array(0);
  private frame = 0;

  constructor(twin: Twin, scene: ViewScene, lookOf: LookOf) {
    this.twin = twin;
    this.scene = scene;
    this.lookOf = lookOf;
    this.amounts = new Float64Array(twin.plant.speciesCount);
    const indices = new Map(scene.equipment.map(({ id }, i) => [id, i]));
    this.poses = new VesselPoses(twin.plant, (device) => indices.get(device) ?? NOWHERE);
    this.devices = scene.equipment.map(({ id, firstChannel }) => {
      const runtime = twin.runtime(id);
      const read = Object.values(runtime.device.definition.channels);
      return { runtime, first: firstChannel, read, seen: -1 };
    });
    this.follow(scene);
  }

  /** Takes over a description in which vessels have come or gone; frames are laid out by it from now on. */
  follow(scene: ViewScene): void {
    const { length } = scene.layout;
    const values = new Float32Array(length);
    values.set(this.values.subarray(0, length));
    this.values = values;
    this.vessels = scene.vessels.map(({ id, kind }, slot) => {
      const known = this.vessels[slot];
      if (known?.id === id && known.kind === kind) return known;
      return { id, vessel: undefined, since: Number.NaN, kind, pose: undefined };
    });
    this.scene = scene;
  }

  /** The present instant, as numbers of their own. */
  write(): Float32Array {
    this.frame++;
    this.writeDevices();
    this.writeLines();
    this.writeVessels();
    return this.values.slice();
  }

  /** Whether it is the turn of the `i`-th of `count` things in this frame. */
  private isTurn(i: number, count: number): boolean {
    const turns = Math.max(1, Math.min(TURN, Math.floor(count / LEAST)));
    return (i + this.frame) % turns === 0;
  }

  private writeDevices(): void {
    const { values, devices } = this;
    const { channels, devices: conditions } = this.scene.layout;
    for (let i = 0; i < devices.length; i++) {
      const device = devices[i] as DeviceEntry;
      const { runtime } = device;
      const { condition } = runtime;
      values[conditions + i] = DEVICE_CONDITIONS.indexOf(condition);
      const isNew = runtime.revision !== device.seen || condition === 'running' || runtime.moves;
      if (!isNew && !this.isTurn(i, devices.length)) continue;
      device.seen = runtime.revision;
      const context = runtime.readContext();
      for (let k = 0; k < device.read.length; k++) {
        values[channels + device.first + k] = device.read[k]?.(context) ?? 0;
      }
    }
  }

  private writeLines(): void {
    const { values, amounts, lookOf } = this;
    let at = this.scene.layout.lines;
    for (const line of this.twin.plant.state.lines.values()) {
      const liquid = line.tubing.segments.find((s) => s.kind === 'liquid');
      let tint = 0;
      if (liquid?.kind === 'liquid') {
        totalInto(amounts, liquid.parcel.portions);
        tint = LIQUID_TINTS.indexOf(lookOf(amounts, liquid.parcel.temperature).tint);
      }
      values[at + LINE_FIELDS.flow] = line.flow?.rate ?? 0;
      values[at + LINE_FIELDS.tint] = tint;
      values[at + LINE_FIELDS.wet] = wetVolume(line.tubing) / line.tubing.holdUp;
      at += LINE_STRIDE;
    }
  }

  private writeVessels(): void {
    const { values, vessels, poses } = this;
    const { plant } = this.twin;
    const flowing = this.flowing();
    poses.begin();
    for (let slot = 0; slot < vessels.length; slot++) {
      const entry = vessels[slot] as VesselEntry;
      const at = this.scene.layout.vessels + slot * VESSEL_STRIDE;
      const vessel = plant.state.vessels.get(entry.id);
      const isKnown = vessel !== undefined && vessel.kind === entry.kind;
      values[at + VESSEL_FIELDS.present] = isKnown ? 1 : 0;
      if (!isKnown) continue;
      const { pose, holder } = poses.of(vessel);
      if (pose !== entry.pose) {
        values.set(pose.position, at + VESSEL_FIELDS.x);
        values.set(pose.orientation, at + VESSEL_FIELDS.qx);
        entry.pose = pose;
      }
      values[at + VESSEL_FIELDS.holder] = holder;
      values[at + VESSEL_FIELDS.capped] = vessel.capped ? 1 : 0;
      const isNew =
        entry.vessel !== vessel || entry.since !== vessel.since || flowing.has(entry.id);
      if (!isNew && !this.isTurn(slot, vessels.length)) continue;
      entry.vessel = vessel;
      entry.since = vessel.since;
      this.writeContents(vessel, at);
    }
  }

  /** Vessels whose level a flow moves. */
  private flowing(): ReadonlySet<string> {
    const { plant } = this.twin;
    const ids = new Set<string>();
    for (const line of plant.state.lines.values()) {
      if (line.flow === undefined) continue;
      for (const end of plant.endsOf(line, 1)) if (end !== undefined) ids.add(end.id);
    }
    return ids;
  }

  private writeContents(vessel: VesselState, at: number): void {
    const { values, amounts, twin } = this;
    const { plant } = twin;
    const { capacity } = plant.kindOf(vessel);
    const isEmpty = volumeOf(vessel.contents.lots) <= 0;
    const volume = capacity > 0 ? plant.volumeAt(vessel, twin.now) : 0;
    values[at + VESSEL_FIELDS.fill] =
      capacity > 0 ? Math.round((volume / capacity) * FILL_STEPS) / FILL_STEPS : 0;
    let look: LiquidLook | undefined;
    if (!isEmpty) look = this.lookOf(amounts, plant.project(vessel, twin.now, amounts));
    const turbidity = look?.turbidity ?? 0;
    values[at + VESSEL_FIELDS.turbidity] =
      Math.round(turbidity * TURBIDITY_STEPS) / TURBIDITY_STEPS;
    values[at + VESSEL_FIELDS.tint] = look === undefined ? 0 : LIQUID_TINTS.indexOf(look.tint);
    values[at + VESSEL_FIELDS.pellet] = vessel.contents.pellet === undefined ? 0 : 1;
  }
}
