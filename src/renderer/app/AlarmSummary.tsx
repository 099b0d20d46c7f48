import { useStore } from 'zustand';
import { PRIORITIES, priorityOf } from '../panels/alarms/alarm-look.ts';
import { PriorityMark } from '../panels/alarms/PriorityMark.tsx';
import { panelStore } from '../state/panel-store.ts';
import { plantStore } from '../state/plant-store.ts';
import { uiStore } from '../state/ui-store.ts';

/** How many alarms want attention, by priority; opens their list. */
export function AlarmSummary() {
  const alarms = useStore(plantStore, (s) => s.alarms);
  const open = (): void => {
    if (!panelStore.getState().open.dock) panelStore.getState().toggle('dock');
    uiStore.getState().showDock('alarms');
  };
  const counted = PRIORITIES.map((priority) => ({
    priority,
    count: alarms.filter((alarm) => priorityOf(alarm) === priority).length,
    open: alarms.some((alarm) => priorityOf(alarm) === priority && !alarm.acknowledged),
  })).filter(({ count }) => count > 0);
  return (
    <button
      type="button"
      className={`alarm-summary ${alarms.length > 0 ? 'active' : ''}`}
      data-testid="alarm-summary"
      title="Show the alarms"
      onClick={open}
    >
      {alarms.length === 0 && 'No alarms'}
      {counted.map(({ priority, count, open: unacknowledged }) => (
        <span key={priority} className="count">
          <PriorityMark priority={priority} quiet={!unacknowledged} />
          {count}
        </span>
      ))}
    </button>
  );
}
