import { closeSync, openSync, writeSync } from 'node:fs';
import { zstdCompressSync } from 'node:zlib';
import { McapWriter } from '@mcap/core';
import packageJson from '../../../package.json' with { type: 'json' };
import type {
  DeviceDescription,
  PlantDescription,
  PlantEvent,
} from '../../kernel/plant-contract.ts';
import type { Micros } from '../../kernel/time.ts';
import {
  FRAME_TRANSFORMS_SCHEMA,
  frameTransforms,
  SCENE_UPDATE_SCHEMA,
  sceneUpdate,
  type Stamp,
} from './foxglove.ts';
import type { Column, Sink } from './sink.ts';

export interface McapOptions {
  readonly path: string;
  readonly columns: readonly Column[];
  readonly plant: PlantDescription;
  /** Text of the scene, kept as an attachment. */
  readonly sceneText: string;
  readonly seed: number;
}

const SCHEMAS = {
  event: {
    title: 'doppel.Event',
    type: 'object',
    description: 'What happened in the plant; what else it has depends on its type.',
    properties: {
      time: { type: 'number', description: 'simulated microseconds since the epoch' },
      sequence: { type: 'integer' },
      type: { type: 'string' },
      device: { type: 'string' },
    },
  },
  alarm: {
    title: 'doppel.Alarm',
    type: 'object',
    description: 'An alarm that was raised, cleared or acknowledged.',
    properties: {
      device: { type: 'string' },
      alarm: { type: 'string' },
      title: { type: 'string' },
      priority: { type: 'string', enum: ['critical', 'high', 'medium', 'low'] },
      change: { type: 'string', enum: ['raised', 'cleared', 'acknowledged'] },
      details: { type: 'string' },
    },
  },
} as const;

/**
 * A run as MCAP, for Foxglove and Lichtblick: a topic for each device with its signals, `/events`, `/alarms`, and the
 * plant in 3D as `/scene` and `/tf`. Messages are JSON, chunks are packed with zstd, and times are those of the plant.
 */
export async function mcapSink(options: McapOptions): Promise<Sink> {
  const { path, columns, plant, sceneText, seed } = options;
  const file = openSync(path, 'w');
  let position = 0n;
  const writer = new McapWriter({
    writable: {
      position: () => position,
      write: async (bytes) => {
        for (let from = 0; from < bytes.length; ) from += writeSync(file, bytes, from);
        position += BigInt(bytes.length);
      },
    },
    compressChunk: (data) => ({ compression: 'zstd', compressedData: zstdCompressSync(data) }),
  });
  await writer.start({ profile: '', library: `doppel ${packageJson.version}` });
  const nanoseconds = (t: Micros): bigint => BigInt(plant.epochUnixMicros + t) * 1000n;
  const stampOf = (t: Micros): Stamp => {
    const all = nanoseconds(t);
    return { sec: Number(all / 1_000_000_000n), nsec: Number(all % 1_000_000_000n) };
  };
  const channel = async (topic: string, schema: { readonly title: string }): Promise<number> =>
    writer.registerChannel({
      topic,
      schemaId: await writer.registerSchema({
        ...{ name: schema.title, encoding: 'jsonschema', data: utf8(schema) },
      }),
      messageEncoding: 'json',
      metadata: new Map(),
    });
  const sequences = new Map<number, number>();
  const send = async (channelId: number, t: Micros, message: unknown): Promise<void> => {
    const sequence = sequences.get(channelId) ?? 0;
    sequences.set(channelId, sequence + 1);
    const time = nanoseconds(t);
    await writer.addMessage({
      ...{ channelId, sequence, logTime: time, publishTime: time, data: utf8(message) },
    });
  };
  const facts = { scene: plant.scene, seed: String(seed), doppel: packageJson.version };
  await writer.addMetadata({ name: 'doppel', metadata: new Map(Object.entries(facts)) });
  await writer.addAttachment({
    ...{ name: `${plant.scene}.yaml`, mediaType: 'application/yaml' },
    ...{ logTime: nanoseconds(0), createTime: nanoseconds(0) },
    data: new TextEncoder().encode(sceneText),
  });
  const events = await channel('/events', SCHEMAS.event);
  const alarms = await channel('/alarms', SCHEMAS.alarm);
  const scene = await channel('/scene', SCENE_UPDATE_SCHEMA);
  const transforms = await channel('/tf', FRAME_TRANSFORMS_SCHEMA);
  const devices = new Map<string, { readonly id: number; readonly columns: readonly number[] }>();
  for (const device of plant.devices) {
    const own = columns.flatMap((column, i) => (column.device === device.id ? [i] : []));
    if (own.length === 0) continue;
    const schema = schemaOf(
      device,
      own.flatMap((i) => columns[i]?.signal ?? []),
    );
    devices.set(device.id, { id: await channel(`/${device.id}`, schema), columns: own });
  }
  let drawn = -1;
  return {
    draws: true,
    sample: async ({ time, readings, frame }) => {
      for (const { id, columns: own } of devices.values()) {
        const values = own.map((i) => [columns[i]?.signal, readings[i]?.value] as const);
        await send(id, time, Object.fromEntries(values));
      }
      if (frame === undefined) return;
      const { view, values } = frame;
      if (view.revision !== drawn) await send(scene, time, sceneUpdate(view, stampOf(time)));
      drawn = view.revision;
      await send(transforms, time, frameTransforms(view, values, stampOf(time)));
    },
    events: async (happened) => {
      for (const event of happened) {
        await send(events, event.time, event);
        const alarm = alarmOf(event, plant);
        if (alarm !== undefined) await send(alarms, event.time, alarm);
      }
    },
    end: async () => {
      await writer.end();
      closeSync(file);
    },
  };
}

function alarmOf(event: PlantEvent, { devices }: PlantDescription): unknown {
  if (!('alarm' in event)) return undefined;
  const { device, alarm, details, type } = event;
  const declared = devices
    .find(({ id }) => id === device)
    ?.alarms.find(({ name }) => name === alarm);
  const change = type.slice('alarm.'.length);
  return { device, alarm, title: declared?.title, priority: declared?.priority, change, details };
}

/** Signals of a device: each with its unit and title. */
function schemaOf(
  { id, type, signals }: DeviceDescription,
  wanted: readonly string[],
): { readonly title: string } {
  const TYPES = { number: 'number', integer: 'integer', boolean: 'boolean' } as const;
  const properties = wanted.map((name) => {
    const signal = signals.find((other) => other.name === name);
    const kind = signal?.kind ?? 'text';
    return [
      name,
      {
        type: kind in TYPES ? TYPES[kind as keyof typeof TYPES] : 'string',
        description: [signal?.title ?? name, signal?.unit ?? ''].filter(Boolean).join(' in '),
        ...(signal?.values === undefined ? {} : { enum: signal.values }),
      },
    ] as const;
  });
  const schema = { type: 'object', description: id, properties: Object.fromEntries(properties) };
  return { title: `doppel.${type}`, ...schema };
}

function utf8(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
