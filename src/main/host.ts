import { fileURLToPath } from 'node:url';
import { startOpcUaHost } from '../device-emulators/endpoints/opcua/host.ts';
import { loadOpcua } from '../device-emulators/endpoints/opcua/opcua-module.ts';
import type { Micros } from '../kernel/time.ts';
import type { OpcUaUsers } from './opcua-users.ts';
import { certificateFolder, plantPort } from './plant-port.ts';
import { BatchBoard } from './web/batch-board.ts';
import { startViewServer, type ViewServer } from './web/view-server.ts';
import type { TimeMode } from './twin-thread/time-control.ts';
import type { TwinState } from '../twin/twin-state.ts';
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
  /** 0 takes any free port. */
  readonly opcuaPort: number;
  readonly uiPort: number;
  /** Address that the OPC UA server binds; beyond loopback it is encrypted and needs users. */
  readonly opcuaHost?: string;
  readonly opcuaUsers?: OpcUaUsers;
  /** Origins of pages that may connect besides the served one. */
  readonly pageOrigins?: readonly string[];
  readonly log: (line: string) => void;
}

export interface Host {
  readonly twin: TwinHandle;
  readonly opcuaUrl: string;
  readonly view: ViewServer;
  /** Whoever runs batches reports them here for the views. */
  readonly batches: BatchBoard;
  /** Resolves with the cause when the twin dies by itself. */
  readonly failed: Promise<Error>;
  close(): Promise<void>;
}

/** Starts a twin and its endpoints; the page is on loopback always. */
export async function startHost(options: HostOptions): Promise<Host> {
  const { sceneFile, sceneText, seed, mode, state, record } = options;
  const [twin] = await Promise.all([
    // Time begins when clients can connect.
    startTwin({
      ...{ sceneFile, sceneText, seed, mode, running: false },
      ...(state === undefined ? {} : { state }),
      ...(record === undefined ? {} : { record }),
    }),
    // Takes as long as the twin; the server needs it next.
    loadOpcua(),
  ]);
  const failed = new Promise<Error>((resolve) => twin.onFailure(resolve));
  const batches = new BatchBoard();
  try {
    const advance =
      mode.kind === 'lockstep'
        ? async (until: Micros) => (await twin.advance(until)).time
        : undefined;
    const opcua = await startOpcUaHost(plantPort(twin, advance), {
      host: options.opcuaHost ?? '127.0.0.1',
      ...options.opcuaUsers,
      port: options.opcuaPort,
      certificateFolder: certificateFolder(),
      mode: mode.kind === 'scaled' ? `x${mode.factor}` : mode.kind,
      log: options.log,
    });
    const view = await startViewServer(twin, {
      port: options.uiPort,
      root: PAGE_FOLDER,
      batches,
      origins: options.pageOrigins ?? [],
    }).catch(async (error: unknown) => {
      await opcua.close();
      throw error;
    });
    twin.setTime(undefined, true);
    return {
      twin,
      view,
      batches,
      opcuaUrl: opcua.url,
      failed,
      close: async () => {
        await view.close();
        await opcua.close();
        await twin.close();
      },
    };
  } catch (error) {
    await twin.close();
    throw error;
  }
}

/** Folder of the built page. */
const PAGE_FOLDER = fileURLToPath(new URL('../../out/renderer', import.meta.url));
