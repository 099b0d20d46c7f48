import {
  FRAME_HEADER_BYTES,
  FRAME_REVISION_OFFSET,
  FRAME_TIME_OFFSET,
} from '../../kernel/bridge-contract.ts';
import type { ViewFrame } from '../../kernel/view-contract.ts';

/** Numbers that stayed are sent along when fewer than these part two stretches: a stretch costs two numbers. */
const GAP = 2;
/** Offset and count before each stretch. */
const STRETCH_HEAD = 2;

/** Frames for one view: each holds only what differs from the one before. */
export class FrameFeed {
  private sent = new Float32Array(0);
  /** Offsets and ends of the stretches that differ. */
  private bounds = new Uint32Array(64);

  /** The bytes of a frame, laid out as {@link FRAME_HEADER_BYTES} says. */
  encode({ time, revision, values }: ViewFrame): ArrayBuffer {
    const count = this.compare(values);
    let numbers = 0;
    for (let i = 0; i < count; i++) {
      numbers += STRETCH_HEAD + (this.bounds[2 * i + 1] ?? 0) - (this.bounds[2 * i] ?? 0);
    }
    const bytes = new ArrayBuffer(FRAME_HEADER_BYTES + 4 * numbers);
    const header = new DataView(bytes);
    header.setFloat64(FRAME_TIME_OFFSET, time, true);
    header.setFloat64(FRAME_REVISION_OFFSET, revision, true);
    const heads = new Uint32Array(bytes, FRAME_HEADER_BYTES);
    const floats = new Float32Array(bytes, FRAME_HEADER_BYTES);
    let at = 0;
    for (let i = 0; i < count; i++) {
      const [from, to] = [this.bounds[2 * i] ?? 0, this.bounds[2 * i + 1] ?? 0];
      heads[at] = from;
      heads[at + 1] = to - from;
      floats.set(values.subarray(from, to), at + STRETCH_HEAD);
      at += STRETCH_HEAD + to - from;
    }
    this.sent.set(values);
    return bytes;
  }

  /** Finds the stretches that differ; returns how many. */
  private compare(values: Float32Array): number {
    if (this.sent.length !== values.length) this.resize(values.length);
    const { sent } = this;
    let count = 0;
    let end = -1;
    for (let i = 0; i < values.length; i++) {
      if (values[i] === sent[i]) continue;
      if (end >= 0 && i - end <= GAP) end = i + 1;
      else {
        if (end >= 0) this.bounds[2 * count - 1] = end;
        count += 1;
        if (2 * count > this.bounds.length) this.grow();
        this.bounds[2 * count - 2] = i;
        end = i + 1;
      }
    }
    if (count > 0) this.bounds[2 * count - 1] = end;
    return count;
  }

  /** What is new in a longer frame differs from everything. */
  private resize(length: number): void {
    const sent = new Float32Array(length).fill(Number.NaN);
    sent.set(this.sent.subarray(0, length));
    this.sent = sent;
  }

  private grow(): void {
    const bounds = new Uint32Array(2 * this.bounds.length);
    bounds.set(this.bounds);
    this.bounds = bounds;
  }
}
