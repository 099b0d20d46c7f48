import type { AlarmState, PlantEvent } from '../../kernel/plant-contract.ts';

/** Alarms that are active or not yet acknowledged, followed from the plant's events. */
export class AlarmBoard {
  private readonly alarms = new Map<string, AlarmState>();

  /** Takes one event in; true when the board changed. */
  follow(event: PlantEvent): boolean {
    if (event.type === 'time.jumped') {
      // What holds there is told next.
      this.alarms.clear();
      return true;
    }
    if (
      event.type !== 'alarm.raised' &&
      event.type !== 'alarm.cleared' &&
      event.type !== 'alarm.acknowledged'
    ) {
      return false;
    }
    const { device, alarm, time, details } = event;
    const key = `${device}.${alarm}`;
    const was = this.alarms.get(key);
    const since = was?.since ?? time;
    if (event.type === 'alarm.raised') {
      this.alarms.set(key, {
        device,
        alarm,
        active: true,
        acknowledged: false,
        since: time,
        details,
      });
      return true;
    }
    const active = event.type === 'alarm.cleared' ? false : (was?.active ?? false);
    const acknowledged = event.type === 'alarm.acknowledged' ? true : (was?.acknowledged ?? false);
    if (!active && acknowledged) this.alarms.delete(key);
    else this.alarms.set(key, { device, alarm, active, acknowledged, since, details });
    return true;
  }

  list(): AlarmState[] {
    return [...this.alarms.values()];
  }
}
