import { useStore } from 'zustand';
import { plantStore } from '../state/plant-store.ts';
import { type DockTab, uiStore } from '../state/ui-store.ts';
import { BatchProgressPanel } from './BatchProgressPanel.tsx';
import { EventList } from './EventList.tsx';
import { Trends } from './trends/Trends.tsx';

const TABS: readonly { tab: DockTab; title: string }[] = [
  { tab: 'trends', title: 'Trends' },
  { tab: 'events', title: 'Events and alarms' },
  { tab: 'batches', title: 'Batches' },
];

/** Panels below the picture; only the open one is drawn and subscribed. */
export function Dock() {
  const open = useStore(uiStore, (s) => s.dockTab);
  const alarms = useStore(plantStore, (s) => s.alarms.length);
  return (
    <section className="dock">
      <div className="tabs" role="tablist">
        {TABS.map(({ tab, title }) => (
          <button
            key={tab}
            type="button"
            role="tab"
            className="tab"
            aria-selected={tab === open}
            data-testid={`tab-${tab}`}
            onClick={() => uiStore.getState().showDock(tab)}
          >
            {title}
            {tab === 'events' && alarms > 0 && ` (${alarms})`}
          </button>
        ))}
      </div>
      <div className="dock-body">
        {open === 'trends' && <Trends />}
        {open === 'events' && <EventList />}
        {open === 'batches' && <BatchProgressPanel />}
      </div>
    </section>
  );
}
