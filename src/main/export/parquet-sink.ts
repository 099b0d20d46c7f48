import {
  type ColumnSource,
  fileWriter,
  ParquetWriter,
  schemaFromColumnData,
} from 'hyparquet-writer';
import type { Value } from '../../kernel/plant-contract.ts';
import type { Column, Sink } from './sink.ts';

/** Samples in a row group. */
const GROUP = 4096;

/**
 * Signals as Parquet: a column for each, numbers as doubles, null where there is no usable value; `time` in
 * milliseconds since 1970, `seconds` since the epoch. Units stand in the metadata `units` as JSON.
 */
export function parquetSink(
  path: string,
  columns: readonly Column[],
  epochUnixMicros: number,
): Sink {
  const times: Date[] = [];
  const seconds: number[] = [];
  const values: (Value | null)[][] = columns.map(() => []);
  const sources = (): ColumnSource[] => [
    { name: 'time', data: times, type: 'TIMESTAMP', nullable: false },
    { name: 'seconds', data: seconds, type: 'DOUBLE', nullable: false },
    ...columns.map(({ path: name, kind }, i): ColumnSource => {
      const type = kind === 'boolean' ? 'BOOLEAN' : isNumber(kind) ? 'DOUBLE' : 'STRING';
      return { name, data: values[i] ?? [], type, nullable: true };
    }),
  ];
  const units = columns.flatMap(({ path: name, unit }) => (unit === '' ? [] : [[name, unit]]));
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    schema: schemaFromColumnData({ columnData: sources() }),
    kvMetadata: [{ key: 'units', value: JSON.stringify(Object.fromEntries(units)) }],
  });
  const flush = async (): Promise<void> => {
    if (times.length === 0) return;
    await writer.write({ columnData: sources(), rowGroupSize: GROUP });
    for (const list of [times, seconds, ...values]) list.length = 0;
  };
  return {
    draws: false,
    sample: async ({ time, readings }) => {
      times.push(new Date((epochUnixMicros + time) / 1000));
      seconds.push(time / 1e6);
      for (const [i, { value, quality }] of readings.entries()) {
        values[i]?.push(quality === 2 ? null : value);
      }
      if (times.length >= GROUP) await flush();
    },
    events: async () => {},
    end: async () => {
      await flush();
      await writer.finish();
    },
  };
}

function isNumber(kind: Column['kind']): boolean {
  return kind === 'number' || kind === 'integer';
}
