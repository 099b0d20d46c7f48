import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../kernel/desktop-contract.ts';

interface MenuActions {
  openScene(): void;
  send(command: MenuCommand): void;
}

/** The menu bar. Keys that the page itself handles are shown but not taken. */
export function setMenu({ openScene, send }: MenuActions): void {
  const item = (
    label: string,
    command: MenuCommand,
    accelerator?: string,
  ): MenuItemConstructorOptions => ({
    label,
    click: () => send(command),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: '&File',
        submenu: [
          { label: 'Open scene …', accelerator: 'CmdOrCtrl+O', click: openScene },
          { type: 'separator' },
          { role: 'quit' },
        ],
      },
      { role: 'editMenu' },
      {
        label: '&View',
        submenu: [
          item('Whole plant', 'home', 'Home'),
          item('From the front', 'front', '1'),
          item('From the right', 'right', '3'),
          item('From the top', 'top', '7'),
          item('Selected device', 'frame', 'F'),
          { type: 'separator' },
          item('Light or dark', 'theme'),
          item('Command palette', 'palette', 'CmdOrCtrl+K'),
          { type: 'separator' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { role: 'resetZoom' },
          { role: 'togglefullscreen' },
          { role: 'toggleDevTools' },
        ],
      },
      { role: 'help', submenu: [item('Keyboard shortcuts', 'shortcuts', '?')] },
    ]),
  );
}
