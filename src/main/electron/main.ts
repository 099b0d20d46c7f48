import { fileURLToPath } from 'node:url';
import { app, type BrowserWindow, session } from 'electron';
import { DESKTOP_CHANNELS, type DesktopApi } from '../../kernel/desktop-contract.ts';
import { err, ok } from '../../kernel/result.ts';
import { declareAppScheme, serveApp } from './app-protocol.ts';
import { chooseScene, showFailure } from './dialogs.ts';
import { launchHost, type RunningHost } from './host-launcher.ts';
import type { HostRequest } from './host-messages.ts';
import { answerPage } from './ipc.ts';
import { parseLaunch } from './launch-options.ts';
import { setMenu } from './menu.ts';
import { guardSession } from './session-guard.ts';
import { loadPage, openWindow } from './window.ts';

/** The desktop shell: a host process and one window that shows it. */
const OUT = new URL('../../../out/', import.meta.url);
const at = (path: string): string => fileURLToPath(new URL(path, OUT));

let window: BrowserWindow | undefined;
let host: RunningHost | undefined;

/** Starts a host, shows it, and tells when it dies while it is still the one shown. */
async function serve(request: HostRequest): Promise<void> {
  await host?.stop();
  host = undefined;
  const started = await launchHost(at('main/host-process.js'), request);
  host = started;
  void started.ended.then(async (reason) => {
    if (host !== started) return;
    host = undefined;
    await showFailure(window, 'The simulated plant has stopped.', reason);
    app.quit();
  });
  if (window !== undefined) await loadPage(window);
}

const openScene: DesktopApi['openScene'] = async () => {
  if (window === undefined) return err('there is no window');
  const scene = await chooseScene(window);
  if (scene === undefined) return ok({ opened: false });
  try {
    // The recipe of the launch fits the scene of the launch.
    await serve({ ...launch, scene, control: scene === launch.scene ? launch.control : 'none' });
    return ok({ opened: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await showFailure(window, 'This scene cannot be opened.', reason);
    await serve(launch);
    return err(reason);
  }
};

const launch = parseLaunch(process.argv.slice(1));
declareAppScheme();
if (!app.requestSingleInstanceLock()) app.exit(0);
app.on('second-instance', () => window?.focus());
app.on('window-all-closed', () => app.quit());
app.on('will-quit', (event) => {
  const running = host;
  if (running === undefined) return;
  event.preventDefault();
  host = undefined;
  void running.stop().finally(() => app.quit());
});

try {
  await app.whenReady();
  guardSession(session.defaultSession);
  const hostPort = (): number => Number(new URL(host?.session.url ?? 'http://127.0.0.1:0').port);
  serveApp(session.defaultSession.protocol, at('renderer'), hostPort);
  answerPage({
    session: async () => {
      if (host === undefined) throw new Error('the host is not running');
      return host.session;
    },
    openScene,
  });
  setMenu({
    openScene: () => void openScene(),
    send: (command) => window?.webContents.send(DESKTOP_CHANNELS.menu, command),
  });
  await serve(launch);
  window = openWindow(at('preload/preload.cjs'));
  await loadPage(window);
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  await showFailure(undefined, 'Doppel could not start.', reason);
  app.exit(1);
}
