import type { BatchProgress } from '../../kernel/bridge-contract.ts';
import { connectOpcUa } from '../../device-emulators/endpoints/opcua/client/connect.ts';
import type { JournalStore } from '../journal.ts';
import type { Recipe } from '../recipe/schema.ts';
import { runControl } from '../run-control.ts';
import type { ControlOrder } from './messages.ts';

/** The batch record is not one of this plant and recipe. */
export class ForeignRecordError extends Error {
  override readonly name = 'ForeignRecordError';
}

/**
 * Controls a plant over OPC UA until its batches have ended. Throws UnsuitablePlantError or
 * ForeignRecordError when it cannot begin, and Error when the plant cannot be reached or is lost.
 */
export async function controlPlant(
  order: Omit<ControlOrder, 'journalFile'>,
  journal: JournalStore,
): Promise<readonly BatchProgress[]> {
  const client = await connectOpcUa(order.url);
  try {
    checkRecord(journal, order.recipes, await client.now());
    const { recipes, configuration: plantConfiguration, until } = order;
    return await runControl({
      client,
      recipes,
      plantConfiguration,
      journal,
      ...(until === undefined ? {} : { until }),
    });
  } finally {
    await client.close();
  }
}

function checkRecord(journal: JournalStore, recipes: readonly Recipe[], now: number): void {
  const names = recipes.map(({ name }) => name);
  const entries = journal.entries();
  const other = entries.find(
    (entry) => entry.type === 'batch.started' && !names.includes(entry.recipe),
  );
  if (other?.type === 'batch.started') {
    throw new ForeignRecordError(
      `the batch record is of recipe ${other.recipe}, not ${names.join(', ')}; give the record of this batch or a new file`,
    );
  }
  const last = entries.at(-1);
  if (last !== undefined && last.time > now) {
    throw new ForeignRecordError(
      'the batch record is ahead of the plant, so it is of another run; give the record of this run or a new file',
    );
  }
}
