import type { AlarmDescription } from '../../kernel/plant-contract.ts';
import { priorityNumber } from './alarm-look.ts';

/** Priority by colour, shape and number. */
export function PriorityMark({ priority }: { priority: AlarmDescription['priority'] }) {
  return (
    <i
      className={`mark ${priority}`}
      title={`${priority} priority`}
      style={{ fontStyle: 'normal' }}
    >
      {priorityNumber(priority)}
    </i>
  );
}
