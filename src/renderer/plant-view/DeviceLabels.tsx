import { Html } from '@react-three/drei';
import { useStore } from 'zustand';
import type { ViewEquipment } from '../../kernel/view-contract.ts';
import { priorityNumber, priorityOf, worstAlarm } from '../panels/alarms/alarm-look.ts';
import { plantStore } from '../state/plant-store.ts';
import { uiStore } from '../state/ui-store.ts';
import './device-labels.css';
import { hoverStore } from './hover-store.ts';

/** More labels than this would hide the plant; alarmed devices come first. */
const MOST_LABELS = 12;
/** The leader line begins this far above a device [m]. */
const LIFT = 0.1;

/** Names of the selected device, the one under the pointer, and those with alarms. */
export function DeviceLabels({ equipment }: { equipment: readonly ViewEquipment[] }) {
  const selected = useStore(uiStore, (s) => s.selected);
  const hovered = useStore(hoverStore, (s) => s.hovered);
  const alarms = useStore(plantStore, (s) => s.alarms);
  const wanted = new Set([...alarms.map(({ device }) => device), selected, hovered]);
  const shown = equipment.filter(({ id }) => wanted.has(id)).slice(0, MOST_LABELS);
  return shown.map(({ id, title, pose, size }) => {
    const worst = worstAlarm(alarms, id);
    const priority = worst === undefined ? undefined : priorityOf(worst);
    const [x, y, z] = pose.position;
    return (
      <Html key={id} position={[x, y, z + size[2] + LIFT]} zIndexRange={[8, 0]}>
        <div
          className="device-label"
          data-priority={priority}
          data-selected={id === selected}
          aria-hidden="true"
        >
          {priority !== undefined && <b>{priorityNumber(priority)}</b>}
          {title}
        </div>
      </Html>
    );
  });
}
