import { describe, expect, it } from 'vitest';
import { createChangeLog } from '../../src/kernel/change-log.ts';
import type { PlantEvent } from '../../src/kernel/plant-contract.ts';

const event = (time: number, device: string, rest: object): PlantEvent =>
  ({ time, sequence: 0, device, ...rest }) as PlantEvent;
const started = (time: number, device: string, operation: number) =>
  event(time, device, { type: 'device.operation.started', operation, command: 'go', client: '' });
const completed = (time: number, device: string, operation: number) =>
  event(time, device, { type: 'device.operation.completed', operation, command: 'go', result: {} });

describe('change log', () => {
  it('names each device once, in the order of the first change, and forgets what was taken', () => {
    const log = createChangeLog();
    for (const device of ['b', 'a', 'b']) log.note(completed(5, device, 1));
    log.note(event(5, 'c', { type: 'alarm.cleared', alarm: 'breakdown', details: '' }));
    log.note(event(5, 'd', { type: 'alarm.acknowledged', alarm: 'breakdown', details: '' }));
    expect(log.take()).toEqual(['b', 'a', 'c']);
    expect(log.take()).toEqual([]);
  });

  it('takes an operation without duration as seen by whoever began it', () => {
    const log = createChangeLog();
    log.note(started(5, 'a', 1));
    log.note(completed(5, 'a', 1));
    expect(log.urgent).toBe(false);
    log.note(started(5, 'a', 2));
    log.note(completed(9, 'a', 2));
    expect(log.urgent).toBe(true);
    expect(log.take()).toEqual(['a']);
    expect(log.urgent).toBe(false);
  });

  it('takes a failure as urgent although its operation has just begun', () => {
    const log = createChangeLog();
    log.note(started(5, 'a', 1));
    log.note(
      event(5, 'a', {
        ...{ type: 'device.operation.failed', operation: 1, command: 'go' },
        ...{ code: 'MALFUNCTION', message: '' },
      }),
    );
    expect(log.urgent).toBe(true);
  });
});
