import { contextBridge, ipcRenderer } from 'electron';
import {
  DESKTOP_CHANNELS,
  type DesktopApi,
  MENU_COMMANDS,
  type MenuCommand,
} from '../kernel/desktop-contract.ts';

/** The tasks that the page may ask of the shell; it never sees Electron itself. */
const api: DesktopApi = {
  session: () => ipcRenderer.invoke(DESKTOP_CHANNELS.session),
  openScene: () => ipcRenderer.invoke(DESKTOP_CHANNELS.openScene),
  onMenu: (listener) => {
    const pass = (_: unknown, command: MenuCommand): void => {
      if (MENU_COMMANDS.includes(command)) listener(command);
    };
    ipcRenderer.on(DESKTOP_CHANNELS.menu, pass);
    return () => {
      ipcRenderer.off(DESKTOP_CHANNELS.menu, pass);
    };
  },
};

contextBridge.exposeInMainWorld('doppel', api);
