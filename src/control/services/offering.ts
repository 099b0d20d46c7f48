import { record } from '../batch-context.ts';
import type { Task } from '../task.ts';

/**
 * Withholds the resources of something for a reason, or gives them out again when there is none; the
 * record tells every change.
 *
 * @param service name under which the record knows the service
 * @param reasons what was told last, by the name of what is withheld
 */
export function* offer(
  service: string,
  device: string,
  reason: string,
  reasons: Map<string, string>,
): Task<void> {
  if (reason === (reasons.get(device) ?? '')) return;
  reasons.set(device, reason);
  const available = reason === '';
  const state = available ? 'available' : 'unavailable';
  yield* record({
    ...{ batch: service, time: 0, path: '', type: 'equipment', device, state, reason },
  });
  yield { kind: 'offer', device, available };
}
