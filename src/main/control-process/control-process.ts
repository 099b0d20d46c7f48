import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ControlEnd, ControlOrder } from '../../control/process/messages.ts';

/** The control software, running as a process of its own. */
export interface ControlProcess {
  readonly pid: number;
  /** `died`: it ended by itself without saying how; `stopped`: it was told to. */
  readonly ended: Promise<
    ControlEnd | { readonly type: 'died'; readonly how: string } | { readonly type: 'stopped' }
  >;
  /** Ends it where it is. Its batch record stays whole. */
  stop(): void;
}

const ENTRY = fileURLToPath(new URL('../../control/process/control-entry.ts', import.meta.url));

export function startControlProcess(order: ControlOrder): ControlProcess {
  const child = fork(ENTRY, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  let end: ControlEnd | undefined;
  let isStopped = false;
  child.on('message', (message: ControlEnd) => {
    end = message;
  });
  child.send(order);
  return {
    pid: child.pid ?? 0,
    ended: new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        const how = signal ?? `exit code ${code}`;
        resolve(isStopped ? { type: 'stopped' } : (end ?? { type: 'died', how }));
      });
    }),
    stop: () => {
      isStopped = true;
      child.kill('SIGKILL');
    },
  };
}
