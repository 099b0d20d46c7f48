import { IconChevronRight } from '@tabler/icons-react';
import type { AlarmState } from '../../../kernel/plant-contract.ts';
import { uiStore } from '../../state/ui-store.ts';
import { priorityOf } from '../alarms/alarm-look.ts';
import { PriorityMark } from '../alarms/PriorityMark.tsx';
import { formatState } from '../state-text.ts';
import type { TreeRowData } from './tree-rows.ts';

/** Indent per device in which another stands [px]. */
const INDENT = 13;

interface RowLook {
  readonly state: string;
  readonly isBusy: boolean;
  readonly alarm: AlarmState | undefined;
}

interface TreeRowProps {
  readonly row: TreeRowData;
  readonly look: RowLook | undefined;
  readonly isSelected: boolean;
  readonly onToggle: (key: string) => void;
}

export function TreeRow({ row, look, isSelected, onToggle }: TreeRowProps) {
  if (row.kind === 'zone') {
    return (
      <div className="tree-zone">
        <span className="ellipsis">{row.title}</span>
        <small>{row.note}</small>
      </div>
    );
  }
  if (row.kind === 'type') {
    return (
      <button
        type="button"
        role="treeitem"
        className="tree-item"
        aria-expanded={row.isOpen}
        aria-selected={false}
        data-testid={`tree-${row.key}`}
        onClick={() => onToggle(row.key)}
      >
        <IconChevronRight className="tree-chevron" size={13} />
        <span className="tree-title ellipsis">{row.title}</span>
        <span className="tree-state">{row.count}</span>
      </button>
    );
  }
  return <DeviceRow row={row} look={look} isSelected={isSelected} onToggle={onToggle} />;
}

type DeviceRowData = Extract<TreeRowData, { kind: 'device' }>;

/** A device: a filled dot when it works, what it does, and its most urgent alarm. */
function DeviceRow({ row, look, isSelected, onToggle }: TreeRowProps & { row: DeviceRowData }) {
  const { device, depth, count, isOpen } = row;
  return (
    <div className="tree-line" style={{ paddingLeft: depth * INDENT }}>
      {count > 0 && (
        <button
          type="button"
          className="tree-toggle"
          aria-label={isOpen ? `Close ${device.title}` : `Open ${device.title}`}
          aria-expanded={isOpen}
          data-testid={`tree-open-${device.id}`}
          onClick={() => onToggle(device.id)}
        >
          <IconChevronRight className="tree-chevron" size={13} />
        </button>
      )}
      <button
        type="button"
        role="treeitem"
        className={look?.isBusy === true ? 'tree-item busy' : 'tree-item'}
        aria-selected={isSelected}
        data-testid={`tree-item-${device.id}`}
        onClick={() => uiStore.getState().focus(device.id)}
      >
        {count === 0 && <i className="tree-dot" />}
        <span className="tree-title ellipsis">{device.title}</span>
        {count > 0 && <span className="tree-count">{count}</span>}
        {look?.alarm === undefined ? (
          <span className="tree-state ellipsis">{formatState(look?.state ?? '')}</span>
        ) : (
          <PriorityMark priority={priorityOf(look.alarm)} quiet={look.alarm.acknowledged} />
        )}
      </button>
    </div>
  );
}
