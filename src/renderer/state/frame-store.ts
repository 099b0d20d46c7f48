import {
  FRAME_HEADER_BYTES,
  FRAME_REVISION_OFFSET,
  FRAME_TIME_OFFSET,
} from '../../kernel/bridge-contract.ts';
import { VESSEL_FIELDS, VESSEL_STRIDE, type ViewScene } from '../../kernel/view-contract.ts';

/** A vessel that moves further between two frames was put elsewhere; it does not glide there [m]. */
const JUMP = 0.6;
/** Longest time over which two frames are blended [ms]. */
const LONGEST_BLEND = 250;

/**
 * The two latest frames and the picture between them. Nothing here is React state: the view reads
 * {@link FrameStore.current} once per drawn picture.
 */
class FrameStore {
  /** The blended numbers, laid out as the scene says. */
  current = new Float32Array(0);
  /** Simulated time of the latest frame [us]. */
  time = 0;
  received = 0;
  private previous = new Float32Array(0);
  private latest = new Float32Array(0);
  private scene: ViewScene | undefined;
  private arrival = 0;
  private interval = 50;

  setLayout(scene: ViewScene): void {
    this.scene = scene;
    const { length } = scene.layout;
    if (this.current.length === length) return;
    this.current = new Float32Array(length);
    this.previous = new Float32Array(length);
    this.latest = new Float32Array(length);
    this.received = 0;
  }

  /** Takes a frame that arrived at wall-clock time `now` [ms]; those of other scenes are dropped. */
  accept(buffer: ArrayBuffer, now: number): void {
    const header = new DataView(buffer);
    const revision = header.getFloat64(FRAME_REVISION_OFFSET, true);
    const values = new Float32Array(buffer, FRAME_HEADER_BYTES);
    if (revision !== this.scene?.revision || values.length !== this.latest.length) return;
    this.time = header.getFloat64(FRAME_TIME_OFFSET, true);
    this.previous.set(this.received === 0 ? values : this.current);
    this.latest.set(values);
    if (this.received > 0) {
      const measured = Math.min(now - this.arrival, LONGEST_BLEND);
      this.interval += (measured - this.interval) * 0.2;
    }
    this.arrival = now;
    this.received++;
  }

  /** Blends towards the latest frame for a picture drawn at wall-clock time `now` [ms]. */
  blend(now: number): void {
    const { current, previous, latest, scene } = this;
    if (scene === undefined) return;
    const share = Math.min(1, Math.max(0, (now - this.arrival) / Math.max(1, this.interval)));
    for (let i = 0; i < current.length; i++) {
      const from = previous[i] as number;
      current[i] = from + ((latest[i] as number) - from) * share;
    }
    for (let v = scene.layout.vessels; v < scene.layout.lines; v += VESSEL_STRIDE) {
      this.fixVessel(v, share);
    }
  }

  /** Things that do not blend by number: index of tint, jumps, and turns the long way round. */
  private fixVessel(v: number, share: number): void {
    const { current, previous, latest } = this;
    const { x, y, z, qx, qy, qz, qw, tint, capped, present } = VESSEL_FIELDS;
    for (const field of [tint, capped, present]) current[v + field] = latest[v + field] as number;
    const apart = Math.hypot(
      (latest[v + x] as number) - (previous[v + x] as number),
      (latest[v + y] as number) - (previous[v + y] as number),
      (latest[v + z] as number) - (previous[v + z] as number),
    );
    if (apart > JUMP) for (let i = 0; i < 7; i++) current[v + i] = latest[v + i] as number;
    else this.blendTurn(v, share, [qx, qy, qz, qw]);
  }

  private blendTurn(v: number, share: number, fields: readonly number[]): void {
    const { current, previous, latest } = this;
    let dot = 0;
    for (const f of fields) dot += (previous[v + f] as number) * (latest[v + f] as number);
    const sign = dot < 0 ? -1 : 1;
    let norm = 0;
    for (const f of fields) {
      const from = (previous[v + f] as number) * sign;
      const q = from + ((latest[v + f] as number) - from) * share;
      current[v + f] = q;
      norm += q * q;
    }
    const scale = norm > 0 ? 1 / Math.sqrt(norm) : 1;
    for (const f of fields) current[v + f] = (current[v + f] as number) * scale;
  }
}

export const frameStore = new FrameStore();
