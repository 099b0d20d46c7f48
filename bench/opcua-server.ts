/**
 * Child process of the OPC UA bench: 30 invented devices with 30 signals, 300 of the 900 signals
 * changing every 100 ms. Tells its parent its start time, and its CPU time when asked.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOpcUaHost } from '../src/device-emulators/endpoints/opcua/host.ts';
import {
  createMemoryPlant,
  inventedDevices,
} from '../test/device-emulators/endpoints/opcua/memory-port.ts';

const DEVICES = 30;
const SIGNALS_PER_DEVICE = 30;
const CHANGING = 300;
const PERIOD_MILLISECONDS = 100;

const [centrifuge, meter] = inventedDevices(
  Array.from({ length: SIGNALS_PER_DEVICE }, () => 'Cel'),
);
if (centrifuge === undefined || meter === undefined) throw new Error('no invented devices');
const devices = Array.from({ length: DEVICES }, (_, i) => ({
  ...meter,
  id: `meter${i}`,
  commands: centrifuge.commands,
  alarms: centrifuge.alarms,
}));
const plant = createMemoryPlant(devices);
const certificateFolder = mkdtempSync(join(tmpdir(), 'doppel-bench-'));
const from = performance.now();
const host = await startOpcUaHost(plant, {
  host: '127.0.0.1',
  port: 0,
  certificateFolder,
  log: () => {},
});
const startMilliseconds = performance.now() - from;
let round = 0;
setInterval(() => {
  round++;
  plant.pass(plant.now() + PERIOD_MILLISECONDS * 1000);
  for (let i = 0; i < CHANGING; i++) {
    const device = Math.floor(i / (CHANGING / DEVICES));
    plant.set(`meter${device}.quantity${i % (CHANGING / DEVICES)}`, round + i / 1000);
  }
}, PERIOD_MILLISECONDS);

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuSeconds: (user + system) / 1e6, changes: round * CHANGING });
});
process.on('disconnect', () => {
  rmSync(certificateFolder, { recursive: true });
  process.exit(0);
});
process.send?.({ url: host.url, startMilliseconds });
