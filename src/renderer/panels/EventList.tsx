import { useStore } from 'zustand';
import type { PlantEvent } from '../../kernel/plant-contract.ts';
import { useHost } from '../host/host-context.ts';
import { plantStore } from '../state/plant-store.ts';
import { uiStore } from '../state/ui-store.ts';
import { describeAlarm, priorityOf } from './alarm-look.ts';
import { formatClock } from './format.ts';
import { PriorityMark } from './PriorityMark.tsx';

function describeEvent(event: PlantEvent): string {
  switch (event.type) {
    case 'device.operation.started':
      return `${event.command} started (operation ${event.operation}, by ${event.client})`;
    case 'device.operation.completed':
      return `${event.command} completed`;
    case 'device.operation.failed':
      return `${event.command} failed: ${event.code}: ${event.message}`;
    case 'device.command.refused':
      return `${event.command} refused: ${event.code}: ${event.message}`;
    case 'observer.violation':
      return `rule ${event.violation.observer} broken: ${event.violation.cause}`;
    case 'alarm.raised':
    case 'alarm.cleared':
    case 'alarm.acknowledged': {
      const title = describeAlarm(event.device, event.alarm)?.title ?? event.alarm;
      const details = event.details === '' ? '' : `: ${event.details}`;
      return `alarm "${title}" ${event.type.slice('alarm.'.length)}${details}`;
    }
  }
}

/** Alarms that want attention, then what happened, newest first. */
export function EventList() {
  const host = useHost();
  const alarms = useStore(plantStore, (s) => s.alarms);
  const events = useStore(plantStore, (s) => s.events);
  const epoch = useStore(plantStore, (s) => s.scene?.epochUnixMicros ?? 0);
  const devices = useStore(plantStore, (s) => s.devices);
  const nameOf = (id: string): string => devices.get(id)?.title ?? id;
  const show = (id: string): void => {
    uiStore.getState().select(id);
    uiStore.getState().moveCamera('frame');
  };
  return (
    <table data-testid="event-list">
      <tbody>
        {alarms.map((alarm) => {
          const { device, alarm: name, active, acknowledged, since, details } = alarm;
          const declared = describeAlarm(device, name);
          return (
            <tr key={`${device}.${name}`} data-testid={`alarm-${device}-${name}`}>
              <td className="when">{formatClock(epoch, since)}</td>
              <td className="narrow">
                <PriorityMark priority={priorityOf(alarm)} />
              </td>
              <td className="narrow">
                <button type="button" className="button quiet" onClick={() => show(device)}>
                  {nameOf(device)}
                </button>
              </td>
              <td>
                <strong>{declared?.title ?? name}</strong>
                {!active && ' (returned to normal)'}
                {details !== '' && ` · ${details}`}
                <div className="muted">{declared?.action}</div>
              </td>
              <td className="narrow">
                {acknowledged ? (
                  <span className="muted">acknowledged</span>
                ) : (
                  <button
                    type="button"
                    className="button"
                    data-testid={`acknowledge-${device}-${name}`}
                    onClick={() => void host.acknowledge({ device, alarm: name, comment: '' })}
                  >
                    Acknowledge
                  </button>
                )}
              </td>
            </tr>
          );
        })}
        {events.slice(0, 120).map((event) => (
          <tr key={event.sequence}>
            <td className="when">{formatClock(epoch, event.time)}</td>
            <td className="narrow" />
            <td className="narrow">
              <button type="button" className="button quiet" onClick={() => show(event.device)}>
                {nameOf(event.device)}
              </button>
            </td>
            <td colSpan={2}>{describeEvent(event)}</td>
          </tr>
        ))}
        {alarms.length + events.length === 0 && (
          <tr>
            <td className="empty">Nothing has happened yet.</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
