import type { AlarmState } from '../../../kernel/plant-contract.ts';
import { uiStore } from '../../state/ui-store.ts';
import { priorityOf } from '../alarms/alarm-look.ts';
import { PriorityMark } from '../alarms/PriorityMark.tsx';
import { formatState } from '../state-text.ts';

interface TreeRowProps {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly isBusy: boolean;
  readonly isSelected: boolean;
  readonly alarm: AlarmState | undefined;
}

/** A device: a filled dot when it works, what it does, and its most urgent alarm. */
export function TreeRow({ id, title, state, isBusy, isSelected, alarm }: TreeRowProps) {
  return (
    <button
      type="button"
      role="treeitem"
      className={isBusy ? 'tree-item busy' : 'tree-item'}
      aria-selected={isSelected}
      data-testid={`tree-item-${id}`}
      onClick={() => uiStore.getState().focus(id)}
    >
      <i className="tree-dot" />
      <span className="tree-title ellipsis">{title}</span>
      {alarm === undefined ? (
        <span className="tree-state ellipsis">{formatState(state)}</span>
      ) : (
        <PriorityMark priority={priorityOf(alarm)} quiet={alarm.acknowledged} />
      )}
    </button>
  );
}
