import { fileURLToPath } from 'node:url';
import type { PlantDescription } from '../../../src/kernel/plant-contract.ts';
import { ok } from '../../../src/kernel/result.ts';
import type { ViewFrame, ViewScene } from '../../../src/kernel/view-contract.ts';
import { Effort } from '../../../src/main/twin-thread/effort.ts';
import type { TwinHandle } from '../../../src/main/twin-thread/twin-handle.ts';
import { benchOf } from '../../main/support/bench-of.ts';
import { BatchBoard } from '../../../src/main/web/batch-board.ts';
import { startViewServer } from '../../../src/main/web/view-server.ts';
import { SignalTable, signalRows } from '../../../src/twin/signal-table.ts';

/** As often as frames of a large plant come [ms]. */
const FRAME_MS = 100;
const PAGE = fileURLToPath(new URL('../../../out/renderer', import.meta.url));

/** Serves the built page with a scene and frames that no twin stands behind; time may stand still. */
export async function showView(
  view: ViewScene,
  description: PlantDescription,
  frame: (seconds: number) => Float32Array,
  running = true,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const start = performance.now();
  const seconds = (): number => (running ? (performance.now() - start) / 1000 : 0);
  const frames = new Set<(frame: ViewFrame) => void>();
  const timer = setInterval(() => {
    if (frames.size === 0) return;
    const values = frame(seconds());
    const time = Math.floor(seconds() * 1e6);
    for (const listener of frames) listener({ time, revision: view.revision, values });
  }, FRAME_MS);
  const nothing = () => () => {};
  const reached = { time: 0, decisive: false, met: [], lockstep: false };
  const none = (): Promise<never> => Promise.reject(new Error('this twin keeps no state'));
  const twin: TwinHandle = {
    view,
    save: none,
    restore: none,
    history: () => Promise.resolve([]),
    plan: none,
    plans: none,
    cancelPlan: none,
    truth: none,
    observe: none,
    mindRules: () => {},
    findings: none,
    failed: () => {},
    fork: none,
    description,
    table: new SignalTable(signalRows(description)),
    get time() {
      return {
        time: Math.floor(seconds() * 1e6),
        mode: 'realtime' as const,
        running,
        askedSpeed: 1,
        achievedSpeed: running ? 1 : 0,
        lateness: 0,
        effort: new Effort(() => performance.now()).report(0),
      };
    },
    execute: () => Promise.resolve(ok({ operation: 0 })),
    advance: () => Promise.resolve(reached),
    interrupt: () => {},
    runUntil: () => Promise.resolve(reached),
    step: () => Promise.resolve(reached),
    setTime: none,
    report: () => Promise.reject(new Error('no twin')),
    onEvents: nothing,
    onTime: nothing,
    onSceneChange: nothing,
    onFailure: () => {},
    onFrame: (listener) => {
      frames.add(listener);
      return () => frames.delete(listener);
    },
    close: () => Promise.resolve(),
  };
  const batches = new BatchBoard();
  const server = await startViewServer(twin, {
    port: 0,
    root: PAGE,
    batches,
    bench: benchOf(twin),
  });
  return {
    url: server.url,
    close: async () => {
      clearInterval(timer);
      await server.close();
    },
  };
}
