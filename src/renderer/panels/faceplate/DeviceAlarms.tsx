import { useStore } from 'zustand';
import type { DeviceDescription } from '../../../kernel/plant-contract.ts';
import { useHost } from '../../host/host-context.ts';
import { plantStore } from '../../state/plant-store.ts';
import { PriorityMark } from '../PriorityMark.tsx';

/** Alarms of one device with cause and remedy. */
export function DeviceAlarms({ device }: { device: DeviceDescription }) {
  const host = useHost();
  const all = useStore(plantStore, (s) => s.alarms);
  const alarms = all.filter((alarm) => alarm.device === device.id);
  if (alarms.length === 0) return null;
  return (
    <section>
      <h3>Alarms</h3>
      {alarms.map(({ alarm, active, acknowledged, details }) => {
        const declared = device.alarms.find(({ name }) => name === alarm);
        return (
          <div key={alarm} className="command">
            <div className="body" style={{ paddingTop: 8 }}>
              <div style={{ display: 'flex', gap: 8 }}>
                <PriorityMark priority={declared?.priority ?? 'medium'} />
                <strong>{declared?.title ?? alarm}</strong>
                {!active && <span className="muted">returned</span>}
              </div>
              {details !== '' && <p>{details}</p>}
              <p className="muted">
                {declared?.cause} {declared?.action}
              </p>
              {!acknowledged && (
                <button
                  type="button"
                  className="button"
                  onClick={() => void host.acknowledge({ device: device.id, alarm, comment: '' })}
                >
                  Acknowledge
                </button>
              )}
            </div>
          </div>
        );
      })}
    </section>
  );
}
