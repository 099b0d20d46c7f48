import { once } from 'node:events';
import { utilityProcess } from 'electron';
import type { HostSession } from '../../kernel/desktop-contract.ts';
import type { FromHost, HostRequest, ToHost } from './host-messages.ts';

export interface RunningHost {
  readonly session: HostSession;
  /** Resolves with the reason when the host ends unasked. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** Starts the host process; rejects with its message when it cannot serve the scene. */
export async function launchHost(entry: string, request: HostRequest): Promise<RunningHost> {
  const child = utilityProcess.fork(entry, [], { serviceName: 'Doppel host', stdio: 'inherit' });
  const message = new Promise<string>((resolve) => {
    child.on('message', (told: FromHost) => {
      if (told.kind === 'ended') resolve(told.message);
    });
    child.once('exit', (code) => resolve(`the host ended with code ${code}`));
  });
  const ready = new Promise<HostSession>((resolve) => {
    child.on('message', (told: FromHost) => {
      if (told.kind === 'ready') resolve(told.session);
    });
  });
  child.postMessage({ kind: 'start', request } satisfies ToHost);
  const session = await Promise.race([
    ready,
    message.then((text) => {
      throw new Error(text);
    }),
  ]);
  return {
    session,
    ended: message,
    stop: async () => {
      if (child.pid === undefined) return;
      const gone = once(child, 'exit');
      child.kill();
      await gone;
    },
  };
}
