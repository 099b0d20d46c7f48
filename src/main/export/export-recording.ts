import type { PlantDescription, SignalReading } from '../../kernel/plant-contract.ts';
import type { Micros } from '../../kernel/time.ts';
import { applySceneChange } from '../../kernel/scene-change.ts';
import { FrameWriter } from '../../twin/frame-writer.ts';
import type { Channel } from '../../twin/readings.ts';
import { changesOfView, describeView } from '../../twin/view.ts';
import { lookOf } from '../plant-assembly.ts';
import { Playback } from '../recording/playback.ts';
import { csvSink } from './csv-sink.ts';
import { mcapSink } from './mcap-sink.ts';
import { parquetSink } from './parquet-sink.ts';
import type { Column, Sink } from './sink.ts';

export interface ExportOptions {
  readonly recording: string;
  /** Simulated time between two samples. */
  readonly every: Micros;
  readonly from: Micros;
  /** The end of the recording when absent. */
  readonly to?: Micros;
  /** Paths of signals, `*` for any part of one; all when empty. */
  readonly signals: readonly string[];
  /** Files by format. */
  readonly mcap?: string;
  readonly csv?: string;
  readonly parquet?: string;
}

export interface ExportResult {
  readonly signals: number;
  readonly samples: number;
  readonly events: number;
  /** Time of the last sample. */
  readonly time: Micros;
}

/** No signal of the plant is called so. */
export class NoSignalError extends Error {
  override readonly name = 'NoSignalError';
}

/**
 * Plays a recording again and writes down what the plant showed: a run depends on nothing but what is recorded, so any signal
 * can be had at any resolution afterwards.
 *
 * @throws RecordingError when the file is no recording
 * @throws NoSignalError when a pattern fits no signal
 */
export async function exportRecording(options: ExportOptions): Promise<ExportResult> {
  const { every, from, signals } = options;
  const playback = new Playback(options.recording);
  const { twin, head } = playback;
  const plant = twin.describe();
  const columns = columnsOf(plant, signals);
  const channels = columns.map(({ device, signal }) => twin.channel(device, signal));
  const sinks = await openSinks(options, plant, columns, head);
  const draws = sinks.some((sink) => sink.draws);
  let view = describeView(twin);
  const frames = draws ? new FrameWriter(twin, view, lookOf) : undefined;
  const last = Math.min(options.to ?? playback.end, playback.end);
  let [samples, events] = [0, 0];
  for (let time = from; time <= last; time += every) {
    playback.to(time);
    const happened = twin.takeEvents().filter((event) => event.time >= from);
    const change = frames === undefined ? undefined : changesOfView(twin, view);
    if (change !== undefined) {
      view = applySceneChange(view, change);
      frames?.follow(view);
    }
    const frame = frames && { view, values: frames.write() };
    const sample = { time, readings: channels.map((channel) => readingOf(channel, time)), frame };
    for (const sink of sinks) {
      await sink.events(happened);
      await sink.sample(sample);
    }
    samples += 1;
    events += happened.length;
  }
  for (const sink of sinks) await sink.end();
  return { signals: columns.length, samples, events, time: twin.now };
}

function readingOf(channel: Channel | undefined, t: Micros): SignalReading {
  return channel?.show(t) ?? { value: '', time: t, quality: 2 };
}

async function openSinks(
  { mcap, csv, parquet }: ExportOptions,
  plant: PlantDescription,
  columns: readonly Column[],
  { sceneText, seed }: Playback['head'],
): Promise<readonly Sink[]> {
  const { epochUnixMicros } = plant;
  return [
    ...(mcap === undefined
      ? []
      : [await mcapSink({ path: mcap, columns, plant, sceneText, seed })]),
    ...(csv === undefined ? [] : [csvSink(csv, columns, epochUnixMicros)]),
    ...(parquet === undefined ? [] : [parquetSink(parquet, columns, epochUnixMicros)]),
  ];
}

/** Declared signals of all devices, and the state of each, as far as a pattern fits. */
function columnsOf(plant: PlantDescription, patterns: readonly string[]): readonly Column[] {
  const all = plant.devices.flatMap(({ id, signals }): readonly Column[] => [
    ...signals.map(({ name, kind, unit }) => {
      return { device: id, signal: name, path: `${id}.${name}`, kind, unit };
    }),
    { device: id, signal: 'state', path: `${id}.state`, kind: 'text', unit: '' },
  ]);
  if (patterns.length === 0) return all;
  const wanted = new Set<Column>();
  for (const pattern of patterns) {
    const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
    const form = new RegExp(`^${parts.join('.*')}$`);
    const found = all.filter(({ path }) => form.test(path));
    if (found.length === 0) {
      const like = all.slice(0, 3).map(({ path }) => path);
      throw new NoSignalError(
        `no signal is called ${pattern}; there are ${all.length}, such as ${like.join(', ')}`,
      );
    }
    for (const column of found) wanted.add(column);
  }
  return all.filter((column) => wanted.has(column));
}
