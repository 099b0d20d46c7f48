import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';
import { DESKTOP_CHANNELS, type DesktopApi } from '../../kernel/desktop-contract.ts';
import { isOwnPage } from './urls.ts';

type Answers = Pick<DesktopApi, 'session' | 'openScene'>;

/** No task of the page takes arguments; whatever else comes is refused. */
const nothing = z.tuple([]);

/** Answers the tasks that the page may ask for, and nobody else. */
export function answerPage(answers: Answers): void {
  answer(DESKTOP_CHANNELS.session, nothing, () => answers.session());
  answer(DESKTOP_CHANNELS.openScene, nothing, () => answers.openScene());
}

function answer<A extends readonly unknown[]>(
  channel: string,
  schema: z.ZodType<A>,
  handle: (args: A) => Promise<unknown>,
): void {
  ipcMain.handle(channel, (event: IpcMainInvokeEvent, ...args: unknown[]) => {
    const { senderFrame } = event;
    if (senderFrame === null || senderFrame.parent !== null || !isOwnPage(senderFrame.url)) {
      throw new Error(`${channel}: asked by a foreign page`);
    }
    return handle(schema.parse(args));
  });
}
