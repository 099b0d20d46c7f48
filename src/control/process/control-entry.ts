import { UnsuitablePlantError } from '../realisation/realise.ts';
import { fileJournal } from '../journal-file.ts';
import { controlPlant, ForeignRecordError } from './control-plant.ts';
import type { ControlEnd, ControlOrder } from './messages.ts';

/**
 * The control software as a process of its own. It takes one order from the process that started it,
 * ends when the batches have ended, and does not outlive its parent. A terminal's Ctrl+C reaches it
 * too; its parent ends it then.
 */
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(1));
process.once('message', (order: ControlOrder) => {
  void control(order).then((end) => {
    process.send?.(end, () => process.exit(0));
  });
});

async function control(order: ControlOrder): Promise<ControlEnd> {
  try {
    const batches = await controlPlant(order, fileJournal(order.journalFile));
    return { type: 'ended', batches };
  } catch (error) {
    if (error instanceof UnsuitablePlantError || error instanceof ForeignRecordError) {
      return { type: 'unsuitable', message: error.message };
    }
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { type: 'failed', message };
  }
}
