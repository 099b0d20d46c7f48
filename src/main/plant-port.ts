import { homedir } from 'node:os';
import { join } from 'node:path';
import type { PlantPort } from '../device-emulators/endpoints/opcua/port.ts';
import type { TwinHandle } from './twin-thread/twin-handle.ts';

/** How time passes in a plant that is served, and what the bench adds. */
export type ServedClock = Pick<PlantPort, 'advance' | 'bench'>;

/** A running twin as the OPC UA server sees it. */
export function plantPort(twin: TwinHandle, clock: ServedClock): PlantPort {
  const { table } = twin;
  return {
    ...clock,
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
    mode: () => {
      const { mode, askedSpeed } = twin.time;
      return mode === 'scaled' ? `x${askedSpeed}` : mode;
    },
  };
}

/** A folder of this installation's data. */
export function dataFolder(name: string): string {
  const data = process.env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share');
  return join(data, 'doppel', name);
}

/** Where the certificates of this installation are kept. */
export function certificateFolder(): string {
  return dataFolder('certificates');
}
