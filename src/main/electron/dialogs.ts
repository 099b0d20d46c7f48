import { type BrowserWindow, dialog } from 'electron';
import { SCENES_FOLDER } from '../scene-files.ts';

/** Path of the scene that the person chose; undefined when none was. */
export async function chooseScene(window: BrowserWindow): Promise<string | undefined> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open a scene',
    defaultPath: SCENES_FOLDER,
    properties: ['openFile'],
    filters: [{ name: 'Scenes', extensions: ['yaml', 'yml'] }],
  });
  return canceled ? undefined : filePaths[0];
}

/** What happened and what to do, in a box that must be closed. */
export async function showFailure(
  window: BrowserWindow | undefined,
  message: string,
  detail: string,
): Promise<void> {
  const options = { type: 'error' as const, title: 'Doppel', message, detail };
  if (window === undefined) dialog.showErrorBox(message, detail);
  else await dialog.showMessageBox(window, options);
}
