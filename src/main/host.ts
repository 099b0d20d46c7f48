import { fileURLToPath } from 'node:url';
import { startOpcUaHost } from '../device-emulators/endpoints/opcua/host.ts';
import { loadOpcua } from '../device-emulators/endpoints/opcua/opcua-module.ts';
import { refusal } from '../kernel/error-catalogue.ts';
import { err, ok } from '../kernel/result.ts';
import { Bench, type HostAddresses } from './bench/bench.ts';
import type { OpcUaUsers } from './opcua-users.ts';
import { certificateFolder, dataFolder, plantPort, type ServedClock } from './plant-port.ts';
import { BatchBoard } from './web/batch-board.ts';
import { startViewServer, type ViewServer } from './web/view-server.ts';
import type { TimeMode } from './twin-thread/time-control.ts';
import type { TwinState } from '../twin/twin-state.ts';
import type { TrialOptions } from './twin-thread/trial.ts';
import { startTwin, type TwinHandle } from './twin-thread/twin-handle.ts';

export interface HostOptions {
  readonly sceneFile: string;
  readonly sceneText: string;
  readonly seed: number;
  readonly mode: TimeMode;
  /** State from which the twin goes on; at time zero when absent. */
  readonly state?: TwinState;
  /** File for a recording from time zero. */
  readonly record?: string;
  /** What is wanted of the twin besides that it runs. */
  readonly trial?: Omit<TrialOptions, 'history'>;
  /** A twin that runs already, for instance a fork; a new one is started when absent. */
  readonly twin?: TwinHandle;
  /** 0 takes any free port; no OPC UA server is started when absent. */
  readonly opcuaPort?: number;
  readonly uiPort: number;
  /** Address that the OPC UA server binds; beyond loopback it is encrypted and needs users. */
  readonly opcuaHost?: string;
  readonly opcuaUsers?: OpcUaUsers;
  /** Origins of pages that may connect besides the served one. */
  readonly pageOrigins?: readonly string[];
  /** Longest that holders of the clock wait for one that grants nothing [ms]; 30 s when absent. */
  readonly patience?: number;
  /** Lockstep: time does not begin to pass before so many hold the clock. */
  readonly holders?: number;
  /** Where clients save moments; in the data folder of the user when absent. */
  readonly snapshotFolder?: string;
  readonly log: (line: string) => void;
}

const PATIENCE_MS = 30_000;

export interface Host {
  readonly twin: TwinHandle;
  /** Empty when there is no OPC UA server. */
  readonly opcuaUrl: string;
  readonly view: ViewServer;
  /** Whoever runs batches reports them here for the views. */
  readonly batches: BatchBoard;
  readonly bench: Bench;
  /** Resolves with the cause when the twin dies by itself. */
  readonly failed: Promise<Error>;
  close(): Promise<void>;
}

/** Starts a twin and its endpoints; the page is on loopback always. */
export async function startHost(options: HostOptions): Promise<Host> {
  const { sceneFile, sceneText, seed, mode, state, record, opcuaPort } = options;
  const [twin] = await Promise.all([
    // Time begins when clients can connect.
    options.twin ??
      startTwin({
        ...{ sceneFile, sceneText, seed, mode, running: false, history: true },
        ...(state === undefined ? {} : { state }),
        ...(record === undefined ? {} : { record }),
        ...options.trial,
      }),
    // Takes as long as the twin; the server needs it next.
    opcuaPort === undefined ? undefined : loadOpcua(),
  ]);
  const failed = new Promise<Error>((resolve) => twin.onFailure(resolve));
  const batches = new BatchBoard();
  const forks: Host[] = [];
  const bench = new Bench(twin, {
    patience: options.patience ?? PATIENCE_MS,
    holders: options.holders ?? 0,
    snapshotFolder: options.snapshotFolder ?? dataFolder('snapshots'),
    fork: async () => {
      const { opcuaPort: own, ...rest } = options;
      const ports = { uiPort: 0, ...(own === undefined ? {} : { opcuaPort: 0 }) };
      const fork = await startHost({ ...rest, ...ports, twin: await twin.fork() });
      forks.push(fork);
      return addressesOf(fork);
    },
    log: options.log,
  });
  try {
    const clock: ServedClock = {
      bench,
      advance: async (until, caller) => {
        if (twin.time.mode !== 'lockstep') {
          return err(refusal('WRONG_STATE', 'time passes by itself; nobody can grant it'));
        }
        const outcome = await bench.clock.grant(caller, { until, decisive: true });
        return outcome.ok ? ok(outcome.value.time) : outcome;
      },
    };
    const opcua =
      opcuaPort === undefined
        ? undefined
        : await startOpcUaHost(plantPort(twin, clock), {
            host: options.opcuaHost ?? '127.0.0.1',
            ...options.opcuaUsers,
            port: opcuaPort,
            certificateFolder: certificateFolder(),
            log: options.log,
          });
    const view = await startViewServer(twin, {
      port: options.uiPort,
      root: PAGE_FOLDER,
      batches,
      bench,
      origins: options.pageOrigins ?? [],
    }).catch(async (error: unknown) => {
      await opcua?.close();
      throw error;
    });
    await twin.setTime(undefined, true);
    return {
      twin,
      view,
      batches,
      bench,
      opcuaUrl: opcua?.url ?? '',
      failed,
      close: async () => {
        await Promise.all(forks.map((fork) => fork.close()));
        await view.close();
        await opcua?.close();
        await twin.close();
      },
    };
  } catch (error) {
    await twin.close();
    throw error;
  }
}

/** Where a host is reached. */
export function addressesOf({ view: { url, token }, opcuaUrl }: Host): HostAddresses {
  return { ui: url, api: `${url}/api`, token, opcua: opcuaUrl };
}

/** Folder of the built page. */
const PAGE_FOLDER = fileURLToPath(new URL('../../out/renderer', import.meta.url));
