import { refusal, type Refusal } from '../kernel/error-catalogue.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { microsFromSeconds, type Micros } from '../kernel/time.ts';
import { volumeOf } from '../physics/fluids/contents.ts';
import { push, wetVolume } from '../physics/fluids/tubing.ts';
import type { Plant } from './plant.ts';
import type { LineState } from './plant-state.ts';

/** Ticks between two chunks of a flow: a quarter of the hold-up, within these bounds. */
const SHORTEST_CHUNK = microsFromSeconds(1);
const LONGEST_CHUNK = microsFromSeconds(600);

/** What flows ask of the event loop. */
export interface FlowScheduler {
  /** The line needs its next chunk at `time`; returns the handle that cancels it. */
  schedule(time: Micros, line: string): number;
  cancel(handle: number): void;
  /** Tells the owner's machine that its flow ended. */
  ended(owner: string, line: string, event: 'flow.done' | 'flow.dry'): void;
}

/** Moves liquid through the lines of a plant, chunk by chunk. */
export class Flows {
  private readonly plant: Plant;
  private readonly scheduler: FlowScheduler;

  constructor(plant: Plant, scheduler: FlowScheduler) {
    this.plant = plant;
    this.scheduler = scheduler;
  }

  /** Starts a flow, or changes its rate; negative rates run from `to` to `from`. */
  start(
    owner: string,
    lineId: string,
    rate: number,
    volume: number,
    t: Micros,
  ): Result<undefined, Refusal> {
    const line = this.plant.state.lines.get(lineId);
    if (line === undefined) return err(refusal('NOT_CONNECTED', `there is no line ${lineId}`));
    if (!line.connected) return err(refusal('NOT_CONNECTED', `line ${lineId} is not connected`));
    if (line.shut) return err(refusal('INTERLOCK', `a valve in line ${lineId} is shut`));
    const [source, sink] = this.plant.endsOf(line, rate);
    if (sink === undefined || source === undefined) {
      const port = (source === undefined) === rate >= 0 ? line.from : line.to;
      return err(refusal('NO_VESSEL', `there is no vessel behind ${port} of line ${lineId}`));
    }
    if (line.flow !== undefined) this.end(line, t);
    const flow = { owner, rate, remaining: volume, since: t, timer: -1 };
    line.flow = flow;
    this.plant.changed(undefined);
    this.scheduleChunk(line, t);
    return ok(undefined);
  }

  stop(lineId: string, t: Micros): void {
    const line = this.plant.line(lineId);
    if (line.flow !== undefined) this.end(line, t);
  }

  private end(line: LineState, t: Micros): void {
    const { flow } = line;
    if (flow === undefined) return;
    this.moveChunk(line, t);
    this.scheduler.cancel(flow.timer);
    line.flow = undefined;
    this.plant.changed(undefined);
  }

  private scheduleChunk(line: LineState, t: Micros): void {
    const { flow } = line;
    if (flow === undefined || flow.rate === 0) return;
    const rate = Math.abs(flow.rate);
    const quarter = microsFromSeconds(line.tubing.holdUp / 4 / rate);
    const chunk = Math.min(LONGEST_CHUNK, Math.max(SHORTEST_CHUNK, quarter));
    const rest = Number.isFinite(flow.remaining) ? Math.ceil((flow.remaining / rate) * 1e6) : chunk;
    flow.timer = this.scheduler.schedule(t + Math.max(1, Math.min(chunk, rest)), line.id);
  }

  /** The event of a flow's chunk: moves it, then goes on, or ends and tells the owner. */
  continue(lineId: string, t: Micros): void {
    const line = this.plant.line(lineId);
    const { flow } = line;
    if (flow === undefined) return;
    this.plant.changed(undefined);
    const dry = this.moveChunk(line, t);
    const done = flow.remaining <= 1e-15;
    if (!done && !dry) {
      this.scheduleChunk(line, t);
      return;
    }
    line.flow = undefined;
    this.scheduler.ended(flow.owner, line.id, done ? 'flow.done' : 'flow.dry');
  }

  /** Moves what has flowed since the last chunk; true when nothing is left to move. */
  private moveChunk(line: LineState, t: Micros): boolean {
    const { flow } = line;
    if (flow === undefined || flow.rate === 0) return false;
    const backwards = flow.rate < 0;
    const wanted = Math.min((Math.abs(flow.rate) * (t - flow.since)) / 1e6, flow.remaining);
    const [source, sink] = this.plant.endsOf(line, flow.rate);
    if (source === undefined || sink === undefined) {
      flow.since = t;
      return true;
    }
    this.plant.settleVessel(source, t);
    this.plant.settleVessel(sink, t);
    flow.since = t;
    const port = this.plant.ports.get(backwards ? line.to : line.from)?.declaration;
    const available = volumeOf(source.contents.lots);
    const taken = Math.min(wanted, available);
    const parcel = this.plant.withdrawThrough(source, taken, port?.retention ?? 0, t);
    const out = push(line.tubing, { kind: 'liquid', parcel }, backwards);
    if (taken < wanted) {
      out.push(...push(line.tubing, { kind: 'air', volume: wanted - taken }, backwards));
    }
    for (const part of out) this.plant.deposit(sink, part, t);
    flow.remaining -= wanted;
    return taken < wanted && wetVolume(line.tubing) <= 1e-15;
  }
}
