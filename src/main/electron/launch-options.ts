import { parseArgs } from 'node:util';
import { type HostRequest, hostRequest } from './host-messages.ts';

/** Arguments of the desktop shell: those of `doppel serve`, the scene as `--scene`. */
export function parseLaunch(args: readonly string[]): HostRequest {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { scene: text, seed: text, time: text, control: text, 'opcua-port': text },
    allowPositionals: true,
    // Chromium's own switches come along and are none of ours.
    strict: false,
  });
  return hostRequest.parse({
    scene: values.scene,
    seed: Number(values.seed ?? 1),
    time: values.time ?? 'realtime',
    control: values.control ?? 'none',
    opcuaPort: Number(values['opcua-port'] ?? 4840),
  });
}

export function launchArguments(request: HostRequest): string[] {
  const { scene, seed, time, control, opcuaPort } = request;
  return [
    ...['--scene', scene, '--seed', String(seed), '--time', time],
    ...['--control', control, '--opcua-port', String(opcuaPort)],
  ];
}
