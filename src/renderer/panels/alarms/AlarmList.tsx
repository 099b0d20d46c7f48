import { Button } from '@mantine/core';
import { useStore } from 'zustand';
import type { AlarmState } from '../../../kernel/plant-contract.ts';
import { useHost } from '../../host/host-context.ts';
import { plantStore } from '../../state/plant-store.ts';
import { uiStore } from '../../state/ui-store.ts';
import { DockTools } from '../DockTools.tsx';
import { formatClock } from '../format.ts';
import { byUrgency, describeAlarm, priorityOf } from './alarm-look.ts';
import { PriorityMark } from './PriorityMark.tsx';

/** Alarms that are active or not yet acknowledged, the most urgent first. */
export function AlarmList() {
  const host = useHost();
  const alarms = useStore(plantStore, (s) => s.alarms);
  const open = alarms.filter(({ acknowledged }) => !acknowledged);
  const acknowledge = ({ device, alarm }: AlarmState): void =>
    void host.acknowledge({ device, alarm, comment: '' });
  if (alarms.length === 0) {
    return <p className="empty">No alarms. Everything is within its limits.</p>;
  }
  return (
    <>
      <DockTools>
        <Button disabled={open.length === 0} onClick={() => open.forEach(acknowledge)}>
          Acknowledge all
        </Button>
      </DockTools>
      <table data-testid="alarm-list">
        <thead>
          <tr>
            <th />
            <th>Since</th>
            <th>Device</th>
            <th>Alarm</th>
            <th>What to do</th>
            <th>State</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {byUrgency(alarms).map((alarm) => (
            <AlarmRow
              key={`${alarm.device}.${alarm.alarm}`}
              alarm={alarm}
              onAcknowledge={() => acknowledge(alarm)}
            />
          ))}
        </tbody>
      </table>
    </>
  );
}

interface AlarmRowProps {
  readonly alarm: AlarmState;
  onAcknowledge(): void;
}

function AlarmRow({ alarm: state, onAcknowledge }: AlarmRowProps) {
  const { device, alarm, active, acknowledged, since, details } = state;
  const epoch = useStore(plantStore, (s) => s.scene?.epochUnixMicros ?? 0);
  const title = useStore(plantStore, (s) => s.devices.get(device)?.title ?? device);
  const declared = describeAlarm(device, alarm);
  return (
    <tr
      className="clickable"
      data-testid={`alarm-${device}-${alarm}`}
      onClick={() => uiStore.getState().focus(device)}
    >
      <td className="narrow">
        <PriorityMark priority={priorityOf(state)} quiet={acknowledged} />
      </td>
      <td className="when">{formatClock(epoch, since)}</td>
      <td className="narrow">{title}</td>
      <td>
        <strong>{declared?.title ?? alarm}</strong>
        <div className="muted">{details === '' ? declared?.cause : details}</div>
      </td>
      <td className="muted">{declared?.action}</td>
      <td className="narrow">{active ? 'active' : 'returned to normal'}</td>
      <td className="narrow">
        {acknowledged ? (
          <span className="muted">acknowledged</span>
        ) : (
          <Button
            data-testid={`acknowledge-${device}-${alarm}`}
            onClick={(event) => {
              event.stopPropagation();
              onAcknowledge();
            }}
          >
            Acknowledge
          </Button>
        )}
      </td>
    </tr>
  );
}
