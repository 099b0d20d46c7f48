/**
 * Serves the invented devices of the unit tests at 60 times real time, so that the interop scripts
 * can be tried without a scene. Prints the line that `doppel serve --json` prints first.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOpcUaHost } from '../../src/device-emulators/endpoints/opcua/host.ts';
import {
  createMemoryPlant,
  inventedDevices,
} from '../device-emulators/endpoints/opcua/memory-port.ts';

const SPEED = 60;
const TICK_MILLISECONDS = 20;

const certificateFolder = await mkdtemp(join(tmpdir(), 'doppel-interop-'));
const plant = createMemoryPlant(inventedDevices(['Cel', 'mL', '{cells}/mL']));
const host = await startOpcUaHost(plant, {
  host: '127.0.0.1',
  port: 0,
  mode: String(SPEED),
  certificateFolder,
  log: (line) => process.stderr.write(`${line}\n`),
});
const clock = setInterval(() => {
  const until = plant.now() + TICK_MILLISECONDS * 1000 * SPEED;
  while (plant.pass(until) < until);
  plant.set('centrifuge.rotorSpeed', Math.round(plant.now() / 1e6) % 5000);
}, TICK_MILLISECONDS);
process.stdout.write(`${JSON.stringify({ ready: true, opcua: host.url })}\n`);

const stop = async (): Promise<void> => {
  clearInterval(clock);
  await host.close();
  await rm(certificateFolder, { recursive: true });
  process.exit(0);
};
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
