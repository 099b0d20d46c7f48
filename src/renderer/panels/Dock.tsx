import { useStore } from 'zustand';
import type { DeviceDescription } from '../../kernel/plant-contract.ts';
import { plantStore } from '../state/plant-store.ts';
import { type DockTab, uiStore } from '../state/ui-store.ts';
import { AlarmList } from './alarms/AlarmList.tsx';
import { BatchProgressPanel } from './batches/BatchProgressPanel.tsx';
import { EventList } from './events/EventList.tsx';
import { ModuleMap } from './modules/ModuleMap.tsx';
import { Trends } from './trends/Trends.tsx';

const TABS: readonly { tab: DockTab; title: string }[] = [
  { tab: 'batches', title: 'Batches' },
  { tab: 'modules', title: 'Modules' },
  { tab: 'trends', title: 'Trends' },
  { tab: 'alarms', title: 'Alarms' },
  { tab: 'events', title: 'Events' },
];

function isModule({ body }: DeviceDescription): boolean {
  return body === 'module';
}

/** Panels below the picture; only the open one is drawn and subscribed. */
export function Dock() {
  const open = useStore(uiStore, (s) => s.dockTab);
  const alarms = useStore(plantStore, (s) => s.alarms.length);
  const trends = useStore(uiStore, (s) => s.trendSignals.length);
  const hasModules = useStore(plantStore, ({ devices }) => [...devices.values()].some(isModule));
  const tabs = TABS.filter(({ tab }) => tab !== 'modules' || hasModules);
  const counts: Readonly<Partial<Record<DockTab, number>>> = { alarms, trends };
  return (
    <section className="dock" aria-label="Lower panels">
      <div className="tabs" role="tablist">
        {tabs.map(({ tab, title }) => (
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
            {(counts[tab] ?? 0) > 0 && <span className="tab-count">{counts[tab]}</span>}
          </button>
        ))}
        <span className="spacer" />
        <div className="tab-tools" id="dock-tools" />
      </div>
      <div className="dock-body">
        {open === 'batches' && <BatchProgressPanel />}
        {open === 'modules' && <ModuleMap />}
        {open === 'trends' && <Trends />}
        {open === 'alarms' && <AlarmList />}
        {open === 'events' && <EventList />}
      </div>
    </section>
  );
}
