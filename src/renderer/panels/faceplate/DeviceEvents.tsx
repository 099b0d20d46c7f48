import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { DeviceDescription } from '../../../kernel/plant-contract.ts';
import { plantStore } from '../../state/plant-store.ts';
import { describeEvent, isAbnormal } from '../events/describe-event.ts';
import { formatClock } from '../format.ts';

const MOST_EVENTS = 5;

/** The latest that happened to one device. */
export function DeviceEvents({ device }: { readonly device: DeviceDescription }) {
  const epoch = useStore(plantStore, (s) => s.scene?.epochUnixMicros ?? 0);
  const events = useStore(
    plantStore,
    useShallow((s) => s.events.filter((e) => e.device === device.id).slice(0, MOST_EVENTS)),
  );
  if (events.length === 0) return null;
  return (
    <section>
      <h3>Latest events</h3>
      {events.map((event) => (
        <div key={event.sequence} className="device-event">
          <span className="muted">{formatClock(epoch, event.time)}</span>
          <span className={isAbnormal(event) ? 'abnormal' : ''}>
            {describeEvent(event, device)}
          </span>
        </div>
      ))}
    </section>
  );
}
