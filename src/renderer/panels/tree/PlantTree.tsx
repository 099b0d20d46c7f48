import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useStore } from 'zustand';
import type { ViewEquipment, ViewScene } from '../../../kernel/view-contract.ts';
import { plantStore } from '../../state/plant-store.ts';
import { uiStore } from '../../state/ui-store.ts';
import { useSignals } from '../../state/use-signals.ts';
import { worstAlarm } from '../alarms/alarm-look.ts';
import { TreeRow } from './TreeRow.tsx';

interface ZoneOfTree {
  readonly id: string;
  readonly title: string;
  readonly grade: string;
  readonly equipment: readonly ViewEquipment[];
}

/** Equipment by zone; what stands in none comes last. */
function zonesOf({ zones, equipment }: ViewScene): ZoneOfTree[] {
  const known = new Set(zones.map(({ id }) => id));
  const inside = zones.map(({ id, title, grade }) => ({
    id,
    title,
    grade: grade === 'unclassified' ? grade : `grade ${grade}`,
    equipment: equipment.filter(({ zone }) => zone === id),
  }));
  const outside = equipment.filter(({ zone }) => !known.has(zone));
  return [...inside, { id: '', title: 'Outside', grade: '', equipment: outside }];
}

/** Moves the focus between the rows of the tree. */
function onArrow(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=treeitem]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = rows[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

/** Zones and their devices with state and alarms; choosing one also looks at it. */
export function PlantTree() {
  const scene = useStore(plantStore, (s) => s.scene);
  const alarms = useStore(plantStore, (s) => s.alarms);
  const devices = useStore(plantStore, (s) => s.devices);
  const selected = useStore(uiStore, (s) => s.selected);
  const [text, setText] = useState('');
  const read = useSignals(
    [...devices.keys()].flatMap((id) => [`${id}.state`, `${id}.operationState`]),
  );
  const needle = text.trim().toLowerCase();
  const matches = ({ id, title, type }: ViewEquipment): boolean =>
    needle === '' || `${title} ${id} ${type}`.toLowerCase().includes(needle);
  const zones = (scene === undefined ? [] : zonesOf(scene))
    .map((zone) => ({ ...zone, equipment: zone.equipment.filter(matches) }))
    .filter(({ equipment }) => equipment.length > 0);
  return (
    <nav className="tree" aria-label="Plant">
      <div className="tree-search">
        <TextInput
          aria-label="Filter devices"
          placeholder="Filter devices"
          data-testid="tree-filter"
          leftSection={<IconSearch size={13} />}
          rightSection={
            text === '' ? undefined : (
              <CloseButton size="xs" aria-label="Clear the filter" onClick={() => setText('')} />
            )
          }
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
      </div>
      <div className="tree-rows" role="tree" aria-label="Devices" onKeyDown={onArrow}>
        {zones.map(({ id, title, grade, equipment }) => (
          <div key={id} role="group" aria-label={title}>
            <div className="tree-zone">
              <span className="ellipsis">{title}</span>
              <small>{grade}</small>
            </div>
            {equipment.map((device) => (
              <TreeRow
                key={device.id}
                id={device.id}
                title={device.title}
                state={read(`${device.id}.state`)?.text ?? ''}
                isBusy={read(`${device.id}.operationState`)?.text === 'running'}
                isSelected={device.id === selected}
                alarm={worstAlarm(alarms, device.id)}
              />
            ))}
          </div>
        ))}
        {scene !== undefined && zones.length === 0 && (
          <p className="empty">No device matches “{text}”.</p>
        )}
      </div>
    </nav>
  );
}
