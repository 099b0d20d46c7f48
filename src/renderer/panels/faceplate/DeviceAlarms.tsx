import { Button } from '@mantine/core';
import { useStore } from 'zustand';
import type { DeviceDescription } from '../../../kernel/plant-contract.ts';
import { useHost } from '../../host/host-context.ts';
import { plantStore } from '../../state/plant-store.ts';
import { byUrgency, priorityOf } from '../alarms/alarm-look.ts';
import { PriorityMark } from '../alarms/PriorityMark.tsx';

/** Alarms of one device with cause and remedy. */
export function DeviceAlarms({ device }: { readonly device: DeviceDescription }) {
  const host = useHost();
  const all = useStore(plantStore, (s) => s.alarms);
  const alarms = byUrgency(all.filter((alarm) => alarm.device === device.id));
  if (alarms.length === 0) return null;
  return (
    <section className="device-alarms">
      <h3>Alarms</h3>
      {alarms.map((state) => {
        const { alarm, active, acknowledged, details } = state;
        const declared = device.alarms.find(({ name }) => name === alarm);
        return (
          <div key={alarm} className={`device-alarm ${priorityOf(state)}`}>
            <PriorityMark priority={priorityOf(state)} quiet={acknowledged} />
            <div>
              <strong>{declared?.title ?? alarm}</strong>
              {!active && <span className="muted"> · returned to normal</span>}
              <p>{details === '' ? declared?.cause : details}</p>
              <p className="muted">{declared?.action}</p>
              {!acknowledged && (
                <Button
                  mt={4}
                  data-testid={`faceplate-acknowledge-${alarm}`}
                  onClick={() => void host.acknowledge({ device: device.id, alarm, comment: '' })}
                >
                  Acknowledge
                </Button>
              )}
            </div>
          </div>
        );
      })}
    </section>
  );
}
