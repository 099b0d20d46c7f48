import { SegmentedControl, Switch, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { PlantEvent } from '../../../kernel/plant-contract.ts';
import { plantStore } from '../../state/plant-store.ts';
import { uiStore } from '../../state/ui-store.ts';
import { DockTools } from '../DockTools.tsx';
import { formatClock } from '../format.ts';
import { clientOf, describeEvent, EVENT_KINDS, isAbnormal, kindOf } from './describe-event.ts';

const KIND_CHOICES = ['all', ...EVENT_KINDS].map((value) => ({
  value,
  label: `${value[0]?.toUpperCase()}${value.slice(1)}`,
}));
/** Rows drawn at most; older events stay behind the filters. */
const MOST_ROWS = 150;

/** What happened, newest first; a row leads to its device. */
export function EventList() {
  const events = useStore(plantStore, (s) => s.events);
  const devices = useStore(plantStore, (s) => s.devices);
  const selected = useStore(uiStore, (s) => s.selected);
  const [kind, setKind] = useState<string>('all');
  const [text, setText] = useState('');
  const [ofSelected, setOfSelected] = useState(false);
  const needle = text.trim().toLowerCase();
  const titleOf = (id: string): string => devices.get(id)?.title ?? id;
  const matches = (event: PlantEvent): boolean =>
    (kind === 'all' || kindOf(event) === kind) &&
    (!ofSelected || event.device === selected) &&
    (needle === '' ||
      `${titleOf(event.device)} ${describeEvent(event, devices.get(event.device))}`
        .toLowerCase()
        .includes(needle));
  const shown = events.filter(matches).slice(0, MOST_ROWS);
  return (
    <>
      <DockTools>
        <Switch
          label="Selected device only"
          checked={ofSelected}
          onChange={({ currentTarget }) => setOfSelected(currentTarget.checked)}
        />
        <TextInput
          aria-label="Filter events"
          placeholder="Filter"
          w={150}
          leftSection={<IconSearch size={13} />}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <SegmentedControl data={KIND_CHOICES} value={kind} onChange={setKind} />
      </DockTools>
      <table data-testid="event-list">
        <tbody>
          {shown.map((event) => (
            <EventRow key={event.sequence} event={event} />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && (
        <p className="empty">
          {events.length === 0
            ? 'Nothing has happened yet. Operations, refusals and alarms are listed here.'
            : 'No event passes the filter.'}
        </p>
      )}
    </>
  );
}

function EventRow({ event }: { readonly event: PlantEvent }) {
  const epoch = useStore(plantStore, (s) => s.scene?.epochUnixMicros ?? 0);
  const device = useStore(plantStore, (s) => s.devices.get(event.device));
  return (
    <tr
      className="clickable"
      data-kind={kindOf(event)}
      onClick={() => uiStore.getState().focus(event.device)}
    >
      <td className="when">{formatClock(epoch, event.time)}</td>
      <td className="narrow">{device?.title ?? event.device}</td>
      <td className={isAbnormal(event) ? 'abnormal' : ''}>{describeEvent(event, device)}</td>
      <td className="narrow muted">{clientOf(event)}</td>
    </tr>
  );
}
