import { ActionIcon, CloseButton, TextInput, Tooltip } from '@mantine/core';
import { IconCategory, IconSearch, IconStack2 } from '@tabler/icons-react';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { DEVICE_CONDITIONS } from '../../../kernel/view-contract.ts';
import { devicePoses } from '../../state/device-poses.ts';
import { plantStore } from '../../state/plant-store.ts';
import { uiStore } from '../../state/ui-store.ts';
import { useConditions, useHolders } from '../../state/use-plant-pulse.ts';
import { useSignals } from '../../state/use-signals.ts';
import { worstAlarm } from '../alarms/alarm-look.ts';
import { VirtualList, type VirtualListHandle } from '../VirtualList.tsx';
import { TreeRow } from './TreeRow.tsx';
import {
  holdersOf,
  type TreeOrder,
  type TreePlant,
  type TreeRowData,
  treeRows,
} from './tree-rows.ts';

const ROW_HEIGHT = 26;
const RUNNING = DEVICE_CONDITIONS.indexOf('running');
/** With more devices than this, racks are closed at first. */
const SMALL_PLANT = 120;
const NO_DEVICES: TreePlant = { zones: [], equipment: [], holderOf: () => -1 };

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

function usePlant(): TreePlant {
  const scene = useStore(plantStore, (s) => s.scene);
  const zones = scene?.zones;
  const equipment = scene?.equipment;
  return useMemo(() => {
    if (zones === undefined || equipment === undefined) return NO_DEVICES;
    return { zones, equipment, holderOf: (index) => devicePoses.holderOf(index) };
  }, [zones, equipment]);
}

/** Which rows are open; what is selected is always in sight. */
function useOpenRows(plant: TreePlant): readonly [ReadonlySet<string>, (key: string) => void] {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const isSmall = plant.equipment.length <= SMALL_PLANT;
  const open = useMemo(() => {
    const set = new Set(toggled);
    if (!isSmall) return set;
    // In a small plant all is open, and toggling closes.
    for (const { id, type } of plant.equipment) {
      for (const key of [id, `type:${type}`]) {
        if (toggled.has(key)) set.delete(key);
        else set.add(key);
      }
    }
    return set;
  }, [toggled, isSmall, plant]);
  const toggle = useCallback(
    (key: string) =>
      setToggled((before) => {
        const after = new Set(before);
        if (!after.delete(key)) after.add(key);
        return after;
      }),
    [],
  );
  return [open, toggle];
}

/** All devices with state and alarms, by their places or types; choosing one also looks at it. */
export function PlantTree() {
  const plant = usePlant();
  const holders = useHolders();
  const selected = useStore(uiStore, (s) => s.selected);
  const [text, setText] = useState('');
  const [order, setOrder] = useState<TreeOrder>('place');
  const [open, toggle] = useOpenRows(plant);
  const rows = useMemo(
    () => treeRows(plant, { order, needle: text, open }),
    // Where devices stand is read from the frames.

    [plant, order, text, open, holders],
  );
  const list = useRef<VirtualListHandle>(null);
  const [range, setRange] = useState<readonly [number, number]>([0, 60]);
  const onRange = useCallback((first: number, end: number) => setRange([first, end]), []);
  const look = useRowLooks(rows.slice(...range));

  const shown = useRef(selected);
  useEffect(() => {
    if (shown.current === selected) return;
    shown.current = selected;
    if (selected === undefined) return;
    const at = rows.findIndex(({ key }) => key === selected);
    if (at >= 0) return list.current?.reveal(at);
    if (order !== 'place' || text !== '') return;
    for (const id of holdersOf(plant, devicePoses.indexOf(selected))) if (!open.has(id)) toggle(id);
  }, [selected, rows, plant, order, text, open, toggle]);

  const by = order === 'place' ? 'By place' : 'By type';
  return (
    <nav className="tree" aria-label="Plant">
      <div className="tree-search">
        <TextInput
          aria-label="Filter devices"
          placeholder={`Filter ${plant.equipment.length} devices`}
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
        <Tooltip label={`${by}; click for the other order`}>
          <ActionIcon
            aria-label={by}
            data-testid="tree-order"
            onClick={() => setOrder(order === 'place' ? 'type' : 'place')}
          >
            {order === 'place' ? (
              <IconStack2 size={16} stroke={1.6} />
            ) : (
              <IconCategory size={16} stroke={1.6} />
            )}
          </ActionIcon>
        </Tooltip>
      </div>
      <div className="tree-body" onKeyDown={onArrow}>
        <VirtualList
          className="tree-rows"
          role="tree"
          label="Devices"
          count={rows.length}
          rowHeight={ROW_HEIGHT}
          handle={list}
          onRange={onRange}
          render={(i) => {
            const row = rows[i];
            if (row === undefined) return null;
            return (
              <TreeRow
                key={row.key}
                row={row}
                look={look(row)}
                isSelected={row.key === selected}
                onToggle={toggle}
              />
            );
          }}
        />
        {plant !== NO_DEVICES && rows.length === 0 && (
          <p className="empty">No device matches “{text}”.</p>
        )}
      </div>
    </nav>
  );
}

/** State, activity and alarm of the devices in sight. */
function useRowLooks(rows: readonly TreeRowData[]) {
  const alarms = useStore(plantStore, (s) => s.alarms);
  const devices = rows.flatMap((row) => (row.kind === 'device' ? [row] : []));
  const read = useSignals(devices.map(({ device }) => `${device.id}.state`));
  const condition = useConditions(devices.map(({ index }) => index));
  return (row: TreeRowData) => {
    if (row.kind !== 'device') return undefined;
    return {
      state: read(`${row.device.id}.state`)?.text ?? '',
      isBusy: condition(row.index) === RUNNING,
      alarm: worstAlarm(alarms, row.device.id),
    };
  };
}
