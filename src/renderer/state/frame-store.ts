import { FRAME_HEADER_BYTES, FRAME_TIME_OFFSET } from '../../kernel/bridge-contract.ts';
import {
  type FrameLayout,
  LINE_FIELDS,
  LINE_STRIDE,
  VESSEL_FIELDS,
  VESSEL_STRIDE,
} from '../../kernel/view-contract.ts';
import { blendVessel } from './blend-vessel.ts';
import { IndexSet } from './index-set.ts';

/** Longest time over which two frames are blended [ms]. */
const LONGEST_BLEND = 250;
/** What is expected between two frames before any came [ms]. */
const USUAL_INTERVAL = 50;
const EMPTY: FrameLayout = { channels: 0, devices: 0, lines: 0, vessels: 0, length: 0 };

/**
 * The two latest frames and the picture between them. Nothing here is React state: the view reads
 * {@link FrameStore.current} once per drawn picture. Only what changed from one frame to the next is
 * blended; everything else stays as it is and costs nothing.
 */
class FrameStore {
  /** The blended numbers, laid out as the scene says. */
  current = new Float32Array(0);
  /** Simulated time of the latest frame [us]. */
  time = 0;
  received = 0;
  /** Rises with every frame in which something differed. */
  changes = 0;
  /** Slots of vessels that moved or changed since the last picture. */
  readonly vessels = new IndexSet();
  private layout: FrameLayout = EMPTY;
  private previous = new Float32Array(0);
  private latest = new Float32Array(0);
  private readonly numbers = new IndexSet();
  /** Slots that another vessel has taken, which does not glide from there to its place. */
  private readonly fresh = new IndexSet();
  private arrival = 0;
  private interval = USUAL_INTERVAL;
  private settled = true;

  /** Begins a scene. */
  begin(layout: FrameLayout): void {
    this.layout = layout;
    this.current = new Float32Array(layout.length);
    this.previous = new Float32Array(layout.length);
    this.latest = new Float32Array(layout.length);
    for (const set of [this.vessels, this.numbers, this.fresh]) set.reset(layout.length);
    this.received = 0;
    this.interval = USUAL_INTERVAL;
  }

  /** Takes over the layout of a changed scene; `slots` are those that another vessel has taken. */
  change(layout: FrameLayout, slots: readonly number[]): void {
    const grown = (old: Float32Array): Float32Array<ArrayBuffer> => {
      const longer = new Float32Array(layout.length);
      longer.set(old.subarray(0, layout.length));
      return longer;
    };
    this.layout = layout;
    this.current = grown(this.current);
    this.previous = grown(this.previous);
    this.latest = grown(this.latest);
    for (const set of [this.vessels, this.numbers, this.fresh]) set.grow(layout.length);
    for (const slot of slots) this.fresh.add(slot);
  }

  /** Takes a frame that arrived at wall-clock time `now` [ms]. */
  accept(buffer: ArrayBuffer, now: number): void {
    this.time = new DataView(buffer).getFloat64(FRAME_TIME_OFFSET, true);
    this.keepUnfinished();
    const heads = new Uint32Array(buffer, FRAME_HEADER_BYTES);
    const floats = new Float32Array(buffer, FRAME_HEADER_BYTES);
    for (let at = 0; at + 2 <= heads.length; ) {
      const from = heads[at] as number;
      const count = heads[at + 1] as number;
      if (from + count > this.latest.length) break;
      this.take(from, floats.subarray(at + 2, at + 2 + count));
      at += 2 + count;
    }
    for (let k = 0; k < this.fresh.size; k++) this.jump(this.fresh.at(k));
    this.fresh.clear();
    if (heads.length > 0) this.changes++;
    if (this.received > 0) {
      const measured = Math.min(now - this.arrival, LONGEST_BLEND);
      this.interval += (measured - this.interval) * 0.2;
    }
    this.arrival = now;
    this.settled = false;
    this.received++;
  }

  /** Blends towards the latest frame for a picture drawn at wall-clock time `now` [ms]. */
  blend(now: number): void {
    if (this.settled) {
      this.numbers.clear();
      this.vessels.clear();
      return;
    }
    const share = Math.min(1, Math.max(0, (now - this.arrival) / Math.max(1, this.interval)));
    const { current, previous, latest, numbers, vessels, layout } = this;
    for (let k = 0; k < numbers.size; k++) {
      const i = numbers.at(k);
      const from = previous[i] as number;
      current[i] = from + ((latest[i] as number) - from) * share;
    }
    for (let k = 0; k < vessels.size; k++) {
      const v = layout.vessels + vessels.at(k) * VESSEL_STRIDE;
      blendVessel(current, previous, latest, v, share);
    }
    this.settled = share >= 1;
  }

  /** Number of a vessel by its slot. */
  vessel(slot: number, field: keyof typeof VESSEL_FIELDS): number {
    return (
      this.current[this.layout.vessels + slot * VESSEL_STRIDE + VESSEL_FIELDS[field]] ?? Number.NaN
    );
  }

  /** Where the seven numbers of a vessel's pose begin in {@link FrameStore.current}. */
  poseOffset(slot: number): number {
    return this.layout.vessels + slot * VESSEL_STRIDE + VESSEL_FIELDS.x;
  }

  /** Condition of a device by its index. */
  condition(device: number): number {
    return this.latest[this.layout.devices + device] ?? 0;
  }

  /** What has not arrived yet goes on from where it is; the rest is at rest. */
  private keepUnfinished(): void {
    const { current, previous, latest, layout } = this;
    this.numbers.filter((i) => {
      previous[i] = current[i] as number;
      return current[i] !== latest[i];
    });
    this.vessels.filter((slot) => {
      const from = layout.vessels + slot * VESSEL_STRIDE;
      let arrived = true;
      for (let i = from; i < from + VESSEL_STRIDE; i++) {
        previous[i] = current[i] as number;
        if (current[i] !== latest[i]) arrived = false;
      }
      return !arrived;
    });
  }

  private take(from: number, values: Float32Array): void {
    const { layout, latest, current, previous } = this;
    const isFirst = this.received === 0;
    for (let k = 0; k < values.length; k++) {
      const i = from + k;
      const value = values[k] as number;
      latest[i] = value;
      if (isFirst) {
        current[i] = value;
        previous[i] = value;
      }
      if (i >= layout.vessels) {
        this.vessels.add(Math.floor((i - layout.vessels) / VESSEL_STRIDE));
      } else if (this.isBlended(i)) {
        previous[i] = current[i] as number;
        this.numbers.add(i);
      } else current[i] = value;
    }
  }

  /** Puts a vessel where the latest frame has it. */
  private jump(slot: number): void {
    const from = this.layout.vessels + slot * VESSEL_STRIDE;
    const now = this.latest.subarray(from, from + VESSEL_STRIDE);
    this.current.set(now, from);
    this.previous.set(now, from);
    this.vessels.add(slot);
  }

  /** Conditions and tints are indices. */
  private isBlended(i: number): boolean {
    const { devices, lines, vessels } = this.layout;
    if (i < devices) return true;
    if (i < lines || i >= vessels) return false;
    return (i - lines) % LINE_STRIDE !== LINE_FIELDS.tint;
  }
}

export const frameStore = new FrameStore();
