import { homedir } from 'node:os';
import { join } from 'node:path';
import type { PlantPort } from '../device-emulators/endpoints/opcua/port.ts';
import type { Micros } from '../kernel/time.ts';
import type { TwinHandle } from './twin-thread/twin-handle.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * A running twin as the OPC UA server sees it.
 *
 * @param advance lets time pass; given in lockstep only
 */
export function plantPort(
  twin: TwinHandle,
  advance?: (until: Micros) => Promise<Micros>,
): PlantPort {
  const { table } = twin;
  const port: Writable<PlantPort> = {
    description: twin.description,
    signalCount: table.rows.length,
    get changeCounter() {
      return table.changes;
    },
    readValue: (index) => table.read(index).value,
    readTime: (index) => table.read(index).time,
    readQuality: (index) => table.read(index).quality,
    readVersion: (index) => table.version(index),
    submit: (command) => twin.execute(command),
    onEvent: (listener) => {
      twin.onEvents((events) => {
        for (const event of events) listener(event);
      });
    },
    now: () => table.time,
  };
  if (advance !== undefined) port.advance = advance;
  return port;
}

/** Where the certificates of this installation are kept. */
export function certificateFolder(): string {
  const data = process.env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share');
  return join(data, 'doppel', 'certificates');
}
